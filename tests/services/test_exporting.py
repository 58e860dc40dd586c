"""Exporting: losses are known first, files are whole or absent, and the same work gives the same bytes."""

import csv
import hashlib
import itertools
import json
import os
import sqlite3
import sys
from dataclasses import replace

import golden_project as golden
import pytest
from export_steps import CSV, JSONL, export, lines, tree

from annotator.formats.fitting import Fitting
from annotator.formats.losses import Loss
from annotator.formats.registry import format_by_id
from annotator.model.anchor import Anchor
from annotator.model.change import Draft, Revision
from annotator.model.records import Progress
from annotator.model.review import GOLD
from annotator.services import exporting, verdicts
from annotator.services.disguising import StandIn
from annotator.services.errors import Refused
from annotator.services.near_duplicates import Clusters
from annotator.services.wanted import Wanted
from annotator.store import Project


@pytest.fixture(autouse=True)
def filled(project):
    golden.fill(project)


def test_a_name_with_the_suffix_is_that_one_file(project, tmp_path):
    done = export(project, tmp_path / "out.jsonl")
    said = ["out.LOSSES.json", "out.README.md", "out.manifest.json"]
    assert [path.name for path in done.files] == ["out.jsonl", *said]
    assert (done.articles, done.annotations, done.losses) == (3, 7, ())
    assert len(lines(tmp_path / "out.jsonl")) == 4


def test_csv_puts_named_files_beside_it(project, tmp_path):
    done = export(project, tmp_path / "out.csv", CSV)
    names = ["out.csv", "out.articles.csv", "out.links.csv", "out.entities.csv"]
    assert [path.name for path in done.files if path.suffix == ".csv"] == names
    assert all(path.is_file() for path in done.files)


def test_a_folder_carries_a_manifest_with_the_hash_of_each_file(project, tmp_path):
    done = export(project, tmp_path / "out", CSV, layers=("ann",), labels=("quote", "source"))
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    files = tree(tmp_path / "out")
    assert {str(path.relative_to(tmp_path / "out")) for path in done.files} == set(files)
    assert set(manifest["files"]) == set(files) - {"manifest.json"}
    for name, about in manifest["files"].items():
        assert about["sha256"] == hashlib.sha256(files[name]).hexdigest()
        assert about["bytes"] == len(files[name])
    assert (manifest["filter"]["layers"], manifest["filter"]["labels"]) == (["ann"], ["quote", "source"])
    assert manifest["filter"] == Wanted(CSV, layers=("ann",), labels=("quote", "source")).told()
    assert manifest["scheme"] == {"id": "conflict-news", "version": 1, "title": project.scheme.title}
    assert (manifest["articles"], manifest["annotations"]) == (3, 3)


def test_losses_are_known_before_and_told_in_the_folder(project, tmp_path):
    with exporting.prepared(project, Wanted(CSV)) as prepared:
        losses = prepared.losses
        assert not (tmp_path / "out").exists()
        prepared.write(tmp_path / "out")
    told = json.loads((tmp_path / "out" / "LOSSES.json").read_text())["losses"]
    assert [loss.what for loss in losses] == [loss["what"] for loss in told]
    assert "scheme" in told[0]["what"]


def test_the_same_project_and_options_give_the_same_bytes(project, tmp_path):
    for name in ("a", "b"):
        export(project, tmp_path / name, split={"train": 2, "test": 1}, seed=3)
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


@pytest.mark.parametrize("how", ["jsonl", "csv", "conll"])
def test_a_copy_that_has_its_articles_in_another_order_gives_the_same_bytes(project, home, tmp_path, how):
    done = [Progress(a.id, who, "done") for a in (golden.ONE, golden.TWO) for who in ("ann", "bob")]
    for number, texts in enumerate(itertools.permutations(golden.TEXTS)):
        path = tmp_path / f"{number}.annotator"
        with Project.create(path, scheme=project.scheme, title="Test", home=home) as copy:
            golden.fill(copy, texts)
            copy.commit(Draft("done", "ann", tuple(map(Revision.of, done))))
            export(copy, tmp_path / f"{number}", format_by_id(how), split={"train": 2, "test": 1})
        assert tree(tmp_path / f"{number}") == tree(tmp_path / "0")


