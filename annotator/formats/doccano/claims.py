"""The spans of a line of doccano, under any of the keys and in any of the shapes of its versions."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from unicodedata import combining

from annotator.formats.parts import bodies
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.canonical import Say
from annotator.formats.parts.line_works import Row
from annotator.model.span import Span

KEYS = ("label", "labels", "entities", "annotations")
"""Where its versions have the spans."""

_JOINER = "\u200d"


class Claim(NamedTuple):
    """A span as a line has it. `number` is the id that relations name it by."""

    start: Any
    stop: Any
    label: Any
    words: str = ""
    number: Any = None
    id: str = ""
    user: str = ""

    @property
    def place(self) -> str:
        return repr((self.start, self.stop, self.label))

    def body(self, layer: str) -> Row:
        """Return an annotation's body; doccano has written the numbers of labels for their names."""
        return {
            "id": self.id,
            "layer": self.user or layer,
            "label": str(self.label) if type(self.label) is int else self.label or "",
            "fragments": [[self.start, self.stop]],
            "exact": [self.words] if self.words else [],
        }


def claims_of(row: Row, say: Say) -> list[Claim]:
    """Return the spans of a line, remarking on what is none; those under two keys are taken once."""
    found: list[Claim] = []
    for key in KEYS:
        before = {claim.place for claim in found}
        found += [claim for claim in _under(row, key, say) if claim.place not in before]
    return found


def has_whole_labels(row: Row) -> bool:
    """Say whether a line has labels of the whole text."""
    values = [row.get(key) for key in KEYS]
    words = [item for value in values for item in (value if isinstance(value, list) else [value])]
    return bool(row.get("cats")) or any(isinstance(word, str | int | float) for word in words)


def cuts_a_word(text: str, span: Span) -> bool:
    """Say whether a span begins or ends inside a character, or between two letters that have capitals.

    Other scripts, such as Chinese, write words without a space between.
    """
    inside = (at for at in (span.start, span.stop) if 0 < at < len(text))
    return any(_is_joined(text, at) or all(map(_is_cased, text[at - 1 : at + 1])) for at in inside)


def _is_joined(text: str, at: int) -> bool:
    """Say whether the character at a place is one with that before it: an emoji's or a letter's mark."""
    return _JOINER in text[at - 1 : at + 1] or (bool(combining(text[at])) and _is_cased(text[at - 1]))


def _under(row: Row, key: str, say: Say) -> Iterator[Claim]:
    items = row.get(key)
    if not isinstance(items, list):
        return
    for item in items:
        try:
            if not isinstance(item, str | int | float):
                yield _claim(item)
        except BadRecord as error:
            say(f"a span was left out: {error}")


def _claim(item: Any) -> Claim:
    match item:
        case [start, stop, label, *rest]:
            return Claim(start, stop, label, rest[0] if rest and isinstance(rest[0], str) else "")
        case {"label": label}:
            start, stop = (item.get(f"{edge}_offset", item.get(edge)) for edge in ("start", "end"))
            user = item.get("user")
            user = f"user {user}" if type(user) is int else user if isinstance(user, str) else ""
            own_id = bodies.name_of(item, "annotation")
            return Claim(start, stop, label, number=item.get("id"), id=own_id, user=user)
    raise BadRecord("it is neither a list of start, end and label nor an object with them")


def _is_cased(ch: str) -> bool:
    return ch.lower() != ch.upper()
