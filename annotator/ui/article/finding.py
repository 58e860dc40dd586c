"""Find words in a text, as a reader means them."""

import re

from annotator.model.span import Span

_ALIKE = ("'‘’ʼ‛", '"“”„‟«»', "-‐‑‒–—")
"""Characters that are typed as the first of them."""


def find(text: str, words: str) -> tuple[Span, ...]:
    """List where words stand: in any case, with any white space between them, any kind of quote or dash."""
    parts = ["".join(_pattern(character) for character in word) for word in words.split()]
    if not parts:
        return ()
    return tuple(Span(*match.span()) for match in re.finditer(r"\s+".join(parts), text, re.IGNORECASE))


def _pattern(character: str) -> str:
    alike = next((group for group in _ALIKE if character in group), None)
    return f"[{re.escape(alike)}]" if alike else re.escape(character)
