"""Undo without end, named, per person, declined when somebody else stands on top."""

import pytest

from annotator.model.change import Draft, Revision
from annotator.model.span import Span
from annotator.services import articles, entities, progress, tagging
from annotator.services.errors import Refused
from annotator.services.undoing import UndoStacks, take_back
from annotator.store.project import Project

TEXT = "Nine people were killed in Hama, the group said."


@pytest.fixture
def article(project):
    return articles.add(project, actor="Ada", raw=TEXT).id


def tag(project, article, start, stop, actor="Ada"):
    return tagging.tag(project, actor=actor, article=article, label="claim", spans=[Span(start, stop)])


def undo(project, actor="Ada"):
    return take_back(project, actor=actor, action=UndoStacks(project, actor).next_undo())


def redo(project, actor="Ada"):
    return take_back(project, actor=actor, action=UndoStacks(project, actor).next_redo())


def test_every_step_goes_back_to_the_beginning_and_forth_again(project, article):
    states = [project.annotations(article)]
    made = tag(project, article, 0, 4)
    for step in (
        lambda: tagging.move(project, actor="Ada", annotation=made.id, fragments=[Span(0, 11)]),
        lambda: tagging.relabel(project, actor="Ada", annotation=made.id, label="casualty"),
        lambda: tagging.set_note(project, actor="Ada", annotation=made.id, note="count"),
        lambda: tagging.delete(project, actor="Ada", annotation=made.id),
    ):
        states.append(project.annotations(article))
        step()
    states.append(project.annotations(article))
    for state in reversed(states[:-1]):
        undo(project)
        assert project.annotations(article) == state
    for state in states[1:]:
        redo(project)
        assert project.annotations(article) == state


def test_actions_are_named(project, article):
    tag(project, article, 0, 4)
    stacks = UndoStacks(project, "Ada")
    assert stacks.next_undo().words == "tag as Claim"
    undo(project)
    assert UndoStacks(project, "Ada").next_redo().words == "tag as Claim"


def test_a_new_change_clears_what_could_be_redone(project, article):
    tag(project, article, 0, 4)
    undo(project)
    tag(project, article, 5, 11)
    assert UndoStacks(project, "Ada").next_redo() is None


def test_undo_is_per_person(project, article):
    ada, ben = tag(project, article, 0, 4), tag(project, article, 5, 11, actor="Ben")
    undo(project)
    assert project.annotation(ada.id) is None
    assert project.annotation(ben.id) == ben


def test_undo_survives_closing(project, article, home):
    made = tag(project, article, 0, 4)
    path = project.path
    project.close()
    with Project.open(path, home=home) as again:
        take_back(again, actor="Ada", action=UndoStacks(again, "Ada").next_undo())
        assert again.annotation(made.id) is None
        take_back(again, actor="Ada", action=UndoStacks(again, "Ada").next_redo())
        assert again.annotation(made.id) == made


def test_undo_declines_when_somebodys_change_stands_on_top(project, article):
    entity = entities.create(project, actor="Ada", kind="actor", name="Kerry")
    entities.rename(project, actor="Ben", entity=entity.id, name="John Kerry")
    with pytest.raises(Refused, match="Ben changed the same"):
        undo(project)
    assert project.entity(entity.id).name == "John Kerry"


def test_removing_an_article_is_undone_with_its_spans(project, article):
    made = tag(project, article, 0, 4)
    articles.remove(project, actor="Ada", article=article)
    assert project.article(article) is None
    assert project.article_ids() == ()
    undo(project)
    assert project.annotations(article) == (made,)


def test_an_import_of_many_is_one_step(project, article):
    rows = [tag(project, article, 0, 4).to_body() for _ in range(2)]
    bulk = tuple(Revision("annotation", f"bulk-{n}", row) for n, row in enumerate(rows * 100))
    project.commit(Draft("import 200 spans", "Ada", bulk))
    assert len(project.annotations(article)) == 202
    undo(project)
    assert len(project.annotations(article)) == 2


def test_merging_two_entities_is_undone_in_one_step(project, article):
    a = entities.create(project, actor="Ada", kind="actor", name="SOHR")
    b = entities.create(project, actor="Ada", kind="actor", name="Syrian Observatory")
    entities.merge(project, actor="Ada", entity=a.id, into=b.id)
    assert project.entity(a.id).name == "Syrian Observatory"
    undo(project)
    assert project.entity(a.id).name == "SOHR"


def test_read_nothing_here_is_a_recorded_fact(project, article):
    assert progress.state(project, actor="Ada", article=article) == "to do"
    change = progress.mark(project, actor="Ada", article=article, state="done")
    assert change.action == "mark as read, nothing here"
    assert progress.state(project, actor="Ada", article=article) == "done"
    undo(project)
    assert progress.state(project, actor="Ada", article=article) == "to do"


def test_missing_values_are_listed_before_done(project, article):
    made = tagging.tag(project, actor="Ada", article=article, label="casualty", spans=[Span(0, 11)])
    missing = {gap.attribute for gap in progress.gaps(project, actor="Ada", article=article)}
    assert missing == {"harm", "count", "victims"}
    tagging.set_value(project, actor="Ada", annotation=made.id, name="harm", value="killed")
    missing = {gap.attribute for gap in progress.gaps(project, actor="Ada", article=article)}
    assert missing == {"count", "victims"}