def test_a_layer_brings_only_its_work_and_what_that_refers_to(project, tmp_path):
    export(project, tmp_path / "out.jsonl", layers=("bob",))
    head, *records = lines(tmp_path / "out.jsonl")
    assert [a["id"] for r in records for a in r["annotations"]] == ["c2", "c1"]
    assert [p for r in records for p in r["progress"]] == []
    assert head["entities"] == []
    assert len(records) == 3


def test_entities_are_followed_through_merges(project, tmp_path):
    export(project, tmp_path / "out.jsonl", layers=("ann",), labels=("source",))
    head, *_ = lines(tmp_path / "out.jsonl")
    assert [entity["id"] for entity in head["entities"]] == ["e1", "e2"]


def test_gold_is_a_layer_like_others(project, tmp_path):
    export(project, tmp_path / "out.jsonl", layers=("gold",))
    _, *records = lines(tmp_path / "out.jsonl")
    assert [a["id"] for r in records for a in r["annotations"]] == ["g1"]


def test_links_that_lead_out_of_the_export_are_left_out_and_said(project, tmp_path):
    done = export(project, tmp_path / "out.jsonl", labels=("quote",))
    _, *records = lines(tmp_path / "out.jsonl")
    assert [link["id"] for r in records for link in r["links"]] == ["l2"]
    ((what, count),) = [(loss.what, loss.count) for loss in done.losses]
    assert "links left out" in what
    assert count == 1


@pytest.mark.parametrize(
    ("wanted", "words"), [({"layers": ("eve2",)}, "eve2"), ({"labels": ("no",)}, "no label “no”")]
)
def test_a_layer_or_label_that_is_not_there_is_refused(project, tmp_path, wanted, words):
    with pytest.raises(Refused, match=words):
        export(project, tmp_path / "out.jsonl", **wanted)
    assert not (tmp_path / "out.jsonl").exists()


def test_a_span_that_no_longer_stands_is_left_out_and_said(project, tmp_path):
    lost = replace(golden.ANNOTATIONS[2], anchor=Anchor(("peace",)))
    project.commit(Draft("damage", "bob", (Revision("annotation", lost.id, lost.to_body()),)))
    done = export(project, tmp_path / "out.jsonl")
    (loss,) = done.losses
    assert loss.what == "spans left out because they no longer stand on their words"
    assert (loss.count, loss.example) == (1, "claim “peace”")
    _, *records = lines(tmp_path / "out.jsonl")
    assert "c1" not in {a["id"] for r in records for a in r["annotations"]}


def test_what_is_written_meanwhile_is_not_in_the_export(project, tmp_path):
    with exporting.prepared(project, Wanted(JSONL)) as prepared:
        project.commit(Draft("delete", "ann", (Revision("annotation", "q2", None),)))
        assert prepared.write(tmp_path / "out.jsonl").annotations == 7


# Places


def test_an_earlier_export_is_replaced_whole(project, tmp_path):
    export(project, tmp_path / "out", CSV)
    export(project, tmp_path / "out", split={"train": 1, "test": 1})
    assert not (tmp_path / "out" / "annotations.csv").exists()
    assert (tmp_path / "out" / "train" / "annotations.jsonl").is_file()
    export(project, tmp_path / "out", JSONL)
    assert sorted(tree(tmp_path / "out")) == [
        "LOSSES.json",
        "README.md",
        "annotations.jsonl",
        "manifest.json",
    ]


