"""What a file with tables says of itself: its format and unit, the project's title and scheme."""

from collections.abc import Mapping

from annotator.formats.dataset import Header, Remark
from annotator.formats.errors import FormatError
from annotator.formats.parts import bodies
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.strict_json import parsed
from annotator.formats.tables.columns import UNIT
from annotator.model.change import to_json
from annotator.model.scheme import Scheme, SchemeError

NAME = "annotator"
VERSION = "1"


def about(header: Header) -> dict[str, str]:
    """Say what a file is; the scheme stands last."""
    said = {"format": NAME, "version": VERSION, "unit": UNIT, "title": header.title}
    return said | ({"scheme": to_json(header.scheme.to_body())} if header.scheme else {})


def header_of(said: Mapping[str, str], file: str, remark: Remark) -> Header:
    """Read what a file says of itself, as far as it says it; refuse what this program can't read."""
    version, unit = said.get("version", VERSION), said.get("unit", UNIT)
    if said.get("format") == NAME and version != VERSION:
        raise FormatError(
            f"{file} has version {version[:20]} of the format, this program reads version {VERSION};"
            " use a newer Annotator"
        )
    if unit != UNIT:
        raise FormatError(f"{file} counts offsets in “{unit[:40]}”, only those in code points are read")
    return Header(said.get("title", ""), _scheme(said.get("scheme", ""), remark))


def _scheme(text: str, remark: Remark) -> Scheme | None:
    if not text:
        return None
    try:
        return Scheme.from_body(bodies.row_of(parsed(text, "it"), "it"))
    except (BadRecord, SchemeError) as error:
        remark(None, f"the scheme was left out: {error}")
        return None
