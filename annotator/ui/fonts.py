"""The packaged typefaces: Inter for the window, Source Serif 4 and Noto Naskh Arabic for reading."""

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from annotator import resources

SANS = "Inter"
SERIF = "Source Serif 4"
NASKH = "Noto Naskh Arabic"

READING_PT = 14.0
SMALLEST_PT, LARGEST_PT = 9.0, 36.0


@cache
def load() -> tuple[str, ...]:
    """Make the packaged fonts known to Qt, once; return the files that were not fonts."""
    files = sorted(resources.path("fonts").glob("*.ttf"))
    return tuple(file.name for file in files if QFontDatabase.addApplicationFont(str(file)) < 0)


def reading(points: float = READING_PT) -> QFont:
    """Return the serif for article text; what it lacks is looked for in the Naskh."""
    font = QFont([SERIF, NASKH])
    font.setPointSizeF(points)
    font.setStyleHint(QFont.StyleHint.Serif)
    return font


def typewriter(points: float = 9.5) -> QFont:
    """Return the system's face of even width, for what stands in files."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(points)
    return font


def interface(points: float = 10.0, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the sans serif for everything around the article."""
    font = QFont([SANS, NASKH])
    font.setPointSizeF(points)
    font.setWeight(weight)
    font.setStyleHint(QFont.StyleHint.SansSerif)
    return font