def test_a_folder_with_anything_else_is_refused(project, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.doc").write_text("years of work")
    with pytest.raises(Refused, match=r"thesis\.doc"):
        export(project, tmp_path / "out")
    (tmp_path / "out" / "thesis.doc").unlink()
    export(project, tmp_path / "out")
    (tmp_path / "out" / "thesis.doc").write_text("years of work")
    with pytest.raises(Refused, match=r"thesis\.doc"):
        export(project, tmp_path / "out")
    assert (tmp_path / "out" / "thesis.doc").is_file()


def test_an_existing_file_is_replaced(project, tmp_path):
    (tmp_path / "out.jsonl").write_text("old")
    export(project, tmp_path / "out.jsonl")
    assert len(lines(tmp_path / "out.jsonl")) == 4


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("out.json", "does not end in .jsonl"),
        ("out.csv", "does not end in .jsonl"),
        ("no/such/out.jsonl", "does not exist"),
        ("test.annotator", "is a file"),
    ],
)
def test_a_place_that_does_harm_or_is_mistaken_is_refused(project, tmp_path, name, words):
    with pytest.raises(Refused, match=words):
        export(project, tmp_path / name)


def test_a_folder_may_have_a_dot_in_its_name(project, tmp_path):
    export(project, tmp_path / "export-1.2")
    assert (tmp_path / "export-1.2" / "manifest.json").is_file()


def test_the_project_itself_is_never_overwritten(project, tmp_path):
    how = replace(JSONL, suffixes=(".annotator",))
    with pytest.raises(Refused, match="the project itself"):
        export(project, project.path, how)
    (tmp_path / "x").mkdir()
    with pytest.raises(Refused, match="the project itself"):
        export(project, tmp_path / "x" / ".." / project.path.name, how)


@pytest.mark.parametrize("part", ["articles", "links", "entities"])
def test_a_file_where_a_part_would_go_is_not_written_over(project, tmp_path, part):
    mine = tmp_path / f"out.{part}.csv"
    mine.write_text("mine")
    with pytest.raises(Refused, match=f"{part}.csv is there"):
        export(project, tmp_path / "out.csv", CSV)
    assert mine.read_text() == "mine"
    assert not (tmp_path / "out.csv").exists()
    export(project, tmp_path / "out.jsonl")


def test_an_earlier_export_is_replaced_with_its_parts(project, tmp_path):
    export(project, tmp_path / "out.csv", CSV)
    (tmp_path / "out.links.csv").write_text("old")
    export(project, tmp_path / "out.csv", CSV)
    assert (tmp_path / "out.links.csv").read_text("utf-8-sig").startswith("link,")


@pytest.mark.parametrize("name", ["out.csv", "out.articles.csv"])
def test_a_project_is_never_written_over_whatever_its_name(project, tmp_path, name):
    (tmp_path / "out.csv").write_text("an earlier export")
    (tmp_path / name).write_bytes(project.path.read_bytes())
    before = (tmp_path / name).read_bytes()
    with pytest.raises(Refused, match="a project or another database"):
        export(project, tmp_path / "out.csv", CSV)
    assert (tmp_path / name).read_bytes() == before


def test_a_folder_where_a_part_would_go_is_refused(project, tmp_path):
    (tmp_path / "out.csv").write_text("an earlier export")
    (tmp_path / "out.links.csv").mkdir()
    with pytest.raises(Refused, match="is not a file"):
        export(project, tmp_path / "out.csv", CSV)
    assert (tmp_path / "out.csv").read_text() == "an earlier export"


@pytest.mark.parametrize("name", ["out.csv", "out"])
def test_a_folder_that_may_not_be_written_is_said_so(project, tmp_path, monkeypatch, name):
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(Refused, match="may not be written"):
        export(project, tmp_path / name, CSV)


def test_a_split_needs_a_folder(project, tmp_path):
    with pytest.raises(Refused, match="several files need a folder"):
        export(project, tmp_path / "out.jsonl", split={"train": 1})


