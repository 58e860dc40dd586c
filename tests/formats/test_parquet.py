"""Parquet: every consumer loads it with the same types, nothing hostile is unpacked, scripts can write it."""

import io
import json
import os
import random
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import dataset_values as made
import pandas
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from golden_dataset import ANNOTATIONS, ARTICLE, DATASET, TEXT, mark

from annotator.formats.dataset import Dataset, Header
from annotator.formats.errors import FormatError
from annotator.formats.registry import format_by_id
from annotator.formats.tables import parquet, parquet_files
from annotator.model.scheme import Scheme

PARQUET = format_by_id("parquet")
NO_ROWS = replace(DATASET, header=replace(DATASET.header, entities=()), records=())


@pytest.fixture
def main(tmp_path):
    made.export(PARQUET, DATASET, tmp_path / "work.parquet")
    return tmp_path / "work.parquet"


def read(path):
    remarks = made.Remarks()
    dataset = PARQUET.read(path, made.SCHEME, remarks)
    return dataset, list(dataset), remarks


def refusal(path):
    with pytest.raises(FormatError) as refused:
        read(path)
    assert "\n" not in str(refused.value)
    return str(refused.value)


def saved(path, rows, schema=None):
    """Write rows as a script does, with types guessed from them."""
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)
    return path


def with_annotations(*annotations):
    return replace(DATASET, records=(replace(DATASET.records[0], annotations=annotations, links=()),))


def test_spans_stand_where_they_say_for_pandas(main):
    articles = pandas.read_parquet(main).set_index("id")
    spans = pandas.read_parquet(main.with_name("work.spans.parquet"))
    assert len(spans) == len(ANNOTATIONS)
    for span in spans.to_dict("records"):
        text = articles.loc[span["article"], "text"]
        assert " … ".join(text[f["start"] : f["stop"]] for f in span["fragments"]) == span["words"]
    for marked in articles.loc[ARTICLE.id, "annotations"]:
        assert [TEXT[f["start"] : f["stop"]] for f in marked["fragments"]] == list(marked["exact"])


def test_values_have_the_types_of_the_scheme(main):
    spans = pq.read_table(main.with_name("work.spans.parquet"))
    types = {name: str(spans.schema.field(name).type) for name in spans.schema.names if name[:6] == "claim."}
    assert types["claim.count.low"] == "int64"
    assert types["claim.score"] == "double"
    assert types["claim.sure"] == "bool"
    assert types["claim.roles"] == "list<element: string>"
    (count,) = spans.filter(pc.field("annotation") == "a-count").to_pylist()
    assert (count["claim.count.low"], count["claim.count.high"]) == (9, None)
    articles = pq.read_table(main)
    values = pc.list_flatten(articles["annotations"]).to_pylist()[1]["attributes"]["claim"]
    assert values["who"] == {"id": "e-john", "kind": "actor", "name": "@Kerry"}
    assert (values["roles"], values["sure"], values["count"]) == (["child", "a;b\\c"], False, None)


def test_each_file_says_its_format_and_unit(main):
    for path in main.parent.iterdir():
        about = pq.read_schema(path).metadata
        assert (about[b"format"], about[b"version"], about[b"unit"]) == (b"annotator", b"1", b"code point")
        assert json.loads(about[b"scheme"])["scheme"]["id"] == "trial"


def test_types_are_the_same_without_a_row(main, tmp_path):
    made.export(PARQUET, NO_ROWS, tmp_path / "none.parquet")
    for part in ("", ".spans", ".entities"):
        full, none = (pq.read_table(tmp_path / f"{name}{part}.parquet") for name in ("work", "none"))
        assert (none.num_rows, none.schema) == (0, full.schema)
    assert read(tmp_path / "none.parquet")[1] == []


def test_a_dataset_without_a_scheme_keeps_its_values(tmp_path):
    bare = Dataset(Header("Bare", entities=DATASET.header.entities), DATASET.records)
    made.export(PARQUET, bare, tmp_path / "work.parquet")
    back, records, remarks = read(tmp_path / "work.parquet")
    assert (back.header, remarks) == (bare.header, [])
    assert made.held(PARQUET, records) == made.held(PARQUET, DATASET)


