"""Which theme is shown: the system's or the one that was chosen, switched while the window is open."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from annotator.ui import fonts
from annotator.ui.settings import Settings, ThemeChoice
from annotator.ui.style import stylesheet
from annotator.ui.theme import DARK, LIGHT, Theme

PIXELS = 13
"""Height of the window's own letters, in device-independent pixels."""


class Appearance(QObject):
    """Dresses the application in a theme, and tells when that changes."""

    changed = Signal(object)
    """The new Theme."""

    def __init__(self, app: QApplication, settings: Settings) -> None:
        super().__init__()
        self._app = app
        self._settings = settings
        self.theme = self._chosen()
        app.setStyle("Fusion")
        fonts.load()
        font = fonts.interface()
        font.setPixelSize(PIXELS)
        app.setFont(font)
        self._dress()
        app.styleHints().colorSchemeChanged.connect(self._follow)

    @property
    def choice(self) -> ThemeChoice:
        return self._settings.theme

    def choose(self, choice: ThemeChoice) -> None:
        """Show a theme from now on, or the system's."""
        self._settings.theme = choice
        self._follow()

    def _follow(self) -> None:
        theme = self._chosen()
        if theme is not self.theme:
            self.theme = theme
            self._dress()
            self.changed.emit(theme)

    def _chosen(self) -> Theme:
        choice = self._settings.theme
        is_dark = self._is_system_dark() if choice == "system" else choice == "dark"
        return DARK if is_dark else LIGHT

    def _is_system_dark(self) -> bool:
        return self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark

    def _dress(self) -> None:
        self._app.setPalette(self.theme.palette())
        self._app.setStyleSheet(stylesheet(self.theme))
