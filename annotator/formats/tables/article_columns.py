"""Which columns of somebody's table say what of an article: known by their names."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from annotator.formats.parts import bodies
from annotator.formats.parts.article_fields import NAMES, folded, words_of
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.decoding import MAX_TEXT
from annotator.model import date_words
from annotator.model.dates import date_problem
from annotator.model.records import Article
from annotator.model.text import says_nothing

_TEXT = (
    *("text", "content", "body", "fulltext", "maintext", "articletext", "articlebody", "bodytext"),
    *("textcontent", "rawtext", "cleantext", "article", "story", "document", "transcript"),
)
_NAMES = {**NAMES, "id": ("id", "articleid", "docid", "documentid", "uid", "uuid", "guid")}

_SAID = {
    "text": "text",
    "title": "title",
    "outlet": "outlet",
    "author": "author",
    "published": "date",
    "url": "address",
    "language": "language",
    "id": "id",
}
_TAKEN = frozenset({"id", *Article("", "").to_body()})
_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)(?:\d{6})?", re.ASCII)
_MOST_NAMED = 12


class ArticleColumns:
    """The columns of one table that an article is made from; whatever else there is stays with it."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(names)
        spelled: dict[str, str] = {}
        for name in self._names:
            spelled.setdefault(folded(name), name)
        self._columns = {
            field: next((spelled[name] for name in known if name in spelled), None)
            for field, known in {"text": _TEXT, **_NAMES}.items()
        }
        if self._columns["id"] is None and self._columns["text"] != spelled.get("article"):
            self._columns["id"] = spelled.get("article")
        self._used = {name for field, name in self._columns.items() if field != "id"}

    @property
    def has_text(self) -> bool:
        return self._columns["text"] is not None

    def told(self) -> str:
        """Say in one sentence what is read from where."""
        read = [f"the {_SAID[field]} from “{name}”" for field, name in self._columns.items() if name]
        rest = [_kept_as(name) for name in self._names if name not in self._used]
        more = f" and {len(rest) - _MOST_NAMED} more" if len(rest) > _MOST_NAMED else ""
        kept = f"; kept with each article: {', '.join(rest[:_MOST_NAMED])}{more}" if rest else ""
        return f"read {', '.join(read)}{kept}"

    def text(self, row: Mapping[str, Any]) -> str:
        """Take the text of an article, which may be a list of paragraphs."""
        name = self._columns["text"] or ""
        value = row.get(name)
        if isinstance(value, list) and all(isinstance(part, str) for part in value):
            value = "\n\n".join(value)
        if not isinstance(value, str) or says_nothing(value):
            raise BadRecord(f"its column “{name}” has no text")
        if len(value) > MAX_TEXT:
            raise BadRecord(
                f"its text has {len(value):,} characters, at most {MAX_TEXT:,} are taken; split it"
            )
        return value

    def article(self, row: Mapping[str, Any]) -> Article:
        """Make an article, without its text, of what else a row says.

        A date that is none for certain is kept as it is.
        """
        body = {f: words_of(row.get(name)) for f, name in self._columns.items() if name and f != "text"}
        rest = {name: value for name, value in row.items() if name not in self._used}
        written = body.get("published", "")
        body["published"] = _date(written)
        if written and not body["published"]:
            name = self._columns["published"] or ""
            rest[name] = row[name]
        kept = {_free(name): value for name, value in rest.items() if value not in ("", None, [], {})}
        return bodies.article({**kept, **body})

    def odd_date(self, article: Article) -> str:
        """Return what an article's date was where it is none for certain."""
        return words_of(article.extra.get(_free(self._columns["published"] or "")))


def _date(words: str) -> str:
    """Read a date with any precision; "" when it is none for certain."""
    if not words or date_problem(words) is None:
        return words
    digits = _DIGITS.fullmatch(words)
    if digits:
        day = "-".join(digits.groups())
        return "" if date_problem(day) else day
    return date_words.parse(words) or ""


def _free(name: str) -> str:
    """Name what is kept of a column so that it isn't taken for something that each article has."""
    return f"{name} (column)" if name in _TAKEN else name


def _kept_as(name: str) -> str:
    free = _free(name)
    return f"“{name}”" if name == free else f"“{name}” as “{free}”"