LOADING = """
import sys, warnings
warnings.simplefilter("ignore")
from datasets import Features, load_dataset
import pyarrow.parquet as pq
folder = sys.argv[1]
for part in ("", ".spans", ".entities"):
    files = [f"{folder}/none{part}.parquet", f"{folder}/work{part}.parquet"]
    loaded = load_dataset("parquet", data_files=files, split="train", cache_dir=f"{folder}/cache")
    assert loaded.features == Features.from_arrow_schema(pq.read_schema(files[0])), part
    if part == "":
        found = [
            (row["text"][f["start"]:f["stop"]], a["label"], (a["attributes"] or {}).get("claim"))
            for row in loaded for a in row["annotations"] for f in a["fragments"]
        ]
        texts = {row["id"]: row["text"] for row in loaded}
        (low,) = [values["count"]["low"] for *_, values in found if values and values["count"]]
        assert low == 9, low
        assert ("Kerry", "source", None) in found
        loaded.to_parquet(f"{folder}/again.parquet")
    if part == ".spans":
        for row in loaded:
            words = " … ".join(texts[row["article"]][f["start"]:f["stop"]] for f in row["fragments"])
            assert words == row["words"]
"""


def test_hugging_face_datasets_load_both_shapes(main, tmp_path):
    made.export(PARQUET, NO_ROWS, tmp_path / "none.parquet")
    offline = {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "HF_HOME": str(tmp_path / "home")}
    command = [sys.executable, "-c", LOADING, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **offline})
    assert done.returncode == 0, done.stderr
    _, records, remarks = read(tmp_path / "again.parquet")
    assert (made.held(PARQUET, records), remarks) == (made.held(PARQUET, DATASET), [])


def test_values_that_no_field_gives_back_are_kept_beside_it(tmp_path):
    given = {
        "score": [3.0, 2**60 + 1, -0.0, "many", True, None, 0.5, 12],
        "sure": ["yes", 1, False],
        "roles": [[], ["child", 3], "child", [""]],
        "count": [
            {"low": 1},
            "nine",
            {"words": "", "qualifier": "exact", "low": 2**62, "best": None, "high": None},
        ],
        "who": ["", "e-john", "e-unknown", {"id": "a", "kind": "b", "name": "c"}],
        "type": [["a"], "no choice", ""],
        "count.low": ["text", 5],
        "unknown": [{"deep": [None]}],
    }
    marks = [
        mark(f"{name} {n}", "ann", "claim", "Kerry", attributes={name: value})
        for name, values in given.items()
        for n, value in enumerate(values)
    ]
    made.export(PARQUET, with_annotations(*marks), tmp_path / "work.parquet")
    dataset, (record,), remarks = read(tmp_path / "work.parquet")
    assert remarks == []
    back = {a.id: a.attributes for a in record.annotations}
    assert {key: repr(value) for key, value in back.items()} == {a.id: repr(a.attributes) for a in marks}
    assert dataset.header.entities == DATASET.header.entities


def test_numbers_larger_than_any_field_stand_beside_them(tmp_path):
    count = {"words": "", "qualifier": "exact", "low": 2**63, "best": None, "high": None}
    large = mark("a", "ann", "claim", "Kerry", attributes={"score": 10**400, "count": count})
    made.export(PARQUET, with_annotations(large), tmp_path / "w.parquet")
    (row,) = pq.read_table(tmp_path / "w.spans.parquet").to_pylist()
    assert (row["claim.score"], row["claim.count.low"]) == (None, None)
    assert json.loads(row["other"])["attributes"] == {"score": 10**400, "count": count}


def test_the_long_table_misses_no_value(tmp_path):
    twins = {
        "count": {"words": "x", "qualifier": "exact", "low": 1, "best": 1, "high": 1},
        "count.low": "text",
    }
    made.export(
        PARQUET, with_annotations(mark("a", "x", "claim", "Kerry", attributes=twins)), tmp_path / "w.parquet"
    )
    (row,) = pq.read_table(tmp_path / "w.spans.parquet").to_pylist()
    assert row["claim.count.low"] == 1
    assert json.loads(row["other"]) == {"attributes": {"count.low": "text"}}


def test_lone_surrogates_are_replaced(tmp_path):
    odd = mark("a", "x", "claim", "Kerry", note="\ud800!", attributes={"why": "\udfff", "roles": ["\ud800"]})
    made.export(PARQUET, with_annotations(odd), tmp_path / "work.parquet")
    _, (record,), _ = read(tmp_path / "work.parquet")
    assert (record.annotations[0].note, record.annotations[0].attributes["why"]) == ("?!", "?")


def test_rows_are_written_in_groups_and_read_on_across_them(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "MAX_GROUP", 3_000)
    made.export(PARQUET, DATASET, tmp_path / "work.parquet")
    assert pq.read_metadata(tmp_path / "work.spans.parquet").num_row_groups == 2
    assert pq.read_metadata(tmp_path / "work.parquet").num_row_groups == 2
    _, records, remarks = read(tmp_path / "work.parquet")
    assert (made.held(PARQUET, records), remarks) == (made.held(PARQUET, DATASET), [])


