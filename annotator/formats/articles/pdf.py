"""PDF: the text of its pages as one article; pages that are pictures have none."""

import io
import struct
import time
import zlib
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from annotator.formats.dataset import Dataset, Remark
from annotator.formats.errors import FormatError
from annotator.formats.parts.decoding import MAX_TEXT, read_bytes
from annotator.formats.parts.hushing import hushed
from annotator.formats.parts.line_joining import paragraphs
from annotator.formats.parts.lone_article import lone_article
from annotator.model.scheme import Scheme

MAX_PDF = 100_000_000
MAX_PAGES = 2_000
PATIENCE = 60.0
"""Seconds that a file may take."""

_MADE_UP = ("untitled", "microsoft word - ", "microsoft powerpoint - ")
_SUFFIXES = (".doc", ".docx", ".pdf", ".indd", ".rtf", ".odt", ".qxd")
_BROKEN = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError),
    *(RuntimeError, MemoryError, OSError, PyPdfError, zlib.error, struct.error),
)
"""What pypdf raises on files that are damaged in ways it did not foresee."""


class _Slow(Exception):
    """Reading takes longer than anybody would wait."""


def read(path: Path, _scheme: Scheme, remark: Remark) -> Dataset:
    """Read a PDF's text, joined to paragraphs; pages without text are remarked upon."""
    content = read_bytes(path, MAX_PDF)
    if b"%PDF-" not in content[:1024]:
        raise FormatError(f"{path.name} is not a PDF; check what it is")
    with hushed("pypdf"):
        reader = _opened(content, path.name)
        pages = _pages(reader, path.name, remark)
        described = _described(reader)
    return lone_article(path, paragraphs(pages), **described)


def _opened(content: bytes, name: str) -> PdfReader:
    """Open a PDF; one that only its owner may change is read too."""
    try:
        reader = PdfReader(io.BytesIO(content))
        is_locked = reader.is_encrypted and not reader.decrypt("")
        count = 0 if is_locked else len(reader.pages)
    except DependencyError as error:
        raise FormatError(f"{name} is encrypted; save a copy without encryption") from error
    except _BROKEN as error:
        raise FormatError(f"{name} is damaged and can't be read ({error}); save it anew") from error
    if is_locked:
        raise FormatError(f"{name} is locked with a password; save a copy without one")
    if not 0 < count <= MAX_PAGES:
        raise FormatError(f"{name} has {count:,} pages, from 1 to {MAX_PAGES:,} are taken; split it")
    return reader


def _pages(reader: PdfReader, name: str, remark: Remark) -> list[str]:
    """Read the text of each page; those without any, and those that can't be read, are remarked upon."""
    pages: list[str] = []
    textless: list[int] = []
    deadline = time.monotonic() + PATIENCE
    size = 0
    for number in range(len(reader.pages)):
        try:
            words = _text(reader, number, deadline)
        except _Slow as error:
            raise FormatError(
                f"{name} takes more than {PATIENCE:.0f} seconds to read; save its text"
            ) from error
        except _BROKEN as error:
            remark(None, f"page {number + 1} was left out: it is damaged ({error})")
            continue
        size += len(words)
        if size > MAX_TEXT:
            raise FormatError(f"{name} has more than {MAX_TEXT:,} characters of text; split it")
        pages.append(words)
        if not words.strip():
            textless.append(number + 1)
    if len(textless) == len(pages):
        raise FormatError(f"{name} has no text, its pages may be scans; recognise its text (OCR) first")
    if textless:
        remark(None, f"there is no text on {_listed(textless)}; it may be a scan")
    return pages


def _text(reader: PdfReader, number: int, deadline: float) -> str:
    def check(*_: object) -> None:
        if time.monotonic() > deadline:
            raise _Slow

    check()
    return reader.pages[number].extract_text(visitor_operand_before=check)


def _listed(numbers: list[int]) -> str:
    """Name pages: "page 3", "pages 1 to 4 and 7"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    named = [f"{run[0]} to {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    words = named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
    return f"page{'s' if len(numbers) > 1 else ''} {words}"


def _described(reader: PdfReader) -> dict[str, str]:
    """Read what a PDF says of itself, leaving out titles that a program made up."""
    try:
        found = reader.metadata
        title, author = (str(found.title or ""), str(found.author or "")) if found else ("", "")
    except _BROKEN:
        return {}
    is_made_up = title.strip().lower().startswith(_MADE_UP) or title.strip().lower().endswith(_SUFFIXES)
    return {"title": "" if is_made_up else title, "author": author}
