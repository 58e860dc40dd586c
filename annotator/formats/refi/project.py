"""REFI-QDA project exchange, `.qdpx`: a ZIP of one XML file and the texts.

Each annotator is a user, each label a code, each span a selection with a coding. Offsets count code
points and the end is exclusive, as the standard says. Dates are left out, so that the same project gives
the same bytes. Reading is in `refi_qda_reading.py`.
"""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any
from xml.etree.ElementTree import Element

from annotator.formats.dataset import ArticleRecord, Dataset, Header, OpenPart, Remark
from annotator.formats.losses import Lost
from annotator.formats.parts import bodies
from annotator.formats.parts.archives import ClocklessZip
from annotator.formats.parts.descriptions import described
from annotator.formats.parts.plain_values import Shelf
from annotator.formats.parts.xml_writing import child, comes_back, legal, markup
from annotator.formats.refi.codes import ORIGIN, code_guid, guid, is_coded, value_guids, write_codes
from annotator.model.records import Annotation, Entity, Link
from annotator.model.scheme import Label, Scheme

NAMESPACE = "urn:QDA-XML:project:1.0"
VARIABLES = ("outlet", "author", "published", "url", "language")
"""What is said of an article, as variables of its source."""

_IN_MEMORY = 32_000_000
_PIECE = 1_000_000
_MAX_NAME = 60


def read(path: Path, scheme: Scheme, remark: Remark) -> Dataset:
    """Read a project of any program that writes the standard."""
    from annotator.formats.refi import reading as refi_qda_reading

    return refi_qda_reading.read(path, scheme, remark)


def write(dataset: Dataset, open_part: OpenPart) -> None:
    """Write the texts as they come, then the project that refers to them."""
    with SpooledTemporaryFile(_IN_MEMORY) as one, SpooledTemporaryFile(_IN_MEMORY) as other:
        sources, links = _Waiting(one), _Waiting(other)
        project = _Project(dataset.header, sources, links)
        with ClocklessZip(open_part("")) as archive:
            for record in dataset:
                archive.writestr(f"sources/{project.add(record)}.txt", record.text.encode("utf-8"))
            head, between, tail = project.head(), project.between(), project.tail()
            pieces = chain([head], sources.pieces(), [between], links.pieces(), [tail])
            size = len(head) + len(sources) + len(between) + len(links) + len(tail)
            archive.write_pieces("project.qde", pieces, size)


def lost_of_header(header: Header) -> Iterator[Lost]:
    """Name the attributes that other programs show as text only."""
    for label in header.scheme.labels if header.scheme else ():
        for attribute in label.attributes:
            if not is_coded(attribute):
                what = "attributes that are no codes in other programs, but JSON in comments"
                yield what, f"{label.title}: {attribute.name}"


class _Waiting:
    """Markup that waits for its place in the file, on the disk if there is much of it."""

    def __init__(self, file: SpooledTemporaryFile[bytes]) -> None:
        self._file, self._size = file, 0

    def __len__(self) -> int:
        return self._size

    def add(self, element: Element) -> None:
        self._size += self._file.write(f"{markup(element)}\n".encode())

    def pieces(self) -> Iterator[bytes]:
        self._file.seek(0)
        while piece := self._file.read(_PIECE):
            yield piece


