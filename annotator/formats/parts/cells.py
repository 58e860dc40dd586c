"""Values in the cells of a table, so that a spreadsheet can't run them and a reader gets them back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from annotator.model.change import to_json
from annotator.model.figure import figure_problem
from annotator.model.scheme import Attribute
from annotator.model.text import Utf16Offsets

Cell = str | int | float
NameOf = Callable[[str], str]
"""Gives the name of an entity by its id."""

MAX_CELL = 32_767
"""What Excel keeps of a cell, in UTF-16 units."""

PART_UNITS = 32_000
"""UTF-16 units of a longer text in one cell; it goes on in further rows."""

_DANGEROUS = frozenset("=+-@\t\r\n＝＋－＠")
_FIGURE = ("words", "qualifier", "low", "best", "high")


def needs_guard(cell: Cell) -> bool:
    """Say whether a spreadsheet would take text for a formula, or its apostrophe for a guard."""
    return isinstance(cell, str) and cell != "" and (cell[0] in _DANGEROUS or cell[0] == "'")


def guarded(cell: Cell) -> Cell:
    """Put an apostrophe before text that a spreadsheet would take for a formula (or that has one)."""
    return f"'{cell}" if needs_guard(cell) else cell


def unguarded(cell: str) -> str:
    """Take the apostrophe away again."""
    return cell.removeprefix("'")


def units_of(text: str) -> int:
    """Count the UTF-16 units of a text, which is what Excel counts."""
    return Utf16Offsets(text).to_utf16(len(text))


def cut(text: str, units: int) -> list[str]:
    """Cut a text into pieces of at most so many UTF-16 units, never inside a character."""
    offsets = Utf16Offsets(text)
    ends = [offsets.from_utf16(n) for n in range(units, offsets.to_utf16(len(text)), units)]
    return [text[start:stop] for start, stop in zip([0, *ends], [*ends, len(text)], strict=True)]


def list_cell(items: Iterable[str]) -> str:
    """Write words as "one; two"; a backslash stands before a semicolon or backslash of their own."""
    return "; ".join(item.replace("\\", "\\\\").replace(";", "\\;") for item in items)


def items_of(cell: str) -> list[str]:
    """Read words back from a list cell."""
    items, word, at = [], "", 0
    while at < len(cell):
        if cell[at] == "\\" and at + 1 < len(cell):
            word, at = word + cell[at + 1], at + 2
        elif cell[at] == ";":
            items.append(word)
            word, at = "", at + 1 + cell.startswith(" ", at + 1)
        else:
            word, at = word + cell[at], at + 1
    return [*items, word] if cell else []


class AttributeColumns:
    """The columns of every attribute of labels, link types or entity kinds.

    An attribute's column is "label.attribute"; a figure has five, an entity a second one for its id. What
    a column can't give back unchanged is not written in it but handed back, for the column "other".
    """

    def __init__(self, holders: Iterable[tuple[str, Sequence[Attribute]]]) -> None:
        self.names: list[str] = []
        self._held: dict[str, list[Attribute]] = {}
        for holder, attributes in holders:
            self._held[holder] = [a for a in attributes if self._claim(columns_of(holder, a))]

    def fill(self, holder: str, values: Mapping[str, Any], name_of: NameOf) -> tuple[dict[str, Cell], Any]:
        """Return the cells of an object's values, and the values that have no place in them."""
        cells: dict[str, Cell] = {}
        rest = dict(values)
        for attribute in self._held.get(holder, ()):
            if attribute.name not in rest:
                continue
            written = _cells(attribute, rest[attribute.name], name_of)
            if written is not None:
                cells.update(zip(columns_of(holder, attribute), written, strict=True))
                del rest[attribute.name]
        return cells, rest

    def values(self, holder: str, row: Mapping[str, str], say: Callable[[str], None]) -> dict[str, Any]:
        """Read the values of an object from a row, leaving out those that are none."""
        values = {}
        for attribute in self._held.get(holder, ()):
            cells = [row.get(name, "") for name in columns_of(holder, attribute)]
            if any(cells):
                try:
                    values[attribute.name] = _value(attribute, cells)
                except ValueError as error:
                    say(f"a value was left out: {error}")
        return values

    def _claim(self, names: tuple[str, ...]) -> bool:
        """Take column names unless one is taken; two attributes can spell the same name."""
        if set(names) & set(self.names):
            return False
        self.names.extend(names)
        return True


