"""The registry: one row a format, modules loaded when they are used."""

import subprocess
import sys
from pathlib import Path

import pytest

from annotator.formats.registry import FORMATS, format_by_id, format_of


def test_ids_are_not_shared_and_suffixes_by_signature_only():
    assert len({f.id for f in FORMATS}) == len(FORMATS)
    unsigned = [suffix for f in FORMATS if f.reads and not f.signature for suffix in f.suffixes]
    assert len(set(unsigned)) == len(unsigned)


@pytest.mark.parametrize("how", [f for f in FORMATS if f.writes and f.reads], ids=lambda how: how.id)
def test_what_a_format_writes_is_recognised(how):
    golden = Path(__file__).parent / "golden" / how.id
    mains = [p for p in golden.rglob("*") if p.suffix in how.suffixes and not how.is_part(p)]
    assert mains
    for path in mains:
        assert format_of(path).id == how.id


@pytest.mark.parametrize("how", FORMATS, ids=lambda how: how.id)
def test_each_module_does_what_its_row_says(how):
    module = how._module()
    assert module.__doc__
    assert hasattr(module, "from_tables" if how.database else "read") == how.reads
    assert hasattr(module, "write") == how.writes


def test_a_format_is_guessed_by_the_suffix():
    assert format_of(Path("A.XLSX")).id == "xlsx"
    assert format_of(Path("a.txt")).id == "text"
    assert format_of(Path("a.unknown")) is None
    assert format_by_id("nothing") is None


def test_listing_formats_loads_none():
    code = (
        "import sys; import annotator.formats.registry;"
        "print(*(m for m in sys.modules if m in "
        "('annotator.formats.own.format', 'annotator.formats.tables.long_csv', 'csv', 'charset_normalizer')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
