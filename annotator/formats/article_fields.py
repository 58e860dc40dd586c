"""What other programs call the things that are said of an article."""

from collections.abc import Mapping
from typing import Any

from annotator.formats import bodies
from annotator.formats.lone_article import day_of, one_line
from annotator.model.records import Article

_NAMES = {
    "title": ("title", "headline"),
    "outlet": ("outlet", "newspaper", "publication", "publisher", "site", "sitename", "site_name", "source"),
    "author": ("author", "authors", "byline", "creator"),
    "published": ("published", "date", "pubdate", "publishdate", "publish_date", "publication_date"),
    "url": ("url", "link", "permalink", "canonical", "canonical_url", "source_url"),
    "language": ("language", "lang"),
}
_FIELDS = {name: field for field, names in _NAMES.items() for name in names}


def sorted_fields(pairs: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, Any]]:
    """Part what is said of an article into the fields that an article has, and the rest.

    The first name of a field that says something counts; a list of texts is joined.
    """
    known: dict[str, str] = {}
    rest: dict[str, Any] = {}
    for name, value in pairs.items():
        words, field = _words(value), _FIELDS.get(name.strip().lower())
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
    outside_id = _words(rest.pop("id", ""))[: bodies.MAX_NAME]
    rest.pop("sha256", None)
    said = {field: one_line(words) for field, words in {"title": title, **known}.items()}
    said["published"] = day_of(said.get("published", ""))
    return Article(outside_id, "", **said, extra=rest)


def _words(value: Any) -> str:
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.strip() if isinstance(value, str) else ""
