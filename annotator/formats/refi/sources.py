"""One text of a REFI-QDA project, with the spans that are coded in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from annotator.formats.dataset import ArticleRecord
from annotator.formats.parts import bodies
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.canonical import Canonical, identified
from annotator.formats.parts.descriptions import parted
from annotator.formats.parts.plain_values import Shelf
from annotator.formats.refi.codes import plain_guid
from annotator.formats.refi.index import Index
from annotator.formats.refi.offsets import counted
from annotator.formats.refi.project import VARIABLES, link_guid
from annotator.model.records import Annotation, Article, Link, Progress
from annotator.model.text import says_nothing

Say = Callable[[str], None]

_NO_TYPE = "link"


@dataclass(frozen=True, slots=True)
class Titled:
    """The element of a text, and what it is called."""

    element: Element
    title: str


@dataclass(slots=True)
class _Mark:
    """One annotation in the making: all codings of a place by one user that belong to one label."""

    place: tuple[int, int]
    layer: str
    label: str
    id: str
    note: str = ""
    kept: dict[str, Any] = field(default_factory=dict)
    coded: dict[str, Any] = field(default_factory=dict)
    is_labelled: bool = False
    links: list[Element] = field(default_factory=list)


class Source:
    """A text that is being read."""

    def __init__(self, found: Titled, raw: str, index: Index, say: Say) -> None:
        self._element, self._title, self._index, self._say = found.element, found.title, index, say
        selections = found.element.findall("PlainTextSelection")
        named = [(s.get("name", ""), *place) for s in selections if (place := _place(s))]
        self._counted = counted(raw, named, index.origin)
        self._selections = selections
        self._text = Canonical(self._counted.text)

    def record(self) -> ArticleRecord | None:
        """Return the article with its annotations, or say why there is none."""
        if says_nothing(self._text.text):
            self._say("it was left out: it has no text")
            return None
        if self._counted.is_utf16:
            self._say("offsets were taken to count UTF-16 units, as the names of its selections say")
        _, kept = parted(self._element.findtext("Description") or "")
        try:
            article = identified(self._article(kept), self._text.text, self._say)
            progress = _progress(kept, article.id)
        except BadRecord as error:
            self._say(f"it was left out: {error}")
            return None
        annotations: list[Annotation] = []
        links: list[Link] = []
        for mark in self._marks():
            try:
                self._add(mark, article.id, annotations, links)
            except BadRecord as error:
                self._say(f"a span of “{mark.label[:80]}” was left out: {error}")
        return ArticleRecord(article, self._text.text, tuple(annotations), tuple(links), progress)

    def _article(self, kept: dict[str, Any]) -> Article:
        said = {key: kept[key] for key in ("id", "sha256", *VARIABLES) if key in kept}
        for value in self._element.findall("VariableValue"):
            reference = value.find("VariableRef")
            name = self._index.variable(reference.get("targetGUID") if reference is not None else None)
            if name in VARIABLES:
                said[name] = "".join(e.text or "" for e in value if e.tag != "VariableRef")
        extra = kept.get("extra", {})
        return bodies.article(
            {**bodies.row_of(extra, "“extra”"), "title": kept.get("title", self._title), **said}
        )

    def _marks(self) -> Iterator[_Mark]:
        """Yield the annotations; what codes only a value joins the annotation of its label there."""
        found = [mark for selection in self._selections for mark in self._marks_of(selection)]
        labelled = {(m.place, m.layer, m.label): m for m in reversed(found) if m.is_labelled}
        for mark in found:
            home = labelled.get((mark.place, mark.layer, mark.label))
            if mark.is_labelled or home is None:
                yield mark
            else:
                for name, value in mark.coded.items():
                    home.coded[name] = _both(home.coded.get(name), value)

    def _marks_of(self, selection: Element) -> list[_Mark]:
        place = _place(selection)
        codings = selection.findall("Coding")
        if place is None:
            self._say("a selection was left out: its offsets are not whole numbers")
            return []
        if not codings:
            self._index.left["notes on places without a code"] += 1
        words, kept = parted(selection.findtext("Description") or "")
        marks: dict[tuple[str, str], _Mark] = {}
        for coding in codings:
            self._take(coding, selection, place, marks)
        for number, mark in enumerate(marks.values(), 1):
            own = self._index.annotation(selection.get("guid"))
            mark.id = own if number == 1 else f"{own}-{number}"
            mark.note = "\n\n".join(part for part in (words, *self._index.words(selection, *codings)) if part)
            if number == 1:
                mark.kept, mark.links = kept, self._index.links.get(plain_guid(selection.get("guid")), [])
        return list(marks.values())

    def _take(
        self,
        coding: Element,
        selection: Element,
        place: tuple[int, int],
        marks: dict[tuple[str, str], _Mark],
    ) -> None:
        """Add one coding to the marks of its selection."""
        reference = coding.find("CodeRef")
        target = reference.get("targetGUID") if reference is not None else None
        code = None if self._index.is_case(target) else self._index.codes.get(target)
        if code is None:
            case = self._index.is_case(target)
            self._index.left["codings with cases" if case else "codings whose code is not in the file"] += 1
            return
        users = (coding.get("creatingUser"), selection.get("creatingUser"), selection.get("modifyingUser"))
        layer = self._index.layer(*users)
        mark = marks.setdefault((layer, code.label), _Mark(place, layer, code.label, ""))
        mark.is_labelled |= code.attribute is None
        code.put(mark.coded)

    def _add(self, mark: _Mark, article: str, annotations: list[Annotation], links: list[Link]) -> None:
        start, stop = map(self._counted.offset, mark.place)
        kept: dict[str, Any] = {key: mark.kept[key] for key in ("origin", "scheme") if key in mark.kept}
        row: dict[str, Any] = {
            **bodies.row_of(mark.kept.get("extra", {}), "“extra”"),
            **kept,
            "id": mark.id,
            "layer": mark.layer,
            "label": mark.label,
            "fragments": [[start, stop]],
            "attributes": Shelf().values(mark.kept.get("attributes", {})) | mark.coded,
            "note": mark.note,
        }
        placed = self._text.placed(bodies.annotation(row, article), self._say)
        if placed:
            annotations.append(placed)
            links += self._links(mark)

    def _links(self, mark: _Mark) -> Iterator[Link]:
        """Yield the links that start from a span: those of ours, and those of other programs."""
        kept = (bodies.row_of(row, "the link") for row in bodies.rows_of(mark.kept, "links"))
        rows = [{**row, "source": mark.id} for row in kept]
        known = {link_guid(str(row.get("id", ""))) for row in rows}
        said = {(str(row.get("type")), str(row.get("target"))) for row in rows}
        for element in mark.links:
            own, name = plain_guid(element.get("guid")), element.get("name", "").strip() or _NO_TYPE
            target = self._index.annotation(element.get("targetGUID"))
            if own not in known and (name, target) not in said:
                ends = {"source": mark.id, "target": target}
                rows.append({"id": own, "layer": mark.layer, "type": name, **ends})
        for row in rows:
            try:
                yield bodies.link(row)
            except BadRecord as error:
                self._say(f"a link was left out: {error}")


def _place(selection: Element) -> tuple[int, int] | None:
    try:
        return int(selection.get("startPosition", "")), int(selection.get("endPosition", ""))
    except ValueError:
        return None


def _progress(kept: dict[str, Any], article: str) -> tuple[Progress, ...] | None:
    if "progress" not in kept:
        return None
    return tuple(bodies.progress(row, article) for row in bodies.rows_of(kept, "progress"))


def _both(known: Any, new: Any) -> Any:
    """Join the choices of two codings; of other values the later one counts."""
    return [*known, *new] if isinstance(known, list) and isinstance(new, list) else new
