"""The command that measures agreement."""

from argparse import Namespace
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from annotator.cli.arguments import Commands, add_project, refuse, whole
from annotator.cli.failures import DONE
from annotator.cli.output import counted, listed, progress, put, put_json, put_table
from annotator.store.home import Home
from annotator.store.project import Project

if TYPE_CHECKING:
    from annotator.services.agreement import Agreement, Measured

FEWEST, MOST = 100, 100_000
"""Draws of articles: fewer make no 95 % interval, more take hours."""


def add_arguments(commands: Commands) -> None:
    """Declare what can be typed after `annotator agreement`."""
    add = commands.add("agreement", "measure how far annotators agree")
    add_project(add)
    add.add_argument(
        "--label", metavar="L", action="append", default=[], help="only this label; may be repeated"
    )
    add.add_argument(
        "--layers",
        metavar="A,B,...",
        type=_names,
        default=(),
        help="whose work is compared; gold may be among them (default: all annotators)",
    )
    add.add_argument(
        "--article",
        metavar="ID",
        action="append",
        help="only this article; may be repeated (default: those that two or more have done)",
    )
    add.add_argument(
        "--threshold",
        metavar="0.5",
        type=_share,
        default=0.5,
        help="how much spans must overlap to match, 0 to 1 (default: 0.5)",
    )
    add.add_argument("--seed", metavar="N", type=whole, default=0, help="another number draws otherwise")
    add.add_argument(
        "--resamples",
        metavar="N",
        type=_draws,
        default=1000,
        help="how often articles are drawn for intervals, 100 to 100000; 0 for none (default: 1000)",
    )
    add.add_argument("--gamma", action="store_true", help="γ too, which takes long and needs a library")


def agreement(args: Namespace) -> int:
    """Measure agreement."""
    from annotator.services.agreement import Asked, gathered, measured

    asked = Asked(
        layers=tuple(args.layers),
        labels=tuple(args.label),
        articles=None if args.article is None else tuple(args.article),
        threshold=args.threshold,
        seed=args.seed,
        resamples=args.resamples,
        gamma=args.gamma,
    )
    with (
        Project.open(args.project, home=Home.default(), read_only=True) as project,
        progress("Reading") as tell,
    ):
        corpus = gathered(project, asked, tell)
    with progress("Measuring", unit=" steps") as tell:
        found = measured(corpus, tell)
    if args.json:
        put_json(_json(found))
    else:
        _put(found)
    return DONE


def _json(found: "Agreement") -> dict[str, object]:
    return {
        "layers": list(found.layers),
        "articles": len(found.articles),
        "article_ids": list(found.articles),
        "measures": [_row_of_json(cell) for cell in found.measures],
    }


def _row_of_json(cell: "Measured") -> dict[str, object]:
    keys = ("measure", "label", "pair", "value", "low", "high", "n", "undefined")
    row = {key: getattr(cell, key) for key in keys}
    return row if cell.attribute is None else {**row, "attribute": cell.attribute}


def _put(found: "Agreement") -> None:
    names = listed(found.layers) or "nobody"
    put(f"{counted(len(found.articles), 'article')}, by {names}")
    pairs = sorted({cell.pair for cell in found.measures if cell.pair}) if len(found.layers) > 2 else []
    of_pairs = {(cell.measure, _of(cell), cell.pair): cell for cell in found.measures}
    rows = [
        (
            *(cell.measure, _of(cell), _value(cell), _interval(cell), cell.n),
            *(_value(of_pairs.get((cell.measure, _of(cell), pair))) for pair in pairs),
        )
        for cell in found.measures
        if cell.pair is None and cell.value is not None
    ]
    if rows:
        put()
        heads = (
            "measure",
            "of",
            "value",
            "95 % interval",
            "n",
            *(f"{one} – {other}" for one, other in pairs),
        )
        put_table(heads, rows)
    for line in _undefined(found):
        put(line)


def _undefined(found: "Agreement") -> Iterator[str]:
    """Say what is not defined, and why: measures that lack the same ones stand together."""
    lacking: dict[tuple[str, str], list[str]] = {}
    for cell in found.measures:
        if cell.pair is None and cell.value is None:
            lacking.setdefault((cell.undefined, _of(cell)), []).append(cell.measure)
    together: dict[str, dict[str, list[str]]] = {}
    for (reason, what), measures in lacking.items():
        together.setdefault(reason, {}).setdefault(listed(measures), []).append(what)
    for reason, whats in together.items():
        yield ""
        yield f"Not defined, because {reason}:"
        yield from (f"  {measures} of {listed(names)}" for measures, names in whats.items())


def _of(cell: "Measured") -> str:
    return " ".join(filter(None, (cell.label or "all labels", cell.attribute)))


def _value(cell: "Measured | None") -> str:
    return "–" if cell is None or cell.value is None else f"{cell.value:.3f}"


def _interval(cell: "Measured") -> str:
    return "" if cell.low is None else f"{cell.low:.3f} to {cell.high:.3f}"


def _names(words: str) -> Sequence[str]:
    names = tuple(filter(None, (name.strip() for name in words.split(","))))
    if not names:
        refuse(f"“{words}” names nobody; write annotators with commas between")
    return names


def _share(words: str) -> float:
    try:
        share = float(words)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        refuse(f"“{words}” is not a share of overlap; write a number from 0 to 1")
    return share


def _draws(words: str) -> int:
    number = whole(words)
    if number and not FEWEST <= number <= MOST:
        refuse(f"“{words}” is neither 0 nor from {FEWEST} to {MOST}; write one such as {FEWEST * 10}")
    return number


COMMANDS = {"agreement": agreement}
