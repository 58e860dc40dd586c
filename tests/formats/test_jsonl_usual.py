"""What is read at once by type is the same as what the slower reader makes of it, remarks and all."""

import json

import dataset_values as made
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.formats.own import usual
from annotator.formats.own.format import _record
from annotator.formats.parts.article_rows import record_of
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.json_lines import value_of
from annotator.formats.parts.kept import encoded


def read(reader):
    """Return what a reader makes of a line, or why it is bad, with what it remarks upon."""
    said = []
    try:
        return reader(said.append), said
    except BadRecord as error:
        return str(error), said


def assert_is_read_alike(line):
    slowly = read(lambda say: record_of(value_of(line), 7, say))
    assert read(lambda say: _record(line, 7, say)) == slowly


@settings(max_examples=100, deadline=None)
@given(dataset=made.datasets())
def test_what_we_write_is_usual_and_read_alike(dataset):
    for record in dataset:
        line = encoded(record)
        assert_is_read_alike(line)
        if not any(a.extra for a in record.annotations) and b"\\u0000" not in line:
            assert usual.row_of(line) is not None


GOOD = {
    "id": "a",
    "layer": "ann",
    "label": "claim",
    "fragments": [[0, 5]],
    "exact": ["Kerry"],
    "attributes": {},
}
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False)
    | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=5,
)
PAIRS = st.lists(st.lists(st.integers(-1, 12) | st.just(2**63), max_size=3), max_size=3)
WORDS = st.lists(st.sampled_from(["Kerry", "", "said", "x"]), max_size=3)
NAMES = st.sampled_from(["", " ", "all", " All ", "a\x07b", "n" * 1000, "n" * 1001, "ann"])


@st.composite
def annotations(draw):
    changed = st.fixed_dictionaries(
        {},
        optional={
            **dict.fromkeys(("id", "layer", "label"), NAMES | JSON),
            "fragments": PAIRS | JSON,
            "exact": WORDS | JSON,
            "attributes": st.dictionaries(st.text(max_size=2), JSON, max_size=2) | JSON,
            **dict.fromkeys(("note", "origin", "scheme", "prefix", "article", "new"), JSON),
        },
    )
    return {**GOOD, **draw(changed)}


@settings(max_examples=400, deadline=None)
@given(
    annotation=annotations(), more=st.dictionaries(st.sampled_from(["article", "text", "links", "x"]), JSON)
)
def test_damaged_lines_are_read_alike(annotation, more):
    row = {"text": "Kerry said so.", "annotations": [GOOD, annotation], **more}
    assert_is_read_alike(json.dumps(row).encode())


@pytest.mark.parametrize(
    "line",
    [
        b'{"text": "Kerry", "annotations": null}',
        b'{"text": "Kerry", "annotations": {}}',
        b'{"text": "Kerry", "progress": null}',
        b'{"text": "Kerry", "links": [1]}',
        b'{"text": "Kerry\\ud800", "annotations": []}',
        b'{"text": "Kerry\\u0000"}',
        b'{"text": "Kerry", "n": NaN}',
        b'{"text": "Kerry", "n": 1e999}',
        b'{"text": "\xff"}',
        b"\xef\xbb\xbf" + b'{"text": "Kerry"}',
        b"[" * 100_000,
        b"[]",
        b"{",
    ],
)
def test_unusual_lines_are_read_alike(line):
    assert_is_read_alike(line)


def test_deep_values_are_refused_alike():
    deep = {}
    for _ in range(20):
        deep = {"in": deep}
    annotation = {**GOOD, "attributes": deep}
    assert_is_read_alike(json.dumps({"text": "Kerry said", "annotations": [annotation]}).encode())
