"""A counted quantity as news states it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

Qualifier = Literal["exact", "at least", "at most", "about", "range", "vague", "not stated"]
QUALIFIERS: tuple[Qualifier, ...] = get_args(Qualifier)


@dataclass(frozen=True, slots=True)
class Figure:
    """A count with its bounds; an empty `high` is open, an empty `best` or `low` was not stated.

    "at least nine" is low 9, best 9, high open; "dozens" is vague, low 24, best and high open.
    """

    words: str = ""
    qualifier: Qualifier = "not stated"
    low: int | None = None
    best: int | None = None
    high: int | None = None

    def to_body(self) -> dict[str, Any]:
        return {
            "words": self.words,
            "qualifier": self.qualifier,
            "low": self.low,
            "best": self.best,
            "high": self.high,
        }

    @classmethod
    def from_body(cls, body: Mapping[str, Any]) -> "Figure":
        """Read a figure back; raise ValueError when it isn't one."""
        problem = figure_problem(body)
        if problem:
            raise ValueError(problem)
        return cls(
            body.get("words", ""),
            body.get("qualifier", "not stated"),
            body.get("low"),
            body.get("best"),
            body.get("high"),
        )

    def is_stated(self) -> bool:
        """Say whether any bound is known."""
        return (self.low, self.best, self.high) != (None, None, None)

    def spelled(self) -> str:
        """Say in a few words what was understood: "9 or more", "11 to 15", "about 100"."""
        match (self.low, self.best, self.high):
            case (None, None, None):
                return "not stated"
            case (low, best, high) if low is not None and low == high:
                return f"{low:,}"
            case (int() as low, best, None):
                return f"{low:,} or more" + _best(best, low)
            case (None, best, int() as high):
                return f"up to {high:,}" + _best(best, high)
            case (int() as low, best, int() as high):
                return f"{low:,} to {high:,}" + _best(best)
            case (_, best, _):
                return f"about {best:,}"


def _best(best: int | None, *shown: int) -> str:
    return "" if best is None or best in shown else f", best {best:,}"


def figure_doubt(figure: Figure) -> str | None:
    """Say how a sound figure contradicts its own qualifier, or None; such figures may be stored."""
    low, high = figure.low is not None, figure.high is not None
    match figure.qualifier:
        case "at least" if not low:
            return "“at least” needs a low"
        case "at most" if not high:
            return "“at most” needs a high"
        case "range" if not (low and high):
            return "“range” needs a low and a high"
        case "exact" if not (figure.low == figure.high is not None):
            return "“exact” needs the same low and high"
        case "about" if not figure.is_stated():
            return "“about” needs a number"
    return None


def figure_problem(value: Any) -> str | None:
    """Say what is wrong with a figure's body, or None."""
    if not isinstance(value, Mapping):
        return "a figure needs low, best and high"
    bounds = [value.get(name) for name in ("low", "best", "high")]
    for bound in bounds:
        if bound is not None and (not isinstance(bound, int) or isinstance(bound, bool) or bound < 0):
            return f"“{bound}” is not a whole number of 0 or more"
    if value.get("qualifier", "not stated") not in QUALIFIERS:
        return f"“{value.get('qualifier')}” is not a qualifier"
    if not isinstance(value.get("words", ""), str):
        return "the words of a figure are text"
    known = [bound for bound in bounds if bound is not None]
    if known != sorted(known):
        return "low, best and high must not fall"
    return None
