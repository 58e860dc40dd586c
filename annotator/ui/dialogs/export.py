"""Exports: which format, whose work, which labels; what will be lost is listed before anything is written."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QLineEdit, QScrollArea, QWidget

from annotator.formats.losses import Loss
from annotator.formats.registry import FORMATS, Format
from annotator.services.destination import destination
from annotator.services.errors import Refused
from annotator.services.exporting import Exported, prepared
from annotator.services.wanted import Wanted
from annotator.store.project import Project
from annotator.ui.dialogs.form import Form
from annotator.ui.fields.flow import FlowLayout
from annotator.ui.spelling import counted, sentence_case
from annotator.ui.widgets import button, words
from annotator.ui.work import Source, Tell, Work, carry_out

SHOWN_LOSSES = 8
HIGHEST = 240
"""Pixels up to which the report grows."""
SIDES = 60
"""Pixels of the dialog's width that the report hasn't."""

Seen = tuple[int, int, tuple[Loss, ...]]
"""Articles, annotations and losses of an export that was looked over."""


class ExportDialog(Form):
    """Looks the export over, in a thread, whenever a choice changes; `exported` tells what was written."""

    def __init__(self, parent: QWidget, project: Project, source: Source, like: Path) -> None:
        """Propose a file beside `like`, and named like it."""
        super().__init__(parent, "Export", "Export", 560)
        self.exported: Exported | None = None
        self._project = project
        self._source = source
        self._like = like
        self._looking: Work[Seen] | None = None
        self.format, self.layer, self.place = QComboBox(), QComboBox(), QLineEdit()
        self.labels = {label.id: QCheckBox(label.title.replace("&", "&&")) for label in project.scheme.labels}
        self.report = words(role="muted", wrap=True)
        self._fill()
        self._lay_out()
        self._suggest()
        self._listen()
        self._look_over()

    def _fill(self) -> None:
        for row in FORMATS:
            if row.writes:
                self.format.addItem(row.title, row)
        self.layer.addItem("Everybody's work", ())
        for layer in self._project.layers():
            self.layer.addItem(layer, (layer,))
        for box in self.labels.values():
            box.setChecked(True)

    def _lay_out(self) -> None:
        choose = button("Choose …")
        choose.clicked.connect(self._choose_place)
        self.row("Format", self.format)
        self.row("Whose work", self.layer)
        labels = QWidget()
        flow = FlowLayout(labels, gap=10)
        for box in self.labels.values():
            flow.addWidget(box)
        self.row("Labels", labels)
        self.row("File", self.place, choose)
        self._lay_out_report()
        self.end()

    def _lay_out_report(self) -> None:
        """Give what is said of the export a card that grows with it, and scrolls beyond that."""
        self.report.setContentsMargins(10, 8, 10, 8)
        self.report.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.card = QScrollArea()
        self.card.setObjectName("plain")
        self.card.setProperty("part", "card")
        self.card.setWidgetResizable(True)
        self.card.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.card.setAccessibleName("What will be written")
        self.card.setWidget(self.report)
        self.add(self.card, 1)

    def _listen(self) -> None:
        self.format.currentIndexChanged.connect(self._suggest)
        self.format.currentIndexChanged.connect(self._look_over)
        self.layer.currentIndexChanged.connect(self._look_over)
        for box in self.labels.values():
            box.toggled.connect(self._look_over)

    # --- what is asked for ---------------------------------------------------------------------

    def wanted(self) -> Wanted:
        chosen = tuple(label for label, box in self.labels.items() if box.isChecked())
        labels = () if len(chosen) == len(self.labels) else chosen
        return Wanted(self._format(), self.layer.currentData(), labels)

    def out(self) -> Path:
        return Path(self.place.text().strip()).expanduser()

    def _format(self) -> Format:
        chosen: Format = self.format.currentData()
        return chosen

    def _suggest(self) -> None:
        """Name the file after the project; a name that was chosen only changes its ending."""
        suffix = self._format().suffixes[0]
        old = Path(self.place.text()) if self.place.text() else self._like
        self.place.setText(str(old.with_suffix(suffix)))

    def _choose_place(self) -> None:
        suffix = self._format().suffixes[0]
        name, _ = QFileDialog.getSaveFileName(
            self, "Where the export goes", self.place.text(), f"{self._format().title} (*{suffix})"
        )
        if name:
            self.place.setText(name)

    # --- looking it over -----------------------------------------------------------------------

    def _look_over(self) -> None:
        """Count what will be written and lost, in a thread; an older look is given up."""
        if self._looking is not None:
            self._looking.cancel()
            return
        if not any(box.isChecked() for box in self.labels.values()):
            self._say("Choose at least one label.", ready=False)
            return
        self._say("Looking it over …", ready=False)
        source, wanted = self._source, self.wanted()

        def task(tell: Tell) -> Seen:
            with source() as project, prepared(project, wanted, tell) as export:
                return export.articles, export.annotations, export.losses

        self._looking = Work(task)
        self._looking.finished.connect(self._looked)
        self._looking.start()

    def _looked(self) -> None:
        work, self._looking = self._looking, None
        if work is None:
            return
        work.wait()
        if work.cancelled:
            self._look_over()
        elif work.result is not None:
            self._say(report(*work.result), ready=True)
        else:
            self._say(sentence_case(work.failure), ready=False)

    def _say(self, sentence: str, *, ready: bool) -> None:
        self.report.setText(sentence)
        needed = self.report.heightForWidth(self.minimumWidth() - SIDES)
        self.card.setMinimumHeight(min(needed + 4, HIGHEST))
        self.deed.setEnabled(ready)

    # --- writing -------------------------------------------------------------------------------

    def problems(self) -> dict[QWidget, str]:
        if not self.place.text().strip():
            return {self.place: "a place is missing; choose a folder and a name"}
        try:
            destination(self.out(), self._format(), self._project.path, needs_folder=False)
        except Refused as reason:
            return {self.place: str(reason)}
        return {}

    def finish(self) -> dict[QWidget, str]:
        source, wanted, out = self._source, self.wanted(), self.out()

        def task(tell: Tell) -> Exported:
            with source() as project, prepared(project, wanted, tell) as export:
                return export.write(out, tell)

        work = carry_out(self, "Exporting", task)
        self.exported = work.result
        if work.result is None:
            return {self.place: work.failure or "The export was stopped; nothing was written"}
        return {}

    def done(self, result: int) -> None:
        self._give_up()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._give_up()
        super().closeEvent(event)

    def _give_up(self) -> None:
        """Leave no thread behind."""
        work, self._looking = self._looking, None
        if work is not None:
            work.finished.disconnect(self._looked)
            work.cancel()
            self.setCursor(Qt.CursorShape.BusyCursor)
            work.wait()


def report(articles: int, annotations: int, losses: tuple[Loss, ...]) -> str:
    """Say what will be written and what will be lost, each loss with its count and an example."""
    head = f"{counted(annotations, 'span')} in {counted(articles, 'article')}."
    if not losses:
        return f"{head} Nothing is lost."
    lines = [f"{loss.count:,} {loss.what}, such as {loss.example}" for loss in losses[:SHOWN_LOSSES]]
    more = [f"and {len(losses) - SHOWN_LOSSES} other kinds of loss"] if len(losses) > SHOWN_LOSSES else []
    return "\n".join([head, "This format can't keep:", *(f"–  {line}" for line in [*lines, *more])])
