"""Where rows of TSV stand: sentences, tokens, and pieces of tokens that a span begins or ends in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from annotator.formats.parts.tokenizing import sentences, tokens, touched
from annotator.model.span import Span
from annotator.model.text import Utf16Offsets


class Layout:
    """The tokens and sentences of a text. Sentences take the white space after them along."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens(text)
        self.sentences = sentences(text, self.tokens)
        self._units = Utf16Offsets(text)

    @property
    def before(self) -> str:
        """The white space before the first sentence."""
        return self.text[: self.tokens[0].start] if self.tokens else self.text

    def texts(self) -> Iterator[str]:
        """Yield the text of each sentence."""
        starts = [sentence[0].start for sentence in self.sentences]
        for start, stop in zip(starts, [*starts[1:], len(self.text)], strict=True):
            yield self.text[start:stop]

    def in_utf16(self, span: Span) -> tuple[int, int]:
        return self._units.to_utf16(span.start), self._units.to_utf16(span.stop)


@dataclass(slots=True)
class Unit:
    """A token or a piece of one, with the numbers of the spans on it and of the links that end there."""

    id: str
    place: Span
    spans: list[int]
    links: list[int] = field(default_factory=list)


class Units:
    """The rows for some spans, which are numbered from 1."""

    def __init__(self, layout: Layout, places: Sequence[Span]) -> None:
        self._marks: dict[Span, dict[Span, list[int]]] = {}
        for number, place in enumerate(places, 1):
            for token in (layout.tokens[at] for at in touched(layout.tokens, place)):
                marks = self._marks.setdefault(token, {})
                marks.setdefault(_shared(token, place), []).append(number)
        self._first: dict[int, Unit] = {}
        self._last: dict[int, Unit] = {}
        self.sentences = [self._rows(*numbered) for numbered in enumerate(layout.sentences, 1)]

    def first(self, number: int) -> Unit:
        """Return the unit that a span is known by."""
        return self._first[number]

    def shown(self, number: int) -> Span:
        """Return what the rows tell of a span, which is without white space at its ends."""
        return Span(self._first[number].place.start, self._last[number].place.stop)

    def _rows(self, number: int, sentence: Sequence[Span]) -> list[Unit]:
        units: list[Unit] = []
        for n, token in enumerate(sentence, 1):
            name, marks = f"{number}-{n}", self._marks.get(token, {})
            units.append(Unit(name, token, marks.pop(token, [])))
            units += (Unit(f"{name}.{k}", piece, marks[piece]) for k, piece in enumerate(sorted(marks), 1))
        for unit in units:
            for span in unit.spans:
                self._first.setdefault(span, unit)
                self._last[span] = unit
        return units


def _shared(token: Span, place: Span) -> Span:
    if place.start <= token.start and token.stop <= place.stop:
        return token
    return Span(max(token.start, place.start), min(token.stop, place.stop))
