"""What a merge brings: whose work is new, what was changed on both sides, and what was left out."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from annotator.services.forking import Forked, Version
from annotator.services.merging import Plan, Share
from annotator.ui.fields.sections import Sections
from annotator.ui.lists.remarks import RemarksTable
from annotator.ui.spelling import counted, moment
from annotator.ui.widgets import words

COLUMNS = {
    "articles": "Articles",
    "annotations": "Spans",
    "links": "Links",
    "verdicts": "Verdicts",
    "replies": "Answers",
    "rulings": "Rulings",
    "progress": "Done or skipped",
}
SHOWN_PEOPLE = 50
SHOWN_CLASHES = 50


class Coming(QWidget):
    """People above, changes of both sides below them, remarks at the foot; only what there is."""

    def __init__(self) -> None:
        super().__init__()
        self.people, self.clashes, self.table = People(), Clashes(), RemarksTable()
        self._sections = Sections("What comes in")
        self._people_head = self._sections.remark("heading")
        self._sections.row(self.people)
        self._clashes_head = self._sections.remark("heading")
        self._clashes_hint = self._sections.remark()
        self._sections.row(self.clashes)
        self._remarks_head = words("", "heading")
        self._people_head.setText("New work")
        self._clashes_head.setContentsMargins(0, 20, 0, 0)
        self._clashes_hint.setText(
            "The later change stands. The other is kept: after merging, you can choose it instead."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 20)
        column.setSpacing(10)
        column.addWidget(self._sections, 3)
        column.addWidget(self._remarks_head)
        column.addWidget(self.table, 1)

    def show_plan(self, plan: Plan) -> None:
        self.people.show_people(plan.people)
        self.clashes.show_clashes(plan.clashes, plan.over + plan.behind)
        self._clashes_head.setText(f"{counted(plan.over + plan.behind, 'thing')} changed on both sides")
        self._remarks_head.setText(counted(len(plan.remarks), "remark"))
        _show_all(bool(plan.people), self._people_head, self.people)
        _show_all(bool(plan.clashes), self._clashes_head, self._clashes_hint, self.clashes)
        _show_all(bool(plan.remarks), self._remarks_head, self.table)
        self.table.load(plan.remarks)

    def show_nothing(self) -> None:
        parts = (self._people_head, self.people, self._clashes_head, self._clashes_hint, self.clashes)
        _show_all(False, *parts, self._remarks_head, self.table)


class _Lines(QWidget):
    """Labels in a grid, made anew each time."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 4, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def clear(self) -> None:
        self.said.clear()
        while (item := self.grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


class People(_Lines):
    """A row for each person, a column for each kind of work that somebody did."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("New work by person")
        self.grid.setHorizontalSpacing(22)
        self.grid.setVerticalSpacing(6)

    def show_people(self, people: Mapping[str, Share]) -> None:
        self.clear()
        used = [name for name in COLUMNS if any(getattr(share, name) for share in people.values())]
        for column, name in enumerate(used, 1):
            self.grid.addWidget(words(COLUMNS[name], "caption"), 0, column, Qt.AlignmentFlag.AlignRight)
        for row, (who, share) in enumerate(list(people.items())[:SHOWN_PEOPLE], 1):
            self.grid.addWidget(words(who or "nobody named", "strong"), row, 0)
            numbers = [getattr(share, name) for name in used]
            for column, number in enumerate(numbers, 1):
                shown = words(f"{number:,}" if number else "–", "" if number else "muted")
                self.grid.addWidget(shown, row, column, Qt.AlignmentFlag.AlignRight)
            told = [f"{number} {COLUMNS[name]}" for number, name in zip(numbers, used, strict=True)]
            self.said.append(f"{who}: {', '.join(told)}")
        if len(people) > SHOWN_PEOPLE:
            more = words(f"and {counted(len(people) - SHOWN_PEOPLE, 'more person', 'more people')}", "muted")
            self.grid.addWidget(more, SHOWN_PEOPLE + 1, 0)
        self.grid.setColumnStretch(len(COLUMNS) + 1, 1)


class Clashes(_Lines):
    """For each thing that was changed on both sides, the version that stands and the one that gives way."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Changed on both sides")
        self.grid.setHorizontalSpacing(14)
        self.grid.setVerticalSpacing(2)
        self.grid.setColumnStretch(1, 1)

    def show_clashes(self, clashes: Sequence[Forked], total: int) -> None:
        self.clear()
        row = 0
        for clash in clashes[:SHOWN_CLASHES]:
            row = self._show(clash, row)
        if total > SHOWN_CLASHES:
            self.grid.addWidget(words(f"and {total - SHOWN_CLASHES:,} more", "muted"), row, 0, 1, 2)

    def _show(self, clash: Forked, row: int) -> int:
        head = words(clash.title, "strong", wrap=True)
        head.setContentsMargins(0, 8, 0, 0)
        self.grid.addWidget(head, row, 0, 1, 2)
        self.said.append(clash.title)
        differing = clash.differing()
        for n, version in enumerate(clash.versions, 1):
            what = "Stands" if n == 1 else "Gives way"
            told = words(_told(version, differing), wrap=True)
            self.grid.addWidget(words(what, "caption"), row + n, 0, Qt.AlignmentFlag.AlignTop)
            self.grid.addWidget(told, row + n, 1)
            self.said.append(f"{what}: {told.text()}")
        return row + len(clash.versions) + 1


def _told(version: Version, differing: frozenset[str]) -> str:
    """Say who gave a version when, and of it only what the other says otherwise."""
    said = [f"{name.lower()} {value}" for name, value in version.fields if name in differing]
    what = "; ".join(said) or ("the rest alike" if version.fields else "deleted")
    return f"{version.who}, {moment(version.at)}: {what}"


def _show_all(shown: bool, *widgets: QWidget) -> None:
    for widget in widgets:
        widget.setVisible(shown)
