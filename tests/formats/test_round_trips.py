"""What is written comes back: for generated datasets, everything that a format's flags say it holds.

Each dataset goes through all formats, as generating it takes longer than most of them; a failure notes
the format.
"""

import tempfile
from pathlib import Path

import dataset_values as made
from hypothesis import given, note, settings

from annotator.formats.registry import FORMATS, format_by_id

BOTH_WAYS = [f for f in FORMATS if f.reads and f.writes and f.holds_spans]


@settings(max_examples=40, deadline=None)
@given(dataset=made.datasets())
def test_what_a_format_says_it_holds_comes_back(dataset):
    for how in BOTH_WAYS:
        note(how.id)
        fitting = made.fitting_of(how, dataset)
        with tempfile.TemporaryDirectory() as folder:
            main = made.place(how, Path(folder))
            made.export(how, fitting, main)
            back = list(how.read(main, made.SCHEME, made.no_remark))
        assert made.held(how, back) == made.held(how, fitting)


@settings(max_examples=60, deadline=None)
@given(dataset=made.datasets())
def test_every_record_comes_back_as_it_was(dataset):
    for format_id in ("jsonl", "csv", "xlsx", "parquet"):
        note(format_id)
        how = format_by_id(format_id)
        with tempfile.TemporaryDirectory() as folder:
            main = Path(folder, "work" + how.suffixes[0])
            made.export(how, dataset, main)
            back = how.read(main, made.SCHEME, made.no_remark)
            records = list(back)
        for was, now in zip(dataset, records, strict=True):
            placed = tuple(a.placed(now.text, a.fragments) for a in now.annotations)
            assert (now.article, now.text) == (was.article, was.text)
            assert placed == was.annotations
            assert [a.anchor.exact for a in now.annotations] == [a.anchor.exact for a in was.annotations]
            assert now.links == was.links
            assert sorted(now.progress, key=lambda p: p.id) == sorted(was.progress, key=lambda p: p.id)
        assert back.header.entities == dataset.header.entities


@settings(max_examples=100, deadline=None)
@given(dataset=made.datasets())
def test_json_lines_lose_nothing_at_all(dataset):
    how = format_by_id("jsonl")
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder, "1.jsonl"), Path(folder, "2.jsonl")
        made.export(how, dataset, first)
        back = how.read(first, made.SCHEME, made.no_remark)
        assert back.header == dataset.header
        kept = made.Dataset(back.header, tuple(back))
        assert [made.content(r) for r in kept] == [made.content(r) for r in dataset]
        made.export(how, kept, second)
        assert first.read_bytes() == second.read_bytes()


@settings(max_examples=20, deadline=None)
@given(dataset=made.datasets())
def test_the_same_dataset_gives_the_same_bytes(dataset):
    for how in (f for f in FORMATS if f.writes):
        note(how.id)
        fitting = made.fitting_of(how, dataset)
        with tempfile.TemporaryDirectory() as folder:
            twice = []
            for name in ("a", "b"):
                Path(folder, name).mkdir()
                paths = made.export(how, fitting, made.place(how, Path(folder, name)))
                twice.append([(path.name, path.read_bytes()) for path in paths])
        assert twice[0] == twice[1]
