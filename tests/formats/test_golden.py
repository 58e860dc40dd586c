"""Golden files: what a format writes does not change by accident, and what was written stays readable.

To make them anew after a format was changed on purpose: `python tests/formats/test_golden.py [ID ...]`.
"""

import shutil
import sys
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"
sys.path.insert(0, str(Path(__file__).parent))

import dataset_values as made  # noqa: E402
from golden_dataset import DATASET, golden_dataset  # noqa: E402

from annotator.formats.registry import FORMATS, format_by_id  # noqa: E402

WRITTEN = [f for f in FORMATS if f.writes]
BY_CONTENT = {"refi-qda", "xlsx", "parquet", "docbin"}
"""A new version of their library writes other bytes; they are compared by what is read back."""


@pytest.mark.parametrize("how", WRITTEN, ids=lambda how: how.id)
def test_writing_gives_the_golden_bytes(how, tmp_path):
    paths = made.export(how, made.fitting_of(how, golden_dataset(how)), made.place(how, tmp_path))
    names = {path.relative_to(tmp_path) for path in paths}
    assert names == {p.relative_to(GOLDEN / how.id) for p in (GOLDEN / how.id).rglob("*") if p.is_file()}
    for name in names:
        if how.id not in BY_CONTENT:
            assert (tmp_path / name).read_bytes() == (GOLDEN / how.id / name).read_bytes(), name
    if how.id in BY_CONTENT:
        new, golden = (
            how.read(made.place(how, folder), made.SCHEME, made.no_remark)
            for folder in (tmp_path, GOLDEN / how.id)
        )
        assert new.header == golden.header
        assert [made.content(r) for r in new] == [made.content(r) for r in golden]


@pytest.mark.parametrize("how", [f for f in WRITTEN if f.reads and f.holds_spans], ids=lambda how: how.id)
def test_golden_files_are_read(how):
    back = list(how.read(made.place(how, GOLDEN / how.id), made.SCHEME, made.no_remark))
    assert made.held(how, back) == made.held(how, made.fitting_of(how, DATASET))


@pytest.mark.parametrize("format_id", ["jsonl", "csv", "xlsx", "parquet"])
def test_all_that_is_said_of_golden_articles_is_read(format_id):
    how = format_by_id(format_id)
    back = list(how.read(made.place(how, GOLDEN / how.id), made.SCHEME, made.no_remark))
    placed = [[a.placed(r.text, a.fragments) for a in r.annotations] for r in back]
    assert [tuple(a) for a in placed] == [r.annotations for r in DATASET]
    assert [(r.article, r.text, r.links, r.progress) for r in back] == [
        (r.article, r.text, r.links, r.progress) for r in DATASET
    ]


@pytest.mark.parametrize("how", [f for f in WRITTEN if f.reads and f.holds_spans], ids=lambda how: how.id)
def test_how_gold_came_to_be_is_read_or_counted_as_lost(how):
    back = list(how.read(made.place(how, GOLDEN / how.id), made.SCHEME, made.no_remark))
    said = {(a.origin, a.sources) for record in back for a in record.annotations if a.sources}
    lost = [what for record in DATASET for what, _ in how.lacks().in_record(record)]
    kept = {("gold: adjudicated", ("a-quote", "b-nested"))}
    assert said == (set() if "gold spans without the annotations they came from" in lost else kept)


def test_a_golden_article_is_read():
    (record,) = format_by_id("text").read(GOLDEN / "text" / "work.txt", made.SCHEME, made.no_remark)
    assert record.article.id == "0be4c577cbd7bd27a9e638b2"
    assert record.article.title == "Truce buried 👩‍👩‍👧"
    assert record.text == "Truce buried 👩‍👩‍👧\n\nCafé and Cafe\u0301,\u00a0قُتل تسعة.\nLast line\n"


if __name__ == "__main__":
    for how in [f for f in WRITTEN if f.id in sys.argv[1:] or not sys.argv[1:]]:
        shutil.rmtree(GOLDEN / how.id, ignore_errors=True)
        (GOLDEN / how.id).mkdir(parents=True)
        made.export(how, made.fitting_of(how, golden_dataset(how)), made.place(how, GOLDEN / how.id))
