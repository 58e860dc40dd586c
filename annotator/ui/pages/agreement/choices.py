"""What is compared: annotators, labels, articles, how much overlap makes a match."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton, QSpinBox, QWidget

from annotator.formats.extras import missing
from annotator.model.review import GOLD
from annotator.services.agreement import Asked
from annotator.services.errors import Refused
from annotator.store.project import Project
from annotator.ui.fields.buttons import Chip
from annotator.ui.fields.sections import Sections
from annotator.ui.session import Session
from annotator.ui.spelling import counted
from annotator.ui.theme import Theme

FEWEST = 2
GAMMA = "pygamma_agreement"
"""The library that γ needs."""


class AgreementChoices(Sections):
    """The fields; `changed` tells that something else is asked."""

    changed = Signal()

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__("What to compare")
        self.session = session
        self._theme = theme
        self.layers: dict[str, QCheckBox] = {}
        self.labels: dict[str, Chip] = {}
        self.all_done = QRadioButton("All done by two or more")
        self.this_one = QRadioButton("The open article")
        self.listed = QRadioButton("The filtered list")
        self.threshold, self.seed = QSpinBox(), QSpinBox()
        self.gamma = QCheckBox("Also γ, which takes long")
        self._missing = missing([GAMMA])
        self._lay_out()
        self._listen()

    # --- what is asked -------------------------------------------------------------------------

    def asked(self) -> Asked:
        """Return what is asked; raise Refused when it can't be answered."""
        layers = tuple(name for name, box in self.layers.items() if box.isChecked())
        if len(self.layers) < FEWEST:
            raise Refused("only one annotator has work here; bring in a colleague's to compare")
        if len(layers) < FEWEST:
            raise Refused("one annotator alone can't agree or disagree; choose two or more")
        return Asked(
            layers=layers,
            labels=tuple(name for name, chip in self.labels.items() if chip.isChecked()),
            articles=self._articles(),
            threshold=self.threshold.value() / 100,
            seed=self.seed.value(),
            gamma=self.gamma.isChecked() and self.gamma.isEnabled(),
        )

    def _articles(self) -> tuple[str, ...] | None:
        if self.this_one.isChecked():
            article = self.session.article
            if article is None:
                raise Refused("no article is open; open one, or choose other articles")
            return (article.id,)
        return self.session.listed() if self.listed.isChecked() else None

    # --- showing -------------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for chip in self.labels.values():
            chip.set_theme(theme)

    def show_project(self, project: Project) -> None:
        """Offer what a project has, keeping what was chosen as far as it is still there."""
        with QSignalBlocker(self):
            self._offer_layers(project)
            self._offer_labels(project)
        self._show_articles()

    def _offer_layers(self, project: Project) -> None:
        there = project.layers()
        for name in [name for name in self.layers if name not in there]:
            self.layers.pop(name).deleteLater()
        layout = self._layer_flow.layout()
        for name in there:
            if name not in self.layers and layout is not None:
                box = QCheckBox(name.replace("&", "&&"))
                box.setAccessibleName(name)
                box.setChecked(name != GOLD)
                box.toggled.connect(self.changed)
                self.layers[name] = box
                layout.addWidget(box)
                self.watch(box)
                box.show()

    def _offer_labels(self, project: Project) -> None:
        titles = {label.id: label.title for label in project.scheme.labels}
        for name in [name for name in self.labels if name not in titles]:
            self.labels.pop(name).deleteLater()
        layout = self._label_flow.layout()
        for name, title in titles.items():
            if name not in self.labels and layout is not None:
                self.labels[name] = Chip(title, self._theme, self._label_flow)
                self.labels[name].toggled.connect(self.changed)
                layout.addWidget(self.labels[name])
                self.watch(self.labels[name])
                self.labels[name].show()
            self.labels[name].set_words(title)

    def _show_articles(self) -> None:
        """Say what the three choices of articles come to now."""
        article, listed = self.session.article, self.session.listed()
        self.this_one.setToolTip(article.title if article else "")
        self.this_one.setEnabled(article is not None or self.this_one.isChecked())
        number = "no filter" if listed is None else counted(len(listed), "article")
        self.listed.setText(f"The filtered list ({number})")

    # --- putting together ----------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.section("Annotators")
        self._layer_flow = self.flow(name="Annotators")
        self.section("Labels (none chosen: all)")
        self._label_flow = self.flow(name="Labels")
        self.section("Articles")
        self._group = QButtonGroup(self)
        for choice in (self.all_done, self.this_one, self.listed):
            self._group.addButton(choice)
            self.row(choice)
        self.all_done.setChecked(True)
        self.section("How to compare")
        self.threshold.setRange(1, 100)
        self.threshold.setSingleStep(5)
        self.threshold.setValue(50)
        self.threshold.setSuffix(" %")
        self.row(self.threshold, caption="Spans match from an overlap of")
        self.seed.setRange(0, 999_999)
        self.row(self.seed, caption="Seed of the intervals")
        for number in (self.threshold, self.seed):
            # The style sheet's padding doesn't reach the words in a number box without arrows.
            number.lineEdit().setTextMargins(6, 0, 0, 0)
            number.setKeyboardTracking(False)
        self.row(self.gamma)
        self.gamma.setEnabled(not self._missing)
        remark = self.remark()
        remark.setText(f"γ needs one more library; {self._missing}." if self._missing else "")
        remark.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        remark.setVisible(bool(self._missing))
        self.gamma_remark: QWidget = remark

    def _listen(self) -> None:
        self._group.buttonToggled.connect(lambda _button, is_on: self.changed.emit() if is_on else None)
        for number in (self.threshold, self.seed):
            number.valueChanged.connect(self.changed)
        self.gamma.toggled.connect(self.changed)
