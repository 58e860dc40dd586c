"""One text of many blocks: paragraphs apart by an empty line, items and rows in lines below each other."""

from collections.abc import Iterable

Block = tuple[str, str]
"""What a block is, if such blocks stand close ("item", "row"), else "", and its words."""


def joined(blocks: Iterable[Block]) -> str:
    """Join blocks to a text, leaving out those that say nothing."""
    parts: list[str] = []
    before = ""
    for kind, words in blocks:
        if not words.strip():
            continue
        if parts:
            parts.append("\n" if kind and kind == before else "\n\n")
        parts.append(words.strip("\n"))
        before = kind
    return "".join(parts)