@pytest.mark.parametrize("name", ["out.csv", "out"])
def test_an_export_that_fails_leaves_everything_as_it_was(project, tmp_path, name, monkeypatch):
    export(project, tmp_path / name, CSV)
    before = tree(tmp_path)

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("annotator.services.staging.os.fsync", full)
    with pytest.raises(Refused, match="can't be written"):
        export(project, tmp_path / name, CSV, layers=("ann",))
    assert {k: v for k, v in tree(tmp_path).items() if "home" not in k} == {
        k: v for k, v in before.items() if "home" not in k
    }


def test_an_export_that_is_cancelled_leaves_nothing(project, tmp_path):
    def cancel(done, _total):
        if done == 2:
            raise KeyboardInterrupt

    for name in ("out", "out.jsonl"):
        with exporting.prepared(project, Wanted(JSONL)) as prepared, pytest.raises(KeyboardInterrupt):
            prepared.write(tmp_path / name, cancel)
    assert [path.name for path in tmp_path.iterdir() if "out" in path.name] == []


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="everything may be written here")
def test_a_folder_that_can_not_be_written_is_refused(project, tmp_path):
    (tmp_path / "locked").mkdir(mode=0o500)
    with pytest.raises(Refused, match="can't be written"):
        export(project, tmp_path / "locked" / "out.jsonl")


# Splits


def test_a_split_writes_each_part_to_its_folder(project, tmp_path):
    done = export(project, tmp_path / "out", CSV, split={"train": 80, "dev": 0, "test": 20}, seed=1)
    ids = {}
    for part in ("train", "dev", "test"):
        with (tmp_path / "out" / part / "annotations.articles.csv").open(
            encoding="utf-8-sig", newline=""
        ) as file:
            ids[part] = {row["article"] for row in csv.DictReader(file)}
    assert ids["dev"] == set()
    assert ids["train"] | ids["test"] == {golden.ONE.id, golden.TWO.id, golden.EMPTY.id}
    assert not ids["train"] & ids["test"]
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert manifest["filter"]["split"] == {"train": 80, "dev": 0, "test": 20}
    assert manifest["files"]["train/annotations.csv"]["articles"] == len(ids["train"])
    assert done.articles == 3


