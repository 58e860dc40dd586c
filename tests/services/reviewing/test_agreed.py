"""Deciding by a rule: one change, only what the rule allows, and never what somebody decided."""

import pytest
from reviewing_steps import TEXT, done, only, tag, told, undo, words

from annotator.model.change import Draft, Revision
from annotator.services import articles, reviewing, tagging
from annotator.services.errors import Refused
from annotator.services.reviewing import First, Majority, Unanimous

A, B, C = words("four medical workers"), words("he said"), words("fled")


def accept(project, article, rule, **more):
    return reviewing.accept_agreed(project, actor="Eve", articles=[article], rule=rule, **more)


def gold(project, article):
    return [(a.words, a.origin) for a in project.annotations(article, "gold")]


def test_unanimous_takes_what_all_say_and_leaves_the_rest(project, article):
    for who in ("Ada", "Ben"):
        tag(project, article, who, A)
    tag(project, article, "Ada", B)
    change = accept(project, article, Unanimous())
    assert change.action == "accept 1 span into gold by rule"
    assert gold(project, article) == [("four medical workers", "gold: unanimous")]
    assert [case.is_decided for case in reviewing.cases(project, article)] == [True, False]
    assert accept(project, article, Unanimous()) is None
    undo(project)
    assert (gold(project, article), project.rulings(article)) == ([], ())


def test_unanimous_needs_two_who_have_read(project, article):
    tag(project, article, "Ada", A)
    assert accept(project, article, Unanimous()) is None


def test_a_majority_takes_what_most_say(project, article):
    for who, place in (("Ada", A), ("Ben", A), ("Cem", (A[0], A[1] - 1))):
        tag(project, article, who, place)
    case = only(project, article)
    accept(project, article, Majority())
    assert gold(project, article) == [("four medical workers", "gold: majority")]
    [made] = project.annotations(article, "gold")
    assert sorted(made.sources) == sorted(case.sources)


def test_a_majority_that_has_nothing_rejects(project, article):
    tag(project, article, "Ada", A)
    done(project, article, "Ben", "Cem")
    change = accept(project, article, Majority())
    assert change.action == "reject 1 case by rule"
    assert gold(project, article) == []
    [ruling] = project.rulings(article)
    assert (ruling.way, ruling.gold) == ("majority", "")


@pytest.mark.parametrize(("least", "decided"), [(2, True), (3, False), (None, False)])
def test_a_majority_of_a_number(project, article, least, decided):
    for who, place in (("Ada", A), ("Ben", A), ("Cem", (A[0], A[1] - 1)), ("Dan", (A[0] + 1, A[1]))):
        tag(project, article, who, place)
    assert (accept(project, article, Majority(least)) is not None) is decided


def test_a_tie_has_no_majority(project, article):
    for who, place in (("Ada", A), ("Ben", A), ("Cem", (A[0], A[1] - 1)), ("Dan", (A[0], A[1] - 1))):
        tag(project, article, who, place)
    assert accept(project, article, Majority(2)) is None


def test_one_annotator_first(project, article):
    tag(project, article, "Ada", A)
    tag(project, article, "Ben", (A[0], A[1] - 1))
    tag(project, article, "Ada", B)
    tag(project, article, "Ben", C)
    assert accept(project, article, First("Dan")) is None
    plan = reviewing.planned(project, actor="Eve", articles=[article], rule=First("Ada"))
    assert (plan.accepted, plan.rejected) == (2, 1)
    reviewing.apply(project, plan)
    assert gold(project, article) == [("four medical workers", "gold: single"), ("he said", "gold: single")]
    assert all(case.is_decided for case in reviewing.cases(project, article))


def test_one_annotator_alone_can_become_gold(project, article):
    tag(project, article, "Ada", A)
    accept(project, article, First("Ada"))
    assert gold(project, article) == [("four medical workers", "gold: single")]


@pytest.mark.parametrize("rule", [Unanimous(), Majority(), First("Ada")])
def test_what_somebody_decided_stays(project, article, rule):
    for who in ("Ada", "Ben"):
        tag(project, article, who, A)
    reviewing.reject_all(project, actor="Eve", case=only(project, article))
    assert accept(project, article, rule) is None


def test_many_articles_are_one_change_and_told(project, article):
    other = articles.add(project, actor="Zoe", raw=TEXT, url="https://example.org/2").id
    for own_id in (article, other):
        for who in ("Ada", "Ben"):
            tag(project, own_id, who, A)
    heard = []
    reviewing.accept_agreed(
        project,
        actor="Eve",
        articles=[article, other],
        rule=Unanimous(),
        tell=lambda *how_far: heard.append(how_far),
    )
    assert heard == [(0, 2), (1, 2), (2, 2)]
    undo(project)
    assert gold(project, article) == gold(project, other) == []


def test_a_plan_that_others_overtook_is_refused(project, article):
    for who in ("Ada", "Ben"):
        tag(project, article, who, A)
    plan = reviewing.planned(project, actor="Eve", articles=[article], rule=Unanimous())
    reviewing.reject_all(project, actor="Fay", case=only(project, article))
    with pytest.raises(Refused, match="decided some of these cases meanwhile"):
        reviewing.apply(project, plan)


def test_a_tally_counts_what_is_left(project, article):
    for who in ("Ada", "Ben"):
        tag(project, article, who, A)
    tag(project, article, "Ada", B)
    tag(project, article, "Ada", C)
    alone = articles.add(project, actor="Zoe", raw=TEXT, url="https://example.org/2").id
    tag(project, alone, "Ada", A)
    heard = []
    tally = reviewing.tally(project, tell=lambda *how_far: heard.append(how_far))
    assert tally == {article: reviewing.Standing(open=2, resolved=0, agreed=1, accepted=0)}
    assert tally[article].is_disputed
    assert heard == [(0, 1), (1, 1)]
    accept(project, article, Unanimous())
    reviewing.reject_all(project, actor="Eve", case=reviewing.cases(project, article)[1])
    assert reviewing.tally(project, [alone, article]) == {article: reviewing.Standing(1, 1, 0, 1)}
    assert reviewing.tally(project, [alone]) == {}


def test_readers_are_who_marked_or_finished(project, article):
    done(project, article, "Cem")
    tag(project, article, "Ada", A)
    project.commit(Draft("skip", "Dan", (Revision("progress", f"{article}:Dan", _skipped(article, "Dan")),)))
    assert project.readers(article) == ("Ada", "Cem")
    assert project.all_readers() == {article: ("Ada", "Cem")}
    articles.remove(project, actor="Zoe", article=article)
    assert project.all_readers() == {}


def _skipped(article, who):
    return {"article": article, "annotator": who, "state": "skipped"}


def test_deciding_again_after_a_change_counts_again(project, article):
    for who in ("Ada", "Ben"):
        tag(project, article, who, A)
    accept(project, article, Unanimous())
    for annotation in only(project, article).annotations:
        tagging.relabel(project, actor=annotation.layer, annotation=annotation.id, label="quote")
    assert told(project, article) == ["Both annotators say the same."]
    assert not only(project, article).is_decided
    accept(project, article, Unanimous())
    [made] = project.annotations(article, "gold")
    assert made.label == "quote"
