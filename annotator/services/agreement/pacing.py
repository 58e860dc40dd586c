"""Long work step by step: told of, and stopped between two steps by whoever is told."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from annotator.services.agreement.answers import Tell

Thing = TypeVar("Thing")


def silent(_done: int, _total: int) -> None:
    """Tell nobody."""


def paced(things: Sequence[Thing], tell: Tell) -> Iterator[Thing]:
    """Yield things one by one, telling before each how many are done."""
    for number, thing in enumerate(things):
        tell(number, len(things))
        yield thing
    tell(len(things), len(things))
