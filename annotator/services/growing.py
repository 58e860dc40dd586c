"""Let a scheme grow by what imported work uses and it lacks."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import count

from annotator.formats.dataset import Header
from annotator.model.scheme import Attribute, EntityKind, Label, LinkType, Scheme, SchemeError

MOST = 200
"""Labels, attributes, links and kinds that one import may add: more is not a scheme but a mistake."""

_APART = re.compile(r"[\s_-]+")
_NOT_IN_IDS = re.compile(r"[^\w-]+")


class Growth:
    """A scheme with what was added to it; nothing that it has is taken away or renamed."""

    def __init__(self, scheme: Scheme, *, is_unused: bool) -> None:
        self._is_unused = is_unused
        self._hold(scheme)
        self._file = scheme
        self._guessed: dict[str, Label] = {}
        self._taken_over: Scheme | None = None
        self._added: list[str] = []
        self._ids: dict[str, str] = {}

    def learn(self, header: Header) -> None:
        """Look up in this header what comes next; an unused scheme gives way to a later version of itself."""
        self._file = header.scheme or self._base
        self._guessed = {label.id: label for label in header.labels}
        newer = header.scheme
        if newer and self._is_unused and newer.id == self._base.id and newer.version > self._base.version:
            self._hold(newer)
            self._taken_over = newer

    def label(self, name: str) -> Label | None:
        """Return a label, added if need be; None when it can't be one."""
        label_id = self._ids.get(name, name)
        if label_id not in self._labels and self._may_add():
            new = self._declared(name) or Label(name, name)
            label_id = self._identifier(name, self._labels)
            if label_id:
                self._ids[name] = label_id
                self._add_kinds(new.attributes)
                self._labels[label_id] = replace(new, id=label_id, key=self._free(new.key))
                self._added.append(f"the label “{new.title}”")
        return self._labels.get(label_id)

    def attribute(self, label_id: str, attribute: Attribute) -> bool:
        """Add an attribute to a label; say whether it could be."""
        label = self._labels[label_id]
        if label.attribute(attribute.name) is None:
            if not self._may_add() or not attribute.name.strip():
                return False
            self._add_kinds([attribute])
            self._labels[label_id] = replace(label, attributes=(*label.attributes, attribute))
            self._added.append(f"the attribute “{attribute.name}” of {label.title}")
        return True

    def has_label(self, name: str) -> bool:
        return self._ids.get(name, name) in self._labels

    def has_link(self, name: str) -> bool:
        return self._ids.get(name, name) in self._links

    def label_like(self, folded: str) -> str | None:
        """Find the label of the scheme whose id or title is spelled like a name, but for case and spaces."""
        labels = self._base.labels
        return next((b.id for b in labels if folded in (folded_name(b.id), folded_name(b.title))), None)

    def link_like(self, folded: str) -> str | None:
        return next((b.id for b in self._base.links if folded == folded_name(b.id)), None)

    def declared(self, label: str, attribute: str) -> Attribute | None:
        """Return an attribute as the file that is read declares it."""
        found = self._declared(label)
        return found.attribute(attribute) if found else None

    def link(self, name: str) -> LinkType | None:
        """Return a link type, added if need be; None when it can't be one."""
        link_id = self._ids.get(name, name)
        if link_id not in self._links and self._may_add():
            link_id = self._identifier(name, self._links)
            if not link_id:
                return None
            self._ids[name] = link_id
            new = replace(self._file.link(name) or LinkType(name), id=link_id)
            new = replace(new, sources=self._labels_of(new.sources), targets=self._labels_of(new.targets))
            self._add_kinds(new.attributes)
            self._links[link_id] = new
            self._added.append(f"the link “{new.title}”")
        return self._links.get(link_id)

    def kind(self, kind_id: str) -> EntityKind | None:
        """Return a kind of entity, added if need be; None when it can't be one."""
        if kind_id not in self._kinds and self._may_add() and _is_identifier(kind_id):
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

    def _may_add(self) -> bool:
        return len(self._added) < MOST

    def _labels_of(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(label.id for name in names if (label := self.label(name)))

    def _declared(self, label: str) -> Label | None:
        return self._file.label(label) or self._guessed.get(label)

    def _identifier(self, name: str, taken: Iterable[str]) -> str:
        """Make a name an id of its own; "" when nothing in it can stand in one."""
        if _is_identifier(name):
            return name
        stem = _NOT_IN_IDS.sub("-", name).strip("-_")[:60].rstrip("-_")
        tries = (f"{stem}-{n}" if n > 1 else stem for n in count(1))
        return next(new for new in tries if new not in taken) if _is_identifier(stem) else ""

    def _free(self, key: str) -> str:
        """Return the key unless a label has it."""
        taken = {label.key.upper() for label in self._labels.values()}
        return "" if key.upper() in taken else key

    def _add_kinds(self, attributes: Iterable[Attribute]) -> None:
        for attribute in attributes:
            if attribute.kind == "entity":
                self.kind(attribute.entity)


def folded_name(name: str) -> str:
    """Reduce a name to what is left when case, spaces, hyphens and underscores don't count."""
    return _APART.sub("-", name.casefold().strip())


def _is_identifier(name: str) -> bool:
    try:
        Scheme.from_body({"scheme": {"id": "trial"}, "label": [{"id": name}]})
    except SchemeError:
        return False
    return True
