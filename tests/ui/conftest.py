"""The clothes that widgets wear in the window."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from annotator.ui import fonts
from annotator.ui.style import stylesheet
from annotator.ui.theme import LIGHT


@pytest.fixture
def clothes(qapp: QApplication) -> Iterator[None]:
    """Dress the application as the window does, so that sizes are the real ones."""
    before = qapp.styleSheet(), qapp.palette(), qapp.font()
    fonts.load()
    font = fonts.interface()
    font.setPixelSize(13)
    qapp.setFont(font)
    qapp.setPalette(LIGHT.palette())
    qapp.setStyleSheet(stylesheet(LIGHT))
    yield
    # Closed widgets still wait to be deleted, and undressing each of them takes longer than most tests.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qapp.setStyleSheet(before[0])
    qapp.setPalette(before[1])
    qapp.setFont(before[2])
