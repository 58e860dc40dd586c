"""Count a project's work: by layer, by label, and how many articles are done."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class LayerStatistics:
    """The work of one annotator."""

    by_label: Mapping[str, int]
    done: int

    @property
    def annotations(self) -> int:
        return sum(self.by_label.values())


@dataclass(frozen=True, slots=True)
class Statistics:
    """The work in a project; labels nobody has used yet count 0."""

    articles: int
    layers: Mapping[str, LayerStatistics]
    labels: Mapping[str, int]


def statistics(project: Project) -> Statistics:
    """Count a project's work, labels in the order of the scheme."""
    counts = project.counts()
    total = Counter[str]()
    for by_label in counts.layers.values():
        total.update(by_label)
    order = list(dict.fromkeys([*(label.id for label in project.scheme.labels), *sorted(total)]))
    layers = {
        name: LayerStatistics(
            {label: counts.layers[name][label] for label in order if label in counts.layers.get(name, {})},
            counts.done.get(name, 0),
        )
        for name in sorted({*counts.layers, *counts.done})
    }
    return Statistics(counts.articles, layers, {label: total[label] for label in order})
