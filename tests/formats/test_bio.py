"""Tags of tokens become spans, in whichever of the schemes they are written."""

import pytest

from annotator.formats.conll.bio import is_tag, spans


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("O B-PER I-PER O", [("PER", 1, 3)]),
        ("B-PER B-PER", [("PER", 0, 1), ("PER", 1, 2)]),
        ("I-PER I-PER O I-LOC", [("PER", 0, 2), ("LOC", 3, 4)]),  # IOB1
        ("I-PER B-PER I-PER", [("PER", 0, 1), ("PER", 1, 3)]),
        ("B-PER I-LOC", [("PER", 0, 1), ("LOC", 1, 2)]),
        ("B-PER E-PER S-PER S-PER", [("PER", 0, 2), ("PER", 2, 3), ("PER", 3, 4)]),
        ("B-PER L-PER U-LOC I-LOC", [("PER", 0, 2), ("LOC", 2, 3), ("LOC", 3, 4)]),
        ("B-PER M-PER E-PER", [("PER", 0, 3)]),
        ("E-PER I-PER", [("PER", 0, 1), ("PER", 1, 2)]),
        ("PER PER O LOC", [("PER", 0, 2), ("LOC", 3, 4)]),
        ("B I O B", [("span", 0, 2), ("span", 3, 4)]),
        ("B-casualty-report I-casualty-report", [("casualty-report", 0, 2)]),
        ("O _ -", []),
        ("", []),
    ],
)
def test_spans(tags, expected):
    assert [tuple(span) for span in spans(tags.split())] == expected


def test_a_tag_is_told_from_a_word():
    assert all(map(is_tag, ["O", "B-PER", "I-a-b", "S", "_"]))
    assert not any(map(is_tag, ["PER", "dead.", "b-per", "B-", "BPER"]))
