"""Read REFI-QDA projects as MAXQDA, NVivo, ATLAS.ti, QualCoder and Annotator write them.

Elements go by their local names, as programs write several versions of the namespace.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from annotator.formats.dataset import ArticleRecord, Dataset, Header, Remark
from annotator.formats.errors import FormatError
from annotator.formats.parts import bodies
from annotator.formats.parts.archives import Archive
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.decoding import MAX_TEXT, decoded
from annotator.formats.parts.descriptions import parted
from annotator.formats.parts.safe_xml import local_names, parsed_xml
from annotator.formats.refi.index import Index
from annotator.formats.refi.sources import Source, Titled
from annotator.model.records import Entity
from annotator.model.scheme import Label, Scheme, SchemeError

_OTHER_SOURCES = {
    "PictureSource": "pictures",
    "AudioSource": "recordings",
    "VideoSource": "videos",
    "PDFSource": "PDF files without a text",
}


def read(path: Path, scheme: Scheme, remark: Remark) -> Dataset:
    """Read the project at once and the texts as they are asked for."""
    with Archive(path) as archive:
        root = _project(archive, path.name)
    index = Index(root, scheme)
    return Dataset(_header(root, index, remark), _records(root, index, path, remark))


def _project(archive: Archive, name: str) -> Element:
    member = next((n for n in archive.names if n.lower().endswith(".qde")), None)
    if member is None:
        raise FormatError(f"{name} is not a REFI-QDA project: there is no project.qde in it")
    root = local_names(parsed_xml(archive.read(member), member))
    if root.tag != "Project":
        raise FormatError(f"{name} is not a REFI-QDA project: {member} begins with “{root.tag[:40]}”")
    return root


def _header(root: Element, index: Index, remark: Remark) -> Header:
    _, kept = parted(root.findtext("Description") or "")
    labels = index.codes.labels
    entities = {entity.id: entity for entity in _entities(root, remark)}
    entities = {entity.id: entity for entity in index.shelf.entities} | entities
    named = tuple(entities[key] for key in sorted(entities))
    scheme = _scheme(kept.get("scheme"), [label for label in labels if _is_id(label.id)])
    rest = tuple(label for label in labels if scheme is None or scheme.label(label.id) is None)
    return Header(root.get("name", ""), scheme, rest, named)


def _scheme(body: Any, labels: list[Label]) -> Scheme | None:
    """Put the scheme together from its labels and what was kept of the rest."""
    if not isinstance(body, dict):
        return None
    try:
        return Scheme.from_body({**body, "label": Scheme("", 1, "", labels=tuple(labels)).to_body()["label"]})
    except (SchemeError, TypeError):
        return None


def _is_id(name: str) -> bool:
    return _scheme({"scheme": {"id": "trial"}}, [Label(name, name)]) is not None


def _entities(root: Element, remark: Remark) -> Iterator[Entity]:
    """Read the cases that are people and incidents of ours."""
    for case in root.iterfind("Cases/Case"):
        note, kept = parted(case.findtext("Description") or "")
        if kept:
            try:
                yield bodies.entity({"name": case.get("name", ""), **kept, "note": note})
            except BadRecord as error:
                remark(None, f"the case “{case.get('name', '')[:80]}” was left out: {error}")


def _records(root: Element, index: Index, path: Path, remark: Remark) -> Iterator[ArticleRecord]:
    with Archive(path) as archive:
        texts = _Texts(archive)
        index.read_notes(texts.of)
        for found in _sources(root, index):
            say = partial(_say, remark, found.title)
            try:
                raw = texts.of(found.element)
            except FormatError as error:
                say(f"it was left out: {error}")
                continue
            record = Source(found, raw, index, say).record()
            if record:
                yield record
    left = ", ".join(f"{what} ({count:,})" for what, count in sorted(index.left.items()) if count)
    if left:
        remark(None, f"only coded spans of texts are read; left out: {left}")


def _say(remark: Remark, title: str, message: str) -> None:
    remark(None, f"in “{title[:80]}”, {message}")


def _sources(root: Element, index: Index) -> Iterator[Titled]:
    """Yield the sources that are texts, and the texts of PDF files."""
    for source in root.iterfind("Sources/*"):
        text = source if source.tag == "TextSource" else source.find("Representation")
        if text is None or source.tag not in ("TextSource", "PDFSource"):
            index.left[_OTHER_SOURCES.get(source.tag, "sources of other kinds")] += 1
            continue
        index.left["codings of whole documents"] += len(source.findall("Coding"))
        index.left["marked areas of a page"] += len(source.findall("PDFSelection"))
        yield Titled(text, source.get("name") or text.get("name") or "")


class _Texts:
    """The texts of a project, in its XML or in files beside it."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        # Programs differ in the case of GUIDs and of the folder.
        self._members = {name.replace("\\", "/").rpartition("/")[2].lower(): name for name in archive.names}

    def of(self, source: Element) -> str:
        """Return the text of a source; raise FormatError when it is not in the file."""
        path = source.get("plainTextPath", "")
        member = self._members.get(path.replace("\\", "/").rpartition("/")[2].lower())
        if member is not None and path:
            return _decoded(self._archive.read(member), member)
        content = source.findtext("PlainTextContent")
        if content is None:
            where = f" ({path[:200]})" if path else ""
            raise FormatError(f"its text is not in the file{where}; export the project with its sources")
        return content


def _decoded(content: bytes, name: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        text, _ = decoded(content, name)
    if len(text) > MAX_TEXT:
        raise FormatError(f"{name} has more than {MAX_TEXT:,} characters; split it")
    return text
