"""Golden files: what a format writes does not change by accident, and what was written stays readable.

To make them anew after a format was changed on purpose: `python tests/formats/test_golden.py`.
"""

import sys
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"
sys.path.insert(0, str(Path(__file__).parent))

import dataset_values as made  # noqa: E402
from golden_dataset import DATASET  # noqa: E402

from annotator.formats.registry import FORMATS, format_by_id  # noqa: E402

WRITTEN = [f for f in FORMATS if f.writes]


@pytest.mark.parametrize("how", WRITTEN, ids=lambda how: how.id)
def test_writing_gives_the_golden_bytes(how, tmp_path):
    for path in made.export(how, DATASET, tmp_path / f"work{how.suffixes[0]}"):
        assert path.read_bytes() == (GOLDEN / how.id / path.name).read_bytes(), path.name


@pytest.mark.parametrize("how", WRITTEN, ids=lambda how: how.id)
def test_golden_files_are_read(how):
    back = list(how.read(GOLDEN / how.id / f"work{how.suffixes[0]}", made.SCHEME, made.no_remark))
    placed = [[a.placed(r.text, a.fragments) for a in r.annotations] for r in back]
    assert [tuple(a) for a in placed] == [r.annotations for r in DATASET]
    assert [(r.article, r.text, r.links, r.progress) for r in back] == [
        (r.article, r.text, r.links, r.progress) for r in DATASET
    ]


def test_a_golden_article_is_read():
    (record,) = format_by_id("text").read(GOLDEN / "text" / "work.txt", made.SCHEME, made.no_remark)
    assert record.article.id == "0be4c577cbd7bd27a9e638b2"
    assert record.article.title == "Truce buried 👩‍👩‍👧"
    assert record.text == "Truce buried 👩‍👩‍👧\n\nCafé and Cafe\u0301,\u00a0قُتل تسعة.\nLast line\n"


if __name__ == "__main__":
    for how in WRITTEN:
        (GOLDEN / how.id).mkdir(parents=True, exist_ok=True)
        made.export(how, DATASET, GOLDEN / how.id / f"work{how.suffixes[0]}")
