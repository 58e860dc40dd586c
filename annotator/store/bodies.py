"""Bodies as a stranger's file may hold them: read what is sound, tell what is not."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from unicodedata import combining, normalize

from annotator.model.records import RECORDED_STATES, Annotation, Article, Entity, Link, Progress
from annotator.model.review import DECISIONS, WAYS, Assignment, Reply, Round, Ruling, Verdict
from annotator.model.scheme import Scheme, SchemeError
from annotator.model.settlement import Settlement

Body = Mapping[str, Any]

LAST_OFFSET = 1 << 53
"""No offset is as large: beyond it, other programs' numbers are no longer whole."""

_LISTS = (list, tuple)
_SURROGATES = re.compile("[\ud800-\udfff]")


def parsed(text: str | None) -> dict[str, Any] | None:
    """Read a body's JSON; None when it is null or not an object."""
    if text is None:
        return None
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def storable(text: str) -> str:
    """Replace half characters, which can't be stored, as from a broken clipboard."""
    return _SURROGATES.sub("\ufffd", text)


def sort_key(words: str) -> str:
    """Fold words for sorting and finding: no case, no diacritics."""
    if words.isascii():
        return words.lower()
    return "".join(ch for ch in normalize("NFKD", storable(words).casefold()) if not combining(ch))


def is_sound(kind: str, body: Body) -> bool:
    """Say whether a body has what its kind needs, in the right types; unknown kinds always do."""
    check = _CHECKS.get(kind)
    return check is None or check(body)


def _article(body: Body) -> bool:
    return body.get("sha256", "") != "" and _texts(
        body, "sha256", "title", "outlet", "author", "published", "url", "language"
    )


def _annotation(body: Body) -> bool:
    # One by one, because a loop over the names takes twice as long, and there may be a million of these.
    get = body.get
    return (
        isinstance(get("article"), str)
        and isinstance(get("layer"), str)
        and isinstance(get("label"), str)
        and isinstance(get("prefix", ""), str)
        and isinstance(get("suffix", ""), str)
        and isinstance(get("note", ""), str)
        and isinstance(get("origin", ""), str)
        and isinstance(get("scheme", ""), str)
        and _attributes(body)
        and are_fragments(get("fragments"))
        and _words(get("exact"))
        and ("sources" not in body or _words(body["sources"]))
    )


def are_fragments(value: Any) -> bool:
    """Say whether a value is a list of pairs of offsets, in order and apart."""
    if not isinstance(value, _LISTS) or not value:
        return False
    end = 0
    for pair in value:
        if not isinstance(pair, _LISTS) or len(pair) != 2:
            return False
        start, stop = pair
        if type(start) is not int or type(stop) is not int or not end <= start < stop < LAST_OFFSET:
            return False
        end = stop
    return True


def _words(value: Any) -> bool:
    return isinstance(value, _LISTS) and not [words for words in value if not isinstance(words, str)]


def _link(body: Body) -> bool:
    needed = ("layer", "type", "source", "target")
    return all(isinstance(body.get(name), str) for name in needed) and _attributes(body)


def _entity(body: Body) -> bool:
    needed = ("kind", "name")
    return (
        all(isinstance(body.get(name), str) for name in needed)
        and _texts(body, "note", "merged_into")
        and _attributes(body)
    )


def _progress(body: Body) -> bool:
    return (
        isinstance(body.get("article"), str)
        and isinstance(body.get("annotator"), str)
        and body.get("state") in RECORDED_STATES
    )


def _verdict(body: Body) -> bool:
    needed = ("article", "annotation", "layer", "reviewer")
    return (
        all(isinstance(body.get(name), str) for name in needed)
        and body.get("decision") in DECISIONS
        and _texts(body, "reason", "comment", "revision")
        and isinstance(body.get("proposed", {}), dict)
    )


def _reply(body: Body) -> bool:
    needed = ("verdict", "article", "annotator")
    return (
        all(isinstance(body.get(name), str) for name in needed)
        and _texts(body, "comment")
        and isinstance(body.get("settled", False), bool)
    )


def _ruling(body: Body) -> bool:
    sources = body.get("sources")
    return (
        all(isinstance(body.get(name), str) for name in ("article", "adjudicator"))
        and isinstance(sources, dict)
        and all(isinstance(change, str) for change in sources.values())
        and body.get("way", "adjudicated") in WAYS
        and _texts(body, "gold", "comment")
    )


def _round(body: Body) -> bool:
    flags = (body.get("blind", False), body.get("ended", False))
    return isinstance(body.get("title"), str) and all(isinstance(flag, bool) for flag in flags)


def _assignment(body: Body) -> bool:
    return all(isinstance(body.get(name), str) for name in ("article", "annotator")) and _texts(body, "round")


def _settlement(body: Body) -> bool:
    return all(isinstance(body.get(name), str) for name in ("kind", "object", "change"))


def _project(body: Body) -> bool:
    return _texts(body, "title")


def _scheme(body: Body) -> bool:
    try:
        Scheme.from_body(body)
    except SchemeError:
        return False
    return True


def _texts(body: Body, *names: str) -> bool:
    return all(isinstance(body.get(name, ""), str) for name in names)


def _attributes(body: Body) -> bool:
    return isinstance(body.get("attributes", {}), dict)


PROJECT = "project"
SCHEME = "scheme"

_CHECKS: dict[str, Callable[[Body], bool]] = {
    Article.KIND: _article,
    Annotation.KIND: _annotation,
    Link.KIND: _link,
    Entity.KIND: _entity,
    Progress.KIND: _progress,
    Verdict.KIND: _verdict,
    Reply.KIND: _reply,
    Ruling.KIND: _ruling,
    Round.KIND: _round,
    Assignment.KIND: _assignment,
    Settlement.KIND: _settlement,
    PROJECT: _project,
    SCHEME: _scheme,
}
