"""A release that leaves the texts out: offsets, hashes, and a few words of each span to check them by."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from annotator.formats.dataset import ArticleRecord
from annotator.formats.losses import Lost
from annotator.model.anchor import Anchor
from annotator.model.records import Annotation
from annotator.services.scripts import UNSPACED
from annotator.services.spellings import texts_in

_WORD = re.compile(rf"[{UNSPACED}]|[^\s{UNSPACED}]+")
"""A word, or a character of a script that doesn't set words apart."""


LONGEST = 20
"""Words in what else is said of an article, from which it may be the text once more."""


def released(record: ArticleRecord, words: int) -> tuple[ArticleRecord, list[Lost]]:
    """Return a record without its text, with at most so many words of each span, and what that loses.

    Whoever has the article gets everything back: the text's SHA-256 names it, and offsets do the rest.
    """
    article = record.article
    lost = [("texts left out, as chosen", article.title)]
    long = {name for name, value in article.extra.items() if any(map(_is_long, texts_in(value)))}
    if long:
        article = replace(article, extra={k: v for k, v in article.extra.items() if k not in long})
        what = f"further keys of articles left out, as they have more than {LONGEST} words"
        lost += [(what, f"“{name}” of {article.title}") for name in sorted(long)]
    annotations = tuple(shortened(a, words) for a in record.annotations)
    return replace(record, article=article, text="", annotations=annotations), lost


def _is_long(text: str) -> bool:
    return sum(1 for _ in _WORD.finditer(text)) > LONGEST


def shortened(a: Annotation, words: int | None) -> Annotation:
    """Keep the first words of an annotation, counted over its fragments; all of them for None."""
    if words is None:
        return a
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