class _Project:
    """What is known of a project while its articles go by."""

    def __init__(self, header: Header, sources: _Waiting, links: _Waiting) -> None:
        self._header, self._sources, self._links = header, sources, links
        self._scheme = header.scheme or Scheme("", 1, "")
        self._shelf = Shelf(header.entities)
        self._labels = {label.id: label for label in self._scheme.labels}
        self._users: set[str] = set()

    def add(self, record: ArticleRecord) -> str:
        """Add an article as a source; return the name of the file that its text belongs in."""
        article, own = record.article, guid("source", record.article.id)
        name = legal(article.title) or article.id
        attributes = {"guid": own, "name": name, "plainTextPath": f"internal://{own}.txt"}
        source = Element("TextSource", attributes)
        said = {key: getattr(article, key) for key in VARIABLES if getattr(article, key)}
        shown = {key: value for key, value in said.items() if comes_back(value) and value.strip() == value}
        _describe(source, "", _kept_of(record) | bodies.without(said, *shown))
        for annotation in record.annotations:
            self._add_selection(source, annotation, record.links)
        for key, value in shown.items():
            holder = child(source, "VariableValue")
            child(holder, "VariableRef", {"targetGUID": guid("variable", key)})
            child(holder, "TextValue", text=value)
        self._sources.add(source)
        for link in record.links:
            self._add_link(link)
        return own

    def head(self) -> bytes:
        """Return what stands before the sources."""
        parts = [self._users_element(), self._codebook(), self._variables(), self._cases()]
        opened = "<Sources>" if len(self._sources) else ""
        start = Element("Project", {"xmlns": NAMESPACE, "name": legal(self._header.title), "origin": ORIGIN})
        declared = '<?xml version="1.0" encoding="utf-8"?>\n' + markup(start).removesuffix(" />") + ">"
        return "\n".join((declared, *(markup(p) for p in parts if len(p)), opened, "")).encode()

    def between(self) -> bytes:
        """Return what stands between sources and links."""
        closed = "</Sources>\n" if len(self._sources) else ""
        return (closed + ("<Links>\n" if len(self._links) else "")).encode()

    def tail(self) -> bytes:
        """Return what stands after the links; the scheme's labels are codes, the rest of it stands here."""
        closed = "</Links>\n" if len(self._links) else ""
        scheme = self._header.scheme
        kept = {"scheme": bodies.without(scheme.to_body(), "label")} if scheme else {}
        project = Element("Project")
        _describe(project, "", kept)
        described_as = "".join(f"{markup(element)}\n" for element in project)
        return f"{closed}{described_as}</Project>\n".encode()

    def _add_selection(self, source: Element, a: Annotation, links: tuple[Link, ...]) -> None:
        label = self._labels.setdefault(a.label, Label(a.label, a.label))
        codes, rest = value_guids(label, a.attributes)
        user = {"creatingUser": self._user(a.layer)}
        place = {"startPosition": str(a.hull.start), "endPosition": str(a.hull.stop)}
        named = {"guid": guid("selection", a.id), "name": _short(a.words)}
        selection = child(source, "PlainTextSelection", named | place | user)
        own_links = [_link_body(link) for link in links if link.source == a.id]
        said = {
            "attributes": self._shelf.plain(label.attributes, rest),
            "origin": a.origin,
            "scheme": a.scheme,
            "extra": bodies.keys_of(a),
            "links": own_links,
        }
        _describe(selection, a.note, {"id": a.id} | {key: value for key, value in said.items() if value})
        for number, code in enumerate((code_guid(a.label), *codes)):
            coding = child(selection, "Coding", {"guid": guid("coding", a.id, str(number)), **user})
            child(coding, "CodeRef", {"targetGUID": code})

    def _add_link(self, link: Link) -> None:
        known = self._scheme.link(link.type)
        ends = {
            "originGUID": guid("selection", link.source),
            "targetGUID": guid("selection", link.target),
        }
        direction = "Associative" if known and known.symmetric else "OneWay"
        named = {"guid": link_guid(link.id), "name": legal(link.type), "direction": direction}
        self._links.add(Element("Link", named | ends))

    def _user(self, layer: str) -> str:
        self._users.add(layer)
        return guid("user", layer)

    def _users_element(self) -> Element:
        users = Element("Users")
        for layer in sorted(self._users):
            child(users, "User", {"guid": guid("user", layer), "name": layer})
        return users

    def _codebook(self) -> Element:
        codebook = Element("CodeBook")
        if self._labels:
            write_codes(codebook, self._labels.values())
        return codebook

    def _variables(self) -> Element:
        variables = Element("Variables")
        for name in VARIABLES:
            named = {"guid": guid("variable", name), "name": name, "typeOfVariable": "Text"}
            child(variables, "Variable", named)
        return variables

    def _cases(self) -> Element:
        """Write people and incidents as cases."""
        cases = Element("Cases")
        for entity in self._header.entities:
            case = child(cases, "Case", {"guid": guid("case", entity.id), "name": entity.name})
            _describe(case, entity.note, {"id": entity.id, **_case_body(entity)})
        return cases


def _kept_of(record: ArticleRecord) -> dict[str, Any]:
    """Return what a source has no place for."""
    article = record.article
    progress = [bodies.without(p.to_body(), "article") for p in record.progress or ()]
    kept = {"id": article.id, "sha256": article.sha256, "progress": progress}
    titled = {} if legal(article.title) == article.title != "" else {"title": article.title}
    return kept | titled | ({"extra": dict(article.extra)} if article.extra else {})


def link_guid(link: str) -> str:
    return guid("link", link)


def _case_body(entity: Entity) -> dict[str, Any]:
    body = bodies.without(entity.to_body(), "note")
    return body if legal(entity.name) != entity.name else bodies.without(body, "name")


def _link_body(link: Link) -> dict[str, Any]:
    return {"id": link.id, **bodies.without(link.to_body(), "source")}


def _describe(element: Element, words: str, kept: dict[str, Any]) -> None:
    description = described(words, kept)
    if description:
        child(element, "Description", text=description)


def _short(words: str) -> str:
    """Name a selection by its first words."""
    shown = " ".join(legal(words).split())
    return shown if len(shown) <= _MAX_NAME else shown[: _MAX_NAME - 1] + "…"
