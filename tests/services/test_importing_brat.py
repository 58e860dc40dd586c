"""Importing folders of brat's: layers, readings that found nothing, ids that count in one file only."""

import re

import pytest

from annotator.formats.registry import format_by_id
from annotator.model.records import Progress
from annotator.services import importing, tagging
from annotator.services.exporting import prepared
from annotator.services.picking import Wanted

TEXT = "The truce is not dead, Kerry said.\n"
SPAN = "T1\tclaim 0 21\tThe truce is not dead\n"


def put(folder, files):
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def bring(project, path, **more):
    planned = importing.plan(project, [path], actor="ann", **more)
    importing.apply(project, planned)
    return planned


def done(project):
    return project.counts().done


def every(project, layer=None):
    return [a for article in project.article_ids() for a in project.annotations(article, layer)]


def test_a_folder_of_two_annotators_comes_in_as_two_layers(project, tmp_path):
    files = {"bob/a.txt": TEXT, "bob/a.ann": SPAN, "cid/a.txt": TEXT, "cid/a.ann": ""}
    planned = bring(project, put(tmp_path / "corpus", files))
    assert (len(planned.articles), planned.annotations, planned.skipped) == (1, 1, 0)
    assert [(a.layer, a.label, a.words) for a in every(project)] == [
        ("bob", "claim", "The truce is not dead")
    ]
    assert done(project) == {"bob": 1, "cid": 1}


def test_work_of_nobody_goes_to_the_actor_or_to_the_chosen_layer(project, tmp_path):
    folder = put(tmp_path / "corpus", {"a.txt": TEXT, "a.ann": SPAN, "b.txt": "Nothing.", "b.ann": ""})
    bring(project, folder)
    assert (done(project), {a.layer for a in every(project)}) == ({"ann": 2}, {"ann"})
    bring(project, folder, layer="dora")
    assert (done(project), {a.layer for a in every(project)}) == ({"ann": 2, "dora": 2}, {"ann", "dora"})


def test_adjudicated_work_is_done_in_gold_and_by_nobody_else(project, tmp_path):
    folder = put(tmp_path / "corpus", {"gold/a.txt": TEXT, "gold/a.ann": SPAN})
    bring(project, folder)
    bring(project, put(tmp_path / "other", {"b.txt": "Other.", "b.ann": ""}), layer="gold")
    assert (done(project), {a.layer for a in every(project)}) == ({"gold": 2}, {"gold"})


def test_what_is_known_is_known_again_even_from_another_place(project, tmp_path):
    ann = SPAN + "T2\tsource 23 28\tKerry\nR1\tattributed-to Arg1:T1 Arg2:T2\n"
    first = bring(project, put(tmp_path / "here", {"a.txt": TEXT, "a.ann": ann}))
    assert (first.annotations, first.links) == (2, 1)
    again = bring(project, put(tmp_path / "there", {"x.txt": TEXT, "x.ann": ann}))
    assert (again.annotations, again.links, again.known, again.skipped) == (0, 0, 2, 1)
    assert again.is_empty


def test_files_with_the_same_ids_do_not_meet(project, tmp_path):
    link = "T2\tsource 0 3\tThe\nR1\tattributed-to Arg1:T1 Arg2:T2\n"
    files = {f"{name}.txt": TEXT.replace("Kerry", name) for name in ("Ann", "Ben")}
    files |= {f"{name}.ann": SPAN + link for name in ("Ann", "Ben")}
    planned = bring(project, put(tmp_path / "corpus", files))
    assert (planned.annotations, planned.links) == (4, 2)
    assert not planned.remarks
    for article in project.article_ids():
        (found,) = project.links(article)
        assert {found.source, found.target} == {a.id for a in project.annotations(article)}


def test_remarks_name_the_ann_file_and_the_line(project, tmp_path):
    ann = "T1\tclaim 30 40\tThe\nT2\tclaim 9 10\t \nT3\tclaim 100 200\tnowhere\nA1\ttype T4 x\n"
    ann += "T4\tclaim 23 28\tKerry\n"
    planned = bring(project, put(tmp_path / "corpus", {"a.txt": TEXT, "a.ann": ann}))
    assert {remark.file for remark in planned.remarks} == {str(tmp_path / "corpus" / "a.ann")}
    assert [(remark.line, re.split(" was | is ", remark.message)[0]) for remark in planned.remarks] == [
        (1, "the claim “The” at 30"),
        (2, "the claim at 9"),
        (3, "the claim “nowhere” at 100"),
        (5, "1 value of “type” of Claim"),
    ]


def test_a_scheme_grows_by_the_configuration(project, tmp_path):
    conf = "[entities]\nGPE\n[relations]\n[events]\n[attributes]\nStatus\tArg:GPE, Value:real|fictional\n"
    files = {"a.txt": TEXT, "a.ann": "T1\tGPE 23 28\tKerry\n", "annotation.conf": conf}
    planned = bring(project, put(tmp_path / "corpus", files))
    assert planned.scheme == ("the label “GPE”",)
    (attribute,) = project.scheme.label("GPE").attributes
    assert (attribute.name, attribute.values) == ("Status", ("real", "fictional"))


def test_an_export_of_one_layer_lies_flat_and_comes_back(project, tmp_path):
    bring(project, put(tmp_path / "in", {"a.txt": TEXT, "a.ann": SPAN}), layer="bob")
    (article,) = project.article_ids()
    out = tmp_path / "out"
    with prepared(project, Wanted(format_by_id("brat"))) as export:
        names = {path.relative_to(out).as_posix() for path in export.write(out).files}
    assert {name for name in names if name.endswith((".ann", ".txt"))} == {
        "The-truce-is-not-dead-Kerry-said.ann",
        "The-truce-is-not-dead-Kerry-said.txt",
    }
    tagging.tag(project, actor="cid", article=article, label="claim", spans=every(project)[0].fragments)
    with prepared(project, Wanted(format_by_id("brat"))) as export:
        export.write(out)
    assert (out / "bob" / "The-truce-is-not-dead-Kerry-said.ann").is_file()
    assert not (out / "The-truce-is-not-dead-Kerry-said.ann").exists()
    again = importing.plan(project, [out], actor="ann")
    assert (again.annotations, again.known, again.skipped, again.remarks) == (0, 2, 1, ())
    assert project.progress(article, "bob") == Progress(article, "bob", "done")


def test_an_export_keeps_few_files_open(project, tmp_path):
    files = {f"{n}.txt": f"Text number {n}." for n in range(120)} | {f"{n}.ann": "" for n in range(120)}
    bring(project, put(tmp_path / "in", files))
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (100, hard))
    try:
        with prepared(project, Wanted(format_by_id("brat"))) as export:
            assert len(export.write(tmp_path / "out").files) > 240
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.parametrize("name", ["corpus", "corpus/a.ann"])
def test_the_format_can_be_named_or_guessed(project, tmp_path, name):
    put(tmp_path / "corpus", {"a.txt": TEXT, "a.ann": SPAN})
    for format_id in ("brat", None):
        planned = importing.plan(project, [tmp_path / name], actor="ann", format_id=format_id)
        assert (len(planned.articles), planned.annotations) == (1, 1)
