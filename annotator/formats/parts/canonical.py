"""From a file's own text and offsets to the text as the project stores it."""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace

from annotator.model.records import Annotation, Article
from annotator.model.span import Span
from annotator.model.text import article_id, canonical, fingerprint

Say = Callable[[str], None]


class Canonical:
    """A text in stored form, with the way from offsets in the original (both in code points).

    Only two things move offsets: leading byte order marks go, and CR LF becomes one LF.
    """

    def __init__(self, raw: str) -> None:
        self.text = canonical(raw)
        self._gone = list(range(len(raw) - len(raw.lstrip("\ufeff"))))
        at = raw.find("\r\n")
        while at >= 0:
            self._gone.append(at + 1)
            at = raw.find("\r\n", at + 2)

    def offset(self, raw_offset: int) -> int:
        """Return where an offset of the original lies in the stored text."""
        return raw_offset - bisect_left(self._gone, raw_offset)

    def placed(self, annotation: Annotation, say: Say) -> Annotation | None:
        """Move an annotation from the original to the stored text; None when nothing of it is left."""
        exact = annotation.anchor.exact
        if not self._gone and all(words.isprintable() for words in exact):
            return annotation
        wanted = replace(annotation.anchor, exact=tuple(map(stored_words, exact)))
        try:
            fragments = tuple(Span(self.offset(f.start), self.offset(f.stop)) for f in annotation.fragments)
        except ValueError:
            say(f"a span of “{annotation.label}” was left out: it marks half a line end and nothing else")
            return None
        return replace(annotation, fragments=fragments, anchor=wanted)


def stored_words(words: str) -> str:
    """Bring a quotation into stored form; unlike a text, it may begin with U+FEFF."""
    return words if words.isprintable() else canonical(f".{words}")[1:]


def identified(article: Article, text: str, say: Say) -> Article:
    """Keep the id of an article whose text is the one it was made for; else derive one."""
    sha256 = fingerprint(text)
    if article.id and article.sha256 == sha256:
        return article
    if article.sha256 and article.sha256 != sha256:
        say("the text is not the one that “sha256” names, so it counts as another article")
    return replace(article, id=article_id(sha256, article.url or article.id), sha256=sha256)
