"""A record that is kept as a line of our own JSON Lines has the same values, made when they are asked for."""

import json
from dataclasses import fields, replace

import dataset_values as made
import pytest
from hypothesis import given, settings

from annotator.formats.dataset import ArticleRecord
from annotator.formats.parts.json_lines import line_of
from annotator.formats.parts.kept import KeptRecord, encoded
from annotator.model.records import Article

RECORD = ArticleRecord(Article("a", "0" * 64, "Title"), "Text.")


def kept(record):
    return KeptRecord.of(encoded(record))


@settings(max_examples=100, deadline=None)
@given(dataset=made.datasets())
def test_a_kept_record_has_the_values_of_its_line(dataset):
    for record in dataset:
        back = kept(record)
        for field in fields(ArticleRecord):
            assert getattr(back, field.name) == getattr(record, field.name)
        assert (back.size, back.tags) == (record.size, record.tags)


@settings(max_examples=50, deadline=None)
@given(dataset=made.datasets())
def test_a_kept_record_is_written_as_it_came_and_a_changed_copy_is_not(dataset):
    for record in dataset:
        assert encoded(kept(record)) == encoded(record)
        changed = replace(kept(record), text="", annotations=record.annotations[:1])
        assert encoded(changed) == encoded(replace(record, text="", annotations=record.annotations[:1]))
        assert (changed.size, changed.links) == (len(record.annotations[:1]), record.links)


def test_nothing_is_made_that_nobody_asks_for():
    record = KeptRecord.of(b"no JSON at all", size=3)
    assert (record.size, encoded(record)) == (3, b"no JSON at all")
    with pytest.raises(ValueError, match="Expecting value"):
        _ = record.article
    with pytest.raises(AttributeError, match="no_such"):
        _ = record.no_such


@pytest.mark.parametrize("title", ["\ud800", "\x85 \u2028 \u2029", "\x00\x1f\x7f", "“é” 👩‍👩‍👧 قُتل"])
def test_a_line_is_one_line_of_utf_8_to_every_reader(title):
    record = replace(RECORD, article=replace(RECORD.article, title=title, extra={"\u2028": title}))
    line = encoded(record)
    assert len(line.decode("utf-8").splitlines()) == 1
    assert json.loads(line)["article"]["title"] == title
    assert kept(record).article == record.article


@pytest.mark.parametrize("number", [1e22, 1e16, 1e-7, 5e-324, -0.0, 0.1, 2**64, -(2**63) - 1, 2**200, 1.0, 1])
def test_numbers_come_back_as_they_were(number):
    line = line_of({"number": number})
    back = json.loads(line)["number"]
    assert (back, type(back)) == (number, type(number))
    assert KeptRecord.of(line)._row == {"number": number}


def test_keys_are_sorted_at_every_depth():
    row = {"b": {"z": 1, "é": 2, "Z": 3, "y\U0001f600": 4, "y\uffff": 5}, "a": [{"d": 1, "c": 2}]}
    assert (
        line_of(row).decode()
        == json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":")) + "\n"
    )