def test_files_stay_open_for_whoever_opened_them():
    files = {}
    parquet.write(DATASET, lambda part: files.setdefault(part, io.BytesIO()))
    assert all(pq.read_table(io.BytesIO(file.getvalue())).num_rows for file in files.values())


def test_entities_are_read_from_where_spans_name_them(main, tmp_path):
    (tmp_path / "work.entities.parquet").unlink()
    dataset, _, _ = read(main)
    assert [(e.id, e.kind, e.name) for e in dataset.header.entities] == [("e-john", "actor", "@Kerry")]


def test_a_file_of_a_script_is_read(tmp_path):
    path = saved(
        tmp_path / "w.parquet",
        [
            {
                "text": "One\r\ntwo",
                "title": "Numbers",
                "published": pandas.Timestamp("2016-09-21 10:00"),
                "annotations": [
                    {"label": "claim", "start": 0, "stop": 3, "attributes": {"claim": {"score": 1.5}}},
                    {"label": "thing", "start": 5, "stop": 8},
                ],
            },
            {"text": "Nothing here"},
        ],
    )
    _, (first, second), remarks = read(path)
    assert remarks == []
    assert (first.text, first.article.title, first.article.published) == ("One\ntwo", "Numbers", "2016-09-21")
    assert [(a.label, a.fragments[0].start) for a in first.annotations] == [("claim", 0), ("thing", 4)]
    assert first.annotations[0].attributes == {"score": 1.5}
    assert (first.progress, second.annotations) == (None, ())


def test_bad_records_are_left_out_with_their_row(main):
    rows = pq.read_table(main).to_pylist()
    rows[0]["annotations"][0]["fragments"] = [{"start": 5, "stop": 2}]
    rows[0]["annotations"][1]["label"] = None
    rows[0]["annotations"][2]["other"] = "{"
    rows[0]["annotations"][3]["other"] = "[]"
    rows[0]["annotations"][4]["fragments"] = None
    rows[0]["links"][0]["target"] = None
    rows[0]["progress"][0]["state"] = "perhaps"
    rows.append({**rows[1], "text": None})
    pq.write_table(pa.Table.from_pylist(rows, schema=pq.read_schema(main)), main)
    _, (record, _), remarks = read(main)
    assert [a.id for a in record.annotations] == [a.id for a in ANNOTATIONS[5:]]
    assert ([link.id for link in record.links], len(record.progress)) == (["l-2"], 1)
    assert [line for line, _ in remarks] == [1] * 7 + [3]
    assert remarks[-1][1] == "the article was left out: “text” is missing or not text"
    assert "runs backwards" in remarks[0][1]


def test_a_bad_entity_is_left_out_in_its_own_file(main, tmp_path):
    path = tmp_path / "work.entities.parquet"
    rows = pq.read_table(path).to_pylist()
    rows[0]["name"] = None
    pq.write_table(pa.Table.from_pylist(rows, schema=pq.read_schema(path)), path)
    dataset, _, remarks = read(main)
    assert [entity.id for entity in dataset.header.entities] == ["e-kerry"]
    assert (remarks[0][0], remarks.files[0]) == (1, path)


def test_an_entity_whose_kind_is_a_list_is_left_out(main, tmp_path):
    path = tmp_path / "work.entities.parquet"
    (first, *_) = pq.read_table(path).to_pylist()
    pq.write_table(pa.Table.from_pylist([first | {"kind": ["actor"]}]), path)
    dataset, _, remarks = read(main)
    assert dataset.header.entities == ()
    assert "“kind”" in remarks[0][1]


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ({"format": "annotator", "version": "2"}, "use a newer Annotator"),
        ({"unit": "UTF-16"}, "only those in code points"),
    ],
)
def test_what_is_counted_in_another_way_is_refused(main, about, words):
    table = pq.read_table(main)
    pq.write_table(table.replace_schema_metadata(about), main)
    assert words in refusal(main)


def test_a_bad_scheme_is_left_out(main):
    table = pq.read_table(main)
    pq.write_table(table.replace_schema_metadata({"scheme": "{}"}), main)
    dataset, records, remarks = read(main)
    assert dataset.header.scheme is None
    assert [line for line, _ in remarks] == [None]
    assert made.held(PARQUET, records) == made.held(PARQUET, DATASET)


