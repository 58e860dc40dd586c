"""From rows of TSV to spans, relations between them, slots and chains."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest
from typing import NamedTuple

from annotator.formats.webanno.columns import NOTHING, NULL, Column, Layer, numbered, parted, unescaped
from annotator.formats.webanno.document import Document, Unit

_ANY = "uima.tcas.Annotation"
"""The type of a reference that may lead to spans of any layer."""

_STEP = re.compile(r"(.*?)(?<!\\)->([0-9]{1,9})-([0-9]{1,9})", re.DOTALL)


@dataclass(slots=True)
class Claim:
    """A span of some layer; `start` and `stop` count as its file does."""

    layer: Layer
    line: int
    number: int
    """What tells it apart in the file; 0 where nothing does."""
    start: int
    stop: int
    tokens: list[str]
    features: dict[str, str] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """The words in its rows, with spaces where the offsets tell of some."""
        return "".join(self.tokens)

    def extend(self, unit: Unit) -> None:
        """Let it go on to a later row."""
        if unit.start >= self.stop:
            self.tokens += (" " * min(unit.start - self.stop, 100), unit.token)
        self.stop = max(self.stop, unit.stop)


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation, a slot or a step of a chain; an end that is None isn't among the spans."""

    layer: Layer
    line: int
    source: Claim | None
    target: Claim | None
    name: str
    """The role of a slot, or what a chain calls this step."""
    features: dict[str, str] = field(default_factory=dict)


class Claims:
    """Everything that the rows of a document claim in some of its layers."""

    def __init__(self, document: Document, layers: Sequence[Layer]) -> None:
        self.spans: list[Claim] = []
        self.ties: list[Tie] = []
        self._numbered: dict[int, Claim] = {}
        self._first: dict[tuple[str, str], Claim] = {}
        self._slots: list[tuple[Claim, _Slot]] = []
        takers = {"SP": self._take_spans, "CH": self._take_chains, "RL": self._take_relations}
        for kind, take in takers.items():
            for layer in layers:
                if layer.kind == kind:
                    take(layer, document.marked)
        self.ties += (self._tied(claim, slot) for claim, slot in self._slots)

    def _take_spans(self, layer: Layer, units: Iterable[Unit]) -> None:
        for unit in units:
            for items in _stacked(layer, unit):
                own = {column: numbered(item) for column, item in items.items() if column.kind != "target"}
                number = next((int(n) for _, n in own.values() if n.isdecimal()), 0)
                claim = self._numbered.get(number)
                if claim and claim.layer is layer:
                    claim.extend(unit)
                else:
                    claim = self._new(layer, unit, number)
                    plain = {column: value for column, (value, _) in own.items()}
                    claim.features = _features(plain)
                    self._slots += ((claim, slot) for slot in _slots({**items, **plain}))
                self._first.setdefault((layer.type, unit.id), claim)
                self._first.setdefault((_ANY, unit.id), claim)

    def _take_chains(self, layer: Layer, units: Iterable[Unit]) -> None:
        chains: dict[int, dict[int, tuple[Claim, str]]] = {}
        for unit in units:
            for items in _stacked(layer, unit):
                match = next(filter(None, map(_STEP.fullmatch, items.values())), None)
                if not match:
                    continue
                step = chains.setdefault(int(match[2]), {})
                if int(match[3]) in step:
                    step[int(match[3])][0].extend(unit)
                else:
                    claim = self._new(layer, unit, 0)
                    step[int(match[3])] = (claim, _meant(match[1]))
                    claim.features = _features({c: numbered(i)[0] for c, i in items.items() if i != match[0]})
        for steps in chains.values():
            each = [steps[index] for index in sorted(steps)]
            for (source, name), (target, _) in pairwise(each):
                self.ties.append(Tie(layer, source.line, source, target, name))

    def _take_relations(self, layer: Layer, units: Iterable[Unit]) -> None:
        for unit in units:
            for items in _stacked(layer, unit):
                for column in (c for c in items if c.kind == "source"):
                    place, numbers = numbered(items[column])
                    source, _, target = numbers.partition("_")
                    ends = (
                        self._resolved(column.name, place, source),
                        self._resolved(column.name, unit.id, target),
                    )
                    self.ties.append(Tie(layer, unit.line, *ends, "", _features(items)))

    def _new(self, layer: Layer, unit: Unit, number: int) -> Claim:
        claim = Claim(layer, unit.line, number, unit.start, unit.stop, [unit.token])
        self.spans.append(claim)
        if number:
            self._numbered.setdefault(number, claim)
        return claim

    def _tied(self, host: Claim, slot: "_Slot") -> Tie:
        place, number = numbered(slot.target)
        return Tie(host.layer, host.line, host, self._resolved(slot.type, place, number), slot.role)

    def _resolved(self, kind: str, unit: str, number: str) -> Claim | None:
        """Find the span that a reference leads to: by its number, else as the first of its layer in a row."""
        if number.isdecimal() and int(number):
            return self._numbered.get(int(number))
        return self._first.get((kind, unit))


class _Slot(NamedTuple):
    role: str
    target: str
    type: str


def _stacked(layer: Layer, unit: Unit) -> Iterator[dict[Column, str]]:
    """Yield what each of the spans that are stacked in a row has in each column."""
    cells = [unit.cells[c.at] if c.at < len(unit.cells) else NOTHING for c in layer.columns]
    if all(cell in ("", NOTHING) for cell in cells):
        return
    stacks = [parted(cell, "|") if "|" in cell else [cell] for cell in cells]
    for items in zip_longest(*stacks, fillvalue=NOTHING):
        yield dict(zip(layer.columns, items, strict=True))


def _slots(items: Mapping[Column, str]) -> Iterator[_Slot]:
    """Yield the slots of a span: each column of roles has the targets in the next."""
    for roles, targets in pairwise(items):
        if roles.kind == "role" and targets.kind == "target":
            each = zip(parted(items[roles], ";"), parted(items[targets], ";"), strict=False)
            for role, target in each:
                if target not in ("", NULL, NOTHING):
                    yield _Slot(_meant(role) or roles.name, target, targets.name)


def _features(values: Mapping[Column, str]) -> dict[str, str]:
    each = ((column.name, _meant(value)) for column, value in values.items() if column.kind == "feature")
    return {name: meant for name, meant in each if meant and name.strip()}


def _meant(item: str) -> str:
    return "" if item in (NULL, NOTHING) else unescaped(item)
