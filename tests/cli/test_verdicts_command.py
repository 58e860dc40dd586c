"""`annotator verdicts`, as a script calls it."""

import pytest

from annotator.model.span import Span
from annotator.services import tagging, verdicts
from annotator.store import Home, Project

TEXT = "Officials said the truce held in حلب 😀."


@pytest.fixture
def judged(run, made, tmp_path):
    """A project in which Bob judged three spans of ann's, and she answered one."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert run("import", made, "a.txt").status == 0
    with Project.open(tmp_path / made, home=Home.default()) as project:
        (article,) = project.article_ids()
        spans = [
            tagging.tag(project, actor="ann", article=article, label="claim", spans=[Span(*place)])
            for place in ((0, 9), (15, 24), (33, 38))
        ]
        give = {"project": project, "actor": "Bob"}
        verdicts.give(**give, annotation=spans[0].id, decision="accept")
        verdicts.give(
            **give, annotation=spans[1].id, decision="change", reason="boundary", comment="too\nlong"
        )
        last = verdicts.give(**give, annotation=spans[2].id, decision="reject", reason="over-marked")
        verdicts.answer(project, actor="ann", verdict=last.id, comment="yes", settled=True)
    return made, article


def test_scripts_read_every_verdict_with_its_answer(run, judged):
    made, article = judged
    (ann,) = run("verdicts", made, "--json").json["annotators"]
    assert (ann["annotator"], ann["corrections"], ann["accepted"], ann["open"]) == ("ann", 2, 1, 1)
    assert ann["by_reason"] == {"boundary": 1, "over-marked": 1}
    assert [(v["words"], v["decision"], v["answer"], v["settled"]) for v in ann["verdicts"]] == [
        ("Officials", "accept", "", False),
        ("the truce", "change", "", False),
        ("حلب 😀", "reject", "yes", True),
    ]
    assert {v["article"] for v in ann["verdicts"]} == {article}


def test_only_open_ones_of_one_annotator_and_article(run, judged):
    made, article = judged
    options = ("--open", "--layer", "ann", "--article", article)
    (ann,) = run("verdicts", made, *options, "--json").json["annotators"]
    assert [v["words"] for v in ann["verdicts"]] == ["the truce"]


def test_people_read_a_summary_and_a_table(run, judged):
    done = run("verdicts", judged[0])
    assert done.status == 0
    first, heads, *rows = done.out.splitlines()
    assert first == (
        "ann: 2 corrections, 1 about boundaries, 1 about what should not be marked;"
        " 1 span accepted; 1 verdict open."
    )
    assert heads.split() == ["article", "words", "reviewer", "verdict", "reason", "comment", "state"]
    assert [row for row in rows if "too long" in row and row.endswith("open")]


def test_no_verdicts_are_said(run, made, tmp_path):
    assert run("verdicts", made).out == "There are no verdicts.\n"
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert run("import", made, "a.txt").status == 0
    with Project.open(tmp_path / made, home=Home.default()) as project:
        (article,) = project.article_ids()
        tagging.tag(project, actor="ann", article=article, label="claim", spans=[Span(0, 9)])
    assert run("verdicts", made, "--layer", "ann").out == "There are no verdicts on ann's work.\n"


@pytest.mark.parametrize("name", ["Ann", "", "gold", "Bob"])
def test_an_annotator_who_is_not_there_is_one_sentence_with_the_names(run, judged, name):
    done = run("verdicts", judged[0], "--layer", name, "--json")
    assert (done.status, done.out) == (1, "")
    assert done.err == (
        f"annotator: the project has no work of “{name}”, nor verdicts on it;"
        " choose one of its annotators (ann) or leave --layer out\n"
    )


def test_names_of_a_project_without_work_are_none_yet(run, made):
    assert "(none yet)" in run("verdicts", made, "--layer", "ann").err


def test_who_only_missed_things_is_known(run, judged, tmp_path):
    made, article = judged
    with Project.open(tmp_path / made, home=Home.default()) as project:
        missed = {"article": article, "layer": "Cem", "spans": [Span(0, 9)], "label": "claim"}
        verdicts.give_missed(project, actor="Bob", **missed)
    (cem,) = run("verdicts", made, "--layer", "Cem", "--json").json["annotators"]
    assert [v["words"] for v in cem["verdicts"]] == ["Officials"]


def test_an_article_that_is_not_there_is_one_sentence(run, made):
    done = run("verdicts", made, "--article", "x")
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith("annotator: there is no article “x” in the project")
