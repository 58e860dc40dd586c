"""copy and assign: what they write, what they print, and how they leave."""

import pytest

from annotator.model.span import Span
from annotator.services import articles, tagging
from annotator.store import Project


@pytest.fixture
def filled(made, home):
    """A project with four articles; the first has a span of ann and one of bob."""
    with Project.open(_path(made), home=home) as project:
        ids = [articles.add(project, actor="ann", raw=f"Report {i} of the day.").id for i in range(4)]
        for who, stop in (("ann", 6), ("bob", 8)):
            tagging.tag(project, actor=who, article=ids[0], label="claim", spans=[Span(0, stop)])
    return ids


def _path(name):
    from pathlib import Path

    return Path(name)


def shares(told):
    return {s["annotator"]: s["articles"] for r in told["rounds"] for s in r["annotators"]}


def test_ones_own_work_becomes_a_file(run, made, filled):
    ran = run("copy", made, "mine.annotator", "--mine", "--json")
    assert (ran.status, ran.err) == (0, "")
    assert ran.json == {
        "file": "mine.annotator",
        "articles": 1,
        "annotations": {"ann": 1},
        "entities": 0,
        "left_out": [],
    }
    assert run("check", "mine.annotator", "--json").json["ok"]
    assert run("copy", made, "bobs.annotator", "--mine", "--annotator", "bob").out == (
        "Made bobs.annotator: 1 article and 1 annotation of bob.\n"
    )


def test_a_copy_leaves_out_what_is_blind_and_says_so(run, made, filled):
    deal = ("assign", made, "--annotators", "ann,bob", "--overlap", 2, "--round", "Pilot", "--blind")
    told = run(*deal, "--json").json
    assert (told["dealt"], told["taken_back"], shares(told)) == (4, 0, {"ann": 4, "bob": 4})
    ran = run("copy", made, "for-ann.annotator", "--for", "ann")
    assert ran.out == (
        "Made for-ann.annotator: 4 articles and 1 annotation of ann.\n"
        "Left out: 1 span, because of others’ work in a blind round.\n"
    )
    assert run("check", "for-ann.annotator").status == 0
    merged = run("merge", made, "for-ann.annotator", "--json").json
    assert (merged["annotations"], merged["forks"], merged["updated"]) == (0, [], 0)


def test_nobody_else_is_shown_before_the_round_has_ended(run, made, filled):
    run("assign", made, "--annotators", "ann,bob", "--overlap", 2, "--round", "Pilot", "--blind")
    ran = run("assign", made, "--round", "pilot", "--end")
    assert (ran.status, ran.out.splitlines()[0]) == (0, "The round has ended.")
    copied = run("copy", made, "for-ann.annotator", "--for", "ann", "--json").json
    assert copied["annotations"] == {"ann": 1, "bob": 1}
    again = run("assign", made, "--round", "Pilot", "--end")
    assert (again.status, again.err) == (1, "annotator: the round “Pilot” has ended already\n")


def test_who_has_what_is_listed(run, made, filled):
    assert run("assign", made).out == "Nobody has been given any articles yet.\n"
    run("assign", made, "--annotators", "ann,bob", "--overlap", "50%", "--round", "Pilot", "--seed", 3)
    run("assign", made, "--annotators", "çelik", "--article", filled[0])
    listed = run("assign", made).out
    assert "Pilot\nannotator  articles  to do  reading  done  skipped\n" in listed
    assert "ann               3" in listed
    assert "bob               3" in listed
    assert "no round\n" not in listed  # çelik's article had somebody already
    told = run("assign", made, "--json").json
    assert [r["title"] for r in told["rounds"]] == ["Pilot"]
    assert sum(a["reading"] for r in told["rounds"] for a in r["annotators"]) >= 1


def test_articles_are_given_by_hand_and_taken_back(run, made, filled):
    give = ("assign", made, "--annotators", "ann,bob", "--overlap", 2, "--article", filled[0])
    assert shares(run(*give, "--json").json) == {"ann": 1, "bob": 1}
    assert run(*give).out.splitlines()[0] == "Everybody has theirs already: ann 1, bob 1, 1 by both."
    back = run("assign", made, "--annotators", "bob", "--article", filled[0], "--take-back", "--json").json
    assert (back["taken_back"], shares(back)) == (1, {"ann": 1})


@pytest.mark.parametrize(
    "words",
    [
        ("copy", "p.annotator", "out.annotator"),
        ("copy", "p.annotator", "out.annotator", "--mine", "--for", "bob"),
        ("copy", "p.annotator", "out.annotator", "--for", "bob", "--annotator", "ann"),
        ("assign", "p.annotator", "--overlap", "two", "--annotators", "ann"),
        ("assign", "p.annotator", "--overlap", "2"),
        ("assign", "p.annotator", "--annotators", "ann,,bob"),
        ("assign", "p.annotator", "--blind", "--annotators", "ann"),
        ("assign", "p.annotator", "--end"),
        ("assign", "p.annotator", "--end", "--round", "Pilot", "--annotators", "ann"),
        ("assign", "p.annotator", "--take-back"),
        ("assign", "p.annotator", "--take-back", "--annotators", "ann", "--round", "Pilot"),
    ],
)
def test_what_does_not_go_together_is_wrong_usage(run, made, words):
    ran = run(*words)
    assert (ran.status, ran.out) == (2, "")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("copy", "p.annotator", "p.annotator", "--for", "bob"), "exists already"),
        (("copy", "p.annotator", "no/where.annotator", "--for", "bob"), "There is no folder"),
        (("copy", "p.annotator", "out.annotator", "--mine"), "no work of “ann”"),
        (("copy", "p.annotator", "out.annotator", "--for", "gold"), "not a person's name"),
        (("assign", "p.annotator", "--annotators", "ann"), "no articles to deal out"),
        (("assign", "p.annotator", "--annotators", "ann", "--article", "x"), "no article has the id “x”"),
        (("assign", "p.annotator", "--round", "Pilot", "--end"), "no round “Pilot”"),
    ],
)
def test_what_can_not_be_done_is_said_in_one_line(run, made, words, why):
    ran = run(*words)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.count("\n") == 1
    assert why in ran.err


def test_a_copy_that_is_not_made_leaves_nothing_behind(run, made, tmp_path):
    before = sorted(tmp_path.iterdir())
    run("copy", made, "out.annotator", "--mine")
    assert sorted(tmp_path.iterdir()) == before
