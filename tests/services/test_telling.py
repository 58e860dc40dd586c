"""The history of a span in words."""

import pytest

from annotator.model.span import Span
from annotator.services import articles, entities, tagging
from annotator.services.telling import told
from annotator.services.undoing import UndoStacks, take_back

TEXT = "Kerry said nine people were killed, and he went on."


@pytest.fixture
def span(project):
    article = articles.add(project, actor="Ada", raw=TEXT, title="Report")
    return tagging.tag(project, actor="Ada", article=article.id, label="casualty", spans=[Span(11, 34)]).id


def words(project, span) -> list[str]:
    return [step.words for step in told(project, span)]


def set_value(project, span, name, value):
    tagging.set_value(project, actor="Ada", annotation=span, name=name, value=value)


def test_a_span_is_created_first(project, span):
    (step,) = told(project, span)
    assert (step.words, step.actor, step.body["label"]) == ("created", "Ada", "casualty")


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("harm", "killed", "harm set: killed"),
        ("roles", ["child", "woman"], "roles set: child, woman"),
        (
            "count",
            {"words": "nine", "qualifier": "at least", "low": 9, "best": 9, "high": None},
            "count set: 9 or more",
        ),
        ("count", {"low": 9, "high": 3}, "count set: low, best and high must not fall"),
        ("as of", "2016-09-20/2016-09-21", "as of set: 2016-09-20 to 2016-09-21"),
        ("as of", "whenever", "as of set: whenever"),
        ("source", "no such entity", "source set: something since deleted"),
        ("unheard of", True, "unheard of set: yes"),
    ],
)
def test_values_are_said_as_a_person_reads_them(project, span, name, value, expected):
    set_value(project, span, name, value)
    assert words(project, span)[0] == expected


def test_an_entity_is_named_as_it_is_named_now(project, span):
    kerry = entities.create(project, actor="Ada", kind="actor", name="Kery")
    set_value(project, span, "source", kerry.id)
    entities.rename(project, actor="Ada", entity=kerry.id, name="John Kerry")
    assert words(project, span)[0] == "source set: John Kerry"


def test_a_value_that_is_taken_away_is_said_to_be_cleared(project, span):
    set_value(project, span, "harm", "killed")
    set_value(project, span, "harm", None)
    assert words(project, span)[0] == "harm cleared"


def test_boundaries_fragments_labels_and_notes_are_told(project, span):
    tagging.move(project, actor="Ada", annotation=span, fragments=[Span(11, 22)])
    tagging.add_fragment(project, actor="Ada", annotation=span, span=Span(40, 42))
    tagging.relabel(project, actor="Ada", annotation=span, label="claim")
    tagging.set_note(project, actor="Ada", annotation=span, note="look")
    tagging.set_note(project, actor="Ada", annotation=span, note="look again")
    tagging.set_note(project, actor="Ada", annotation=span, note="")
    assert words(project, span) == [
        "note removed",
        "note edited",
        "note written",
        "relabelled Casualty report → Claim",
        "fragment added",
        "boundaries moved",
        "created",
    ]


def test_undo_and_redo_are_told_apart(project, span):
    set_value(project, span, "harm", "killed")
    take_back(project, actor="Ada", action=UndoStacks(project, "Ada").next_undo())
    take_back(project, actor="Ada", action=UndoStacks(project, "Ada").next_redo())
    assert words(project, span)[:2] == ["harm set: killed (redo)", "harm cleared (undo)"]


def test_a_deleted_span_and_its_return_are_told(project, span):
    body = told(project, span)[0].body
    tagging.delete(project, actor="Ada", annotation=span)
    assert words(project, span)[0] == "deleted"
    tagging.restore(project, actor="Ada", annotation=span, body=body)
    assert words(project, span)[0] == "brought back"
