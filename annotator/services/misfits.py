"""Values that came in and that the scheme does not foresee: kept, and said."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from annotator.model.scheme import Attribute, Label
from annotator.model.values import is_empty, value_problem

Found = tuple[int | None, Path | None, str]
Kind = tuple[str, str]
"""What is wrong, said of one value and of several."""


class Misfits:
    """Counts the misfits of one file, so that a thousand like one another are one remark."""

    def __init__(self, is_entity: Callable[[str], bool]) -> None:
        self._is_entity = is_entity
        self._counts: dict[tuple[str, str, Kind], int] = {}
        self._attributes: dict[str, dict[str, Attribute]] = {}
        self._choices: set[tuple[str, str, str]] = set()
        """What was found to be a choice, for most values are the same few."""
        self._first: dict[tuple[str, str, Kind], Found] = {}

    def look_at(
        self, label: Label, values: Mapping[str, Any], line: int | None, file: Path | None = None
    ) -> None:
        """Look at the values of one annotation and remember where the first misfit of each sort stood."""
        for name, value in values.items():
            if type(value) is str and (label.id, name, value) in self._choices:
                continue
            found = None if is_empty(value) else self._misfit(label, name, value)
            if found:
                kind, example = found
                key = (label.title, name, kind)
                self._counts[key] = self._counts.get(key, 0) + 1
                self._first.setdefault(key, (line, file, example))

    def remarks(self) -> Iterator[Found]:
        """Yield one remark for each label, attribute and sort of misfit, with the place of the first."""
        for (label, name, kind), count in self._counts.items():
            line, file, example = self._first[label, name, kind]
            one, many = kind
            is_one = count == 1
            values = "1 value" if is_one else f"{count:,} values"
            kept = "kept as it is" if is_one else "kept as they are"
            yield line, file, f"{values} of “{name}” of {label} {one if is_one else many} ({example}); {kept}"

    def _misfit(self, label: Label, name: str, value: Any) -> tuple[Kind, str] | None:
        if label.id not in self._attributes:
            self._attributes[label.id] = {a.name: a for a in label.attributes}
        attribute = self._attributes[label.id].get(name)
        if attribute is None:
            return None  # It is new, and what becomes of it is decided when all values are known.
        problem = value_problem(attribute, value)
        if attribute.kind == "choice" and not problem:
            self._choices.add((label.id, name, value))
        if problem:
            return ("is not allowed by the scheme", "are not allowed by the scheme"), problem
        if attribute.kind == "entity" and not self._is_entity(value):
            missing = "to something that is not in the file"
            return (f"refers {missing}", f"refer {missing}"), f"“{_short(value)}”"
        return None


def _short(value: Any) -> str:
    words = str(value)
    return words if len(words) <= 40 else words[:39] + "…"
