"""Tokens as spaCy's blank pipeline of a language finds them."""

import re
from functools import cache

import spacy
from spacy.language import Language

from annotator.formats.parts import tokenizing
from annotator.model.span import Span

ANY_LANGUAGE = "xx"
"""spaCy's name for rules that fit many languages."""
MAX_RUN = 1_000

_CODE = re.compile(r"[a-zA-Z]{2,3}(?![a-zA-Z])")
# spaCy's time grows with the square of the length where a run is all signs.
_LONG_RUN = re.compile(rf"\S{{{MAX_RUN}}}")


def spacy_tokens(text: str, language: str) -> list[Span]:
    """Cut a text into tokens; white space is a token, but for one space after each."""
    if _LONG_RUN.search(text):
        return tokenizing.tokens(text)
    code = _CODE.match(language)
    doc = _pipeline(code[0].lower() if code else ANY_LANGUAGE).tokenizer(text)
    return [Span(token.idx, token.idx + len(token)) for token in doc]


@cache
def _pipeline(code: str) -> Language:
    """Load the rules of a language; those for any where spaCy knows none or needs a further library."""
    try:
        return spacy.blank(code)
    except ImportError:
        return spacy.blank(ANY_LANGUAGE)
