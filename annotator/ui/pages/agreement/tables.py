"""From measures to tables: which rows and columns there are, and what each cell says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.model.scheme import Scheme
from annotator.services.agreement import MEASURES, Agreement, Confusion, Measured
from annotator.services.agreement.answers import OF_VALUES, Pair
from annotator.ui.pages.agreement.wording import NOTHING_WORDS, SHORT
from annotator.ui.plots.grid import Cell, Grid, Head
from annotator.ui.plots.values import between, short
from annotator.ui.spelling import counted, listed, sentence_case

FIGURES = ("value", "low", "high", "n", "undefined")
NOT_TAKEN = "taken by label only"
_NONE = ("", "", "", "", NOT_TAKEN)
Key = tuple[str, str | None, Pair | None, str | None]
"""Measure, label, pair, attribute."""


@dataclass(frozen=True, slots=True)
class Table:
    """A grid, and the measure behind each of its cells."""

    grid: Grid
    behind: tuple[tuple[Measured | None, ...], ...]

    def measured(self, row: int, column: int) -> Measured | None:
        return self.behind[row][column]


class Tables:
    """Makes the tables of one answer; `is_final` says whether its intervals are worked out."""

    def __init__(self, found: Agreement, scheme: Scheme, note: str, *, is_final: bool) -> None:
        self.found, self.scheme, self.note, self.is_final = found, scheme, note, is_final
        self._by_key: Mapping[Key, Measured] = {
            (m.measure, m.label, m.pair, m.attribute): m for m in found.measures
        }

    # --- what there is -------------------------------------------------------------------------

    def by_pairs(self) -> tuple[str, ...]:
        """Return the measures of spans that compare pairs."""
        paired = {m.measure for m in self.found.measures if m.pair and m.measure not in OF_VALUES}
        return tuple(measure for measure in MEASURES if measure in paired)

    def of_spans(self) -> tuple[str, ...]:
        """Return the measures of spans, those of pairs and those of all together."""
        there = {m.measure for m in self.found.measures}
        return tuple(m for m in MEASURES if m in there and m not in OF_VALUES)

    def pairs(self) -> tuple[Pair, ...]:
        return tuple(dict.fromkeys(m.pair for m in self.found.measures if m.pair))

    def _labels(self) -> tuple[str | None, ...]:
        """Return the labels in their order, behind all of them together."""
        named = dict.fromkeys(m.label for m in self.found.measures if m.label and m.measure not in OF_VALUES)
        return (None, *named)

    # --- tables --------------------------------------------------------------------------------

    def overview(self) -> Table:
        """Show every measure for all annotators together."""
        columns = [(Head(SHORT[m]), m, None) for m in self.of_spans()]
        return self._table(f"Agreement of {listed(self.found.layers)}", "measure", columns)

    def measure(self, measure: str) -> Table:
        """Show one measure for all together and for each pair."""
        pairs = [(_pair_head(pair), measure, pair) for pair in self.pairs()]
        columns = [(Head("All", is_strong=True), measure, None), *pairs]
        return self._table(f"{MEASURES[measure]} of {listed(self.found.layers)}", "pair", columns)

    def values(self) -> Table | None:
        """Show the agreement on each attribute's values; None when there is none to show."""
        rows = dict.fromkeys(
            (m.measure, m.label, m.attribute) for m in self.found.measures if m.measure in OF_VALUES
        )
        pairs: list[Pair | None] = [None, *self.pairs()]
        found = {
            (measure, label, name): tuple(self._by_key.get((measure, label, pair, name)) for pair in pairs)
            for measure, label, name in rows
        }
        kept = {row: line for row, line in found.items() if not _reason(line)}
        if not kept:
            return None
        heads, behind = tuple(self._value_head(*row) for row in kept), tuple(kept.values())
        columns = (Head("All", is_strong=True), *map(_pair_head, self.pairs()))
        return self._assembled("Agreement on values", ("value of", "pair"), heads, columns, behind)

    def values_missing(self) -> str:
        """Say of which attributes no value can be compared at all, and why; "" when there is none."""
        rows: dict[tuple[str, str | None, str | None], list[Measured]] = {}
        for m in self.found.measures:
            if m.measure in OF_VALUES:
                rows.setdefault((m.measure, m.label, m.attribute), []).append(m)
        by_reason: dict[str, list[str]] = {}
        for (_, label, attribute), line in rows.items():
            if reason := _reason(line):
                by_reason.setdefault(reason, []).append(f"{self.label(label)[0]} {_part(attribute)}")
        said = (f"Not defined, because {reason}: {'; '.join(names)}." for reason, names in by_reason.items())
        return " ".join(said)

    def _value_head(self, measure: str, label: str | None, attribute: str | None) -> Head:
        title, colour = self.label(label)
        return Head(f"{sentence_case(_part(attribute))} ({SHORT[measure]})\n{title}", colour)

    def _table(self, title: str, across: str, columns: Sequence[tuple[Head, str, Pair | None]]) -> Table:
        labels = self._labels()
        behind = tuple(
            tuple(self._by_key.get((measure, label, pair, None)) for _, measure, pair in columns)
            for label in labels
        )
        rows = tuple(Head(*self.label(label), is_strong=label is None) for label in labels)
        heads = tuple(head for head, *_ in columns)
        return self._assembled(title, ("label", across), rows, heads, behind)

    def _assembled(
        self,
        title: str,
        fields: tuple[str, str],
        rows: tuple[Head, ...],
        columns: tuple[Head, ...],
        behind: tuple[tuple[Measured | None, ...], ...],
    ) -> Table:
        cells = tuple(tuple(map(self._cell, line)) for line in behind)
        grid = Grid(title, rows, columns, cells, note=self.note, fields=(*fields, *FIGURES))
        return Table(grid, behind)

    # --- cells ---------------------------------------------------------------------------------

    def label(self, label: str | None) -> tuple[str, str]:
        """Return the title and the colour of a label; of none, those of all together."""
        if label is None:
            return "All labels", ""
        known = self.scheme.label(label)
        return (known.title, known.colour) if known else (label, "")

    def _cell(self, measured: Measured | None) -> Cell:
        if measured is None:
            return Cell("—", reason=NOT_TAKEN, told=f"Not defined, because it is {NOT_TAKEN}.", exact=_NONE)
        figures = map(_exact, (measured.value, measured.low, measured.high))
        told, exact = self.told(measured), (*figures, str(measured.n), measured.undefined)
        if measured.value is None:
            return Cell("—", None, reason=measured.undefined, told=told, exact=exact)
        below = (self._interval(measured), f"n {measured.n:,}")
        return Cell(short(measured.value), measured.value, below, told=told, exact=exact)

    def _interval(self, measured: Measured) -> str:
        if measured.low is not None and measured.high is not None:
            return between(measured.low, measured.high)
        return "no interval" if self.is_final else "…"

    def told(self, measured: Measured) -> str:
        """Tell one measure in a sentence."""
        who = listed(measured.pair or self.found.layers)
        what = self.label(measured.label)[0]
        what += f", {_part(measured.attribute)}" if measured.attribute else ""
        lead = f"{MEASURES[measured.measure]} · {what} · {who}:"
        if measured.value is None:
            return f"{lead} not defined, because {measured.undefined}."
        return f"{lead} {short(measured.value)}, {self._reach(measured)}, n = {measured.n:,}."

    def _reach(self, measured: Measured) -> str:
        if measured.low is not None and measured.high is not None:
            return f"95 % interval {between(measured.low, measured.high)}"
        if self.is_final:
            return "without an interval, which takes two articles or more"
        return "its interval is not worked out yet"


