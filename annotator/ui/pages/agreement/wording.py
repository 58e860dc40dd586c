"""How measures, labels and annotators are worded on the page."""

from collections.abc import Mapping

from annotator.ui.spelling import sentence_case

SHORT: Mapping[str, str] = {
    "exact-f1": "Exact F1",
    "overlap-f1": "Overlap F1",
    "token-kappa": "κ, words",
    "char-kappa": "κ, characters",
    "fleiss-kappa": "Fleiss’ κ",
    "alpha": "α",
    "alpha-u": "αU",
    "gamma": "γ",
    "value-alpha": "α",
    "value-f1": "F1",
}
"""What stands above columns."""

SENTENCES: Mapping[str, str] = {
    "exact-f1": "The share of spans that both annotators marked with the same label and the same boundaries.",
    "overlap-f1": "The share of spans that match one of the other annotator’s, best one to one, with the same"
    " label and at least the overlap chosen at the left.",
    "token-kappa": "Whether two annotators marked the same words, beyond what chance would bring; each label"
    " is a yes or no of its own, so nested spans count.",
    "char-kappa": "Whether two annotators marked the same characters, beyond what chance would bring; each"
    " label is a yes or no of its own.",
    "fleiss-kappa": "Whether any number of annotators marked the same words, beyond what chance would bring.",
    "alpha": "Whether any number of annotators marked the same words, beyond chance; articles that some have"
    " not read are no hindrance.",
    "alpha-u": "Whether any number of annotators cut the text into the same spans, beyond chance: their"
    " places and lengths count, not words one by one.",
    "gamma": "How little disorder is left when the spans of all annotators are aligned as well as they can"
    " be, beyond chance.",
    "value-alpha": "Whether annotators filled in the same values where their spans match, beyond chance; for"
    " figures, how far apart they are counts.",
    "value-f1": "The share of choices that both annotators made, where several can be made and their spans"
    " match.",
}
"""One sentence each; the guide says it with formula, source and example."""

KINDS: Mapping[str, str] = {
    "agreement": "Agreement",
    "boundaries": "Boundaries differ",
    "label": "Labels differ",
    "value": "Values differ",
    "one-sided": "Marked by one side only",
}
"""What a group of passages has in common, in the order in which groups stand."""

NOTHING_WORDS = "nothing"


def guide_page(measure: str) -> str:
    """Return the guide's page on a measure, by its file's name."""
    return f"agreement-{measure}"


def as_sentence(reason: str) -> str:
    """Write a reason as a sentence; γ stays what it is."""
    begun = reason if reason.startswith("γ") else sentence_case(reason)
    return f"{begun.rstrip('.')}."
