"""The colours of the window, light and dark, and what is made of a label's colour."""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QColor, QPalette

TEXT_CONTRAST = 4.5
LINE_CONTRAST = 3.0


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as #rrggbb, named for what they are used for."""

    name: str
    dark: bool
    window: str
    """Behind panels, bars and lists."""
    surface: str
    """Behind what is read: the article, cards, fields."""
    raised: str
    hover: str
    border: str
    strong_border: str
    text: str
    heading: str
    muted: str
    """Words of less weight; still 4.5:1 on window and surface."""
    faint: str
    """Lines and marks that aren't words."""
    accent: str
    accent_soft: str
    on_accent: str
    selection: str
    note: str
    note_border: str
    note_text: str
    bad: str
    bad_soft: str
    good: str
    match: str
    match_current: str
    tint: float
    """How much of a label's colour lies behind its words, 0 to 1."""
    tint_selected: float

    def ink(self, colour: str, contrast: float = TEXT_CONTRAST) -> QColor:
        """Return a label's colour, shaded until it can be read on the surface."""
        return QColor(_shaded(colour, self.surface, contrast))

    def wash(self, colour: str, strength: float) -> QColor:
        """Return a label's colour as thin paint, `strength` from 0 to 1."""
        washed = self.ink(colour, LINE_CONTRAST)
        washed.setAlphaF(strength)
        return washed

    def on(self, colour: str) -> QColor:
        """Return white for words on a colour if they can be read, else black."""
        white = QColor("#ffffff")
        return white if contrast(white, QColor(colour)) >= TEXT_CONTRAST else QColor("#000000")

    def palette(self) -> QPalette:
        """Return the palette of widgets that have no style of their own."""
        palette = QPalette()
        for role, colour in self._roles().items():
            palette.setColor(role, QColor(colour))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(self.muted))
        return palette

    def _roles(self) -> dict[QPalette.ColorRole, str]:
        role = QPalette.ColorRole
        return {
            role.Window: self.window,
            role.WindowText: self.text,
            role.Base: self.surface,
            role.AlternateBase: self.raised,
            role.Text: self.text,
            role.PlaceholderText: self.muted,
            role.Button: self.surface,
            role.ButtonText: self.text,
            role.ToolTipBase: self.raised,
            role.ToolTipText: self.text,
            role.Highlight: self.accent,
            role.HighlightedText: self.on_accent,
            role.Link: self.accent,
            role.Mid: self.border,
            role.Dark: self.strong_border,
        }


LIGHT = Theme(
    name="light",
    dark=False,
    window="#f5f7f9",
    surface="#ffffff",
    raised="#ffffff",
    hover="#eaedf2",
    border="#e2e6ec",
    strong_border="#c3cad5",
    text="#1a2130",
    heading="#141a27",
    muted="#5c6678",
    faint="#d5dae2",
    accent="#2f5be7",
    accent_soft="#e1e9fd",
    on_accent="#ffffff",
    selection="#bcd0fb",
    note="#fff5e3",
    note_border="#f3dfb6",
    note_text="#7d5200",
    bad="#b3263a",
    bad_soft="#fdecee",
    good="#14784f",
    match="#fdeab0",
    match_current="#fbc94b",
    tint=0.15,
    tint_selected=0.36,
)

DARK = Theme(
    name="dark",
    dark=True,
    window="#14171d",
    surface="#1a1e26",
    raised="#222733",
    hover="#262c38",
    border="#2c3340",
    strong_border="#465063",
    text="#e3e7ee",
    heading="#f3f5f9",
    muted="#9aa5b8",
    faint="#394152",
    accent="#7b9cff",
    accent_soft="#232f52",
    on_accent="#0e1420",
    selection="#34487f",
    note="#322a18",
    note_border="#54461f",
    note_text="#f0c671",
    bad="#ff8a97",
    bad_soft="#3a2228",
    good="#59cf9e",
    match="#4d431d",
    match_current="#74590c",
    tint=0.18,
    tint_selected=0.36,
)


def contrast(a: QColor, b: QColor) -> float:
    """Return the WCAG 2 contrast ratio of two opaque colours, 1 to 21."""
    lighter, darker = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    channels = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@lru_cache(maxsize=512)
def _shaded(colour: str, ground: str, wanted: float) -> str:
    """Move a colour towards black or white until it stands out from the ground."""
    base, behind = QColor(colour), QColor(ground)
    goal = QColor("#000000") if _luminance(behind) > 0.18 else QColor("#ffffff")
    steps = (_mixed(base, goal, step / 20) for step in range(21))
    return next((c for c in steps if contrast(c, behind) >= wanted), goal).name()


def _mixed(a: QColor, b: QColor, share: float) -> QColor:
    """Return `a` with a share of `b`, 0 to 1."""
    keep = 1 - share
    return QColor.fromRgbF(
        a.redF() * keep + b.redF() * share,
        a.greenF() * keep + b.greenF() * share,
        a.blueF() * keep + b.blueF() * share,
    )
