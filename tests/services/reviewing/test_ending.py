"""Gold's progress: done once nothing is left to decide, and not any more once something is."""

import pytest
from reviewing_steps import TEXT, done, only, redo, tag, undo, words

from annotator.services import articles, reviewing
from annotator.services.reviewing import First, Majority, Unanimous

A, B, C = words("four medical workers"), words("he said"), words("حلب 😀")


def state(project, article):
    recorded = project.progress(article, "gold")
    return recorded.state if recorded else None


def accept(project, article, rule, **more):
    return reviewing.accept_agreed(project, actor="Eve", articles=[article], rule=rule, **more)


def test_gold_is_done_with_the_last_case_that_is_decided(project, article):
    for who in ("Ada", "Ben"):
        tag(project, article, who, A)
    tag(project, article, "Ada", B)
    tag(project, article, "Ben", C)
    agreed, first, last = sorted(reviewing.cases(project, article), key=lambda case: bool(case.differences))
    reviewing.accept(project, actor="Eve", case=first, layer=_has(first))
    reviewing.reject_all(project, actor="Eve", case=last)
    assert state(project, article) is None
    reviewing.accept(project, actor="Eve", case=agreed, layer="Ada")
    assert state(project, article) == "done"
    undo(project)
    assert state(project, article) is None
    redo(project)
    assert state(project, article) == "done"


def _has(case):
    return next(v.layer for v in case.versions if v.annotation)


def test_reopening_a_case_opens_the_article(project, article):
    for who in ("Ada", "Ben"):
        tag(project, article, who, A)
    accept(project, article, Unanimous())
    assert state(project, article) == "done"
    reviewing.reopen(project, actor="Eve", case=only(project, article))
    assert state(project, article) is None
    undo(project)
    assert state(project, article) == "done"


def test_what_is_new_opens_the_article_once_one_decides_anew(project, article):
    for who in ("Ada", "Ben"):
        tag(project, article, who, A)
    accept(project, article, Unanimous())
    tag(project, article, "Ada", B)
    tag(project, article, "Ben", C)
    assert state(project, article) == "done"
    first, last = [case for case in reviewing.cases(project, article) if case.is_open]
    reviewing.reject_all(project, actor="Eve", case=first)
    assert state(project, article) is None
    reviewing.reject_all(project, actor="Eve", case=last)
    assert state(project, article) == "done"


@pytest.mark.parametrize("rule", [Unanimous(), Majority(), First("Ada")])
def test_who_found_nothing_says_so_in_gold_too(project, article, rule):
    done(project, article, "Ada", "Ben")
    plan = reviewing.planned(project, actor="Eve", articles=[article], rule=rule)
    assert (plan.accepted, plan.rejected, plan.ended) == (0, 0, 1)
    assert reviewing.apply(project, plan).action == "mark 1 article as done in gold"
    assert state(project, article) == "done"
    assert accept(project, article, rule) is None
    undo(project)
    assert state(project, article) is None


@pytest.mark.parametrize("rule", [Unanimous(), Majority(), First("Ben")])
def test_one_reader_who_found_nothing_is_not_everybody(project, article, rule):
    done(project, article, "Ada")
    assert accept(project, article, rule) is None


def test_what_a_rule_leaves_open_is_not_done(project, article):
    for who in ("Ada", "Ben"):
        tag(project, article, who, A)
    tag(project, article, "Ada", B)
    other = articles.add(project, actor="Zoe", raw=TEXT, url="https://example.org/2").id
    done(project, other, "Ada", "Ben")
    plan = reviewing.planned(project, actor="Eve", articles=[article, other], rule=Unanimous())
    assert (plan.accepted, plan.ended) == (1, 1)
    reviewing.apply(project, plan)
    assert (state(project, article), state(project, other)) == (None, "done")


def test_an_article_is_not_done_while_somebody_was_left_out(project, article):
    for who in ("Ada", "Ben"):
        tag(project, article, who, A)
    tag(project, article, "Cem", B)
    accept(project, article, Unanimous(), layers=("Ada", "Ben"))
    assert [a.words for a in project.annotations(article, "gold")] == ["four medical workers"]
    assert state(project, article) is None


def test_work_of_one_alone_is_done_when_all_of_it_is_decided(project, article):
    tag(project, article, "Ada", A)
    reviewing.accept(project, actor="Eve", case=only(project, article), layer="Ada")
    assert state(project, article) == "done"
