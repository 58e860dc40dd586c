"""What can be chosen of an export: format, whose work, which articles, what becomes of what can't be kept."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QWidget

from annotator.formats.fitting import BROKEN, OVERLAPS, Broken, Fitting, Overlaps
from annotator.formats.registry import FORMATS, Format
from annotator.model.records import STATES, ArticleState
from annotator.services.destination import destination
from annotator.services.disguising import StandIn
from annotator.services.errors import Refused
from annotator.services.splitting import Split
from annotator.services.splitting import parsed as parsed_split
from annotator.services.wanted import Wanted, check
from annotator.store.project import Project
from annotator.ui.dialogs.form import DATES, dated
from annotator.ui.fields.buttons import Chip
from annotator.ui.fields.sections import Sections
from annotator.ui.spelling import counted, sentence_case
from annotator.ui.theme import Theme
from annotator.ui.widgets import button

_OVERLAPS: dict[Overlaps, str] = {
    "outermost": "keep the outermost",
    "innermost": "keep the innermost",
    "none": "leave all of them out",
}
_BROKEN: dict[Broken, str] = {
    "apart": "a span for each fragment",
    "whole": "one span with what stands between",
    "none": "leave them out",
}
_HELD = {
    "nested": "nested spans",
    "fragments": "fragments",
    "attributes": "attributes",
    "links": "links",
    "layers": "annotators",
}
SPLIT = "train=80, dev=10, test=10"


class ExportChoices(Sections):
    """The fields; `changed` tells that another choice was made, `placed` that another place was."""

    changed, placed = Signal(), Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__("What to export")
        self._theme = theme
        self._project: Project | None = None
        self.stand_ins: tuple[StandIn, ...] = ()
        self.format, self.outlet = QComboBox(), QComboBox()
        self.layers: dict[str, Chip] = {}
        self.labels: dict[str, Chip] = {}
        self.states: dict[ArticleState, Chip] = {s: Chip(sentence_case(s), theme) for s in STATES}
        self.since, self.until = QLineEdit(), QLineEdit()
        self.overlaps, self.broken = QComboBox(), QComboBox()
        self.per_label = QCheckBox("A folder for each label")
        self.split, self.seed = QLineEdit(), QSpinBox()
        self.textless, self.words = QCheckBox("Leave the texts out but for"), QSpinBox()
        self.pseudonyms = button("Pseudonyms …")
        self.place, self.choose = QLineEdit(), button("Choose …")
        self._fill()
        self._lay_out()
        self._listen()
        self._follow_format()
        self._follow_fields()

    # --- what is asked for ---------------------------------------------------------------------

    def wanted(self) -> Wanted:
        """Return what was chosen; raise Refused with what is wrong with it."""
        how = self.how()
        if how.labels_only:
            return Wanted(how)
        wanted = Wanted(
            how,
            layers=_chosen(self.layers),
            labels=_chosen(self.labels),
            states=tuple(state for state, chip in self.states.items() if chip.isChecked()),
            outlets=(self.outlet.currentText(),) if self.outlet.currentIndex() > 0 else (),
            since=dated(self.since.text().strip()),
            until=dated(self.until.text().strip()),
            split=self._split(),
            seed=self.seed.value(),
            fitting=Fitting(self.overlaps.currentData(), self.broken.currentData()),
            per_label=how.holds_spans and self.per_label.isChecked(),
            words=self.words.value() if how.textless and self.textless.isChecked() else None,
            stand_ins=self.stand_ins,
        )
        if self._project:
            check(self._project, wanted)
        return wanted

    def how(self) -> Format:
        chosen: Format = self.format.currentData()
        return chosen

    def makes_folder(self) -> bool:
        """Say whether what was chosen is written as a folder."""
        how = self.how()
        is_parted = how.holds_spans and self.per_label.isChecked()
        return how.folder or is_parted or (not how.labels_only and bool(self.split.text().strip()))

    def out(self) -> Path:
        return Path(self.place.text().strip()).expanduser()

    def check_place(self, wanted: Wanted) -> None:
        """Refuse a place that the export can't go to."""
        if not self.place.text().strip():
            raise Refused("a place is missing; choose a folder and a name")
        if self._project:
            destination(self.out(), wanted.format, self._project.path, needs_folder=wanted.needs_folder)

    def replaced(self) -> str:
        """Say what is there already and will be written over; "" when nothing is."""
        out = self.out()
        if out.is_dir():
            return f"Replaces the earlier export in “{out.name}”." if any(out.iterdir()) else ""
        return f"Replaces “{out.name}”, which is there already." if out.exists() else ""

    def _split(self) -> Split | None:
        typed = self.split.text().strip()
        if not typed:
            return None
        try:
            return parsed_split(typed)
        except ValueError as error:
            raise Refused(str(error)) from error

    # --- showing -------------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for chip in (*self.layers.values(), *self.labels.values(), *self.states.values()):
            chip.set_theme(theme)

    def show_project(self, project: Project, like: Path) -> None:
        """Offer what a project has; what was chosen of it stays until another project is shown."""
        is_other = self._project is None or self._project.id != project.id
        self._project = project
        layers = {name: name for name in project.layers()}
        labels = {label.id: label.title for label in project.scheme.labels}
        self._offer(self.layers, self._layer_flow, layers)
        self._offer(self.labels, self._label_flow, labels)
        self._offer_outlets(project)
        if is_other:
            self._choose_all()
            self.place.setText(str(like))
        self._follow_format()

    def _choose_all(self) -> None:
        """Leave nothing of a project out, and replace no name."""
        self.stand_ins = ()
        for chip in (*self.layers.values(), *self.labels.values(), *self.states.values()):
            chip.setChecked(False)
        self.outlet.setCurrentIndex(0)
        self.since.clear()
        self.until.clear()

    def show_stand_ins(self) -> None:
        """Say how many names are replaced."""
        n = len(self.stand_ins)
        self._replaced.setText(f"{counted(n, 'name')} replaced, in texts and values." if n else "")
        self._replaced.setVisible(bool(n) and not self.how().labels_only)

    def _offer(self, chips: dict[str, Chip], flow: QWidget, names: dict[str, str]) -> None:
        for name in [name for name in chips if name not in names]:
            chips.pop(name).deleteLater()
        layout = flow.layout()
        for name, title in names.items():
            if name not in chips:
                chips[name] = Chip(title, self._theme, flow)
                chips[name].toggled.connect(self.changed)
                if layout:
                    layout.addWidget(chips[name])
                chips[name].show()
            chips[name].set_words(title)

    def _offer_outlets(self, project: Project) -> None:
        before = self.outlet.currentText()
        self.outlet.blockSignals(True)
        self.outlet.clear()
        self.outlet.addItem("Every outlet")
        self.outlet.addItems(list(project.outlets()))
        self.outlet.setCurrentIndex(max(0, self.outlet.findText(before)))
        self.outlet.blockSignals(False)

    def _follow_format(self) -> None:
        """Show what the format holds, and only those choices that matter to it."""
        how = self.how()
        missing = [words for flag, words in _HELD.items() if not getattr(how.holds, flag)]
        held = [words for flag, words in _HELD.items() if getattr(how.holds, flag)]
        parts = [
            f"Holds {_listed(held, 'and')}." if held else "",
            f"No {_listed(missing, 'or')}." if missing else "",
            "It can't do without the texts." if self.textless.isChecked() and not how.textless else "",
        ]
        self._holds.setText(" ".join(part for part in parts if part))
        self._overlaps_row.setVisible(not how.holds.nested and how.holds_spans)
        self._broken_row.setVisible(not how.holds.fragments and how.holds_spans)
        self._per_label_row.setVisible(how.holds_spans)
        self._texts_row.setVisible(how.textless)
        for widget in self._of_work:
            widget.setVisible(not how.labels_only)
        for widget in (self._layers_head, self._layer_flow):
            widget.setVisible(not how.labels_only and bool(self.layers))
        self.show_stand_ins()
        self._suggest()

    def _follow_fields(self) -> None:
        """Let a number be filled in only where it says something."""
        self.seed.setVisible(bool(self.split.text().strip()))
        self.words.setEnabled(self.textless.isChecked())

    def _suggest(self) -> None:
        """Fit the ending of the place to the format, a folder having none."""
        if not self.place.text():
            return
        old, how = Path(self.place.text()), self.how()
        known = {suffix for f in FORMATS for suffix in f.suffixes} | {".annotator"}
        stem = old.with_suffix("") if old.suffix.lower() in known else old
        is_folder = self.makes_folder()
        if is_folder and stem.suffix == "" and not stem.name.endswith("-export"):
            stem = stem.with_name(f"{stem.name}-export")
        elif not is_folder and stem.name.endswith("-export"):
            stem = stem.with_name(stem.name.removesuffix("-export"))
        self.place.setText(str(stem if is_folder else stem.with_name(stem.name + how.suffixes[0])))

    # --- putting together ----------------------------------------------------------------------

    def _fill(self) -> None:
        for row in FORMATS:
            if row.writes:
                self.format.addItem(row.title, row)
        self.format.setMaxVisibleItems(self.format.count())
        for overlaps in OVERLAPS:
            self.overlaps.addItem(_OVERLAPS[overlaps], overlaps)
        for broken in BROKEN:
            self.broken.addItem(_BROKEN[broken], broken)
        self.since.setPlaceholderText("from, such as 2016-09")
        self.until.setPlaceholderText("to")
        for date, name in ((self.since, "Published from"), (self.until, "Published to")):
            date.setToolTip(DATES)
            date.setAccessibleName(name)
        self.split.setPlaceholderText(SPLIT)
        self.seed.setRange(0, 999_999)
        self.seed.setPrefix("seed ")
        self.seed.setAccessibleName("Seed of the split")
        for number in (self.seed, self.words):
            # The style sheet's padding doesn't reach the words in a number box without arrows.
            number.lineEdit().setTextMargins(6, 0, 0, 0)
        self.words.setRange(0, 1_000)
        self.words.setSuffix(" words a span")
        self.words.setAccessibleName("Words of each span that stay")

    def _lay_out(self) -> None:
        self.row(self.format, caption="Format")
        self._holds = self.remark()
        self._overlaps_row = self.row(self.overlaps, caption="Of spans that overlap")
        self._broken_row = self.row(self.broken, caption="Spans in several fragments")
        self._per_label_row = self.row(self.per_label)
        self._layers_head = self.section("Whose work (none chosen: everybody's)")
        self._layer_flow = self.flow(name="Whose work")
        labels_head = self.section("Labels (none chosen: all)")
        self._label_flow = self.flow(name="Labels")
        states_head = self.section("Articles (none chosen: all)")
        states = self.flow(*self.states.values(), name="States of articles")
        outlet = self.row(self.outlet, caption="Outlet")
        dates = self.row(self.since, self.until, caption="Published")
        split_head = self.section("Split")
        split = self.row(
            self.split, self.seed, caption="Parts and their shares, near copies together; empty for none"
        )
        names_head = self.section("Texts and names")
        self._texts_row = self.row(self.textless, self.words)
        names = self.flow(self.pseudonyms, name="Names")
        self._replaced = self.remark()
        self._of_work: tuple[QWidget, ...] = (
            labels_head,
            self._label_flow,
            states_head,
            states,
            outlet,
            dates,
        )
        self._of_work += (split_head, split, names_head, names)
        self.textless.setAccessibleName("Leave the texts out")

    def _listen(self) -> None:
        self.format.currentIndexChanged.connect(self._follow_format)
        for box in (self.format, self.outlet, self.overlaps, self.broken):
            box.currentIndexChanged.connect(self.changed)
        for line in (self.since, self.until, self.split):
            line.textChanged.connect(self.changed)
        for tick in (self.per_label, self.textless, *self.states.values()):
            tick.toggled.connect(self.changed)
        for number in (self.seed, self.words):
            number.valueChanged.connect(self.changed)
        self.per_label.toggled.connect(self._suggest)
        self.split.textChanged.connect(self._suggest)
        self.split.textChanged.connect(self._follow_fields)
        self.textless.toggled.connect(self._follow_fields)
        self.place.textChanged.connect(self.placed)


def _listed(things: list[str], joint: str) -> str:
    *others, last = things
    return f"{', '.join(others)} {joint} {last}" if others else last


def _chosen(chips: dict[str, Chip]) -> tuple[str, ...]:
    return tuple(name for name, chip in chips.items() if chip.isChecked())