def columns_of(holder: str, attribute: Attribute) -> tuple[str, ...]:
    """Name the columns of one attribute."""
    name = f"{holder}.{attribute.name}"
    if attribute.kind == "figure":
        return tuple(f"{name}.{part}" for part in _FIGURE)
    return (name, f"{name}.id") if attribute.kind == "entity" else (name,)


def guessed_attributes(holder: str, names: Sequence[str]) -> tuple[Attribute, ...]:
    """Guess the attributes of a label from the columns of a file that has no scheme."""
    own = dict.fromkeys(n.removeprefix(f"{holder}.") for n in names if n.startswith(f"{holder}."))
    figures = [
        n.removesuffix(".words")
        for n in own
        if n.endswith(".words") and all(f"{n.removesuffix('words')}{p}" in own for p in _FIGURE)
    ]
    taken = {f"{figure}.{part}" for figure in figures for part in _FIGURE}
    taken |= {f"{n}.id" for n in own if f"{n}.id" in own}
    plain = [Attribute(n, "text") for n in own if n not in taken]
    return (*(Attribute(n, "figure") for n in figures), *plain)


def _cells(attribute: Attribute, value: Any, name_of: NameOf) -> list[Cell] | None:
    """Write a value in its columns, or None where reading them would not give it back."""
    cells = _written(attribute, value, name_of)
    texts = [str(cell) for cell in cells]
    if not any(texts):
        return None
    try:
        back = _value(attribute, texts)
    except ValueError:
        return None
    return cells if to_json(back) == to_json(value) else None


def _written(attribute: Attribute, value: Any, name_of: NameOf) -> list[Cell]:
    match attribute.kind, value:
        case "figure", {**figure}:
            return _figure_cells(figure)
        case "entity", str():
            return [name_of(value), value]
        case "choices", [*items] if all(isinstance(item, str) and item for item in items):
            return [list_cell(items)]
        case "flag", bool():
            return ["true" if value else "false"]
        case "number", bool():
            return []
        case "number", int() | float():
            return [value]
        case _, str():
            return [value]
    return []


def _figure_cells(figure: Mapping[Any, Any]) -> list[Cell]:
    if figure_problem(figure) or set(figure) != set(_FIGURE):
        return []
    return ["" if figure[part] is None else figure[part] for part in _FIGURE]


def _value(attribute: Attribute, cells: list[str]) -> Any:
    match attribute.kind:
        case "figure":
            return _figure(attribute, cells)
        case "entity":
            return _entity(attribute, *cells)
        case "choices":
            return items_of(cells[0])
        case "flag":
            return _flag(attribute, cells[0])
        case "number":
            return _number(attribute, cells[0])
    return cells[0]


def _figure(attribute: Attribute, cells: list[str]) -> dict[str, Any]:
    words, qualifier, *bounds = cells
    try:
        low, best, high = (int(bound) if bound else None for bound in bounds)
    except ValueError:
        raise ValueError(f"“{attribute.name}” needs whole numbers for low, best and high") from None
    figure = {"words": words, "qualifier": qualifier or "not stated", "low": low, "best": best, "high": high}
    problem = figure_problem(figure)
    if problem:
        raise ValueError(f"“{attribute.name}”: {problem}")
    return figure


def _entity(attribute: Attribute, name: str, entity_id: str) -> str:
    if not entity_id:
        raise ValueError(f"“{attribute.name}” has the name “{name}” but no id; fill in its “.id” column")
    return entity_id


def _flag(attribute: Attribute, cell: str) -> bool:
    if cell.lower() not in ("true", "false"):
        raise ValueError(f"“{attribute.name}” is “{cell}”, neither true nor false")
    return cell.lower() == "true"


def _number(attribute: Attribute, cell: str) -> int | float:
    try:
        return int(cell)
    except ValueError:
        pass
    try:
        number = float(cell)
    except ValueError:
        raise ValueError(f"“{attribute.name}” is “{cell}”, not a number") from None
    if not abs(number) < float("inf"):
        raise ValueError(f"“{attribute.name}” is “{cell}”, not a number")
    return number
