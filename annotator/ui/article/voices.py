"""Whose spans are whose when several annotators are compared: an ink and lanes for each of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QColor

from annotator.model.records import Annotation
from annotator.model.review import GOLD
from annotator.model.scheme import Scheme
from annotator.ui.article.inks import Ink, Inks, Pattern
from annotator.ui.theme import LINE_CONTRAST, Theme

COLOURS = ("#8347d9", "#c8570b", "#107a87", "#b02a86", "#66760c", "#4759c4", "#8a5a2b")
GOLD_COLOUR = "#8f6b00"
PATTERNS = (
    Pattern(),
    Pattern((8, 3)),
    Pattern((2, 2)),
    Pattern((9, 2, 2, 2)),
    Pattern((14, 3)),
    Pattern((5, 2, 2, 2, 2, 2)),
    Pattern((4, 4)),
)
"""One line each: two would take the room of two annotators."""
_UNKNOWN_COLOUR = "#6b7484"


@dataclass(frozen=True, slots=True)
class Voice:
    """One annotator as they are shown beside others: a name, an initial, and a colour with a pattern."""

    layer: str
    name: str
    initial: str
    number: int = 0
    """Their place among those compared, which gives colour and pattern; -1 for the gold layer."""

    @property
    def is_gold(self) -> bool:
        return self.number < 0

    @property
    def colour(self) -> str:
        return GOLD_COLOUR if self.is_gold else COLOURS[self.number % len(COLOURS)]

    def ink(self, theme: Theme) -> Ink:
        """Say how the spans of this annotator are painted."""
        return Ink(
            line=theme.ink(self.colour, LINE_CONTRAST),
            tint=theme.wash(self.colour, theme.tint),
            strong=theme.wash(self.colour, theme.tint_selected),
            pattern=PATTERNS[0 if self.is_gold else self.number % len(PATTERNS)],
            helper=False,
            resting=False,
        )


def voices(layers: Sequence[str], names: Sequence[str]) -> tuple[Voice, ...]:
    """Give each annotator a voice, in their order, with initials that tell them apart."""
    initials = _initials(names)
    made = [Voice(*who, number) for number, who in enumerate(zip(layers, names, initials, strict=True))]
    return tuple(made)


def gold() -> Voice:
    """Return the voice of adjudicated work."""
    return Voice(GOLD, "Gold", "G", -1)


def _initials(names: Sequence[str]) -> list[str]:
    """Shorten names: to the last word's first letter in "Annotator B", else to as few letters as it takes."""
    words = [name.split() or ["?"] for name in names]
    alike = len({tuple(w[:-1]) for w in words}) == 1 and len({w[-1][:1] for w in words}) == len(words)
    if alike:
        return [w[-1][:1].upper() for w in words]
    for length in range(1, 4):
        short = ["".join(w)[:length] for w in words]
        if len({s.casefold() for s in short}) == len(short):
            return [s[:1].upper() + s[1:] for s in short]
    return [str(number) for number in range(1, len(names) + 1)]


class VoiceInks(Inks):
    """Paints each annotation in the colour of whoever made it."""

    def __init__(self, scheme: Scheme, theme: Theme, compared: Sequence[Voice]) -> None:
        super().__init__(scheme, theme)
        self._voices = {voice.layer: voice.ink(theme) for voice in compared}
        self._stranger = _grey(theme)

    def on(self, annotation: Annotation) -> Ink:
        return self._voices.get(annotation.layer, self._stranger)


def _grey(theme: Theme) -> Ink:
    clear = QColor(0, 0, 0, 0)
    return Ink(theme.ink(_UNKNOWN_COLOUR, LINE_CONTRAST), clear, clear, Pattern((1, 3)), helper=True)
