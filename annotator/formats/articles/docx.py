"""Word documents: their paragraphs, headings and tables as one article.

What stands beside the text is not read: headers, footers, comments, pictures. Of tracked changes, inserted
text is taken and deleted text is not.
"""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from lxml import etree

from annotator.formats.dataset import Dataset, Remark
from annotator.formats.errors import FormatError
from annotator.formats.parts.archives import Archive
from annotator.formats.parts.hushing import hushed
from annotator.formats.parts.lone_article import lone_article
from annotator.formats.parts.paragraphs import Block, joined
from annotator.formats.parts.safe_xml import parsed_xml
from annotator.model.scheme import Scheme

MAX_XML = 50_000_000

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NOT_SHOWN = frozenset((f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}pPr", f"{_W}rPr"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""An older way to say what stands beside it."""
_MARKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "\u2011"}
_NOTES = {"word/footnotes.xml": "footnotes", "word/endnotes.xml": "endnotes"}
_BROKEN = (
    *(AttributeError, EOFError, LookupError, OSError, RuntimeError, TypeError, ValueError),
    *(OpcError, etree.Error, zipfile.BadZipFile, zlib.error),
)
"""What python-docx raises on files that are no Word documents, or damaged ones."""


def read(path: Path, _scheme: Scheme, remark: Remark) -> Dataset:
    """Read a document's text; title, author and date are what the document says of itself."""
    has_properties = _checked(path, remark)
    try:
        with hushed():
            document = docx.Document(str(path))
            text = joined(_blocks(document.element.body))
            described = _described(document.core_properties) if has_properties else {}
    except _BROKEN as error:
        raise FormatError(
            f"{path.name} is not a Word document, or is damaged; save it as .docx anew"
        ) from error
    return lone_article(path, text, **described)


def _checked(path: Path, remark: Remark) -> bool:
    """Refuse bombs and entities before the library sees the file; say whether it describes itself."""
    with Archive(path) as archive:
        if "xl/workbook.xml" in archive.names:
            raise FormatError(f"{path.name} is a workbook, not a Word document; rename it to end in .xlsx")
        for name in archive.names:
            if not name.endswith((".xml", ".rels")):
                continue
            content = archive.read(name)
            if len(content) > MAX_XML:
                raise FormatError(f"{path.name} holds more than {MAX_XML / 1e6:,.0f} MB of text; split it")
            root = parsed_xml(content, f"{name} in {path.name}")
            notes = sum(1 for note in root if f"{_W}type" not in note.attrib) if name in _NOTES else 0
            if notes:
                remark(None, f"{_NOTES[name]} were left out: {notes:,}")
        return "docProps/core.xml" in archive.names


def _described(properties: Any) -> dict[str, str]:
    made = properties.created
    return {
        "title": properties.title,
        "author": properties.author,
        "published": made.strftime("%Y-%m-%d") if made else "",
        "language": properties.language,
    }


def _blocks(element: Any) -> Iterator[Block]:
    """Yield the paragraphs and rows in an element; what stands in a text box comes after its paragraph."""
    for child in element:
        if child.tag == f"{_W}p":
            boxes: list[Any] = []
            yield _kind(child), "".join(_words(child, boxes))
            for box in boxes:
                yield from _blocks(box)
        elif child.tag == f"{_W}tr":
            cells = (cell for cell in child.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is child)
            yield "row", "\t".join(" ".join(words for _, words in _blocks(cell) if words) for cell in cells)
        elif isinstance(child.tag, str) and child.tag not in _NOT_SHOWN:
            yield from _blocks(child)


def _kind(paragraph: Any) -> str:
    """Say whether a paragraph is an item of a list, by its numbering or its style."""
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    is_styled = style is not None and style.get(f"{_W}val", "").startswith("List")
    return "item" if is_styled or paragraph.find(f"{_W}pPr/{_W}numPr") is not None else ""


def _words(element: Any, boxes: list[Any]) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]
        elif child.tag == f"{_W}txbxContent":
            boxes.append(child)
        elif isinstance(child.tag, str) and child.tag not in _NOT_SHOWN and child.tag != _FALLBACK:
            yield from _words(child, boxes)
