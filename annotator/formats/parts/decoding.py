"""From the bytes of a file to text, whatever the encoding."""

import codecs
from pathlib import Path
from typing import BinaryIO

from annotator.formats.errors import FormatError

MAX_TEXT = 20_000_000
"""Most characters of an article, and most bytes of its file: a book has one million."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEAD = 1 << 20
_AROUND = 30_000
_CONTROLS = frozenset(map(chr, range(32))) - set("\t\n\v\f\r\x1c\x1d\x1e")
_WESTERN = ("Danish", "Dutch", "English", "Finnish", "French", "German", "Italian", "Norwegian")
_USUAL = {
    **dict.fromkeys((*_WESTERN, "Portuguese", "Spanish", "Swedish"), "cp1252"),
    "Turkish": "cp1254",
}
"""In which single bytes a language is usually written."""
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP or office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"SQLite format 3\x00", "a database"),
)


def read_text(path: Path) -> tuple[str, str]:
    """Read a whole text file; return the text and the name of its encoding."""
    return decoded(read_bytes(path, MAX_TEXT), path.name)


def read_bytes(path: Path, limit: int) -> bytes:
    """Read a file of at most `limit` bytes; raise FormatError for a larger or unreadable one."""
    _check_is_file(path)
    try:
        with path.open("rb") as file:
            content = file.read(limit + 1)
            size = file.seek(0, 2) if len(content) > limit else len(content)
    except OSError as error:
        raise _unreadable(path, error) from error
    if size > limit:
        raise FormatError(
            f"{path.name} is too large ({size / 1e6:,.0f} MB, at most {limit / 1e6:,.0f} MB); split it"
        )
    return content


def decoded(content: bytes, name: str) -> tuple[str, str]:
    """Decode bytes by byte order mark, as UTF-8, or by detection; raise FormatError for what isn't text."""
    _check_start(content, name)
    encoding = _marked(content) or _without_mark(content, name)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise FormatError(f"{name} says it is {encoding} but is not; save it as UTF-8") from error
    if _mostly_controls(text):
        raise FormatError(f"{name} is binary data, not text; save it as plain text first")
    return text, encoding


def encoding_of(path: Path) -> str:
    """Find the encoding of a file that is too large to be held whole; raise FormatError for what isn't text.

    A guess rests on a part of the file: decode with errors="replace".
    """
    _check_is_file(path)
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
            _check_start(head, path.name)
            encoding = _marked(head) or _utf16(head) or "utf-8"
            odd = _first_odd_lines(file, encoding)
    except OSError as error:
        raise _unreadable(path, error) from error
    if odd and _marked(head):
        raise FormatError(f"{path.name} says it is {encoding} but is not; save it as UTF-8")
    if odd:
        encoding = _without_mark(odd, path.name)
    if _mostly_controls(head.decode(encoding, "replace")):
        raise FormatError(f"{path.name} is binary data, not text; save it as plain text first")
    return encoding


def _check_is_file(path: Path) -> None:
    if path.exists() and not (path.is_file() or path.is_dir()):
        # Opening a pipe waits until somebody writes to it.
        raise FormatError(f"{path.name or path} is not a file but a device or a pipe; choose a file")


def _unreadable(path: Path, error: OSError) -> FormatError:
    name, why = path.name or path, error.strerror
    return FormatError(f"{name} can't be read ({why}); check that it is a file you may open")


def _check_start(content: bytes, name: str) -> None:
    """Refuse what is empty, or begins as no text does."""
    if not content.strip():
        raise FormatError(f"{name} is empty; there is nothing to annotate in it")
    for signature, what in _SIGNATURES:
        if content.startswith(signature):
            raise FormatError(f"{name} is {what}, not text; save it as plain text first")


def _first_odd_lines(file: BinaryIO, encoding: str) -> bytes:
    """Return lines with what ASCII lacks from where an encoding first fails; none when it never does."""
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    while piece := file.read(_HEAD):
        try:
            decoder.decode(piece)
        except UnicodeDecodeError as error:
            file.seek(max(0, file.tell() - len(piece) + error.start - _AROUND))
            lines = file.read(2 * _AROUND).splitlines()
            return b"\n".join(line for line in lines if not line.isascii())
    return b""


def _marked(content: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS if content.startswith(mark)), None)


def _without_mark(content: bytes, name: str) -> str:
    if _decodes(content, "utf-8"):
        return _utf16(content) or "utf-8"
    found = _utf16(content) or (None if b"\x00" in content else _detected(content))
    if not found:
        raise FormatError(f"{name} is binary data or in an unknown encoding; save it as UTF-8 text")
    return found


def _utf16(content: bytes) -> str | None:
    """Recognise UTF-16 without a mark by the zero bytes of its Latin letters, spaces and line ends."""
    head = content[:20_000]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if min(even, odd) * 20 > max(even, odd) or max(even, odd) * 20 < len(head):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _detected(content: bytes) -> str | None:
    # Loaded here: it takes longer to import than most files take to read.
    from charset_normalizer import from_bytes

    best = from_bytes(content).best()
    if best is None:
        return None
    usual = _USUAL.get(best.language, "")
    # Its languages are surer than its encodings, which it takes for those of neighbours.
    if usual and best.encoding.startswith(("cp125", "iso8859")) and _decodes(content, usual):
        return usual
    return best.encoding


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _mostly_controls(text: str) -> bool:
    head = text[:20_000]
    controls = sum(1 for ch in head if ch in _CONTROLS or ch == "\ufffd")
    return controls * 20 > len(head)
