"""Open a DocBin from a stranger: measured first, as a few bytes of it can ask for gigabytes."""

import struct
import zlib
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from annotator.formats.docbin.measured_msgpack import unpacked
from annotator.formats.errors import FormatError
from annotator.formats.parts.archives import MAX_UNPACKED
from annotator.formats.parts.decoding import read_bytes

MAX_FILE = 500_000_000
MAX_RATIO = 400
"""Docs of which most is empty pack to a hundredth; a bomb to a thousandth."""

WANTED = frozenset(DocBin(("ENT_IOB", "ENT_TYPE", "ENT_KB_ID")).attrs)
"""What is taken of tokens, by spaCy's numbers: the words, which come first, and the entities."""

BROKEN = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, SyntaxError, TypeError, ValueError),
    struct.error,
)
"""What spaCy, srsly and numpy raise at data that is not as they wrote it."""


def docs_of(path: Path) -> Iterator[Doc | None]:
    """Yield each doc of a file, None for one that can't be built; raise FormatError at once for no DocBin."""
    content = read_bytes(path, MAX_FILE)
    data = _inflated(content, path.name)
    try:
        _check(unpacked(data))
        whole = DocBin().from_bytes(content)
        columns = [at for at, attr in enumerate(whole.attrs) if attr in WANTED]
        vocab = Vocab(strings=sorted(whole.strings))
    except BROKEN as error:
        raise _no_docbin(path.name) from error
    return (_doc(_alone(whole, at, columns), vocab) for at in range(len(whole)))


def _no_docbin(name: str) -> FormatError:
    return FormatError(f"{name} is no DocBin of spaCy, or is damaged; save it anew")


def _inflated(content: bytes, name: str) -> bytes:
    limit = min(MAX_UNPACKED, MAX_RATIO * len(content) + 1_000_000)
    try:
        data = zlib.decompressobj().decompress(content, limit + 1)
    except zlib.error as error:
        raise _no_docbin(name) from error
    if len(data) > limit:
        raise FormatError(f"{name} unpacks to far too much; it was not read")
    return data


def _check(message: Any) -> None:
    """Raise an error for a message that isn't made as a DocBin is, or whose parts hold too much."""
    lengths = array("i", message["lengths"])
    if min(lengths, default=0) < 0 or sum(lengths) != len(message["spaces"]):
        raise ValueError("its lengths are wrong")
    if sum(lengths) * len(message["attrs"]) * 8 != len(message["tokens"]):
        raise ValueError("its tokens are cut")
    for name in ("cats", "flags", "span_groups", "user_data"):
        if name in message and len(message[name]) != len(lengths):
            raise ValueError(f"its {name} are not those of its docs")
    for flags in message.get("flags", ()):
        flags.get("has_unknown_spaces")
    for groups in filter(None, message.get("span_groups", ())):
        for group in unpacked(groups):
            unpacked(group)
    for user_data in filter(None, message.get("user_data", ())):
        unpacked(user_data, with_tuples=True)


def _alone(whole: DocBin, at: int, columns: list[int]) -> DocBin:
    """Make a DocBin of one doc, so that a bad one doesn't end the reading of the others.

    Heads, lemmas and the like are left out: spaCy trusts them.
    """
    one = DocBin()
    one.attrs = [whole.attrs[column] for column in columns]
    one.tokens = [whole.tokens[at][:, columns]]
    one.spaces = [whole.spaces[at]]
    one.cats = [whole.cats[at]]
    one.flags = [whole.flags[at]]
    one.span_groups = [whole.span_groups[at]]
    one.user_data = [whole.user_data[at]]
    return one


def _doc(one: DocBin, vocab: Vocab) -> Doc | None:
    try:
        return next(one.get_docs(vocab))
    except BROKEN:
        return None
