"""Values that came in and that the scheme does not foresee: kept, and said."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.model.scheme import Attribute, Label
from annotator.model.values import value_problem
from annotator.services.sorts import Incoming, Values

Kind = tuple[str, str]
"""What is wrong, said of one value and of several."""


@dataclass(slots=True)
class _Tally:
    """How often something is wrong, in which span first, and what is wrong there."""

    count: int
    first: Incoming
    example: str

    def with_(self, other: "_Tally") -> "_Tally":
        earlier = min(self, other, key=lambda one: one.first.number)
        return _Tally(self.count + other.count, earlier.first, earlier.example)


class Misfits:
    """Counts the misfits of one file, so that a thousand like one another are one remark."""

    def __init__(self, is_entity: Callable[[str], bool]) -> None:
        self._is_entity = is_entity
        self._found: dict[tuple[str, str, Kind], _Tally] = {}

    def look_at(self, label: Label, name: str, values: Values) -> None:
        """Look at what spans of a label say by one attribute; a new attribute fits what there is."""
        attribute = label.attribute(name)
        for kind, tally in self._misfits(attribute, values).items() if attribute else ():
            key = (label.title, name, kind)
            self._found[key] = self._found[key].with_(tally) if key in self._found else tally

    def remarks(self) -> Iterator[tuple[int | None, Path | None, str]]:
        """Yield one remark for each label, attribute and sort of misfit, with the place of the first."""
        for (label, name, kind), tally in sorted(self._found.items(), key=lambda one: one[1].first.number):
            one, many = kind
            is_one = tally.count == 1
            values = "1 value" if is_one else f"{tally.count:,} values"
            kept = "kept as it is" if is_one else "kept as they are"
            said = f"{values} of “{name}” of {label} {one if is_one else many} ({tally.example}); {kept}"
            yield tally.first.line, tally.first.file, said

    def _misfits(self, attribute: Attribute, values: Values) -> dict[Kind, _Tally]:
        """Look values through, unless they were held against this attribute before."""
        if attribute.kind == "entity":
            return self._looked_through(attribute, values)
        if values.seen_with is None or values.seen_with[0] != attribute:
            values.seen_with = (attribute, self._looked_through(attribute, values))
        found: dict[Kind, _Tally] = values.seen_with[1]
        return found

    def _looked_through(self, attribute: Attribute, values: Values) -> dict[Kind, _Tally]:
        found: dict[Kind, _Tally] = {}
        for value, count, span in values.each():
            misfit = self._misfit(attribute, value)
            if misfit:
                kind, example = misfit
                tally = _Tally(count, span, example)
                found[kind] = found[kind].with_(tally) if kind in found else tally
        return found

    def _misfit(self, attribute: Attribute, value: Any) -> tuple[Kind, str] | None:
        problem = value_problem(attribute, value)
        if problem:
            return ("is not allowed by the scheme", "are not allowed by the scheme"), problem
        if attribute.kind == "entity" and not self._is_entity(value):
            missing = "to something that is not in the file"
            return (f"refers {missing}", f"refer {missing}"), f"“{_short(value)}”"
        return None


def _short(value: Any) -> str:
    words = str(value)
    return words if len(words) <= 40 else words[:39] + "…"