def _reason(line: Iterable[Measured | None]) -> str:
    """Return the one reason why nothing of a row is defined; "" when the row has more to say."""
    reasons = {m.undefined if m and m.value is None else "" for m in line}
    return reasons.pop() if len(reasons) == 1 else ""


def _part(attribute: str | None) -> str:
    """Name an attribute, or a part of one: "count, best"."""
    return (attribute or "").replace(":", ", ")


def confusion_grid(found: Confusion, scheme: Scheme, note: str) -> Grid:
    """Show how often one annotator's labels met which of the other's; tinted by the share of the row."""
    one, other = found.pair
    heads = [_class_head(name, scheme) for name in found.classes]
    cells = []
    for row, counts in enumerate(found.counts):
        total = sum(counts)
        last = len(counts) - 1
        cells.append(
            tuple(
                _count(one, other, heads[row], heads[at], n, total, is_empty=row == at == last)
                for at, n in enumerate(counts)
            )
        )
    return Grid(
        f"Labels of {one} and {other}",
        tuple(heads),
        tuple(Head(_broken(head.words)) for head in heads),
        tuple(cells),
        corner=f"{one} ↓   {other} →",
        note=note,
        fields=(one, other, "spans"),
    )


def _count(one: str, other: str, row: Head, column: Head, count: int, total: int, *, is_empty: bool) -> Cell:
    if is_empty:
        return Cell("", None, told="What neither marked is not counted.", exact=("",))
    told = f"{one} {row.spoken}, {other} {column.spoken}: {counted(count, 'span')}"
    told += f" of {total:,} in the row." if total else "."
    share = count / total if total else 0.0
    return Cell(f"{count:,}", share, is_faint=not count, told=sentence_case(told), exact=(str(count),))


def _class_head(name: str, scheme: Scheme) -> Head:
    if not name:
        return Head(NOTHING_WORDS)
    known = scheme.label(name)
    return Head(known.title, known.colour) if known else Head(name)


def _broken(title: str) -> str:
    """Set a title of several words in two lines."""
    first, _, rest = title.partition(" ")
    return f"{first}\n{rest}" if rest else first


def _pair_head(pair: Pair) -> Head:
    return Head(f"{pair[0]} ·\n{pair[1]}")


def _exact(value: float | None) -> str:
    return "" if value is None else f"{value:.6g}"
