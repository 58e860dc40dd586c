"""What other programs call the things that are said of an article."""

import re
from collections.abc import Mapping
from typing import Any

from annotator.formats.parts import bodies
from annotator.formats.parts.lone_article import day_of, one_line
from annotator.model.records import Article

NAMES = {
    "title": ("title", "headline", "webtitle", "articletitle", "heading"),
    "outlet": (
        *("outlet", "publication", "newspaper", "medianame", "publisher", "source", "sourcename"),
        *("publicationname", "sitename", "site", "journal", "sourcedomain", "domain"),
    ),
    "author": ("author", "authors", "byline", "creator", "writer"),
    "published": (
        *("published", "date", "publicationdate", "publishdate", "publisheddate", "datepublished"),
        *("datepublish", "pubdate", "publishedat", "webpublicationdate", "datetime"),
    ),
    "url": ("url", "link", "weburl", "articleurl", "permalink", "canonicalurl", "canonical", "sourceurl"),
    "language": ("language", "lang", "languagecode"),
}
"""Best first; as `folded` gives them."""

_FIELDS = {name: field for field, names in NAMES.items() for name in names}
_INNER = ("name", "title", "main", "original", "value")


def folded(name: str) -> str:
    """Return a name without case, spaces, hyphens and underscores."""
    return re.sub(r"[\W_]+", "", name).casefold()


def words_of(value: Any) -> str:
    """Read a name or a title in one line: a text, a number, a list of names, an object that has one."""
    match value:
        case str():
            return one_line(value)
        case bool():
            return ""
        case int():
            return str(value)
        case list():
            return ", ".join(words for words in map(words_of, value) if words)
        case dict():
            return next((words for key in _INNER if (words := words_of(value.get(key)))), "")
    return ""


def sorted_fields(pairs: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, Any]]:
    """Part what is said of an article into the fields that an article has, and the rest.

    The first name of a field that says something counts; a list of texts is joined.
    """
    known: dict[str, str] = {}
    rest: dict[str, Any] = {}
    for name, value in pairs.items():
        words, field = words_of(value), _FIELDS.get(folded(name))
        if field and words.startswith(("http://", "https://")):
            field = "url"
        if field and words and field not in known:
            known[field] = words
        elif value not in ("", None, [], {}):
            rest[name] = value
    return known, rest


def described_article(pairs: Mapping[str, Any], title: str) -> Article:
    """Make an article, still without its text, of what another program says; `title` if it says no other."""
    bodies.check_value(dict(pairs), bodies.MAX_DEPTH)
    known, rest = sorted_fields(pairs)
    outside_id = words_of(rest.pop("id", ""))[: bodies.MAX_NAME]
    rest.pop("sha256", None)
    said = {"title": one_line(title), **known}
    said["published"] = day_of(said.get("published", ""))
    return Article(outside_id, "", **said, extra=rest)
