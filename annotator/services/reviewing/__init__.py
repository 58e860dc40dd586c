"""Reviewing: bring several annotators' work together, decide what differs, and build the gold layer."""

from annotator.services.reviewing.agreed import (
    First,
    Majority,
    Plan,
    Rule,
    Unanimous,
    accept_agreed,
    apply,
    planned,
)
from annotator.services.reviewing.cases import Case, Version, cases, marked
from annotator.services.reviewing.deciding import accept, accept_edited, reject_all, reopen
from annotator.services.reviewing.explaining import Difference
from annotator.services.reviewing.hiding import aliases
from annotator.services.reviewing.tallying import Standing, standing, tally

__all__ = [
    "Case",
    "Difference",
    "First",
    "Majority",
    "Plan",
    "Rule",
    "Standing",
    "Unanimous",
    "Version",
    "accept",
    "accept_agreed",
    "accept_edited",
    "aliases",
    "apply",
    "cases",
    "marked",
    "planned",
    "reject_all",
    "reopen",
    "standing",
    "tally",
]
