"""The page where work is exported: choices at the left; what will be written, and lost, at the right."""

from pathlib import Path

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from annotator.model.change import ObjectKey
from annotator.services.errors import Refused
from annotator.services.exporting import Exported, prepared
from annotator.services.previewing import first_records
from annotator.services.wanted import Wanted
from annotator.ui.pages.deed import DeedPage
from annotator.ui.pages.exporting.choices import ExportChoices
from annotator.ui.pages.exporting.report import ExportReport, Seen
from annotator.ui.reading_beside import source
from annotator.ui.session import Session
from annotator.ui.spelling import sentence_case
from annotator.ui.theme import Theme
from annotator.ui.widgets import words
from annotator.ui.work import Tell, Work, carry_out

LOOK_AFTER_MS = 150
"""How long a choice must rest before the export is looked over: typing makes many."""
SAY_AFTER_MS = 400
"""How long the last report stays while the next one is made: a page that blinks can't be read."""


class ExportPage(DeedPage):
    """Looks the export over, in a thread, whenever a choice changes."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__("Export", "Back")
        self.session = session
        self.exported: Exported | None = None
        self._looking: Work[Seen] | None = None
        self.choices = ExportChoices(theme)
        self.report = ExportReport()
        self._replaced = words("", "warning", wrap=True)
        self._soon = QTimer(self, singleShot=True, interval=LOOK_AFTER_MS)
        self._slow = QTimer(self, singleShot=True, interval=SAY_AFTER_MS)
        self._placed = QTimer(self, singleShot=True, interval=LOOK_AFTER_MS)
        self._is_seen = False
        self.assemble("Export", self.choices, self.report, self._place_row())
        self._connect()
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self.choices.set_theme(theme)

    def focus(self) -> None:
        """Put the keyboard where the work is."""
        self.choices.format.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_project()

    # --- looking it over -----------------------------------------------------------------------

    def _show_project(self) -> None:
        project = self.session.project
        if project is None or not self.isVisible():
            return
        self.choices.show_project(project, project.path)
        self._look_soon()

    def _look_soon(self) -> None:
        """Look the export over when no other choice follows; an older look is given up."""
        self._forget_written()
        self._is_seen = False
        self.deed.setEnabled(False)
        self._soon.start()

    def _forget_written(self) -> None:
        self.exported = None
        self.report.done.hide()

    def _place_soon(self) -> None:
        """Look at the place when it was typed; what is exported is the same."""
        self._forget_written()
        self._placed.start()

    def _look_over(self) -> None:
        project = self.session.project
        if self._looking is not None:
            self._looking.cancel()
            return
        if project is None:
            return
        try:
            wanted = self.choices.wanted()
        except Refused as reason:
            self.report.say(f"{sentence_case(str(reason))}.")
            self._show_replaced("")
            return
        self._slow.start()
        opened = source(project, self.session.home)

        def task(tell: Tell) -> Seen:
            with opened() as still, prepared(still, wanted, tell) as export:
                preview = first_records(export, wanted.format)
                labels = len(still.scheme.labels) if wanted.format.labels_only else None
                together = export.clusters.told if export.clusters else ""
                return Seen(export.articles, export.annotations, export.losses, preview, labels, together)

        self._looking = Work(task)
        self._looking.finished.connect(self._looked)
        self._looking.start()

    def _looked(self) -> None:
        work, self._looking = self._looking, None
        if work is None:
            return
        work.wait()
        self._slow.stop()
        if work.cancelled:
            self._look_over()
        elif work.result is not None:
            self._is_seen = True
            self.report.show_seen(work.result)
            self._check_place()
        else:
            self.report.say(sentence_case(work.failure))

    def _check_place(self) -> None:
        """Say beneath the report why the export can't go where it is to go, if it can't."""
        if not self._is_seen:
            return
        try:
            self.choices.check_place(self.choices.wanted())
            problem = ""
        except Refused as reason:
            problem = sentence_case(str(reason))
        self.report.show_problem(problem)
        self._show_replaced("" if problem else self.choices.replaced())
        self.deed.setEnabled(not problem)

    def _show_replaced(self, sentence: str) -> None:
        self._replaced.setText(sentence)
        self._replaced.setVisible(bool(sentence))

    # --- writing -------------------------------------------------------------------------------

    def write(self) -> None:
        """Write the export, and say where it is."""
        project = self.session.project
        if project is None or not self.deed.isEnabled():
            return
        wanted, out = self.choices.wanted(), self.choices.out()
        opened = source(project, self.session.home)

        def task(tell: Tell) -> Exported:
            with opened() as still, prepared(still, wanted, tell) as export:
                return export.write(out, tell)

        work = carry_out(self.window(), "Exporting", task)
        self.exported = work.result
        if work.result is None:
            self.report.show_problem(
                sentence_case(work.failure) or "The export was stopped; nothing was written"
            )
        else:
            self.report.show_done(work.result, _place(work.result, out, wanted))

    def _open_folder(self) -> None:
        if self.exported:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.exported.files[0].parent)))

    # --- choosing ------------------------------------------------------------------------------

    def _choose_place(self) -> None:
        how = self.choices.how()
        if how.folder or self.choices.per_label.isChecked() or self.choices.split.text().strip():
            name = QFileDialog.getExistingDirectory(
                self, "The folder of the export", self.choices.place.text()
            )
        else:
            kinds = f"{how.title} (*{how.suffixes[0]})"
            name, _ = QFileDialog.getSaveFileName(
                self, "Where the export goes", self.choices.place.text(), kinds
            )
        if name:
            self.choices.place.setText(name)

    def _choose_pseudonyms(self) -> None:
        from annotator.ui.dialogs.pseudonyms import Pseudonyms

        project = self.session.project
        if project is None:
            return
        dialog = Pseudonyms(self.window(), project, self.choices.stand_ins)
        if dialog.exec():
            self.choices.stand_ins = dialog.stand_ins()
            self.choices.show_stand_ins()
            self._look_soon()
        dialog.deleteLater()

    def leave(self) -> None:
        self.session.command_wanted.emit("page-annotate")

    # --- putting together ----------------------------------------------------------------------

    def _place_row(self) -> QWidget:
        """Lay out where the export goes, which stays in sight."""
        place = self.choices.place
        caption = words("To this file or folder", "caption")
        caption.setBuddy(place)
        place.setAccessibleName("File or folder of the export")
        line = QHBoxLayout()
        line.addWidget(place, 1)
        line.addWidget(self.choices.choose)
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 4, 10, 4)
        column.setSpacing(3)
        column.addWidget(caption)
        column.addLayout(line)
        column.addWidget(self._replaced)
        self._replaced.hide()
        return row

    def _connect(self) -> None:
        self.choices.changed.connect(self._look_soon)
        self.choices.placed.connect(self._place_soon)
        self._placed.timeout.connect(self._check_place)
        self._slow.timeout.connect(lambda: self.report.say("Looking it over …"))
        self.choices.choose.clicked.connect(self._choose_place)
        self.choices.pseudonyms.clicked.connect(self._choose_pseudonyms)
        self._soon.timeout.connect(self._look_over)
        self.report.folder_wanted.connect(self._open_folder)
        self.session.changed.connect(self._hear)
        self.session.project_changed.connect(self._show_project)
        self.session.closing.connect(self._give_up)

    def _hear(self, _keys: frozenset[ObjectKey]) -> None:
        self._show_project()

    def _give_up(self) -> None:
        """Leave no thread behind when the project goes."""
        for timer in (self._soon, self._slow, self._placed):
            timer.stop()
        self._is_seen = False
        work, self._looking = self._looking, None
        if work is not None:
            work.finished.disconnect(self._looked)
            work.cancel()
            work.wait()


def _place(done: Exported, out: Path, wanted: Wanted) -> Path:
    """Return what to call the export: its folder, or its one file."""
    return out if wanted.format.folder or out.is_dir() else done.files[0]
