"""What the marked words say themselves about a span, so that nobody need type it again."""

from typing import Any

from annotator.model.figure import Figure
from annotator.model.scheme import Attribute, Label


def values_from_words(label: Label, words: str) -> dict[str, Any]:
    """Return the values that the words of a new span state: its figure, and nothing that would be a guess."""
    attribute = figure_attribute(label)
    figure = figure_in(words) if attribute else None
    return {attribute.name: figure.to_body()} if attribute and figure else {}


def figure_attribute(label: Label) -> Attribute | None:
    """Return the attribute that the words' figure belongs to: the only one that is a figure."""
    figures = [a for a in label.attributes if a.kind == "figure"]
    return figures[0] if len(figures) == 1 else None


def understood(labels: tuple[Label, ...], words: str) -> Figure | None:
    """Return the figure that words state, if any label asks for one."""
    return figure_in(words) if any(figure_attribute(label) for label in labels) else None


def figure_in(words: str) -> Figure | None:
    """Return the figure that words state."""
    from annotator.model.figure_words import parse  # Its tables take time to load, and the start has none.

    return parse(words)
