"""Names as brat takes them: ASCII letters, digits, hyphen and underscore.

Every other character is written as “_xHEX_”, its code point: “as of” is “as_x20_of”.
"""

import re

_FORBIDDEN = re.compile(r"[^A-Za-z0-9_-]|_(?=x[0-9a-f]+[^A-Za-z0-9-])")
_ESCAPED = re.compile(r"_x([0-9a-f]{1,6})_")
_WORD = re.compile(r"[\w.+/-]+")


def word(name: str) -> str:
    """Write a name as one word of brat's."""
    return _FORBIDDEN.sub(lambda match: f"_x{ord(match[0]):x}_", name)


def named(word: str) -> str:
    """Read a name back."""
    return _ESCAPED.sub(_character, word) if "_x" in word else word


def is_word(value: str) -> bool:
    """Say whether a value can stand in an attribute's line, and in brat's list of its values."""
    return bool(_WORD.fullmatch(value))


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    is_character = code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF and code
    return chr(code) if is_character else match[0]
