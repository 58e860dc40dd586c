"""The one form in which article text is stored, and its fingerprint."""

import hashlib
import re
from bisect import bisect_left, bisect_right
from unicodedata import category

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
# What XML 1.0 forbids, and what Unicode says is never a character. One match is one code point.
_ILLEGAL = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
    + "]"
)


def canonical(raw: str) -> str:
    """Bring text into the stored form; idempotent.

    Leading byte order marks go, every line end becomes LF, other control characters, surrogates and
    non-characters become U+FFFD. Nothing else changes, so quotations stay as published.
    """
    # What changes is never printable, and asking for that is twenty times as fast as looking for it.
    if raw.replace("\n", "").replace("\t", "").replace("\xa0", "").isprintable():
        return raw
    return _ILLEGAL.sub("\ufffd", _LINE_ENDS.sub("\n", raw.lstrip("\ufeff")))


def says_nothing(text: str) -> bool:
    """Say whether a text is empty but for white space and characters without a width."""
    return all(ch.isspace() or category(ch) in ("Cc", "Cf") for ch in text)


def fingerprint(text: str) -> str:
    """Return the SHA-256 of the text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def article_id(sha256: str, outside_id: str = "") -> str:
    """Derive an article's id from its text's hash and its url (or other outside id)."""
    return hashlib.sha256(f"{sha256}\n{outside_id}".encode()).hexdigest()[:24]


class Utf16Offsets:
    """Convert offsets of one text between code points and UTF-16 units, in O(log astral characters)."""

    def __init__(self, text: str) -> None:
        has_astral = bool(text) and max(text) > "\uffff"
        self._astral = [i for i, ch in enumerate(text) if ch > "\uffff"] if has_astral else []
        self._low_surrogates = [at + before + 1 for before, at in enumerate(self._astral)]

    def to_utf16(self, offset: int) -> int:
        """Return the UTF-16 offset of a code point offset."""
        return offset + bisect_left(self._astral, offset)

    def from_utf16(self, offset: int) -> int:
        """Return the code point offset of a UTF-16 offset; inside a surrogate pair, that of its start."""
        return offset - bisect_right(self._low_surrogates, offset)
