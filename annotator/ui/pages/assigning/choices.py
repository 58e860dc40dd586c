"""How articles are to be dealt out: to whom, which, how many each, in which round."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox

from annotator.model.review import GOLD, Round
from annotator.services import assigning
from annotator.services.dealing import Overlap
from annotator.services.errors import Refused
from annotator.services.person import checked
from annotator.store.lists import ArticleQuery
from annotator.store.project import Project
from annotator.ui.fields.buttons import Chip
from annotator.ui.fields.flow import FlowLayout, wrapping
from annotator.ui.fields.sections import Sections
from annotator.ui.fields.tabbing import put_in_order
from annotator.ui.spelling import counted
from annotator.ui.theme import Theme
from annotator.ui.widgets import button

ALL, FREE = "all", "free"
SHARED = -1
"""The overlap by which a share of the articles goes to two."""
MOST_EACH = 6
NO_ROUND = "No round"


class DealChoices(Sections):
    """The fields; `changed` tells that another choice was made."""

    changed = Signal()
    people_changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__("How articles are dealt out")
        self._theme = theme
        self._project: Project | None = None
        self.people: dict[str, Chip] = {}
        self.name, self.add_name = QLineEdit(), button("Add")
        self.which, self.words = QComboBox(), QLineEdit()
        self.each, self.share = QComboBox(), QSpinBox()
        self.round, self.blind = QComboBox(), QCheckBox("Blind: nobody sees the others’ work before it ends")
        self.seed = QSpinBox()
        self._lay_out()
        self._listen()

    # --- what is asked for ---------------------------------------------------------------------

    def annotators(self) -> list[str]:
        return [name for name, chip in self.people.items() if chip.isChecked()]

    def articles(self, project: Project) -> list[str]:
        """List the articles that are to be dealt out."""
        chosen = self.which.currentData()
        rows = project.articles(ArticleQuery(text=self.words.text()))
        hands = assigning.hands(project) if chosen == FREE else {}
        outlet = self.which.currentText() if chosen is None else ""
        return [row.id for row in rows if row.id not in hands and outlet in ("", row.outlet)]

    def overlap(self) -> Overlap:
        each = self.each.currentData()
        return Overlap(share=self.share.value() / 100) if each == SHARED else Overlap(each)

    def chosen_round(self, project: Project) -> Round | None:
        """Return the round to deal out for, thought up when its title is new; None for none."""
        title = self.round.currentText().strip()
        if not title or title == NO_ROUND:
            return None
        known = assigning.round_of_title(project, title)
        if known:
            assigning.must_go_on(known)
        return known or assigning.new_round(project, title, self.blind.isChecked())

    # --- showing -------------------------------------------------------------------------------

    def show_project(self, project: Project, person: str) -> None:
        """Offer what the project has; what was chosen stays, as far as it is there."""
        is_other = self._project is not project
        self._project = project
        self._offer_people(project, person, is_other)
        self._offer_articles(project, is_other)
        self._offer_rounds(project, is_other)
        self._follow()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for chip in self.people.values():
            chip.set_theme(theme)

    def _offer_people(self, project: Project, person: str, is_other: bool) -> None:
        if is_other:
            for chip in self.people.values():
                chip.deleteLater()
            self.people = {}
        given = {a.annotator for a in project.assignments()}
        names = ({*project.layers(), person} | given) - {GOLD, ""}
        for name in sorted(names, key=lambda name: (name.casefold(), name)):
            if name not in self.people:
                self._add_person(name, name in given)

    def _add_person(self, name: str, is_chosen: bool) -> None:
        chip = Chip(name, self._theme, self._chips)
        chip.setChecked(is_chosen)
        chip.clicked.connect(self._tell)
        self.people[name] = chip
        self._flow.addWidget(chip)
        chip.show()
        self.watch(chip)
        put_in_order([self._chips, *self.people.values(), self.name])

    def _offer_articles(self, project: Project, is_other: bool) -> None:
        before = "" if is_other else self.which.currentText()
        self.which.clear()
        self.which.addItem("All articles", ALL)
        self.which.addItem("Articles that nobody has yet", FREE)
        for outlet in project.outlets():
            self.which.addItem(outlet, None)
        self.which.setCurrentIndex(max(self.which.findText(before), 0))

    def _offer_rounds(self, project: Project, is_other: bool) -> None:
        before = "" if is_other else self.round.currentText()
        open_rounds = [a_round.title for a_round in project.rounds() if not a_round.ended]
        self.round.clear()
        self.round.addItems([NO_ROUND, *open_rounds])
        self.round.setCurrentText(before or (open_rounds[-1] if open_rounds else NO_ROUND))

    # --- hearing -------------------------------------------------------------------------------

    def _take_name(self) -> None:
        """Add the annotator whose name was typed."""
        typed = self.name.text()
        if not typed.strip():
            return
        try:
            name = checked(typed)
        except Refused as reason:
            self._problem.setText(str(reason))
            self._problem.show()
            return
        self._problem.hide()
        self.name.clear()
        if name not in self.people:
            self._add_person(name, True)
            self.people_changed.emit()
        self.people[name].setChecked(True)
        self._tell()

    def _tell(self) -> None:
        self._follow()
        self.changed.emit()

    def _follow(self) -> None:
        """Offer only what goes with the other choices."""
        self._offer_overlaps(max(len(self.annotators()), 1))
        self._share_row.setVisible(self.each.currentData() == SHARED)
        known = assigning.round_of_title(self._project, self.round.currentText()) if self._project else None
        has_round = self.round.currentText().strip() not in ("", NO_ROUND)
        if known or not has_round:
            self.blind.setChecked(bool(known and known.blind))
        self.blind.setEnabled(has_round and known is None)

    def _offer_overlaps(self, people: int) -> None:
        """Offer as many annotators for each article as there are."""
        wanted: list[tuple[str, int]] = [("One annotator each", 1)]
        if people > 1:
            wanted.append(("One each, some to two", SHARED))
        wanted += [(f"{counted(n, 'annotator')} each", n) for n in range(2, min(people, MOST_EACH) + 1)]
        if [self.each.itemData(i) for i in range(self.each.count())] == [n for _, n in wanted]:
            return
        before = self.each.currentData()
        self.each.blockSignals(True)
        self.each.clear()
        for title, n in wanted:
            self.each.addItem(title, n)
        self.each.setCurrentIndex(max(self.each.findData(before), 0))
        self.each.blockSignals(False)

    # --- putting together ----------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.section("Annotators")
        self._chips = wrapping(self.flow(name="Annotators"))
        flow = self._chips.layout()
        assert isinstance(flow, FlowLayout)
        self._flow = flow
        self.name.setPlaceholderText("Another annotator’s name")
        self.row(self.name, self.add_name)
        self.name.setAccessibleName("Another annotator’s name")
        self._problem = self.remark("problem")
        self._problem.hide()
        self.section("Articles")
        self.row(self.which, caption="Which")
        self.words.setPlaceholderText("anything")
        self.row(self.words, caption="That contain")
        self.row(self.each, caption="Who reads each")
        for number in (self.share, self.seed):
            # The style sheet's padding doesn't reach the words in a number box without arrows.
            number.lineEdit().setTextMargins(6, 0, 0, 0)
        self.share.setRange(1, 100)
        self.share.setValue(20)
        self.share.setSuffix(" %")
        self._share_row = self.row(self.share, caption="Articles that two read")
        self.section("Round")
        self.round.setEditable(True)
        self.round.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.row(self.round, caption="Title, new or known")
        self.row(self.blind)
        self.seed.setRange(0, 9_999)
        self.row(self.seed, caption="Shuffle: another number deals otherwise")

    def _listen(self) -> None:
        self.add_name.clicked.connect(self._take_name)
        self.name.returnPressed.connect(self._take_name)
        for box in (self.which, self.each):
            box.currentIndexChanged.connect(lambda _index: self._tell())
        self.round.currentTextChanged.connect(lambda _text: self._tell())
        self.words.textChanged.connect(lambda _text: self._tell())
        self.blind.toggled.connect(lambda _on: self.changed.emit())
        for spin in (self.share, self.seed):
            spin.valueChanged.connect(lambda _value: self._tell())


def titles_of(rounds: Sequence[Round]) -> list[str]:
    """Name rounds as they stand: blind, ended."""
    told = []
    for a_round in rounds:
        marks = [mark for mark, on in (("blind", a_round.blind), ("ended", a_round.ended)) if on]
        told.append(f"{a_round.title} ({', '.join(marks)})" if marks else a_round.title)
    return told
