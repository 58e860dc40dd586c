"""Mutated files never break a reader: it takes what it can, or refuses in one sentence."""

import contextlib
import csv
import json
import random
import shutil
from pathlib import Path

import dataset_values as made
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.formats.errors import FormatError
from annotator.formats.registry import FORMATS, format_by_id
from annotator.services import reading

GOLDEN = Path(__file__).parent / "golden"
ODD = st.sampled_from(
    [None, True, -1, 2**70, 1.5, "", "x" * 2000, "\ud800", [], {}, [[]], {"a": {}}, [1, 2], "claim", "\x00"]
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("mutated")


def mutated(content, seed):
    """Change a few places of a file: cut, double, overwrite."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(content) + 1)
        stop = at + chance.choice([0, 1, 1, 3, 40, 400])
        piece = chance.choice(
            [b"", content[at:stop] * 2, chance.randbytes(3), b'"', b",", b"\r\n", b"[" * 2000]
        )
        content = content[:at] + piece + content[stop:]
    return content


def remark(_line, message, **_file):
    message.encode("utf-8", "surrogatepass")


def read(how, path):
    with contextlib.suppress(FormatError):
        list(reading.read(how, path, made.SCHEME, remark))


@pytest.mark.parametrize("how", [f for f in FORMATS if f.reads], ids=lambda how: how.id)
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_bytes_that_were_damaged_never_break_a_reader(how, folder, seed):
    target = folder / how.id
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for path in sorted(p for p in (GOLDEN / how.id).rglob("*") if p.is_file()):
        copy = target / path.relative_to(GOLDEN / how.id)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(mutated(path.read_bytes(), seed))
    read(how, made.place(how, target))


def replaced(value, path, new):
    """Put another value in the place of one, somewhere deep in a JSON value."""
    if not path or not isinstance(value, dict | list) or not value:
        return new
    keys = sorted(value) if isinstance(value, dict) else range(len(value))
    key = keys[path[0] % len(value)]
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[key] = replaced(value[key], path[1:], new)
    return copy


@pytest.mark.parametrize("format_id", ["jsonl", "prodigy", "doccano"])
@settings(max_examples=200, deadline=None)
@given(line=st.integers(0, 2), path=st.lists(st.integers(0, 40), max_size=7), new=ODD)
def test_any_value_in_any_place_never_breaks_the_reader(format_id, folder, line, path, new):
    rows = [json.loads(row) for row in (GOLDEN / format_id / "work.jsonl").read_text("utf-8").splitlines()]
    rows[line] = replaced(rows[line], path, new)
    target = folder / "work.jsonl"
    target.write_text("\n".join(json.dumps(row) for row in rows))
    read(format_by_id(format_id), target)


@pytest.mark.parametrize(
    ("format_id", "name"),
    [
        ("w3c", "work.jsonld"),
        ("label-studio", "work.json"),
        ("json-cas", "work/ann/Truce-buried-again.json"),
    ],
)
@settings(max_examples=200, deadline=None)
@given(path=st.lists(st.integers(0, 40), max_size=9), new=ODD)
def test_any_value_in_any_place_of_a_whole_file_never_breaks_the_reader(format_id, name, folder, path, new):
    how, target = format_by_id(format_id), folder / f"whole-{format_id}"
    if not target.exists():
        shutil.copytree(GOLDEN / format_id, target)
    value = json.loads((GOLDEN / format_id / name).read_text("utf-8"))
    (target / name).write_text(json.dumps(replaced(value, path, new)))
    read(how, made.place(how, target))


CELLS = st.sampled_from(
    [
        "",
        "-1",
        "9" * 20,
        "9" * 5000,
        "1.5",
        "٣",
        "²",
        "1..2;0..1",
        "[",
        "{}",
        "[[]]",
        "\x01",
        "=1",
        "true",
        "_",
        "|",
    ]
)


@pytest.mark.parametrize("part", ["", ".articles", ".links", ".entities"])
@settings(max_examples=150, deadline=None)
@given(row=st.integers(0, 40), column=st.integers(0, 60), new=CELLS)
def test_any_words_in_any_cell_never_break_the_reader(part, folder, row, column, new):
    how, target = format_by_id("csv"), folder / f"cells{part}"
    if not target.exists():
        shutil.copytree(GOLDEN / "csv", target)
    with (GOLDEN / "csv" / f"work{part}.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    cells = rows[row % len(rows)]
    cells[column % len(cells)] = new
    with (target / f"work{part}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    read(how, made.place(how, target))
