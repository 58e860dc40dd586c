"""Full-text search over article texts and annotations."""

import re
from dataclasses import dataclass

from annotator.store.bodies import storable
from annotator.store.connection import Connection

_QUERY = re.compile(r'"([^"]*)"|([^\s"]+)')
MOST_WORDS = 50
"""Words of a query that count; more, as from a paste by mistake, would be too much for SQLite."""
_OPEN, _CLOSE = "\x01", "\x02"
"""Marks around a hit; canonical text never holds them."""
_AROUND = 60
"""Code points of text shown on either side of a hit."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One find: where it stands in the article's text (code points) and a snippet around it."""

    article: str
    title: str
    snippet: str
    start: int
    stop: int
    annotation: str | None = None
    offset: int = 0
    """Where in the snippet the find begins; it is stop - start long."""


def match_words(words: str) -> str:
    """Turn what a person typed into an FTS5 query that can't be malformed; "" when it holds no word.

    All words must occur; words in double quotes form a phrase; the last word is matched as it is typed.
    """
    terms = [phrase or word for phrase, word in _QUERY.findall(storable(words).replace("\0", " "))]
    terms = [term for term in terms if any(ch.isalnum() for ch in term)][:MOST_WORDS]
    if not terms:
        return ""
    # One letter begins too many words to be of use; one character of other scripts may be a word.
    typing = (
        not words[-1].isspace() and not words.endswith('"') and (len(terms[-1]) > 1 or terms[-1] > "\u0fff")
    )
    return " ".join(f'"{term}"' for term in terms) + ("*" if typing else "")


def search(db: Connection, words: str, limit: int) -> list[Hit]:
    """Find articles and annotations that hold the words, best first, articles before annotations."""
    match = match_words(words)
    if not match:
        return []
    in_texts = [_text_hit(*row) for row in db.rows(_IN_TEXTS, (_OPEN, _CLOSE, match, limit))]
    in_spans = [_span_hit(*row) for row in db.rows(_IN_ANNOTATIONS, (match, limit))]
    room = max(limit - len(in_spans), limit // 2)
    found = in_texts[:room]
    return found + in_spans[: limit - len(found)]


_IN_TEXTS = (
    "SELECT a.id, a.title, highlight(text_search, 0, ?, ?) FROM text_search"
    " JOIN article_text x ON x.pos = text_search.rowid JOIN article a ON a.sha256 = x.sha256"
    " WHERE text_search MATCH ? ORDER BY rank LIMIT ?"
)
_IN_ANNOTATIONS = (
    "SELECT a.id, a.title, n.words, n.start, n.stop, n.id FROM annotation_search"
    " JOIN annotation n ON n.pos = annotation_search.rowid JOIN article a ON a.id = n.article"
    " WHERE annotation_search MATCH ? ORDER BY rank LIMIT ?"
)


def _text_hit(article: str, title: str, marked: str) -> Hit:
    start = marked.find(_OPEN)
    stop = marked.find(_CLOSE) - 1
    text = marked.replace(_OPEN, "").replace(_CLOSE, "")
    first = max(0, start - _AROUND)
    if first:  # Begin at a word, not within one.
        first = next((i + 1 for i in range(first, start) if text[i].isspace()), first)
    snippet = text[first : stop + _AROUND]
    return Hit(article, title, snippet.replace("\n", " "), start, stop, None, start - first)


def _span_hit(article: str, title: str, words: str, start: int, stop: int, annotation: str) -> Hit:
    return Hit(article, title, words.replace("\n", " "), start, stop, annotation)
