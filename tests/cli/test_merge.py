"""`annotator merge`, as a script calls it and as a process that is stopped."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.services import tagging
from annotator.store import Home, Project

ROOT = Path(__file__).parents[2]
TEXT = "Officials said the truce held in حلب 😀."


@pytest.fixture
def copies(run, made, tmp_path, monkeypatch):
    """A project with one article, and a colleague's copy of it."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert run("import", made, "a.txt").status == 0
    shutil.copy(made, "ben.annotator")
    return made, "ben.annotator"


def bring(run, monkeypatch, path, who, *spans, scheme=None):
    """Import spans into a project as somebody's work."""
    marks = [{"layer": who, "label": label, "fragments": [places]} for label, places in spans]
    head = {"format": "annotator", "version": 1, **({"scheme": scheme} if scheme else {})}
    lines = [head, {"text": TEXT, "annotations": marks}]
    file = Path(f"{who}.jsonl")
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    monkeypatch.setenv("ANNOTATOR_NAME", who)
    assert run("import", path, file).status == 0
    monkeypatch.setenv("ANNOTATOR_NAME", "ann")


def test_scripts_read_what_came(run, copies, monkeypatch):
    mine, bens = copies
    bring(run, monkeypatch, bens, "ben", ("claim", [10, 20]), ("ORG", [0, 9]))
    planned = run("merge", mine, bens, "--dry-run", "--json")
    assert planned.json["dry_run"] is True
    assert run("stats", mine, "--json").json["layers"] == {}
    done = run("merge", mine, bens, "--json")
    assert (done.status, done.err) == (0, "")
    assert done.json == planned.json | {"dry_run": False}
    assert (done.json["changes"], done.json["annotations"], done.json["verdicts"]) == (1, 2, 0)
    assert done.json["people"]["ben"] == {
        "articles": 1,
        "annotations": 2,
        "links": 0,
        "verdicts": 0,
        "replies": 0,
        "rulings": 0,
        "progress": 1,
    }
    assert done.json["scheme"] == ["the label “ORG”"]
    assert (done.json["forks"], done.json["warnings"]) == ([], [])
    again = run("merge", mine, bens, "--json")
    assert (again.json["changes"], again.json["people"]) == (0, {})
    assert run("check", mine).status == 0


def test_people_read_it_in_sentences(run, copies, monkeypatch):
    mine, bens = copies
    bring(run, monkeypatch, bens, "ben", ("ORG", [0, 9]))
    assert run("merge", mine, bens, "--dry-run").out.startswith("Would merge 1 change: 1 annotation.\n")
    assert run("merge", mine, bens).out == (
        "Merged 1 change: 1 annotation.\n"
        "  ben: 1 annotation in 1 article and 1 article marked as done or skipped\n"
        "The scheme got the label “ORG”.\n"
    )
    assert run("merge", mine, bens).out == "Nothing new: everything is here already.\n"


def test_labels_become_what_is_chosen(run, copies, monkeypatch):
    mine, bens = copies
    bring(run, monkeypatch, bens, "ben", ("ORG", [0, 9]), ("PER", [0, 9]))
    done = run("merge", mine, bens, "--map", "ORG=source", "--map", "PER=", "--json")
    assert [(u["name"], u["becomes"]) for u in done.json["unknown"]] == [("ORG", "source"), ("PER", "")]
    assert run("stats", mine, "--json").json["layers"]["ben"]["by_label"]["source"] == 1
    assert run("stats", mine, "--json").json["layers"]["ben"]["annotations"] == 1
    wrong = run("merge", mine, bens, "--map", "ORG=nothing")
    assert wrong.status == 1
    assert "which the scheme lacks" in wrong.err


def test_a_name_that_does_not_come_is_told_with_those_that_do(run, copies, monkeypatch):
    mine, bens = copies
    bring(run, monkeypatch, bens, "ben", ("ORG", [0, 9]), ("PER", [0, 9]))
    wrong = run("merge", mine, bens, "--map", "NOPE=quote")
    assert (wrong.status, wrong.out) == (1, "")
    assert wrong.err == (
        "annotator: no label “NOPE” comes in, so it can't become another; choose one of ORG, PER\n"
    )
    assert run("merge", mine, bens, "--map", "ORG=quote").status == 0
    assert run("merge", mine, bens, "--map", "ORG=quote").out == "Nothing new: everything is here already.\n"