def test_near_duplicates_stay_in_one_part_and_are_counted(project, tmp_path):
    texts = [f"Headline {n}. {golden.FIRST * 3} Late edition {n // 8}." for n in range(16)]
    copies = [golden.article(text, title=f"Copy {n}") for n, text in enumerate(texts)]
    revisions = tuple(Revision("article", copy.id, copy.to_body()) for copy in copies)
    project.commit(Draft("import", "ann", revisions, texts=tuple(texts)))
    with exporting.prepared(project, Wanted(JSONL, split={"train": 1, "test": 1})) as prepared:
        done = prepared.write(tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    titles = [
        {row["article"]["title"] for row in lines(tmp_path / "out" / part / "annotations.jsonl")[1:]}
        for part in ("train", "test")
    ]
    assert sorted(map(len, titles)) == [2, 17]
    parts = dict(zip(("train", "test"), map(len, titles), strict=True))
    assert done.clusters == Clusters(1, 17, parts)
    said = {"clusters": 1, "clustered_articles": 17, "threshold": 0.5}
    assert manifest["split"] == said | {"parts": parts}


def test_without_a_split_nothing_is_compared(project, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "rensa", None)
    done = export(project, tmp_path / "out")
    assert done.clusters is None
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["split"] is None


@pytest.mark.parametrize("body", ["{]", "{}", "[]"])
@pytest.mark.parametrize("is_rebuilt", [False, True])
@pytest.mark.parametrize(
    "damaged", [("annotation", "q1"), ("link", "l1"), ("entity", "e3"), ("article", golden.TWO.id)]
)
def test_records_that_cant_be_read_are_lost_by_name(project, tmp_path, damaged, is_rebuilt, body):
    raw = sqlite3.connect(project.path, isolation_level=None)
    raw.execute("DROP TRIGGER revision_update")
    raw.execute("UPDATE revision SET body = ? WHERE kind = ? AND id = ?", (body, *damaged))
    raw.close()
    if is_rebuilt:
        project.rebuild()
    (loss,) = [
        loss for loss in export(project, tmp_path / "out.jsonl").losses if "can't be read" in loss.what
    ]
    assert (loss.what, loss.count) == ("records left out because they can't be read", 1)
    assert loss.example == " ".join(damaged)


def test_what_was_deleted_is_not_lost(project, tmp_path):
    project.commit(Draft("delete", "ann", (Revision("annotation", "q2", None), Revision("link", "l1", None))))
    assert project.left_out() == ()
    assert export(project, tmp_path / "out.jsonl").annotations == 6


# What is counted


def test_spans_are_counted_as_the_format_holds_them(project, tmp_path):
    done = export(project, tmp_path / "out", format_by_id("conll"), fitting=Fitting(broken="none"))
    brought = sum(path.read_text("utf-8").count(" B-") for path in (tmp_path / "out").glob("*.conll"))
    assert done.annotations == brought < len(golden.ANNOTATIONS)
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["annotations"] == brought
    assert f"{brought} spans in 3 articles" in (tmp_path / "out" / "README.md").read_text("utf-8")


def test_a_codebook_holds_no_work_and_loses_each_thing_once(project, tmp_path):
    done = export(project, tmp_path / "out", format_by_id("codebook"))
    assert (done.articles, done.annotations) == (0, 0)
    counts = {loss.what: loss.count for loss in done.losses}
    assert (counts["articles"], counts["spans"], counts["links"]) == (3, 7, len(golden.LINKS))
    assert not any("overlap" in what or "fragments" in what for what in counts)
    card = (tmp_path / "out" / "README.md").read_text("utf-8")
    assert f"{len(project.scheme.labels)} labels. Written by" in card
    assert "## Counts" not in card


def test_a_file_of_many_is_not_said_to_hold_them_all(project, tmp_path):
    export(project, tmp_path / "out", format_by_id("brat"))
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert all("articles" not in about for about in manifest["files"].values())


def test_a_label_of_which_nothing_fits_has_its_folder(project, tmp_path):
    fitting = Fitting(broken="none")
    export(project, tmp_path / "out", format_by_id("conll"), per_label=True, fitting=fitting)
    labels = {a.label for a in golden.ANNOTATIONS}
    assert {path.name for path in (tmp_path / "out").iterdir() if path.is_dir()} == labels


# Choices that can't be


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ({"outlets": ("Nowhere Times",)}, "no article is from the outlet “Nowhere Times”; choose one of"),
        ({"since": "2020", "until": "2019-05"}, "no date is on or after 2020 and on or before 2019-05"),
    ],
)
def test_a_choice_that_no_article_can_meet_is_refused(project, tmp_path, wanted, words):
    with pytest.raises(Refused, match=words):
        export(project, tmp_path / "out.jsonl", **wanted)
    assert not (tmp_path / "out.jsonl").exists()


def test_verdicts_that_stay_behind_are_counted(project, tmp_path):
    every = (a for article in project.article_ids() for a in project.annotations(article))
    span = next(a for a in every if a.layer != GOLD)
    verdicts.give(project, actor="Rita", annotation=span.id, decision="reject", comment="no claim")
    done = export(project, tmp_path / "table.csv", format_by_id("csv"))
    assert Loss("verdicts of reviewers, which are left out", 1, "no claim") in done.losses
    assert export(project, tmp_path / "out.jsonl").losses == ()
    hidings = {"texts.jsonl": {"words": 5}, "names.jsonl": {"stand_ins": (StandIn("e2", "Official A"),)}}
    for name, hiding in hidings.items():
        done = export(project, tmp_path / name, **hiding)
        assert Loss("verdicts of reviewers, which are left out", 1, "reject") in done.losses
        assert "no claim" not in "".join(path.read_text("utf-8") for path in done.files)
