"""What is asked about agreement, and what is answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Pair = tuple[str, str]
"""Two layers, in the order in which they were asked for."""

Tell = Callable[[int, int], None]
"""Is told how many steps are done, of how many; may raise to cancel."""

RESAMPLES = 1_000

MEASURES: Mapping[str, str] = {
    "exact-f1": "Exact-span F1",
    "overlap-f1": "Overlap F1",
    "token-kappa": "Cohen’s κ of tokens",
    "char-kappa": "Cohen’s κ of characters",
    "fleiss-kappa": "Fleiss’ κ",
    "alpha": "Krippendorff’s α",
    "alpha-u": "Krippendorff’s unitizing αU",
    "gamma": "γ",
    "value-alpha": "Krippendorff’s α of values",
    "value-f1": "F1 of multiple choices",
}
"""The measures by name, each with its title, in the order of the answer."""

OF_VALUES = frozenset(("value-alpha", "value-f1"))

NOTHING = ""
"""The class of a confusion matrix for a span that the other annotator lacks."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What to measure.

    No layers are all annotators but gold, no labels all of them; articles None are those that two or more
    of the layers have read. Spans match from an overlap of `threshold` (Jaccard, 0 to 1).
    """

    layers: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    articles: tuple[str, ...] | None = None
    threshold: float = 0.5
    seed: int = 0
    resamples: int = RESAMPLES
    gamma: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure with its 95 % interval; without a value, the reason why it isn't defined.

    `label` is None for all labels together, `pair` for all layers together. `n` counts what was compared:
    spans, tokens, characters, units, or matched spans, as the guide's page of the measure says.
    """

    measure: str
    label: str | None
    pair: Pair | None
    value: float | None
    low: float | None
    high: float | None
    n: int
    undefined: str = ""
    attribute: str | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """All measures of a set of layers and articles, in the order of `MEASURES`, together before apart."""

    layers: tuple[str, ...]
    articles: tuple[str, ...]
    measures: tuple[Measured, ...]

    def cell(
        self, measure: str, label: str | None = None, pair: Pair | None = None, attribute: str | None = None
    ) -> Measured:
        """Return one of the measures; raise KeyError where it wasn't taken."""
        wanted = (measure, label, pair, attribute)
        for one in self.measures:
            if (one.measure, one.label, one.pair, one.attribute) == wanted:
                return one
        raise KeyError(wanted)


PassageKind = Literal["agreement", "boundaries", "label", "value", "one-sided"]


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands behind a measure: the annotations of one passage, each with its layer and label.

    `words` are those of the first annotation, which begin at `start`; `note` says what differs.
    """

    article: str
    kind: PassageKind
    annotations: tuple[str, ...]
    layers: tuple[str, ...]
    labels: tuple[str, ...]
    words: str
    start: int
    note: str


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often two layers gave matched spans which labels: rows are the first layer's.

    The last class, `NOTHING`, is for a span that the other layer lacks; nothing with nothing isn't counted.
    """

    pair: Pair
    classes: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    behind: Mapping[Pair, tuple[Passage, ...]] = field(default_factory=dict, repr=False)

    def passages(self, row: str, column: str) -> tuple[Passage, ...]:
        """Return the passages behind one of the counts."""
        return self.behind.get((row, column), ())


@dataclass(frozen=True, slots=True)
class Point:
    """Agreement of one annotator with the others in a window of articles.

    `done` is how many articles the annotator had done by its last article, and `at` when that one was done
    (UTC, ISO 8601; "" where nobody recorded it).
    """

    done: int
    at: str
    articles: int
    value: float | None
    low: float | None
    high: float | None
    undefined: str = ""
