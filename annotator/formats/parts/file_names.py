"""Names for files and folders that every system holds, made from any words."""

import re
import unicodedata

MAX_NAME = 60

_DEVICE = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9¹²³])", re.IGNORECASE)
_GAPS = re.compile("-{2,}")


def part_name(main: str, part: str) -> str:
    """Name a file that stands beside the main one; the main one itself for no part."""
    if not part:
        return main
    stem, dot, suffix = main.rpartition(".")
    return f"{stem}.{part}" if "." in part else f"{stem}.{part}{dot}{suffix}"


class FileNames:
    """Gives each key a name of its own, made from words, the same way each time in the same order."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._names: dict[str, str] = {}

    def name(self, key: str, words: str) -> str:
        """Return the name of a key, without a suffix."""
        if key not in self._names:
            stem = _safe(words)
            name, number = stem, 1
            while name.casefold() in self._taken:
                number += 1
                name = f"{stem}-{number}"
            self._taken.add(name.casefold())
            self._names[key] = name
        return self._names[key]


def _safe(words: str) -> str:
    kept = "".join(ch if _is_kept(ch) else "-" for ch in unicodedata.normalize("NFC", words))
    name = _GAPS.sub("-", kept).strip(".-_")[:MAX_NAME].strip(".-_")
    return f"x-{name}".rstrip("-") if not name or _DEVICE.fullmatch(name.partition(".")[0]) else name


def _is_kept(ch: str) -> bool:
    """Keep letters, digits and the marks on them, in any script."""
    return ch in "._-" or ch.isalnum() or unicodedata.category(ch).startswith("M")
