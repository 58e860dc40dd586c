"""Pages of the web, saved as HTML or MHTML: the article without what stands around it.

Nothing is fetched. Title, outlet, author, date and address are what the page says of itself.
"""

import codecs
import re
from email import message_from_bytes
from pathlib import Path
from typing import Any

import lxml.html
from lxml import etree
from trafilatura import bare_extraction

from annotator.formats.dataset import Dataset, Remark
from annotator.formats.errors import FormatError
from annotator.formats.parts.decoding import decoded, read_bytes
from annotator.formats.parts.hushing import hushed
from annotator.formats.parts.lone_article import lone_article, say_guess
from annotator.formats.parts.paragraphs import Block, joined
from annotator.model.scheme import Scheme

MAX_PAGE = 10_000_000
MAX_ELEMENTS = 50_000
"""More would take minutes to tell the article from the rest."""

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S+) -->")
_SAME_TO_BROWSERS = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BLOCKS = frozenset(("p", "head", "item", "quote", "code", "row", "list", "table", "div", "body"))
_DATES = {"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d"}
"""Only dates that the page states: one that merely stands in its text may be of something else."""
_BROKEN = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError, RecursionError),
    *(etree.Error, OSError),
)
"""What the libraries raise on pages that are damaged in ways they did not foresee."""


def read(path: Path, _scheme: Scheme, remark: Remark) -> Dataset:
    """Read the article of a page, with what the page says of it."""
    content, url = _page(read_bytes(path, MAX_PAGE), path)
    html = _decoded(content, path.name, remark).replace("\x00", "\ufffd")
    saved = _SAVED_FROM.search(html, 0, 2_000)
    try:
        with hushed("trafilatura", "htmldate", "courlan"):
            page, language = _extracted(html, path.name)
            text = joined(_blocks(page.body)) if page is not None else ""
    except FormatError:
        raise
    except _BROKEN as error:
        raise FormatError(f"{path.name} can't be read as a page ({error}); save its text") from error
    if not text.strip():
        raise FormatError(f"{path.name} has no article that can be told from the rest of it; save its text")
    return lone_article(
        *(path, text),
        title=page.title or "",
        outlet=page.sitename or "",
        author=page.author or "",
        published=page.date or "",
        url=page.url or url or (saved[1] if saved else ""),
        language=language,
    )


def _extracted(html: str, name: str) -> tuple[Any, str]:
    """Find the article of a page, None if there is none, and the language that the page states."""
    tree = lxml.html.document_fromstring(html.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    if sum(1 for _ in tree.iter()) > MAX_ELEMENTS:
        raise FormatError(f"{name} is a page of more than {MAX_ELEMENTS:,} parts; save its text")
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    page = bare_extraction(tree, include_comments=False, with_metadata=True, date_extraction_params=_DATES)
    return page, language


def _page(content: bytes, path: Path) -> tuple[bytes, str]:
    """Return the page and its address; of an MHTML file, its first page."""
    if path.suffix.lower() not in (".mhtml", ".mht"):
        return content, ""
    try:
        message = message_from_bytes(content)
        pages = (part for part in message.walk() if part.get_content_type() in ("text/html", "text/plain"))
        part = next(pages, None)
        page = part.get_payload(decode=True) if part else None
    except _BROKEN as error:
        raise FormatError(f"{path.name} is not MHTML ({error}); save it as a web page anew") from error
    if part is None or not isinstance(page, bytes):
        raise FormatError(f"{path.name} holds no web page; save it as one anew")
    address = message.get("Snapshot-Content-Location") or part.get("Content-Location") or ""
    charset = part.get_content_charset() or ""
    known = _known(charset)
    return page.decode(known, "replace").encode() if known else page, str(address)


def _decoded(content: bytes, name: str, remark: Remark) -> str:
    """Decode a page by byte order mark, as UTF-8, by what it declares, or by a guess."""
    declared = _DECLARED.search(content, 0, 4096)
    encoding = _known(declared[1].decode("ascii", "replace")) if declared else ""
    if encoding and not _is_utf8(content) and not content.startswith(_UTF16):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            pass
    text, encoding = decoded(content, name)
    say_guess(encoding, remark)
    return text


def _known(encoding: str) -> str:
    """Return the encoding that browsers take for a name, "" for a name that is none of text."""
    try:
        found = codecs.lookup(encoding).name
        "".encode(found)
    except (LookupError, ValueError):
        return ""
    return _SAME_TO_BROWSERS.get(found, found)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def _blocks(body: Any) -> list[Block]:
    """List the blocks of an extracted article."""
    blocks: list[Block] = []
    line: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        is_block = element.tag in _BLOCKS
        if is_block:
            kind = element.tag if event == "end" and element.tag in ("item", "row") else ""
            blocks.append((kind, "".join(line).strip(" \n")))
            line = []
        elif event == "start" and element.tag == "cell" and any(map(str.strip, line)):
            line.append("\t")
        elif event == "start" and element.tag == "lb":
            line.append("\n")
        line.append((element.text if event == "start" else element.tail) or "")
    return blocks
