"""A release that leaves the texts out: offsets, hashes, and a few words of each span to check them by."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from annotator.formats.dataset import ArticleRecord
from annotator.model.anchor import Anchor
from annotator.model.records import Annotation

_WORD = re.compile(r"\S+")


def released(record: ArticleRecord, words: int) -> ArticleRecord:
    """Return a record without its text, and with at most so many words of each span.

    Whoever has the article gets everything back: the text's SHA-256 names it, and offsets do the rest.
    """
    annotations = tuple(_shortened(a, words) for a in record.annotations)
    return replace(record, text="", annotations=annotations)


def _shortened(a: Annotation, words: int) -> Annotation:
    """Keep the first words of an annotation, counted over its fragments."""
    exact: list[str] = []
    left = words
    for fragment in a.anchor.exact:
        kept = _first_words(fragment, left)
        exact.append(kept)
        left -= len(_WORD.findall(kept))
    shown = tuple(exact) if words and any(exact) else ()
    return replace(a, anchor=Anchor(shown), attributes=_without_quotes(a.attributes, words))


def _without_quotes(values: Mapping[str, Any], words: int) -> dict[str, Any]:
    """Shorten the words of the article that figures keep."""
    return {
        name: _figure(value, words) if isinstance(value, dict) else value for name, value in values.items()
    }


def _figure(value: Mapping[str, Any], words: int) -> dict[str, Any]:
    said = value.get("words")
    return {**value, "words": _first_words(said, words)} if isinstance(said, str) else dict(value)


def _first_words(text: str, most: int) -> str:
    """Cut a text after so many words; white space before the first stays, so that it is a beginning."""
    found = list(_WORD.finditer(text))
    if len(found) <= most:
        return text
    return text[: found[most - 1].end()] if most > 0 else ""
