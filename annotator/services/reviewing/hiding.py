"""Names hidden from the reviewer: letters that don't give away who is who."""

from collections.abc import Iterable
from hashlib import sha256
from string import ascii_uppercase


def aliases(layers: Iterable[str], seed: str) -> dict[str, str]:
    """Call annotators “Annotator A”, “Annotator B” …, in an order that depends on the seed and on no name.

    The same annotators and seed (a project's or an article's id) give the same letters.
    """
    hidden = sorted(set(layers), key=lambda layer: sha256(f"{seed}\n{layer}".encode()).digest())
    return {layer: f"Annotator {_letters(i)}" for i, layer in enumerate(hidden)}


def _letters(i: int) -> str:
    before, last = divmod(i, len(ascii_uppercase))
    return (_letters(before - 1) if before else "") + ascii_uppercase[last]
