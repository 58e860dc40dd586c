"""From the lines of printed pages to paragraphs: lines joined, parted words put together again."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SHORT = 0.7
"""A line that is shorter than this part of its page's long lines may end a paragraph."""

_PAGE_NUMBER = re.compile(r"(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
_HYPHENS = "-\u00ad\u2010"
_COMPOUND = re.compile(r"\b[^\W\d_]+[-\u2010][^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?:…؟。！？][\"'”’»)\]]*$")
_BULLET = re.compile(r"(?:[•‣◦▪·*–-]|\d{1,3}[.)])\s")
_SPACELESS = re.compile("[\u2e80-\u30ff\u3400-\u9fff\uff00-\uff60]")


@dataclass(frozen=True, slots=True)
class _Line:
    words: str
    is_short: bool
    follows_gap: bool
    opens_page: bool


def paragraphs(pages: Sequence[str]) -> str:
    """Join the lines of pages to paragraphs.

    A paragraph ends at an empty line, and at a short line that ends a sentence or that a new one follows.
    A hyphen at the end of a line goes, unless the text has the word with it elsewhere. Page numbers go.
    """
    compounds = {word.lower() for page in pages for word in _COMPOUND.findall(page)}
    found: list[list[str]] = []
    before: _Line | None = None
    for line in _lines(pages):
        if before and _goes_on(before, line):
            found[-1][-1:] = _joined(found[-1][-1], line.words, compounds)
        else:
            found.append([line.words])
        before = line
    return "\n\n".join("".join(parts) for parts in found)


def _lines(pages: Sequence[str]) -> Iterator[_Line]:
    for page in pages:
        rows = [" ".join(row.split()) for row in page.split("\n")]
        if len(pages) > 1:
            _drop_page_numbers(rows)
        lengths = sorted(len(row) for row in rows if row)
        long = lengths[len(lengths) * 9 // 10] if lengths else 0
        follows_gap, opens_page = False, True
        for row in rows:
            if row:
                yield _Line(row, len(row) < SHORT * long, follows_gap, opens_page)
                opens_page = False
            follows_gap = not row


def _drop_page_numbers(rows: list[str]) -> None:
    """Empty the first and the last line of a page if they are its number."""
    said = [at for at, row in enumerate(rows) if row]
    for at in {*said[:1], *said[-1:]}:
        if _PAGE_NUMBER.fullmatch(rows[at]):
            rows[at] = ""


def _goes_on(before: _Line, line: _Line) -> bool:
    """Say whether a line goes on with the paragraph of the one before it."""
    if _BULLET.match(line.words) or (line.follows_gap and not line.opens_page):
        return False
    if _parted(before.words):
        return True
    ends = bool(_SENTENCE_END.search(before.words))
    if line.opens_page and ends:
        return False
    return not (before.is_short and (ends or not line.words[0].islower()))


def _joined(before: str, words: str, compounds: set[str]) -> tuple[str, ...]:
    """Join two lines of a paragraph, as pieces of which the last is as long as the line."""
    parted, word = _parted(before), _WORD.match(words)
    if parted.isalpha() and word and words[0].islower():
        is_compound = f"{parted}-{word[0]}".lower() in compounds and before[-1] != "\u00ad"
        return (before if is_compound else before[:-1], words)
    is_close = parted or (_SPACELESS.match(before[-1]) and _SPACELESS.match(words[0]))
    return (before if is_close else f"{before} ", words)


def _parted(line: str) -> str:
    """Return the first part of a word that a hyphen at the line's end parts, else nothing."""
    return re.split(r"\W+", line[:-1].rpartition(" ")[2])[-1] if line[-1] in _HYPHENS else ""
