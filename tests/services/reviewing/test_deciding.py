"""Deciding a case writes gold with its sources, in one change that undo takes back."""

import pytest

from annotator.model.span import Span
from annotator.services import articles, linking, progress, reviewing, tagging
from annotator.services.errors import Refused
from annotator.services.undoing import UndoStacks, take_back

TEXT = "A dozen people including four medical workers were reportedly killed by the intense air raids."
KILLED = TEXT.index(" by the")


@pytest.fixture
def article(project):
    return articles.add(project, actor="Ada", raw=TEXT).id


def tag(project, article, who, start, stop, label="casualty", **attributes):
    spans = [Span(start, stop)]
    return tagging.tag(project, actor=who, article=article, label=label, spans=spans, attributes=attributes)


def done(project, article, *names):
    for name in names:
        progress.mark(project, actor=name, article=article, state="done")


def undo(project, actor="Eve"):
    return take_back(project, actor=actor, action=UndoStacks(project, actor).next_undo())


@pytest.fixture
def disputed(project, article):
    """One case: Ada marks all, Ben less and with another harm, Cem has read and has nothing."""
    tag(project, article, "Ada", 0, len(TEXT) - 1, harm="killed")
    tag(project, article, "Ben", 0, KILLED, harm="injured")
    done(project, article, "Cem")
    [case] = reviewing.cases(project, article)
    return case


def test_a_case_explains_itself(disputed):
    assert [v.layer for v in disputed.versions] == ["Ada", "Ben", "Cem"]
    assert disputed.versions[2].annotation is None
    assert disputed.explanation == (
        "Boundaries differ by 25 characters; “harm” differs; one annotator has nothing here."
    )
    assert disputed.is_open


def test_accepting_writes_gold_that_names_its_sources(project, article, disputed):
    gold = reviewing.accept(project, actor="Eve", case=disputed, layer="Ben")
    ada, ben = disputed.annotations
    assert project.annotations(article, "gold") == (gold,)
    assert (gold.label, gold.fragments, gold.attributes) == (ben.label, ben.fragments, ben.attributes)
    assert gold.origin == "gold: adjudicated"
    assert gold.sources == (ben.id, ada.id)
    [case] = reviewing.cases(project, article)
    assert case.is_decided and not case.is_open
    assert case.gold == gold
    assert case.key == disputed.key


def test_undo_takes_gold_and_ruling_back(project, article, disputed):
    reviewing.accept(project, actor="Eve", case=disputed, layer="Ben")
    undo(project)
    assert project.annotations(article, "gold") == ()
    assert reviewing.cases(project, article) == (disputed,)
