"""What a format can't hold is counted and named, with an example."""

import pytest
from golden_dataset import ANNOTATIONS, DATASET, LINKS

from annotator.formats.losses import Holds, Lacks, Loss, Tally, nothing_of_header, nothing_of_record
from annotator.formats.registry import format_by_id

EVERYTHING = {"nested": True, "fragments": True, "attributes": True, "links": True, "layers": True}


def losses_without(flag):
    lacks = Lacks(Holds(**{**EVERYTHING, flag: False}), nothing_of_header, nothing_of_record)
    tally = Tally()
    for record in DATASET:
        tally.add(lacks.in_record(record))
    return tally.losses()


@pytest.mark.parametrize(
    ("flag", "what", "count", "example"),
    [
        ("attributes", "attributes", 4, "claim"),
        ("links", "links", len(LINKS), "contradicts, by bob"),
        ("layers", "annotator", len(ANNOTATIONS), "claim “=SUM(A1)” by ann"),
    ],
)
def test_each_flag_that_is_off_loses_something(flag, what, count, example):
    (loss,) = losses_without(flag)
    assert what in loss.what
    assert loss.count == count
    assert loss.example.startswith(example[:20])


@pytest.mark.parametrize("format_id", ["jsonl", "xlsx", "parquet"])
def test_some_formats_lose_nothing(format_id):
    lacks = format_by_id(format_id).lacks()
    tally = Tally()
    tally.add(lacks.in_header(DATASET.header))
    for record in DATASET:
        tally.add(lacks.in_record(record))
    assert tally.losses() == ()


def test_csv_loses_the_scheme():
    tally = Tally()
    tally.add(format_by_id("csv").lacks().in_header(DATASET.header))
    assert tally.losses() == (Loss("scheme with its rules, examples, colours and keys", 1, "Trial"),)