def test_the_long_table_is_not_read_by_itself(main, tmp_path):
    assert PARQUET.is_part(tmp_path / "work.spans.parquet")
    alone = (tmp_path / "work.spans.parquet").rename(tmp_path / "alone.parquet")
    assert "choose the file with a row for each article" in refusal(alone)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is not a Parquet file, whatever its name says; save it anew"),
        (b"article,label\n" * 9, "is not a Parquet file, whatever its name says; save it anew"),
        (b"PAR1" + bytes(40), "is cut off, as its end is not that of a Parquet file; copy or save it anew"),
        (b"PAR1", "can't be read as Parquet"),
        (b"PAR1" + bytes(40) + b"PAR1", "can't be read as Parquet"),
    ],
)
def test_what_is_no_parquet_is_refused_in_words_of_ours(tmp_path, content, said):
    path = tmp_path / "work.parquet"
    path.write_bytes(content)
    assert refusal(path).startswith(f"work.parquet {said}")
    assert not set("()") & set(refusal(path))


def test_a_missing_file_is_refused(tmp_path):
    assert "can't be read" in refusal(tmp_path / "none.parquet")


def test_a_bomb_is_refused(tmp_path):
    table = pa.table({"text": ["x" * 50_000_000]})
    pq.write_table(table, tmp_path / "w.parquet", compression="zstd", use_dictionary=False)
    assert (tmp_path / "w.parquet").stat().st_size < 100_000
    assert "unpacks to far too much" in refusal(tmp_path / "w.parquet")


def test_endless_lists_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet_files, "MAX_VALUES", 1_000)
    rows = [{"text": "x", "annotations": [{"label": "claim"}] * 1_001}]
    assert "groups of rows that are too large" in refusal(saved(tmp_path / "w.parquet", rows))


def test_large_texts_are_unpacked_one_at_a_time(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet_files, "_BATCH_BYTES", 100)
    made.export(PARQUET, DATASET, tmp_path / "work.parquet")
    _, records, remarks = read(tmp_path / "work.parquet")
    assert (made.held(PARQUET, records), remarks) == (made.held(PARQUET, DATASET), [])


def test_text_that_is_not_utf8_is_left_out(tmp_path):
    bad = pa.Array.from_buffers(
        pa.string(), 2, [None, pa.array([0, 3, 6], pa.int32()).buffers()[1], pa.py_buffer(b"\xff\xfe\xfdYes")]
    )
    pq.write_table(pa.table({"text": bad}), tmp_path / "w.parquet")
    _, (record,), remarks = read(tmp_path / "w.parquet")
    assert record.text == "Yes"
    assert remarks[0] == (1, "the article was left out: it holds text that is not UTF-8")


def test_columns_of_other_types_break_nothing(tmp_path):
    for n, rows in enumerate(
        (
            [{"text": 5}],
            [{"text": "x", "annotations": "none"}],
            [{"text": "x", "annotations": [1, 2]}],
            [{"text": "x", "annotations": [{"label": 3, "fragments": [1], "attributes": [1], "other": 7}]}],
            [
                {
                    "text": "x",
                    "annotations": [{"label": "claim", "fragments": [[0, 1]], "attributes": {"claim": 3}}],
                }
            ],
            [
                {
                    "text": "x",
                    "title": 3,
                    "other": b"x",
                    "links": [{"type": "a", "source": b"x"}],
                    "progress": [3],
                }
            ],
            [
                {
                    "text": "x",
                    "annotations": [{"label": "claim", "attributes": {"claim": {"x": b"y", "z": 1e400}}}],
                }
            ],
        )
    ):
        _, records, remarks = read(saved(tmp_path / f"{n}.parquet", rows))
        assert len(remarks) >= (n != 4)
        assert all(not record.links for record in records)


def test_the_guide_names_every_column(main):
    page = (Path(__file__).parents[2] / "resources" / "guide" / "formats-parquet.md").read_text("utf-8")
    schema = pq.read_schema(main)
    listed = [schema.field(name).type.value_type for name in ("annotations", "links", "progress")]
    names = {*schema.names, *(field.name for struct in listed for field in struct)}
    assert names - set(re.findall("`([a-z_0-9]+)`", page)) == set()


def test_a_scheme_without_attributes_is_written(tmp_path):
    plain = Scheme.from_body({"scheme": {"id": "plain"}, "label": [{"id": "claim"}]})
    made.export(PARQUET, replace(DATASET, header=Header("", plain)), tmp_path / "work.parquet")
    assert "attributes" not in str(pq.read_schema(tmp_path / "work.parquet").remove_metadata())
    _, records, remarks = read(tmp_path / "work.parquet")
    assert (made.held(PARQUET, records), remarks) == (made.held(PARQUET, DATASET), [])


def test_damaged_bytes_end_in_a_sentence(main):
    content = main.read_bytes()
    for seed in range(150):
        chance = random.Random(seed)
        at = chance.randrange(len(content))
        main.write_bytes(content[:at] + chance.randbytes(chance.randint(1, 8)) + content[at + 4 :])
        try:
            read(main)
        except FormatError as error:
            refused = str(error)
        else:
            refused = ""
        assert "\n" not in refused