def test_theirs_can_be_taken_where_the_schemes_differ(run, made, tmp_path):
    (tmp_path / "their.toml").write_text(
        '[scheme]\nid = "conflict-news"\n[[label]]\nid = "claim"\ntitle = "Claim"\nrule = "Other."\n'
    )
    run("new", "other.annotator", "--scheme", "their.toml")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    run("import", "other.annotator", "a.txt")
    planned = run("merge", made, "other.annotator", "--dry-run")
    assert "Yours would stand for claim.rule." in planned.out
    (one,) = run("merge", made, "other.annotator", "--dry-run", "--json", "--theirs", "all").json["contrasts"]
    assert (one["part"], one["theirs"], one["stands"]) == ("claim.rule", "Other.", "theirs")
    taken = run("merge", made, "other.annotator", "--theirs", "claim.rule")
    assert "Theirs stand for claim.rule." in taken.out
    wrong = run("merge", made, "other.annotator", "--theirs", "claim.colour")
    assert (wrong.status, wrong.out) == (1, "")
    assert wrong.err.startswith(
        "annotator: “claim.colour” is no part of a label of yours; write all, or a label"
    )


def test_several_come_in_or_none(run, copies, monkeypatch):
    mine, bens = copies
    shutil.copy(mine, "zoe.annotator")
    bring(run, monkeypatch, bens, "ben", ("claim", [10, 20]))
    bring(run, monkeypatch, "zoe.annotator", "zoe", ("quote", [10, 20]))
    refused = run("merge", mine, bens, "zoe.annotator", "gone.annotator")
    assert (refused.status, refused.out) == (1, "")
    assert refused.err.startswith("annotator: There is no file “gone.annotator”")
    assert run("stats", mine, "--json").json["layers"] == {}
    assert run("merge", mine, bens, "zoe.annotator", "--json").json["annotations"] == 2
    assert set(run("stats", mine, "--json").json["layers"]) == {"ben", "zoe"}


def test_forks_are_listed_with_both_versions(run, copies, monkeypatch):
    mine, bens = copies
    bring(run, monkeypatch, mine, "ann", ("claim", [10, 20]))
    run("merge", bens, mine)
    for path, label in ((mine, "quote"), (bens, "casualty")):
        with Project.open(Path(path), home=Home.default()) as project:
            (span,) = project.annotations(project.article_ids()[0])
            tagging.relabel(project, actor="ann", annotation=span.id, label=label)
    (planned,) = run("merge", mine, bens, "--dry-run", "--json").json["forks"]
    (fork,) = run("merge", mine, bens, "--json").json["forks"]
    assert fork == planned
    assert (fork["kind"], fork["id"]) == ("annotation", span.id)
    assert [version["stands"] for version in fork["versions"]] == [True, False]
    assert {v["words"].split(";")[0] for v in fork["versions"]} == {"label: Casualty report", "label: Quote"}


@pytest.mark.parametrize("words", [["merge"], ["merge", "p.annotator"], ["merge", "p.annotator", "--x"]])
def test_wrong_usage_is_2(run, made, words):
    assert run(*words).status == 2


def test_ctrl_c_leaves_everything_as_it_was(run, copies, monkeypatch, tmp_path):
    mine, bens = copies
    bring(run, monkeypatch, bens, "ben", *[("claim", [i, i + 3]) for i in range(30)] * 300)
    code = (
        "import os, signal, sys\n"
        "from annotator import cli\n"
        "from annotator.store import merging\n"
        "whole = merging.merge\n"
        "def merge(db, incoming):\n"
        "    whole(db, incoming)\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    db.rows('SELECT 1')\n"
        "merging.merge = merge\n"
        "sys.exit(cli.main())\n"
    )
    before = run("history", mine, "--json").json
    process = subprocess.run(
        [sys.executable, "-c", code, "merge", mine, bens],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
    )
    assert process.returncode == 1
    assert process.stderr == b"annotator: stopped by Ctrl+C; nothing was changed\n"
    assert run("history", mine, "--json").json == before
    assert run("check", mine).status == 0
