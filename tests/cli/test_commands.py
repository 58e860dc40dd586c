"""Every command: what it prints for scripts and for people, and how it leaves."""

import argparse
import json
import os
import signal
import sqlite3

import pytest

from annotator.cli import transfers
from annotator.cli.parser import build
from annotator.formats.registry import FORMATS
from annotator.store import Project

TEXT = "The truce is not dead, Kerry said."


def write_work(path, *annotations, text=TEXT):
    head = {"format": "annotator", "version": 1}
    path.write_text(json.dumps(head) + "\n" + json.dumps({"text": text, "annotations": annotations}))
    return path


def commands():
    (adder,) = (a for a in build()._actions if isinstance(a, argparse._SubParsersAction))
    return adder.choices


def claim(start=4, stop=9, **more):
    return {"label": "claim", "fragments": [[start, stop]], **more}


def one_line(ran):
    return ran.err.count("\n") == 1 and ran.err.startswith("annotator: ") and ran.out == ""


# new


def test_new_makes_a_project_with_the_default_scheme(run, home):
    ran = run("new", "p.annotator", "--json")
    assert (ran.status, ran.err) == (0, "")
    assert ran.json == {"project": "p.annotator", "title": "p", "scheme": "conflict-news@1"}
    with Project.open(_path("p.annotator"), home=home) as project:
        assert project.title == "p"
        assert len(project.scheme.labels) == 7


def test_new_takes_a_scheme(run, tmp_path):
    (tmp_path / "my.toml").write_text('[scheme]\nid = "mine"\n[[label]]\nid = "thing"\n')
    assert run("new", "p.annotator", "--scheme", "my.toml", "--json").json["scheme"] == "mine@1"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[scheme]\nid = \nversion = 1", "line 2"),
        ('[scheme]\nid="x"\n[[label]]\nid="a"\nkey="1"\n[[label]]\nid="b"\nkey="1"', "share the key"),
        ('[scheme]\nid="x"\n[[label]]\nid="a"\nattributes=[{name="n", kind="tint"}]', "unknown kind “tint”"),
        ("", "[scheme]"),
    ],
)
def test_new_with_a_bad_scheme_makes_nothing(run, tmp_path, content, words):
    (tmp_path / "my.toml").write_text(content)
    ran = run("new", "p.annotator", "--scheme", "my.toml")
    assert ran.status == 1
    assert one_line(ran)
    assert words in ran.err
    assert not (tmp_path / "p.annotator").exists()


