"""Let a scheme grow by what imported work uses and it lacks."""

from collections.abc import Iterable
from dataclasses import replace

from annotator.formats.dataset import Header
from annotator.model.scheme import Attribute, EntityKind, Label, LinkType, Scheme, SchemeError

MOST = 200
"""Labels, links and kinds that one import may add: more is not a scheme but a mistake."""


class Growth:
    """A scheme with what was added to it; nothing that it has is changed."""

    def __init__(self, scheme: Scheme, *, is_unused: bool) -> None:
        self._is_unused = is_unused
        self._hold(scheme)
        self._file = scheme
        self._guessed: dict[str, Label] = {}
        self._taken_over: Scheme | None = None
        self._added: list[str] = []

    def learn(self, header: Header) -> None:
        """Look up in this header what comes next; an unused scheme gives way to a later version of itself."""
        self._file = header.scheme or self._base
        self._guessed = {label.id: label for label in header.labels}
        newer = header.scheme
        if newer and self._is_unused and newer.id == self._base.id and newer.version > self._base.version:
            self._hold(newer)
            self._taken_over = newer

    def label(self, label_id: str) -> Label | None:
        """Return a label, added if need be; None when it can't be one."""
        if label_id not in self._labels and self._may_add(label_id):
            new = self._file.label(label_id) or self._guessed.get(label_id) or Label(label_id, label_id)
            self._add_kinds(new.attributes)
            self._labels[label_id] = replace(new, key=self._free(new.key))
            self._added.append(f"the label “{new.title}”")
        return self._labels.get(label_id)

    def link(self, link_id: str) -> LinkType | None:
        """Return a link type, added if need be; None when it can't be one."""
        if link_id not in self._links and self._may_add(link_id):
            new = self._file.link(link_id) or LinkType(link_id)
            for label in (*new.sources, *new.targets):
                self.label(label)
            self._add_kinds(new.attributes)
            self._links[link_id] = new
            self._added.append(f"the link “{new.title}”")
        return self._links.get(link_id)

    def kind(self, kind_id: str) -> EntityKind | None:
        """Return a kind of entity, added if need be; None when it can't be one."""
        if kind_id not in self._kinds and self._may_add(kind_id):
            new = self._file.entity_kind(kind_id) or EntityKind(kind_id, kind_id)
            self._kinds[kind_id] = new
            self._add_kinds(new.attributes)
            self._added.append(f"the kind “{new.title}”")
        return self._kinds.get(kind_id)

    def grown(self) -> Scheme | None:
        """Return the scheme that is to be, or None when it stays as it is."""
        return self._next() if self._added else self._taken_over

    @property
    def added(self) -> tuple[str, ...]:
        """Name what the scheme got, in words."""
        over = self._taken_over
        return ((f"version {over.version} of the scheme “{over.title}”",) if over else ()) + tuple(
            self._added
        )

    def _hold(self, scheme: Scheme) -> None:
        self._base = scheme
        self._labels = {label.id: label for label in scheme.labels}
        self._links = {link.id: link for link in scheme.links}
        self._kinds = {kind.id: kind for kind in scheme.entities}

    def _next(self) -> Scheme:
        grown = replace(
            self._base,
            version=self._base.version + 1,
            labels=tuple(self._labels.values()),
            links=tuple(self._links.values()),
            entities=tuple(self._kinds.values()),
        )
        return Scheme.from_body(grown.to_body())

    def _may_add(self, name: str) -> bool:
        return len(self._added) < MOST and _is_identifier(name)

    def _free(self, key: str) -> str:
        """Return the key unless a label has it."""
        taken = {label.key.upper() for label in self._labels.values()}
        return "" if key.upper() in taken else key

    def _add_kinds(self, attributes: Iterable[Attribute]) -> None:
        for attribute in attributes:
            if attribute.kind == "entity":
                self.kind(attribute.entity)


def joined(base: Scheme, other: Scheme) -> Scheme | None:
    """Return the next version of a scheme with what another has and it lacks; None when it lacks nothing."""
    growth = Growth(base, is_unused=False)
    growth.learn(Header(scheme=other))
    for label in other.labels:
        growth.label(label.id)
    for link in other.links:
        growth.link(link.id)
    for kind in other.entities:
        growth.kind(kind.id)
    return growth.grown()


def _is_identifier(name: str) -> bool:
    try:
        Scheme.from_body({"scheme": {"id": "trial"}, "label": [{"id": name}]})
    except SchemeError:
        return False
    return True
