"""Check, statistics and the chronicle."""

from dataclasses import replace

import golden_project as golden
import pytest

from annotator.model.anchor import Anchor
from annotator.model.change import Draft, Revision
from annotator.services import chronicle, tagging
from annotator.services.checking import check
from annotator.services.errors import Refused
from annotator.services.statistics import statistics
from annotator.services.undoing import UndoStacks, take_back


@pytest.fixture(autouse=True)
def filled(project):
    golden.fill(project)


def test_a_sound_project_has_no_problems(project):
    checked = check(project)
    assert (checked.is_sound, checked.articles, checked.annotations) == (True, 3, 7)


def test_a_span_that_does_not_stand_on_its_words_is_a_problem(project):
    lost = replace(golden.ANNOTATIONS[2], anchor=Anchor(("peace",)))
    project.commit(Draft("damage", "bob", (Revision("annotation", lost.id, lost.to_body()),)))
    checked = check(project)
    assert not checked.is_sound
    (problem,) = checked.problems
    assert (problem.kind, problem.article, problem.annotation) == ("span", golden.ONE.id, "c1")


def test_statistics_count_by_layer_and_label_in_the_schemes_order(project):
    found = statistics(project)
    assert found.articles == 3
    assert list(found.layers) == ["ann", "bob", "gold"]
    assert found.layers["ann"].by_label == {"quote": 2, "casualty": 1, "source": 1}
    assert (found.layers["ann"].annotations, found.layers["ann"].done) == (4, 2)
    assert list(found.labels) == [label.id for label in project.scheme.labels]
    assert (found.labels["quote"], found.labels["time"]) == (3, 0)


def test_the_chronicle_is_newest_first_and_names_undo_and_redo(project):
    tagging.set_note(project, actor="ann", annotation="q1", note="look")
    for stack in ("next_undo", "next_redo", "next_undo"):
        take_back(project, actor="ann", action=getattr(UndoStacks(project, "ann"), stack)())
    entries = chronicle.chronicle(project)
    words = list(chronicle.in_words(entries))
    note = "edit the note"
    assert words == [f"undo: {note}", f"redo: {note}", f"undo: {note}", note, "fill", "create the project"]
    assert entries[4].objects == 20
    assert len(chronicle.chronicle(project, limit=2)) == 2


def test_the_chronicle_of_an_article(project):
    tagging.set_note(project, actor="ann", annotation="q2", note="look")
    tagging.set_note(project, actor="ann", annotation="q1", note="look")
    assert len(chronicle.chronicle(project, article=golden.TWO.id)) == 2
    with pytest.raises(Refused, match="no article"):
        chronicle.chronicle(project, article="nothing")
