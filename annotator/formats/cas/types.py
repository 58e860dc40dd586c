"""The types of a CAS: a span layer for each label, a relation layer for each type of link, and our own.

INCEpTION makes layers of the types in the package "custom" when it imports the type system; it passes over
those in "annotator", which hold what else there is to say.
"""

from dataclasses import dataclass

from cassis.typesystem import Type, TypeSystem

from annotator.formats.cas.names import UimaNames
from annotator.formats.cas.values import FRAGMENTS, NOTE, STRING, AttributeFeatures, legal
from annotator.model.scheme import Label, LinkType, Scheme

PACKAGE = "custom"

TOP = "uima.cas.TOP"
ARRAY = "uima.cas.FSArray"
ANNOTATION = "uima.tcas.Annotation"
DOCUMENT = "uima.tcas.DocumentAnnotation"
TOKEN = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"
SENTENCE = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"
METADATA = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"

ARTICLE, SPAN, LINK, ENTITY = "annotator.Article", "annotator.Span", "annotator.Link", "annotator.Entity"
OTHER = "other"
"""The feature that holds, as JSON, what no other one does."""
OF = "of"
"""The feature that says which annotation something is said of."""

SOURCE, TARGET = "Governor", "Dependent"

TEXTS = {
    METADATA: ("documentTitle", "documentId", "documentUri"),
    ARTICLE: ("layer", "state", "id", "sha256", "title", "outlet", "author", "published", "url", "language"),
    SPAN: ("id", "origin", "scheme"),
    LINK: ("id", "layer", "link", "source", "target"),
    ENTITY: ("id", "kind", "name"),
}
"""The features of these types that are text."""


@dataclass(frozen=True, slots=True)
class SpanType:
    """The type of a label's annotations, and that of the links from one to its further fragments."""

    type: Type
    fragment: Type
    features: AttributeFeatures


@dataclass(frozen=True, slots=True)
class RelationType:
    """The type of a link; `ends` are the labels that it may connect, none for all."""

    type: Type
    features: AttributeFeatures
    ends: frozenset[str]


class Types:
    """The type system of a scheme; a label or link that the scheme lacks gets a type when it is met."""

    def __init__(self, scheme: Scheme) -> None:
        self.system = TypeSystem()
        self._scheme = scheme
        self._names = UimaNames()
        self._labels: dict[str, SpanType] = {}
        self._links: dict[str, RelationType] = {}
        self._add_fixed()
        for label in scheme.labels:
            self._labels[label.id] = self._added_label(label)
        for link in scheme.links:
            self._links[link.id] = self._added_link(link)

    def of(self, name: str) -> Type:
        """Return a type that every scheme has."""
        return self.system.get_type(name)

    def label(self, label_id: str) -> SpanType:
        if label_id not in self._labels:
            self._labels[label_id] = self._added_label(Label(label_id, label_id))
        return self._labels[label_id]

    def link(self, link_id: str) -> RelationType:
        if link_id not in self._links:
            self._links[link_id] = self._added_link(LinkType(link_id))
        return self._links[link_id]

    def _add_fixed(self) -> None:
        self.system.create_type(TOKEN, ANNOTATION)
        self.system.create_type(SENTENCE, ANNOTATION)
        self.system.create_type(METADATA, DOCUMENT)
        for name in (ARTICLE, SPAN, LINK, ENTITY):
            self.system.create_type(name, TOP)
        for name in (SPAN, LINK):
            self.system.create_feature(name, OF, ANNOTATION)
        for name, features in TEXTS.items():
            for feature in features if name == METADATA else (*features, OTHER):
                self.system.create_feature(name, feature, STRING)

    def _added_label(self, label: Label) -> SpanType:
        type_ = self._added(label.id, ANNOTATION, f"{label.id}: {label.rule}" if label.rule else label.id)
        fragment = self._added(f"{type_.short_name}FragmentsLink", TOP, "")
        self.system.create_feature(fragment, "role", STRING)
        self.system.create_feature(fragment, "target", type_)
        self.system.create_feature(type_, FRAGMENTS, ARRAY, elementType=fragment)
        self.system.create_feature(type_, NOTE, STRING)
        return SpanType(type_, fragment, self._with(type_, AttributeFeatures(label.attributes)))

    def _added_link(self, link: LinkType) -> RelationType:
        """Attach the relations to one label's layer if the link is for one label only, else to any."""
        ends = {*link.sources, *link.targets} if link.sources and link.targets else set()
        only = self.label(*ends).type if len(ends) == 1 else self.of(ANNOTATION)
        type_ = self._added(link.id, ANNOTATION, link.id)
        for end in (SOURCE, TARGET):
            self.system.create_feature(type_, end, only)
        features = self._with(type_, AttributeFeatures(link.attributes))
        return RelationType(type_, features, frozenset(ends if len(ends) == 1 else ()))

    def _added(self, words: str, parent: str, description: str) -> Type:
        """Add a type of its own name; the description of a layer begins with the id that it stands for."""
        return self.system.create_type(f"{PACKAGE}.{self._names.name(words)}", parent, legal(description))

    def _with(self, type_: Type, features: AttributeFeatures) -> AttributeFeatures:
        for feature in features:
            self.system.create_feature(type_, feature.name, feature.range, description=feature.description)
        return features