@pytest.mark.skipif(os.name != "posix", reason="pipes have no names elsewhere")
def test_new_does_not_wait_for_a_pipe(run, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    ran = run("new", "p.annotator", "--scheme", "pipe")
    assert (ran.status, one_line(ran)) == (1, True)
    assert "pipe is not a file" in ran.err
    assert run("check", "pipe").status == 1


@pytest.mark.parametrize("folder", [".", "..", "/"])
def test_a_folder_for_a_scheme_is_named(run, folder):
    ran = run("new", "p.annotator", "--scheme", folder)
    assert (ran.status, one_line(ran)) == (1, True)
    assert ran.err.startswith(f"annotator: {folder} can't be read")


@pytest.mark.parametrize("name", ["", ".", ".."])
def test_new_without_a_name_is_one_sentence(run, name):
    ran = run("new", name)
    assert (ran.status, one_line(ran)) == (1, True)
    assert "needs a name" in ran.err


def test_new_leaves_an_existing_file_alone(run, tmp_path):
    (tmp_path / "p.annotator").write_text("thesis")
    ran = run("new", "p.annotator")
    assert (ran.status, one_line(ran)) == (1, True)
    assert (tmp_path / "p.annotator").read_text() == "thesis"


# import


@pytest.mark.skipif(os.name != "posix", reason="signals are sent otherwise elsewhere")
@pytest.mark.parametrize("at", ["_put_plan", "_apply"])
def test_ctrl_c_after_the_change_was_written_is_too_late(run, made, tmp_path, monkeypatch, at):
    (tmp_path / "a.txt").write_text("An article")
    carry_out = getattr(transfers, at)

    def interrupted(*args, **more):
        if at == "_apply":
            monkeypatch.setattr(Project, "close", stopped(Project.close))
        else:
            os.kill(os.getpid(), signal.SIGINT)
        carry_out(*args, **more)

    def stopped(close):
        def close_late(project):
            os.kill(os.getpid(), signal.SIGINT)
            close(project)

        return close_late

    monkeypatch.setattr(transfers, at, interrupted)
    ran = run("import", made, "a.txt")
    monkeypatch.undo()
    assert (ran.status, ran.out, ran.err) == (0, "Imported 1 article.\n", "")
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_import_tells_what_came_in(run, made, tmp_path):
    write_work(tmp_path / "work.jsonl", claim(), claim(0, 9), {"label": "claim", "fragments": [[9, 4]]})
    (tmp_path / "a.txt").write_text("Another article")
    ran = run("import", made, "work.jsonl", "a.txt", "--json")
    assert ran.status == 0
    found = ran.json
    assert {key: found[key] for key in ("articles", "annotations", "links", "skipped")} == {
        "articles": 2,
        "annotations": 2,
        "links": 0,
        "skipped": 0,
    }
    (warning,) = found["warnings"]
    assert warning["file"] == "work.jsonl"
    assert warning["line"] == 2
    assert "runs backwards" in warning["message"]
    assert run("import", made, "a.txt", "--json").json["skipped"] == 1


def test_import_tells_of_incidents(run, made, tmp_path):
    (tmp_path / "ged.csv").write_text("id,date_start,date_prec,best,high,low\n1,2016-09-20,1,9,12,5\n")
    found = run("import", made, "ged.csv", "--dry-run", "--json").json
    assert (found["articles"], found["entities"], found["warnings"]) == (0, 1, [])
    assert run("import", made, "ged.csv").out == "Imported 1 incident.\n"
    assert run("import", made, "ged.csv").out.endswith("There already: 1 incident.\n")


def test_import_speaks_to_people(run, made, tmp_path):
    write_work(tmp_path / "work.jsonl", claim(), {"label": "rumour", "fragments": [[0, 3]]}, claim(9, 4))
    ran = run("import", made, "work.jsonl")
    assert ran.out == (
        "Imported 1 article, 2 annotations and 1 mark as done or skipped.\n"
        "The scheme got the label “rumour”.\n"
    )
    assert ran.err.startswith("work.jsonl, line 2: item 3 of “annotations” was left out")
    assert run("import", made, "work.jsonl").out.endswith("There already: 1 article and 2 annotations.\n")


def test_import_tells_of_whatever_came_where_nothing_else_did(run, made, tmp_path):
    write_work(tmp_path / "work.jsonl", claim(layer="ben"))
    run("import", made, "work.jsonl")
    head = {"format": "annotator", "version": 1}

    def told(*rows, first=head):
        (tmp_path / "more.jsonl").write_text("\n".join(map(json.dumps, (first, *rows))))
        planned = run("import", made, "more.jsonl", "--dry-run", "--json").json
        return planned, run("import", made, "more.jsonl").out.splitlines()[0]

    done = [{"annotator": name, "state": state} for name, state in (("zoe", "done"), ("eve", "skipped"))]
    planned, words = told({"text": TEXT, "annotations": [], "progress": done})
    assert (planned["articles"], planned["progress"]) == (0, 2)
    assert words == "Imported 2 marks as done or skipped."
    verdict = {"id": "v", "layer": "ben", "reviewer": "zoe", "decision": "reject", "proposed": {}}
    reply = {"verdict": "v", "annotator": "ben", "comment": "Why?"}
    planned, words = told({"text": TEXT, "annotations": [], "verdicts": [verdict], "replies": [reply]})
    assert (planned["verdicts"], planned["replies"], planned["progress"]) == (1, 1, 0)
    assert words == "Imported 1 verdict and 1 answer to a verdict."
    medics = {**head, "entities": [{"id": "m", "kind": "actor", "name": "Medics"}]}
    planned, words = told({"text": TEXT, "annotations": []}, first=medics)
    assert planned["entities"] == 1
    assert words == "Imported 1 entity."
    assert told({"text": TEXT, "annotations": []})[1] == "Imported nothing new."


def test_a_dry_run_changes_nothing(run, made, tmp_path):
    write_work(tmp_path / "work.jsonl", claim())
    before = (tmp_path / made).read_bytes()
    ran = run("import", made, "work.jsonl", "--dry-run", "--json")
    assert (ran.json["articles"], ran.json["annotations"], ran.json["dry_run"]) == (1, 1, True)
    assert (tmp_path / made).read_bytes() == before


def test_import_signs_with_the_name_of_the_person_or_the_layer(run, made, tmp_path):
    write_work(tmp_path / "a.jsonl", claim())
    write_work(tmp_path / "b.jsonl", claim(), text="The peace is dead.")
    run("import", made, "a.jsonl")
    run("import", made, "b.jsonl", "--layer", "bob")
    layers = run("stats", made, "--json").json["layers"]
    assert {name: layer["done"] for name, layer in layers.items()} == {"ann": 1, "bob": 1}


def test_import_reads_in_the_format_it_is_told(run, made, tmp_path):
    write_work(tmp_path / "work.txt", claim())
    assert run("import", made, "work.txt", "--format", "jsonl", "--json").json["annotations"] == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b""),
        ("a.txt", bytes(range(256)) * 99),
        ("a.jsonl", b"nonsense"),
        ("a.csv", b"nonsense"),
        ("a.jsonl", b'{"format": "annotator", "version": 99}'),
    ],
)
def test_import_of_nonsense_is_one_sentence_and_changes_nothing(run, made, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    before = (tmp_path / made).read_bytes()
    ran = run("import", made, name)
    assert (ran.status, one_line(ran)) == (1, True)
    assert (tmp_path / made).read_bytes() == before


def test_import_of_fifty_megabytes_is_refused(run, made, tmp_path):
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(50_000_000)
    ran = run("import", made, "a.txt")
    assert (ran.status, one_line(ran)) == (1, True)
    assert "too large (50 MB" in ran.err


def test_an_import_that_can_not_be_written_leaves_nothing_behind(run, made, tmp_path, monkeypatch, home):
    from annotator.store import journal

    def full(*_):
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    write_work(tmp_path / "work.jsonl", claim())
    before = (tmp_path / made).read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(journal, "append", full)
        ran = run("import", made, "work.jsonl")
    assert (ran.status, one_line(ran)) == (1, True)
    assert "Nothing was saved: the disk that holds “p.annotator” is full" in ran.err
    assert (tmp_path / made).read_bytes() == before
    assert run("stats", made, "--json").json["articles"] == 0
    with Project.open(_path(made), home=home) as project:
        assert project.article_ids() == ()


# export


def test_export_tells_what_was_written_and_lost(run, made, tmp_path):
    write_work(tmp_path / "work.jsonl", claim())
    run("import", made, "work.jsonl")
    found = run("export", made, "out.csv", "--format", "csv", "--json").json
    assert (found["articles"], found["annotations"]) == (1, 1)
    tables = ["out.csv", "out.articles.csv", "out.links.csv", "out.entities.csv"]
    assert found["files"] == [*tables, "out.LOSSES.json", "out.README.md", "out.manifest.json"]
    (loss,) = found["losses"]
    assert set(loss) == {"what", "count", "example"}
    ran = run("export", made, "out.csv", "--format", "csv")
    assert ran.err.splitlines()[0].startswith("Lost in this export")
    assert ran.out.startswith("Exported 1 article and 1 annotation to out.csv, with out.articles.csv")


def test_an_export_comes_back_equal_by_the_command_line_alone(run, made, tmp_path):
    write_work(
        tmp_path / "work.jsonl", claim(attributes={"type": "event"}, note="n"), claim(0, 20, layer="bob")
    )
    run("import", made, "work.jsonl")
    run("export", made, "one.jsonl", "--format", "jsonl")
    (tmp_path / "other").mkdir()
    other = "other/p.annotator"
    run("new", other)
    assert run("import", other, "one.jsonl", "--json").json["warnings"] == []
    run("export", other, "two.jsonl", "--format", "jsonl")
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()


def test_export_picks_layers_and_labels_and_splits(run, made, tmp_path):
    for n in range(10):
        write_work(tmp_path / f"{n}.jsonl", claim(), claim(0, 3, layer="bob"), text=f"The truce {n} is dead.")
    run("import", made, *(f"{n}.jsonl" for n in range(10)))
    found = run(
        *(
            "export",
            made,
            "out",
            "--format",
            "jsonl",
            "--layer",
            "bob",
            "--label",
            "claim",
            "--label",
            "quote",
        ),
        *("--split", "train=80,dev=10,test=10", "--seed", "7", "--json"),
    ).json
    assert found["annotations"] == 10
    sizes = {p.parent.name: len(p.read_text().splitlines()) - 1 for p in (tmp_path / "out").glob("*/*.jsonl")}
    assert sizes == {"train": 8, "dev": 1, "test": 1}


def test_a_split_says_how_many_clusters_it_kept_together(run, made, tmp_path):
    for n, text in enumerate(("The truce is dead", "Nine were killed", "The truce: is dead!")):
        write_work(tmp_path / f"{n}.jsonl", claim(), text=text)
    run("import", made, *(f"{n}.jsonl" for n in range(3)))
    words = ("export", made, "out", "--format", "jsonl", "--split", "train=1,test=1")
    found = run(*words, "--json").json
    assert (found["clusters"], found["clustered_articles"]) == (1, 2)
    assert sorted(found["parts"].values()) == [1, 2]
    parts = ", ".join(f"{part} {articles}" for part, articles in found["parts"].items())
    said = f"1 cluster of near-duplicates, 2 articles, each in one part. Articles: {parts}."
    assert run(*words).out.splitlines()[1] == said
    one = run("export", made, "one", "--format", "jsonl", "--layer", "ann", "--label", "claim", "--json")
    assert "clusters" not in one.json
    other = ("--since", "2030", "--split", "train=1")
    assert run("export", made, "none", "--format", "jsonl", *other).out.splitlines()[1].startswith("No two")


def test_a_refused_export_writes_nothing(run, made, tmp_path):
    before = sorted(path.name for path in tmp_path.iterdir())
    for words in (["--layer", "bob"], ["--label", "rumour"]):
        ran = run("export", made, "out.jsonl", "--format", "jsonl", *words)
        assert (ran.status, one_line(ran)) == (1, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == before


# check, stats, history, formats


def test_check_of_a_sound_project(run, made, tmp_path):
    write_work(tmp_path / "work.jsonl", claim())
    run("import", made, "work.jsonl")
    assert run("check", made, "--json").json == {"ok": True, "articles": 1, "annotations": 1, "problems": []}
    assert run("check", made).out.startswith("p.annotator is sound: 1 article, 1 annotation")


def test_check_lists_a_span_that_does_not_stand_and_leaves_with_1(run, made, tmp_path, home):
    from dataclasses import replace

    from annotator.model.anchor import Anchor
    from annotator.model.change import Draft, Revision

    write_work(tmp_path / "work.jsonl", claim(id="x"))
    run("import", made, "work.jsonl")
    with Project.open(_path(made), home=home) as project:
        lost = replace(project.annotation("x"), anchor=Anchor(("peace",)))
        project.commit(Draft("damage", "ann", (Revision("annotation", "x", lost.to_body()),)))
        (article,) = project.article_ids()
    ran = run("check", made, "--json")
    assert ran.status == 1
    assert ran.err.count("\n") == 1
    assert ran.json["ok"] is False
    (problem,) = ran.json["problems"]
    assert (problem["kind"], problem["article"], problem["annotation"]) == ("span", article, "x")
    assert "span: " in run("check", made).out


def test_stats(run, made, tmp_path):
    write_work(
        tmp_path / "work.jsonl", claim(), claim(0, 3, layer="bob"), {"label": "quote", "fragments": [[0, 9]]}
    )
    run("import", made, "work.jsonl")
    found = run("stats", made, "--json").json
    assert found["articles"] == 1
    assert found["layers"]["ann"] == {"annotations": 2, "by_label": {"claim": 1, "quote": 1}, "done": 1}
    assert found["labels"]["claim"] == 2
    table = run("stats", made).out.splitlines()
    assert table[2].split() == ["annotator", "done", "claim", "quote", "all"]
    assert table[3].split() == ["ann", "1", "1", "1", "2"]


def test_history(run, made, tmp_path):
    write_work(tmp_path / "work.jsonl", claim())
    run("import", made, "work.jsonl")
    found = run("history", made, "--json").json["changes"]
    assert [change["action"] for change in found] == ["import “work.jsonl”", "create the project"]
    assert set(found[0]) == {"id", "actor", "at", "action", "undoes", "objects"}
    assert (found[0]["actor"], found[0]["objects"]) == ("ann", 3)
    assert len(run("history", made, "--limit", "1", "--json").json["changes"]) == 1
    assert "import “work.jsonl”" in run("history", made).out
    article = json.loads(_export(run, made, tmp_path)[1])["article"]["id"]
    assert len(run("history", made, "--article", article, "--json").json["changes"]) == 1
    assert run("history", made, "--article", "nothing").status == 1


def test_formats(run):
    found = run("formats", "--json").json["formats"]
    assert [f["id"] for f in found] == [f.id for f in FORMATS]
    assert found[0]["holds"] == dict.fromkeys(("nested", "fragments", "attributes", "links", "layers"), True)
    assert set(found[0]) == {"id", "title", "reads", "writes", "holds"}
    assert run("formats").out.splitlines()[0].split()[:3] == ["id", "format", "reads"]


# All of them


@pytest.mark.parametrize("command", ["check", "stats", "history", "import", "export"])
@pytest.mark.parametrize("content", [None, b"", b"thesis", b"SQLite format 3\x00" + bytes(5000)])
def test_what_is_no_project_is_told_in_one_sentence(run, tmp_path, command, content):
    if content is not None:
        (tmp_path / "p.annotator").write_bytes(content)
    (tmp_path / "a.txt").write_text("Text")
    more = {"import": ["a.txt"], "export": ["out.jsonl", "--format", "jsonl"]}.get(command, [])
    ran = run(command, "p.annotator", *more)
    assert (ran.status, one_line(ran)) == (1, True)
    if content is not None:
        assert (tmp_path / "p.annotator").read_bytes() == content


def test_a_truncated_project_is_told_in_one_sentence(run, made, tmp_path):
    whole = (tmp_path / made).read_bytes()
    (tmp_path / made).write_bytes(whole[: len(whole) // 2])
    for command in ("check", "stats"):
        ran = run(command, made)
        assert ran.status == 1
        assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [
        ["merge", "p.annotator"],
        ["merge"],
        ["agreement", "p.annotator", "--threshold", "2"],
        ["ledger"],
        ["suggest"],
        ["new"],
        ["import", "p.annotator"],
        ["import", "p.annotator", "a.txt", "--format", "no-such"],
        ["export", "p.annotator", "out"],
        ["export", "p.annotator", "out", "--format", "text"],
        ["export", "p.annotator", "out.jsonl", "--format", "jsonl", "--split", "train=80,test=20"],
        ["export", "p.annotator", "out", "--format", "jsonl", "--split", "train"],
        ["export", "p.annotator", "out", "--format", "jsonl", "--seed", "x"],
        ["history", "p.annotator", "--limit", "0"],
        ["screenshot", "p.annotator", "out.png", "--size", "big"],
        ["screenshot", "p.annotator", "out.png", "--page", "ledger"],
        ["--no-such-option"],
        ["stats", "p.annotator", "--js"],
    ],
)
def test_wrong_usage_leaves_with_2(run, words):
    ran = run(*words)
    assert ran.status == 2
    assert ran.out == ""
    assert "usage: annotator" in ran.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("frob", "there is no command “frob”; choose one of open, new, import, "),
        ("export p.annotator", "OUT and --format are missing; write the command as the usage above shows"),
        ("copy a b", "--mine or --for is missing; write one of them"),
        ("copy a b --mine --for x", "--mine and --for don't go together; leave one of them out"),
        ("export a b --format zz", "--format can't be “zz”; choose one of jsonl, csv, "),
        ("review a --accept it's", "--accept can't be “it's”; choose one of unanimous, majority, first"),
        ("review a --layers", "--layers needs a value behind it; write the command as the usage above shows"),
        ("review a --disputed=3", "--disputed takes no value; leave “3” out"),
        ("check a b", "“b” can't be used here; leave it out, or see the usage above"),
        ("check a b --zz", "“b” and “--zz” can't be used here; leave them out, or see the usage above"),
        ("assign a --seed x", "--seed: “x” is not a number of 0 or more; write one such as 2"),
        ("export a b --format csv --seed 1.5", "--seed: “1.5” is not a number of 0 or more; write one"),
        ("agreement a --seed -1", "--seed: “-1” is not a number of 0 or more; write one such as 2"),
        ("history a --limit 0", "--limit: “0” is not a number of 1 or more; write one such as 3"),
        ("agreement a --resamples 5", "--resamples: “5” is neither 0 nor from 100 to 100000; write one"),
    ],
)
def test_wrong_usage_is_said_in_a_sentence(run, words, said):
    ran = run(*words.split())
    assert ran.status == 2
    assert ran.err.splitlines()[-1].startswith(f"annotator: {said}")


def test_no_command_leaves_it_to_argparse_to_read_a_number(run):
    """Its own words for what it can't read name a type of Python."""
    for name, command in commands().items():
        for action in command._actions:
            assert action.type not in (int, float), (name, action.dest)


def test_words_from_a_stranger_do_not_steer_the_terminal(run, made, tmp_path):
    write_work(tmp_path / "work.jsonl", claim(layer="\x1b[31mred\x1b[0m"))
    run("import", made, "work.jsonl")
    assert "\x1b" not in run("stats", made).out


def _path(name):
    from pathlib import Path

    return Path(name)


def _export(run, made, tmp_path):
    run("export", made, "all.jsonl", "--format", "jsonl")
    return (tmp_path / "all.jsonl").read_text("utf-8").splitlines()
