"""Help dkpro-cassis over what strangers write: types it doesn't know, offsets that lead nowhere."""

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from keyword import iskeyword
from typing import Any

from cassis.typesystem import TypeNotFoundError, TypeSystem

from annotator.formats.cas.types import ANNOTATION, SOURCE, TARGET, TOP
from annotator.formats.errors import FormatError
from annotator.model.text import Utf16Offsets

BASE = "uima.cas.AnnotationBase"

MAX_TEXT = 5_000_000
"""Most characters of one text: dkpro-cassis needs some 200 bytes for each."""

DAMAGED = (
    *(ArithmeticError, AttributeError, LookupError, RecursionError, RuntimeError, SyntaxError),
    *(TypeError, ValueError, TypeNotFoundError),
)
"""What dkpro-cassis raises for a file that is not sound."""

# Names that dkpro-cassis spells with an underscore, as Python has them too.
_OF_PYTHON = {"self": "self_", "type": "type_"}
# Names that dkpro-cassis needs for itself in each feature structure.
_OF_CASSIS = ("get", "get_covered_text", "set", "xmiID")


@contextmanager
def quiet() -> Iterator[None]:
    """Keep dkpro-cassis from warning of names it spells otherwise; they are spelled back."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        yield


def usable(name: str) -> str:
    """Spell the name of a feature so that Python and cassis take it; "" when it can be none."""
    if iskeyword(name) or name in _OF_CASSIS:
        return f"{name}_"
    return name if name.isidentifier() and not name.startswith("_") else ""


def original(name: str) -> str:
    """Return the name of a feature as the file has it."""
    bare = name.removesuffix("_")
    return bare if iskeyword(bare) or bare in (*_OF_PYTHON, *_OF_CASSIS) else name


def unspelled(name: str) -> str:
    """Return the name by which cassis finds a feature in a file; that of its own is another."""
    return next((bare for bare, own in _OF_PYTHON.items() if own == name), name)


def range_of(types: TypeSystem, name: str, feature: str) -> str:
    """Return the type of a feature's values."""
    found = types.get_type(name).get_feature(_OF_PYTHON.get(feature, feature))
    return found.rangeType.name if found else ""


def declare(types: TypeSystem, name: str, features: Mapping[str, str]) -> bool:
    """Make sure that a type has features, mapped to the type of their values; say whether any was new."""
    if not _has_type(types, name):
        has_place = {"begin", "end"} <= set(features)
        types.create_type(name, ANNOTATION if has_place else BASE if "sofa" in features else TOP)
    new = [feature for feature in features if not range_of(types, name, feature)]
    for feature in new:
        range_ = ANNOTATION if feature in (SOURCE, TARGET) else features[feature]
        types.create_feature(name, feature, range_)
    return bool(new)


class Places:
    """The places in one text, counted in UTF-16 units as UIMA does; raises FormatError for one too long."""

    def __init__(self, text: str) -> None:
        if len(text) > MAX_TEXT:
            raise FormatError(
                f"a text has {len(text):,} characters, at most {MAX_TEXT:,} are taken; split it"
            )
        self._units = Utf16Offsets(text)
        self._length = self._units.to_utf16(len(text))

    def holds(self, begin: Any, end: Any) -> bool:
        """Say whether a pair of offsets marks a part of the text, perhaps an empty one."""
        return all(type(at) is int and self._is_edge(at) for at in (begin, end)) and begin <= end

    def _is_edge(self, offset: int) -> bool:
        if not 0 <= offset <= self._length:
            return False
        return self._units.to_utf16(self._units.from_utf16(offset)) == offset


def _has_type(types: TypeSystem, name: str) -> bool:
    try:
        types.get_type(name)
    except TypeNotFoundError:
        return False
    return True
