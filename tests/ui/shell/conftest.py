"""The real window on an app-data folder of its own, and ways to act in it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from annotator.services import person, samples
from annotator.store import Home
from annotator.ui import start
from annotator.ui.flows import projects
from annotator.ui.window import Window


@pytest.fixture(autouse=True)
def dress(qapp) -> Iterator[None]:
    """Give the application back the clothes it had."""
    sheet, palette, font, style = qapp.styleSheet(), qapp.palette(), qapp.font(), qapp.style().objectName()
    yield
    qapp.setStyleSheet(sheet)
    qapp.setStyle(style)
    qapp.setPalette(palette)
    qapp.setFont(font)


class Desk:
    """Opens and closes windows as a person would, one after the other."""

    def __init__(self, qtbot, app: QApplication, home: Home) -> None:
        self.qtbot, self.app, self.home = qtbot, app, home
        self.window: Window | None = None

    def open(self) -> Window:
        """Start the program on the last project, else the sample."""
        self.window = start.build(self.app, self.home)
        projects.open_first(self.window.context)
        self.window.resize(1440, 900)
        self.window.show()
        self.qtbot.waitExposed(self.window)
        return self.window

    def again(self) -> Window:
        """Close the window and start the program anew."""
        self.close()
        return self.open()

    def close(self) -> None:
        """Close the window for good: the next one must not find its widgets still there."""
        if self.window:
            self.window.close()
            self.window.deleteLater()
            self.window = None
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def desk(qtbot, qapp, home) -> Iterator[Desk]:
    desk = Desk(qtbot, qapp, home)
    yield desk
    desk.close()


@pytest.fixture(scope="session")
def made_sample(tmp_path_factory) -> Path:
    """The sample project, made once for all windows."""
    return samples.sample(Home(tmp_path_factory.mktemp("sample")))


@pytest.fixture(scope="session")
def made_bare_sample(tmp_path_factory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(samples, "_add_examples", lambda _project: None)
        return samples.sample(Home(tmp_path_factory.mktemp("bare sample")))


@pytest.fixture
def without_examples(home, made_bare_sample) -> None:
    """Have the sample without the work of its invented annotators, where that would only be in the way."""
    home.samples.mkdir(parents=True)
    shutil.copy(made_bare_sample, home.samples)


@pytest.fixture
def window(desk, home, made_sample) -> Window:
    """The window of Ada, on the sample project."""
    person.remember(home, "Ada")
    if not home.samples.exists():
        home.samples.mkdir(parents=True)
        shutil.copy(made_sample, home.samples)
    return desk.open()


@pytest.fixture
def in_dialog(qtbot):
    """Act in the dialog that the next step will open: it waits for an answer, so this is said before."""

    def act(deed) -> None:
        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QDialog):
                deed(dialog)
            else:
                QTimer.singleShot(5, look)

        QTimer.singleShot(0, look)

    return act
