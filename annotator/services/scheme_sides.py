"""What two schemes say otherwise of a label that both have, and whose words are to stand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from annotator.model.scheme import Label, Scheme
from annotator.services.errors import Refused

Side = Literal["mine", "theirs"]
Sides = Mapping[str, Side]
"""Whose words stand, by part: "claim.rule", or "all" for those that aren't named."""

ALL = "all"
NO_SIDES: Sides = {}
PARTS = {"title": "title", "rule": "rule", "good": "good example", "bad": "bad example"}
"""The parts of a label that may be chosen, by the name of their field."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """One part of a label, as the project has it and as it comes; `stands` says which will be there."""

    label: str
    title: str
    field: str
    mine: str
    theirs: str
    stands: Side

    @property
    def part(self) -> str:
        return f"{self.label}.{self.field}"

    @property
    def words(self) -> str:
        return f"the {PARTS[self.field]} of {self.title}"


def check_sides(sides: Sides, ours: Scheme) -> None:
    """Refuse what names no part of a label that is here."""
    for part in sides:
        label, _, field = part.rpartition(".")
        if part != ALL and (ours.label(label) is None or field not in PARTS):
            known = ", ".join(known.id for known in ours.labels) or "and there are none"
            raise Refused(
                f"“{part}” is no part of a label of yours; write all, or a label ({known}) with .title,"
                " .rule, .good or .bad behind it"
            )


def contrasts(ours: Scheme, others: Sequence[Scheme], final: Scheme) -> tuple[Contrast, ...]:
    """List the parts of labels that are said otherwise, each with what will stand."""
    return tuple(
        Contrast(label.id, label.title, field, mine, theirs, _standing(final, label, field, mine))
        for label, field, mine, theirs in _differing(ours, others)
    )


def settled(final: Scheme, sides: Sides, ours: Scheme, others: Sequence[Scheme]) -> Scheme:
    """Let the words stand that were chosen."""
    chosen: dict[str, dict[str, str]] = {}
    for label, field, mine, theirs in _differing(ours, others):
        side = sides.get(f"{label.id}.{field}", sides.get(ALL))
        if side:
            chosen.setdefault(label.id, {})[field] = mine if side == "mine" else theirs
    labels = tuple(_told(label, chosen.get(label.id, {})) for label in final.labels)
    return replace(final, labels=labels) if chosen else final


def _told(label: Label, words: Mapping[str, str]) -> Label:
    return replace(
        label,
        title=words.get("title", label.title),
        rule=words.get("rule", label.rule),
        good=words.get("good", label.good),
        bad=words.get("bad", label.bad),
    )


def _differing(ours: Scheme, others: Sequence[Scheme]) -> Iterator[tuple[Label, str, str, str]]:
    """Yield what both have and say otherwise; of several that come, what the first says."""
    for label in ours.labels:
        twins = [twin for other in others if (twin := other.label(label.id))]
        for field in PARTS:
            mine = getattr(label, field)
            said = (getattr(twin, field) for twin in twins)
            theirs = next((words for words in said if words and words != mine), "")
            if mine and theirs:
                yield label, field, mine, theirs


def _standing(final: Scheme, label: Label, field: str, mine: str) -> Side:
    there = final.label(label.id)
    return "mine" if there is None or getattr(there, field) == mine else "theirs"
