"""Rounds and assignments: one undoable change each, and how far everybody is."""

import pytest

from annotator.model.review import Assignment
from annotator.services import articles, assigning, progress
from annotator.services.dealing import Overlap
from annotator.services.errors import Refused
from annotator.services.undoing import UndoStacks, take_back
from annotator.store.lists import ArticleQuery


@pytest.fixture
def ids(project):
    return [articles.add(project, actor="Ada", raw=f"Report {i}.", title=f"Report {i}").id for i in range(6)]


def undo(project):
    take_back(project, actor="Ada", action=UndoStacks(project, "Ada").next_undo())


def test_dealing_out_writes_round_and_assignments_as_one_change(project, ids):
    dealt = assigning.planned(project, articles=ids, annotators=["ann", "bob"], overlap=Overlap(share=1 / 3))
    assert project.assignments() == ()
    before = len(project.changes())
    pilot = assigning.new_round(project, "  Pilot ", blind=True)
    assigning.deal_out(project, actor="Ada", dealt=dealt, a_round=pilot)
    assert len(project.changes()) == before + 1
    assert [r.title for r in project.rounds()] == ["Pilot"]
    assert {a.round for a in project.assignments()} == {pilot.id}
    assert assigning.preview(dealt) == "ann 4, bob 4, 2 by both"
    assert project.changes()[0].action == "deal out 6 articles"
    undo(project)
    assert (project.rounds(), project.assignments()) == ((), ())


def test_dealing_again_gives_only_what_is_missing(project, ids):
    def plan(some):
        return assigning.planned(project, articles=some, annotators=["ann", "bob"], overlap=Overlap(1))

    assigning.deal_out(project, actor="Ada", dealt=plan(ids[:4]))
    kept = project.assignments()
    assigning.deal_out(project, actor="Ada", dealt=plan(ids))
    assert all(assignment in project.assignments() for assignment in kept)
    assert [share.articles for share in assigning.shares(project)] == [3, 3]
    assert assigning.deal_out(project, actor="Ada", dealt=plan(ids)) is None


def test_articles_are_given_and_taken_by_hand(project, ids):
    assigning.assign(project, actor="Ada", articles=ids[:2], annotators=["ann", " bob "])
    assert assigning.hands(project) == {article: ["ann", "bob"] for article in ids[:2]}
    assert assigning.assign(project, actor="Ada", articles=ids[:1], annotators=["bob"]) is None
    assigning.unassign(project, actor="Ada", articles=ids[:1], annotators=["bob"])
    assert project.assignments(ids[0]) == (Assignment(ids[0], "ann"),)
    assert assigning.unassign(project, actor="Ada", articles=ids[:1], annotators=["bob"]) is None
    undo(project)
    assert len(project.assignments(ids[0])) == 2


def test_blind_ends_with_the_round(project, ids):
    pilot = assigning.make_round(project, actor="Ada", title="Pilot", blind=True)
    assigning.assign(project, actor="Ada", articles=ids[:1], annotators=["ann", "bob"], a_round=pilot.id)
    assert assigning.blind_articles(project) == {ids[0]}
    assert assigning.blind_round(project, article=ids[0], person="ann") == pilot
    assert assigning.blind_round(project, article=ids[0], person="Ada") is None
    assert assigning.blind_round(project, article=ids[1], person="ann") is None
    assigning.end_round(project, actor="Ada", a_round=pilot.id)
    assert assigning.blind_articles(project) == frozenset()
    assert assigning.blind_round(project, article=ids[0], person="ann") is None
    with pytest.raises(Refused, match="has ended already"):
        assigning.end_round(project, actor="Ada", a_round=pilot.id)
    with pytest.raises(Refused, match="has ended; make a new one"):
        assigning.assign(project, actor="Ada", articles=ids, annotators=["ann"], a_round=pilot.id)
    undo(project)
    assert assigning.blind_articles(project) == {ids[0]}


def test_shares_say_how_far_everybody_is_in_a_round(project, ids):
    pilot = assigning.make_round(project, actor="Ada", title="Pilot")
    assigning.assign(project, actor="Ada", articles=ids[:3], annotators=["bob", "Ann"], a_round=pilot.id)
    assigning.assign(project, actor="Ada", articles=ids[3:], annotators=["Ann"])
    for article, state in ((ids[0], "done"), (ids[1], "skipped"), (ids[3], "done")):
        progress.mark(project, actor="Ann", article=article, state=state)
    ann, bob = assigning.shares(project, pilot.id)
    assert (ann.annotator, dict(ann.states)) == ("Ann", {"to do": 1, "reading": 0, "done": 1, "skipped": 1})
    assert (bob.annotator, dict(bob.states)) == ("bob", {"to do": 3, "reading": 0, "done": 0, "skipped": 0})
    assert [share.articles for share in assigning.shares(project)] == [6, 3]
    assert [share.articles for share in assigning.shares(project, "")] == [3]


def test_what_one_was_given_stands_first_in_any_order(project, ids):
    assigning.assign(project, actor="Ada", articles=[ids[4], ids[1]], annotators=["ann"])
    rows = project.articles(ArticleQuery(annotator="ann"))
    assert [row.id for row in rows] == [ids[1], ids[4], ids[0], ids[2], ids[3], ids[5]]
    assert [row.is_assigned for row in rows] == [True, True, False, False, False, False]
    backwards = project.articles(ArticleQuery(annotator="ann", descending=True))
    assert [row.id for row in backwards][:3] == [ids[4], ids[1], ids[5]]
    assert [row.id for row in project.articles(ArticleQuery(annotator="ann", assigned=True))] == [
        ids[1],
        ids[4],
    ]
    assert not any(row.is_assigned for row in project.articles(ArticleQuery(annotator="bob")))


@pytest.mark.parametrize(
    ("title", "why"), [(" ", "has no title"), ("x" * 101, "longer than"), ("PILOT", "is a round “PILOT”")]
)
def test_titles_that_would_be_none_or_confused_are_refused(project, title, why):
    assigning.make_round(project, actor="Ada", title="Pilot")
    with pytest.raises(Refused, match=why):
        assigning.make_round(project, actor="Ada", title=title)
    assert assigning.round_of_title(project, " pilot ") == project.rounds()[0]


def test_articles_and_rounds_that_are_not_there_are_refused(project, ids):
    with pytest.raises(Refused, match="no article has the id “nowhere”"):
        assigning.assign(project, actor="Ada", articles=["nowhere"], annotators=["ann"])
    with pytest.raises(Refused, match="no longer in the project"):
        assigning.end_round(project, actor="Ada", a_round="nowhere")
    with pytest.raises(Refused, match="not a person's name"):
        assigning.assign(project, actor="Ada", articles=ids, annotators=["gold"])
