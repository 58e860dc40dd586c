"""Links in the gold layer: an annotator's link is carried over once both its ends are gold."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import cache

from annotator.model.change import Revision
from annotator.model.records import Annotation, Link
from annotator.model.review import GOLD
from annotator.services.reviewing.decisions import gone
from annotator.services.reviewing.rulings import derived_id
from annotator.store.project import Project

SOURCES = "sources"
"""The key of a gold link's body that names the links it came from."""

GoldOf = Callable[[str], Annotation | None]
"""Finds the gold annotation that took an annotation's version, or says the same as it."""


def link_revisions(
    project: Project, new: Sequence[Annotation], removed: Collection[str]
) -> Iterator[Revision]:
    """Carry links to new gold annotations, and delete those that have lost an end or what they came from."""
    touched = {a.id for a in new} | set(removed)
    links = _links(project, new, removed)
    gold_of = _finder(project, {a.id: a for a in new}, removed)
    wanted = _carried(project, links, gold_of, {a.id for a in new})
    there = {link.id: link for link in links if link.layer == GOLD}
    yield from (Revision.of(link) for link in wanted.values() if there.get(link.id) != link)
    lost = [k.id for k in there.values() if k.id not in wanted and _is_lost(k, touched, removed)]
    yield from gone(Link.KIND, lost)


def _is_lost(link: Link, touched: Collection[str], removed: Collection[str]) -> bool:
    """Say whether an end is removed, or a link carried over is so no longer; those made by hand stay."""
    ends = {link.source, link.target}
    return not ends.isdisjoint(removed) or (SOURCES in link.extra and not ends.isdisjoint(touched))


def _links(project: Project, new: Iterable[Annotation], removed: Iterable[str]) -> list[Link]:
    """Read the links that may have to be carried or deleted."""
    articles = dict.fromkeys(a.article for a in new)
    of_articles = (link for article in articles for link in project.links(article))
    of_removed = (link for own_id in removed for link in project.links_of(own_id))
    return list({link.id: link for links in (of_articles, of_removed) for link in links}.values())


def _finder(project: Project, new: Mapping[str, Annotation], removed: Collection[str]) -> GoldOf:
    @cache
    def gold_in(article: str) -> Mapping[str, Annotation]:
        there = {a.id: a for a in project.annotations(article, GOLD) if a.id not in removed}
        of_article = {own_id: a for own_id, a in new.items() if a.article == article}
        return {source: a for a in {**there, **of_article}.values() for source in a.sources}

    @cache
    def gold_of(own_id: str) -> Annotation | None:
        annotation = project.annotation(own_id)
        gold = gold_in(annotation.article).get(own_id) if annotation else None
        return gold if annotation and gold and _backs(annotation, gold) else None

    return gold_of


def _backs(annotation: Annotation, gold: Annotation) -> bool:
    is_same = annotation.label == gold.label and annotation.fragments == gold.fragments
    return annotation.id == gold.sources[0] or is_same


def _carried(project: Project, links: Iterable[Link], gold_of: GoldOf, new: Set[str]) -> dict[str, Link]:
    """Make the gold links, by id; two annotators' links between the same ends become one."""
    wanted: dict[str, Link] = {}
    for link in links:
        if link.layer == GOLD:
            continue
        source, target = gold_of(link.source), gold_of(link.target)
        if source is None or target is None or source is target or new.isdisjoint((source.id, target.id)):
            continue
        kind = project.scheme.link(link.type)
        ends = sorted((source.id, target.id)) if kind and kind.symmetric else (source.id, target.id)
        own_id = derived_id("link", link.type, *ends)
        before = wanted.get(own_id)
        sources = [*before.extra[SOURCES], link.id] if before else [link.id]
        first = before or Link(own_id, GOLD, link.type, source.id, target.id, link.attributes)
        wanted[own_id] = Link(
            own_id, GOLD, first.type, first.source, first.target, first.attributes, {SOURCES: sources}
        )
    return wanted
