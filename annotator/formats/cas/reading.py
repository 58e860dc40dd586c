"""From the views of a CAS to what they say: each is an article as one annotator marked it."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from cassis import View, is_annotation
from cassis.typesystem import FeatureStructure

from annotator.formats.cas.declaring import original
from annotator.formats.cas.kinds import Kind, Kinds
from annotator.formats.cas.plain import Said, plain_value, said_by, structures
from annotator.formats.cas.types import ARTICLE, ENTITY, LINK, OF, SOURCE, SPAN, TARGET
from annotator.formats.cas.values import FRAGMENTS, NOTE
from annotator.formats.parts import bodies
from annotator.formats.parts.bodies import MAX_NAME, BadRecord, without
from annotator.formats.parts.canonical import Canonical, identified
from annotator.model.records import Annotation, Article, Entity, Link, Progress

Say = Callable[[str], None]

USER = "de.tudarmstadt.ukp.clarin.webanno.api.type.CASMetadata"
INITIAL_VIEW = "_InitialView"
UNKNOWN_LANGUAGE = "x-unspecified"


@dataclass(slots=True)
class Reading:
    """What one view says. `layer` is None where it doesn't tell whose work it is.

    The ids in `local` are made from numbers of the file, for annotations that have none.
    """

    article: Article
    text: str
    layer: str | None = None
    annotations: list[Annotation] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    progress: list[Progress] | None = None
    entities: list[Entity] = field(default_factory=list)
    local: set[str] = field(default_factory=set)


def read_view(view: View, kinds: Kinds, name: str, title: str, say: Say) -> Reading:
    """Read a view.

    `name` tells it from all others, `title` is for a document that has none; `say` is told what was left out.
    """
    return _ViewReader(view, kinds, name, say).read(title)


class _ViewReader:
    """Reads one view: the article first, then its spans, then what refers to them."""

    def __init__(self, view: View, kinds: Kinds, name: str, say: Say) -> None:
        self._kinds, self._name, self._say = kinds, name, say
        self._text = Canonical(view.sofa.sofaString)
        self._things = sorted(view.get_all_fs(), key=lambda fs: fs.xmiID)
        self._ids: dict[int, str] = {}
        self._said: dict[int, FeatureStructure] = {}
        for fs in self._named(SPAN, LINK):
            if is_annotation(fs[OF]):
                self._said[fs[OF].xmiID] = fs

    def read(self, title: str) -> Reading:
        reading = self._reading = self._begun(title)
        spans = self._spans()
        for fs, kind, further in spans:
            self._attempt(f"a span of “{kind.name}”", self._add_span, fs, kind, further)
        for fs, kind, _ in spans:
            self._attempt(f"a link of “{kind.name}”", self._add_references, fs, kind)
        self._add_relations()
        for fs in self._named(LINK):
            if not is_annotation(fs[OF]):
                self._attempt("a link", self._add_link, fs)
        for fs in self._named(ENTITY):
            self._attempt("a named thing", self._add_entity, fs)
        return reading

    def _attempt(self, what: str, add: Callable[..., None], *of: Any) -> None:
        try:
            add(*of)
        except BadRecord as error:
            self._say(f"{what} was left out: {error}")

    def _named(self, *types: str) -> list[FeatureStructure]:
        return [fs for fs in self._things if fs.type.name in types]

    def _begun(self, title: str) -> Reading:
        """Begin a reading with what is said of the article."""
        for fs in self._named(ARTICLE):
            try:
                return self._own(said_by(fs))
            except BadRecord as error:
                self._say(f"what is said of the article was left out: {error}")
        user = next((fs["username"] for fs in self._named(USER)), None)
        layer = user if isinstance(user, str) and user and is_layer(user) else None
        return Reading(self._identified(self._described(title)), self._text.text, layer)

    def _own(self, said: Said) -> Reading:
        layer, state = said.texts.get("layer", ""), said.texts.get("state", "")
        article = self._identified(bodies.article({**said.keys, **without(said.texts, "layer", "state")}))
        reading = Reading(article, self._text.text, layer, progress=[])
        if state and reading.progress is not None:
            body = {**said.other.get("progress", {}), "annotator": layer, "state": state}
            reading.progress.append(bodies.progress(body, article.id))
        return reading

    def _described(self, title: str) -> Article:
        """Read what UIMA and DKPro say of a document."""
        document = next((fs for fs in self._things if self._kinds.is_document(fs.type)), None)
        names = ("documentTitle", "documentId", "documentUri", "language")
        said = {name: document[name] for name in names if document and isinstance(document[name], str)}
        url, language = said.get("documentUri", ""), said.get("language", "")
        return Article(
            "",
            "",
            title=said.get("documentTitle") or said.get("documentId") or title,
            url=url if url.startswith(("http://", "https://")) else "",
            language="" if language == UNKNOWN_LANGUAGE else language,
        )

    def _identified(self, article: Article) -> Article:
        return identified(article, self._text.text, self._say)

    def _of_role(self, role: str) -> Iterator[tuple[FeatureStructure, Kind]]:
        for fs in self._things:
            kind = self._kinds.of(fs.type)
            if kind.role == role:
                yield fs, kind

    def _spans(self) -> list[tuple[FeatureStructure, Kind, list[FeatureStructure]]]:
        """List the spans, in order, each with its further fragments, which are none of their own."""
        found = list(self._of_role("span"))
        found.sort(key=lambda pair: (pair[0].begin, -pair[0].end, pair[0].xmiID))
        further = {fs.xmiID: _further(fs) for fs, kind in found if kind.is_ours}
        fragments = {f.xmiID for of_one in further.values() for f in of_one if not further.get(f.xmiID)}
        return [(fs, kind, further.get(fs.xmiID, [])) for fs, kind in found if fs.xmiID not in fragments]

    def _add_span(self, fs: FeatureStructure, kind: Kind, further: Sequence[FeatureStructure]) -> None:
        said = self._said_of(fs)
        own_id = said.texts.get("id") or f"{self._name}#{fs.xmiID}"[-MAX_NAME:]
        name = _name(fs, kind)
        note = said.other.get("note") or (fs[NOTE] if kind.is_ours else None)
        body = {
            **said.keys,
            **said.texts,
            "id": own_id,
            "layer": self._reading.layer or "",
            "label": name,
            "fragments": [[f.begin, f.end] for f in (fs, *further)],
            "attributes": {**_values(fs, kind), **said.other.get("attributes", {})},
            "note": note or "",
        }
        claimed = bodies.annotation(body, self._reading.article.id)
        annotation = self._text.placed(claimed, self._say)
        if annotation is None:
            return
        self._reading.annotations.append(annotation)
        self._kinds.meet(name, kind)
        self._ids.update((f.xmiID, own_id) for f in (fs, *further))
        if "id" not in said.texts:
            self._reading.local.add(own_id)

    def _add_references(self, fs: FeatureStructure, kind: Kind) -> None:
        """Make links of the features that lead from a span to others, perhaps with a role."""
        for feature in kind.references:
            for other in structures(fs[feature]):
                role = None if is_annotation(other) else other["role"]
                body = {"type": original(feature), "attributes": {"role": role} if role else {}}
                target = other if is_annotation(other) else other["target"]
                self._connect(body, fs, target)

    def _add_relations(self) -> None:
        lost: Counter[str] = Counter()
        for fs, kind in self._of_role("link"):
            try:
                said = self._said_of(fs)
                attributes = {**_values(fs, kind), **said.other.get("attributes", {})}
                body = {**said.keys, **said.texts, "type": _name(fs, kind), "attributes": attributes}
                if not self._connect(body, fs[SOURCE], fs[TARGET]):
                    lost[kind.name] += 1
            except BadRecord as error:
                self._say(f"a link “{kind.name}” was left out: {error}")
        for name, count in lost.items():
            many = f"{count:,} links of “{name}” were left out: their ends are not all spans"
            one = f"1 link of “{name}” was left out: its ends are not both spans"
            self._say(one if count == 1 else many)

    def _connect(self, body: dict[str, Any], source: Any, target: Any) -> bool:
        """Add a link between two spans; say whether both are there."""
        ends = [self._ids.get(end.xmiID) for end in (source, target) if is_annotation(end)]
        if len(ends) < 2 or not all(ends):
            return False
        layer = body.get("layer") or self._reading.layer or ""
        link = bodies.link({**body, "layer": layer, "source": ends[0], "target": ends[1]})
        self._reading.links.append(link)
        return True

    def _add_link(self, fs: FeatureStructure) -> None:
        said = said_by(fs)
        body = {**said.keys, **without(said.texts, "link"), "type": said.texts.get("link", "")}
        self._reading.links.append(bodies.link({**body, "attributes": said.other.get("attributes", {})}))

    def _add_entity(self, fs: FeatureStructure) -> None:
        said = said_by(fs)
        self._reading.entities.append(
            bodies.entity({**said.keys, **without(said.other, "texts", "keys"), **said.texts})
        )

    def _said_of(self, fs: FeatureStructure) -> Said:
        return said_by(self._said[fs.xmiID]) if fs.xmiID in self._said else Said()


def is_layer(name: str) -> bool:
    """Say whether somebody's work can go by a name."""
    try:
        bodies.check_layer(name)
    except BadRecord:
        return False
    return True


def _name(fs: FeatureStructure, kind: Kind) -> str:
    """Return the label of a span, or the type of a link."""
    said = fs[kind.named_by] if kind.named_by else None
    return said if isinstance(said, str) and said.strip() else kind.name


def _values(fs: FeatureStructure, kind: Kind) -> dict[str, Any]:
    features = {feature.name: plain_value(fs[feature.name]) for feature in kind.attributes}
    plain = {attribute: plain_value(fs[name]) for name, attribute in kind.plain}
    return {name: v for name, v in plain.items() if v is not None} | kind.attributes.values(features)


def _further(fs: FeatureStructure) -> list[FeatureStructure]:
    targets = [link["target"] for link in structures(fs[FRAGMENTS])]
    return [target for target in targets if is_annotation(target)]
