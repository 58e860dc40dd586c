"""What TSV of WebAnno is made of: layers with columns in its header, and escapes in its cells."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["feature", "role", "target", "source"]

COMMENT = "#Annotator"
FORMAT = "#FORMAT=WebAnno TSV "
SPAN = "webanno.custom.Annotation"
LINK = "webanno.custom.Link"
LABEL, NOTE = "label", "note"
LINK_TYPE = "type"
OF_SPAN, OF_LINK = (LABEL, NOTE), (LINK_TYPE,)
"""The features of a span and of a link that aren't attributes."""
NULL = "*"
NOTHING = "_"

_DECLARATION = re.compile(r"#T_(SP|CH|RL)=([^|]*)\|?(.*)")
_SPECIAL = re.compile(r"->|[\\\[\]|_;\t\n*]")
_ESCAPED = re.compile(r"\\(->|[\\\[\]|_;tn*])")
_SPELLED = {"\t": "\\t", "\n": "\\n"}
_MEANT = {"t": "\t", "n": "\n", "f": "\f", "r": "\r", "b": "\b"}
_NUMBER = re.compile(r"[0-9]{1,9}(?:_[0-9]{1,9})?")
_ROLE = "ROLE_"
_JAVA = re.compile(r"\\(?:u+([0-9a-fA-F]{4})|(.))")


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column of a layer; `name` is that of a feature, or of the type that a reference leads to."""

    kind: Kind
    name: str
    at: int


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer with its columns, which count from the first after the token."""

    kind: str
    """"SP" for spans, "RL" for relations, "CH" for chains."""
    type: str
    columns: tuple[Column, ...]

    @property
    def name(self) -> str:
        """The last part of its type: “NamedEntity”."""
        return self.type.rpartition(".")[2]


def layers(declarations: Iterable[str]) -> tuple[Layer, ...]:
    """Read the lines of the header that declare layers."""
    found: list[Layer] = []
    at = 0
    for match in filter(None, map(_DECLARATION.fullmatch, declarations)):
        columns = tuple(_columns(match[1], match[3].split("|"), at))
        found.append(Layer(match[1], match[2], columns))
        at += len(columns)
    return tuple(found)


def _columns(layer: str, names: Sequence[str], at: int) -> Iterator[Column]:
    for n, name in enumerate(names, at):
        if layer == "SP" and name.startswith(_ROLE):
            # "ROLE_", the layer, a colon, the feature, "_", and the type of its links.
            yield Column("role", name.removeprefix(_ROLE).rpartition(":")[2].partition("_")[0], n)
        elif layer == "RL" and name.startswith("BT_"):
            yield Column("source", name.removeprefix("BT_"), n)
        elif layer == "SP" and "." in name:
            yield Column("target", name, n)
        else:
            yield Column("feature", name, n)


def escaped(value: str) -> str:
    """Write a value of a feature so that it can stand in a cell."""
    return _SPECIAL.sub(lambda match: _SPELLED.get(match[0], f"\\{match[0]}"), value)


def unescaped(cell: str) -> str:
    if "\\" not in cell:
        return cell
    return _ESCAPED.sub(lambda match: _MEANT.get(match[1], match[1]), cell)


def escaped_text(line: str) -> str:
    """Write one line of the article's text."""
    return line.replace("\\", "\\\\").replace("\t", "\\t")


def unescaped_text(line: str) -> str:
    """Read a line of text as version 3.2 and later write it."""
    return re.sub(r"\\([tnfrb\\\x00-\x1f])", lambda match: _MEANT.get(match[1], match[1]), line)


def unescaped_java(line: str) -> str:
    """Read a line of text as version 3.1 and earlier write it."""
    return _JAVA.sub(_java, line).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _java(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else _MEANT.get(match[2], match[2])


def parted(cell: str, separator: str) -> list[str]:
    """Part a cell where the separator stands without a backslash."""
    if "\\" not in cell:
        return cell.split(separator)
    parts: list[str] = []
    held: list[str] = []
    for piece in cell.split(separator):
        held.append(piece)
        if not _is_escaping(piece):
            parts.append(separator.join(held))
            held = []
    return [*parts, separator.join(held)] if held else parts


def numbered(item: str) -> tuple[str, str]:
    """Part a value from the number behind it that tells it apart: "PER[2]"; "" for none."""
    if not item.endswith("]"):
        return item, ""
    value, bracket, number = item[:-1].rpartition("[")
    is_number = bracket and _NUMBER.fullmatch(number) and not _is_escaping(value)
    return (value, number) if is_number else (item, "")


def _is_escaping(text: str) -> bool:
    """Say whether a text ends in a backslash that stands for what follows."""
    return text.endswith("\\") and (len(text) - len(text.rstrip("\\"))) % 2 == 1
