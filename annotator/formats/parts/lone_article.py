"""A file that is one article: its text in stored form, and what is said of it."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from annotator.formats.dataset import ArticleRecord, Dataset, Header, Remark
from annotator.formats.errors import FormatError
from annotator.formats.parts.decoding import MAX_TEXT, read_text
from annotator.model.dates import date_problem
from annotator.model.records import Article
from annotator.model.text import article_id, canonical, fingerprint, says_nothing

MAX_TITLE = 200
_NO_GUESS = ("utf-8", "utf-8-sig", "utf-16", "utf-32")


def raw_text(path: Path, remark: Remark) -> str:
    """Read a text file in any encoding; a guessed encoding is remarked upon."""
    raw, encoding = read_text(path)
    say_guess(encoding, remark)
    return raw


def say_guess(encoding: str, remark: Remark) -> None:
    """Remark upon an encoding unless the file itself says it."""
    if encoding not in _NO_GUESS:
        remark(None, f"was read as {encoding}, which is a guess; look at its accents and quotation marks")


def lone_article(
    path: Path, raw: str, extra: Mapping[str, Any] | None = None, /, **described: str
) -> Dataset:
    """Make a dataset of one article; without a title, its first line is taken if it is short enough.

    A date of publication that goes on with a time loses it. `extra` is what else the file says.
    """
    text = canonical(raw)
    if says_nothing(text):
        raise FormatError(f"{path.name} is empty; there is nothing to annotate in it")
    if len(text) > MAX_TEXT:
        raise FormatError(f"{path.name} has more than {MAX_TEXT:,} characters of text; split it")
    said = {name: one_line(value) for name, value in described.items()}
    said["title"] = said.get("title") or title_of(text) or path.stem
    said["published"] = day_of(said.get("published", ""))
    sha256 = fingerprint(text)
    article = Article(article_id(sha256, said.get("url", "")), sha256, **said, extra=extra or {})
    return Dataset(Header(), (ArticleRecord(article, text, line=1),))


def title_of(text: str) -> str:
    """Return the first line that says something, if it is short enough for a title, else nothing."""
    first = next((line.strip() for line in text.split("\n") if line.strip()), "")
    return first if len(first) < MAX_TITLE else ""


def day_of(words: str) -> str:
    """Cut a date with a time down to its day; anything else stays as it is."""
    day = words[:10]
    return day if re.match(r"\d{4}-\d\d-\d\d[T ]", words) and not date_problem(day) else words


def one_line(words: str) -> str:
    """Bring words that are said of an article into one line."""
    return " ".join(canonical(words).split())
