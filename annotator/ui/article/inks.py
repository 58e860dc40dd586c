"""What each label looks like: its colours for the theme, and a line pattern so that colour is never alone."""

from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from annotator.model.records import Annotation
from annotator.model.scheme import Label, Scheme
from annotator.ui.theme import LINE_CONTRAST, Theme


@dataclass(frozen=True, slots=True)
class Pattern:
    """Dashes and gaps of a line in pixels, none when it is solid; or two fine lines."""

    dashes: tuple[float, ...] = ()
    double: bool = False


PATTERNS = (
    Pattern(),
    Pattern((7, 3)),
    Pattern(double=True),
    Pattern((9, 2, 2, 2)),
    Pattern((2, 2)),
    Pattern((7, 3), double=True),
    Pattern((9, 2, 2, 2, 2, 2)),
)


@dataclass(frozen=True)
class Ink:
    """How the spans of one label are painted."""

    line: QColor
    tint: QColor
    strong: QColor
    """Behind the words of the selected span."""
    pattern: Pattern
    helper: bool
    resting: bool = True
    """Whether the words are tinted also while nobody points at them."""
    pens: dict[float, QPen] = field(default_factory=dict)

    def pen(self, width: float) -> QPen:
        """Return the pen of an underline of this width in pixels."""
        if width not in self.pens:
            self.pens[width] = self._new_pen(width)
        return self.pens[width]

    def _new_pen(self, width: float) -> QPen:
        pen = QPen(self.line, width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if self.pattern.dashes:
            pen.setDashPattern([length / width for length in self.pattern.dashes])
        return pen


class Inks:
    """The inks of a scheme's labels under a theme."""

    def __init__(self, scheme: Scheme, theme: Theme) -> None:
        self.theme = theme
        self._unknown = _ink(Label("", "", colour=theme.muted), len(PATTERNS) - 1, theme)
        self._inks = {label.id: _ink(label, pattern_number(scheme, label), theme) for label in scheme.labels}

    def of(self, label: str) -> Ink:
        """Return a label's ink; a label the scheme lacks has a grey one."""
        return self._inks.get(label, self._unknown)

    def on(self, annotation: Annotation) -> Ink:
        """Return the ink that an annotation is painted in."""
        return self.of(annotation.label)


def pattern_number(scheme: Scheme, label: Label) -> int:
    """Return which pattern a label has: counted apart for main and helper labels, which are thinner."""
    alike = [other.id for other in scheme.labels if other.helper == label.helper]
    return alike.index(label.id) % len(PATTERNS)


def _ink(label: Label, pattern: int, theme: Theme) -> Ink:
    return Ink(
        line=theme.ink(label.colour, LINE_CONTRAST),
        tint=theme.wash(label.colour, theme.tint * (0.45 if label.helper else 1)),
        strong=theme.wash(label.colour, theme.tint_selected),
        pattern=PATTERNS[pattern],
        helper=label.helper,
    )
