"""Steps that tests of reviewing share: annotators at work on one article, and an adjudicator."""

from annotator.model.span import Span
from annotator.services import progress, reviewing, tagging
from annotator.services.undoing import UndoStacks, take_back

TEXT = (
    "A dozen people including four medical workers were reportedly killed by the intense air raids. "
    "مقتل تسعة مقاتلين في حلب 😀 قال المسعفون. “The truce”, he said, “is not dead.” 👩‍👩‍👧 fled."
)
WHO = ("Ada", "Ben", "Cem")


def tag(project, article, who, *places, label="claim", **attributes):
    spans = [Span(*place) for place in places]
    return tagging.tag(project, actor=who, article=article, label=label, spans=spans, attributes=attributes)


def words(text):
    """Return where some words stand."""
    start = TEXT.index(text)
    return start, start + len(text)


def done(project, article, *names):
    for name in names:
        progress.mark(project, actor=name, article=article, state="done")


def undo(project, actor="Eve"):
    return take_back(project, actor=actor, action=UndoStacks(project, actor).next_undo())


def redo(project, actor="Eve"):
    return take_back(project, actor=actor, action=UndoStacks(project, actor).next_redo())


def only(project, article, layers=()):
    """Return the one case of an article."""
    [case] = reviewing.cases(project, article, layers)
    return case


def told(project, article):
    """List what the cases say."""
    return [case.explanation for case in reviewing.cases(project, article)]
