"""Names that UIMA, Java, XML and Python all take, made from any words."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import chain, count
from keyword import kwlist

LONGEST = 60

# INCEpTION reserves these for what each annotation has, whatever their case.
_OF_INCEPTION = (
    "address begin end coveredText booleanValue doubleValue byteValue CAS CASImpl class featureValue"
    " floatValue longValue lowLevelCas printRefs sofa stringValue type typeIndexId view"
)
# Names that dkpro-cassis keeps for itself.
_OF_CASSIS = "self get set xmiID"
RESERVED = (*_OF_INCEPTION.split(), *_OF_CASSIS.split(), *kwlist, "Governor", "Dependent")

_APART = re.compile("_+")


class UimaNames:
    """Gives each of some words a name of its own, the same way each time in the same order."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {name.casefold() for name in taken}

    def name(self, words: str) -> str:
        """Make a new name from words; one that is taken gets an underscore, or a number."""
        stem = spelled(words)
        further = (f"{stem}_{number}" for number in count(2))
        name = next(n for n in chain((stem, f"{stem}_"), further) if n.casefold() not in self._taken)
        self._taken.add(name.casefold())
        return name


def spelled(words: str) -> str:
    """Spell words with letters, digits and single underscores, a letter first."""
    plain = "".join(ch if _is_plain(ch) else "_" for ch in unicodedata.normalize("NFC", words))
    name = _APART.sub("_", plain[:LONGEST]).strip("_")
    return name if name[:1].isalpha() else f"x_{name}".rstrip("_")


def _is_plain(ch: str) -> bool:
    """Say whether all take a character in a name: Java has no astral letters, XML no ordinals."""
    if ch.isascii():
        return ch.isalnum()
    return "\u00c0" <= ch <= "\uffff" and (ch.isalpha() or ch.isdecimal())
