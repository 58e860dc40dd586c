"""The dataset card: what an export says of itself to whoever finds it, as Markdown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from annotator import __version__
from annotator.formats.losses import Loss
from annotator.model.review import GOLD, Way
from annotator.model.scheme import Attribute, Label, Scheme
from annotator.services.agreement.answers import Measured
from annotator.services.wanted import Wanted

NOT_TO_REBUILD = "articles that nobody can rebuild, as pseudonyms stand in their texts"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the card tells: counts by layer and label, articles done by layer, losses and agreement.

    `ways` counts the spans of the gold layer by how they came to be, None for those that don't say.
    """

    title: str
    scheme: Scheme
    wanted: Wanted
    articles: int
    spans: Mapping[str, Mapping[str, int]]
    done: Mapping[str, int]
    losses: Sequence[Loss]
    agreed_on: int
    agreement: Sequence[Measured]
    ways: Mapping[Way | None, int] = field(default_factory=dict)


def card(facts: Facts) -> str:
    """Write the card; the same dataset gives the same words."""
    work = () if facts.wanted.format.labels_only else (_counts(facts), _agreement(facts), _texts(facts))
    sections = (
        _head(facts),
        *work,
        _losses(facts),
        _scheme(facts.scheme, facts.wanted),
        _licence(),
    )
    return "\n".join(line for section in sections for line in (*section, "")).rstrip() + "\n"


def _head(facts: Facts) -> Iterator[str]:
    yield f"# {_plain(facts.title)}"
    yield ""
    yield (
        f"{_amount(facts)}. Written by Annotator {__version__} as"
        f" {facts.wanted.format.title}, after version {facts.scheme.version} of the scheme"
        f" “{_plain(facts.scheme.title)}”. `manifest.json` names every file with its SHA-256 and what was"
        " chosen."
    )


def _amount(facts: Facts) -> str:
    if facts.wanted.format.labels_only:
        return _counted(len(facts.scheme.labels), "label")
    spans = _counted(sum(sum(by_label.values()) for by_label in facts.spans.values()), "span")
    names = ", ".join(_plain(name) for name in facts.spans) or "nobody yet"
    return f"{spans} in {_counted(facts.articles, 'article')}, by {names}"


def _counts(facts: Facts) -> Iterator[str]:
    labels = [label.id for label in facts.scheme.labels if any(label.id in by for by in facts.spans.values())]
    yield "## Counts"
    yield ""
    yield _row("annotator", *labels, "all spans", "articles done")
    yield _row(*["---"] * (len(labels) + 3))
    for layer in sorted({*facts.spans, *facts.done}):
        by_label = facts.spans.get(layer, {})
        counts = [f"{by_label.get(label, 0):,}" for label in labels]
        yield _row(layer, *counts, f"{sum(by_label.values()):,}", f"{facts.done.get(layer, 0):,}")


def _agreement(facts: Facts) -> Iterator[str]:
    together, *of_labels = facts.agreement
    yield "## Agreement"
    yield ""
    if together.value is None:
        yield f"Not defined: {together.undefined}."
    else:
        over = _counted(facts.agreed_on, "article")
        yield (
            f"Exact-span F1 between annotators: {_value(together)}, over {over} that two or more have done."
            " A span agrees when label and boundaries are the same."
        )
        yield ""
        yield _row("label", "exact-span F1", "spans compared")
        yield _row("---", "---", "---")
        for cell in of_labels:
            yield _row(cell.label or "", _value(cell), f"{cell.n:,}")
    yield ""
    if GOLD in facts.spans or facts.done.get(GOLD):
        yield "Disagreements were settled by adjudication: the layer `gold` holds what was decided."
        if facts.ways:
            yield f"Its spans are {_listed_ways(facts.ways)}."
    else:
        yield "Disagreements were not settled in this dataset: each annotator's work stands as it is."


def _value(cell: Measured) -> str:
    within = f" (95 % interval {cell.low:.2f} to {cell.high:.2f})" if cell.low is not None else ""
    return f"{cell.value:.2f}{within}"


def _listed_ways(ways: Mapping[Way | None, int]) -> str:
    words = [f"{ways[way]:,} {said}" for way, said in _WAYS.items() if ways.get(way)]
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


_WAYS: dict[Way | None, str] = {
    "unanimous": "unanimous",
    "majority": "by majority",
    "adjudicated": "adjudicated",
    "single": "from one annotator alone",
    None: "of unstated origin",
}


def _texts(facts: Facts) -> Iterator[str]:
    if facts.wanted.stand_ins:
        names = _counted(len(facts.wanted.stand_ins), "person or incident", "people and incidents")
        yield f"Pseudonyms stand for {names}, in texts and values."
        yield ""
    if facts.wanted.words is None:
        yield "Offsets count Unicode code points of the texts, from 0; the end is exclusive."
        return
    yield "## Texts"
    yield ""
    yield (
        f"The texts are left out, but for at most {_counted(facts.wanted.words, 'word')} of each span. To"
        " rebuild the dataset from copies of your own, import both into a project:"
    )
    yield ""
    yield "```"
    yield "annotator new rebuilt.annotator"
    yield "annotator import rebuilt.annotator THIS-EXPORT YOUR-COPIES"
    yield "annotator check rebuilt.annotator"
    yield "```"
    yield ""
    yield (
        "An article is recognised by the SHA-256 of its text, in UTF-8 with line feeds as line ends; copies"
        " with another text are named and left out. Offsets count Unicode code points of that text."
    )
    hidden = sum(loss.count for loss in facts.losses if loss.what == NOT_TO_REBUILD)
    if hidden:
        yield ""
        yield (
            f"{_counted(hidden, 'article')} can't be rebuilt: pseudonyms stand in the text, and SHA-256 and"
            " offsets are those of the text under pseudonyms, which is not in this dataset."
        )


def _losses(facts: Facts) -> Iterator[str]:
    yield "## What is not in it"
    yield ""
    if not facts.losses:
        yield "Nothing was lost."
    for loss in facts.losses:
        yield f"* {_plain(loss.what)}: {loss.count:,} (such as {_plain(loss.example)})"


def _scheme(scheme: Scheme, wanted: Wanted) -> Iterator[str]:
    yield "## Labels"
    for label in scheme.labels:
        if not wanted.labels or label.id in wanted.labels:
            yield ""
            yield from _label(label)


def _label(label: Label) -> Iterator[str]:
    yield f"### {_plain(label.title)} (`{label.id}`)"
    yield ""
    for head, words in (("", label.rule), ("Good: ", label.good), ("Bad: ", label.bad)):
        if words:
            yield f"{head}{_plain(words)}"
            yield ""
    for attribute in label.attributes:
        yield f"* {_attribute(attribute)}"


def _attribute(attribute: Attribute) -> str:
    values = f": {', '.join(map(_plain, attribute.values))}" if attribute.values else ""
    needed = ", required" if attribute.required else ""
    return f"{_plain(attribute.name)} ({attribute.entity or attribute.kind}{needed}){values}"


def _licence() -> Iterator[str]:
    yield "## Licence"
    yield ""
    yield "To be filled in by whoever publishes this dataset; the articles belong to their publishers."


def _counted(n: int, one: str, many: str = "") -> str:
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def _row(*cells: str) -> str:
    return f"| {' | '.join(_plain(cell).replace('|', '/') for cell in cells)} |"


def _plain(words: str) -> str:
    return " ".join(words.split())
