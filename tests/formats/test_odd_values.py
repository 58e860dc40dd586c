"""Any value in any place of another program's file, and its reader takes what it can or refuses."""

import contextlib
import json

import dataset_values as made
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_mutations import GOLDEN, replaced

from annotator.formats.errors import FormatError
from annotator.formats.registry import format_by_id
from annotator.store.foreign_tables import read_tables

TEXTS = (
    "",
    " ",
    "x" * 2000,
    "\ud800",
    "\x00",
    "all",
    "#fff",
    "<p>",
    "2016",
    "claim",
    '{"type": "highlight_add"}',
)
NUMBERS = (-1, 0, 7, 2**62, 1.5)
IN_JSON = st.sampled_from([None, True, [], {}, [[]], {"a": {}}, [1, 2], 2**70, *TEXTS, *NUMBERS])
IN_TABLES = st.sampled_from([None, b"\xff\x00", *TEXTS, *NUMBERS])


def remark(_line, message, **_file):
    message.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("format_id", ["citron", "labelbuddy"])
@settings(max_examples=150, deadline=None)
@given(path=st.lists(st.integers(0, 40), max_size=6), new=IN_JSON)
def test_in_json(tmp_path_factory, format_id, path, new):
    value = json.loads((GOLDEN / format_id / "work.json").read_text("utf-8"))
    target = tmp_path_factory.getbasetemp() / f"{format_id}.json"
    target.write_text(json.dumps(replaced(value, path, new)))
    with contextlib.suppress(FormatError):
        list(format_by_id(format_id).read(target, made.SCHEME, remark))


@pytest.mark.parametrize("format_id", ["taguette", "qualcoder"])
@settings(max_examples=150, deadline=None)
@given(places=st.lists(st.tuples(*[st.integers(0, 40)] * 3), min_size=1, max_size=3), new=IN_TABLES)
def test_in_tables(format_id, places, new):
    how = format_by_id(format_id)
    main = how.main(made.place(how, GOLDEN / format_id))
    tables = {name: [dict(row) for row in rows] for name, rows in read_tables(main, how.tables(), "").items()}
    for table, row, column in places:
        rows = list(tables.values())[table % len(tables)]
        if rows:
            chosen = rows[row % len(rows)]
            chosen[list(chosen)[column % len(chosen)]] = new
    for record in how.from_tables(tables, made.SCHEME, remark):
        for a in record.annotations:
            assert a.hull.start < a.hull.stop
