"""Lines as nearly all of them are, read at once by type; those that aren't are left to a slower reader."""

import re
from sys import intern
from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, to_builtins
from msgspec.json import Decoder

from annotator.formats.parts import bodies
from annotator.formats.parts.bodies import MAX_DEPTH, MAX_NAME, MAX_WHOLE_NUMBER, check_layer, check_value
from annotator.formats.parts.json_lines import MAX_LINE
from annotator.model.anchor import Anchor
from annotator.model.records import Annotation
from annotator.model.span import Span

Name = Annotated[str, Meta(max_length=MAX_NAME)]
Offset = Annotated[int, Meta(ge=0, le=MAX_WHOLE_NUMBER)]
Fragment = Annotated[list[Offset], Meta(min_length=2, max_length=2)]


class Said(Struct, forbid_unknown_fields=True, gc=False):
    """What a line says of an annotation."""

    label: Name
    fragments: list[Fragment]
    exact: list[str] = []
    id: Name = ""
    article: Any = None
    layer: Name = ""
    prefix: str = ""
    suffix: str = ""
    attributes: dict[str, Any] = {}
    note: str = ""
    origin: str = ""
    scheme: str = ""
    sources: list[Name] = []


class _Line(Struct, forbid_unknown_fields=True, gc=False):
    annotations: list[Said] = []
    article: Any = UNSET
    text: Any = UNSET
    links: Any = UNSET
    progress: Any = UNSET
    verdicts: Any = UNSET
    replies: Any = UNSET


_DECODER = Decoder(_Line)
# JSON can spell lone surrogates and NUL, which nothing here can hold.
_SUSPECT = re.compile(rb"\\u(?:[dD][89a-fA-F]|0000)")


def row_of(line: bytes) -> dict[str, Any] | None:
    """Read a line as a row in which each annotation is a `Said`; None when something in it is unusual."""
    if len(line) > MAX_LINE or _SUSPECT.search(line):
        return None
    try:
        said = _DECODER.decode(line)
    except (ValueError, RecursionError):
        return None
    names = ("article", "text", "links", "progress", "verdicts", "replies")
    there = {name: value for name in names if (value := getattr(said, name)) is not UNSET}
    return {**there, "annotations": said.annotations}


def annotation(said: Said, article_id: str) -> Annotation:
    """Take an annotation over, as `bodies.annotation` does."""
    if len(said.fragments) != 1 or len(said.exact) != 1 or not said.exact[0] or not said.label.strip():
        return bodies.annotation(to_builtins(said), article_id)
    ((start, stop),) = said.fragments
    if start >= stop:
        return bodies.annotation(to_builtins(said), article_id)
    check_layer(said.layer)
    check_value(said.attributes, MAX_DEPTH)
    return Annotation(
        *(said.id, article_id, intern(said.layer), intern(said.label)),
        (Span(start, stop),),
        Anchor((said.exact[0],), said.prefix, said.suffix),
        *(said.attributes, said.note, said.origin, said.scheme),
        sources=tuple(said.sources),
    )
