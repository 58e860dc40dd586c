"""Code points of the text and positions in the document that shows it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject

from annotator.model.text import canonical
from annotator.ui import fonts
from annotator.ui.article import places as module
from annotator.ui.article.document import Setting, build
from annotator.ui.article.places import LONGEST, Places
from annotator.ui.theme import LIGHT

PIECES = st.sampled_from(
    ["a", "word ", "\n", "\n\n", "😀", "👨‍👩‍👧", "e\u0301", "قال ", "\u00a0", "\t", "\ufffc", "漢"]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=60)).map(canonical)


@given(TEXTS)
def test_every_code_point_stands_at_its_position_in_the_document(qapp: Any, text: str) -> None:
    places, owner = Places(text), QObject()
    document = build(places, None, Setting.at(fonts.READING_PT), LIGHT, owner)
    assert document.blockCount() == len(places)
    for offset, character in enumerate(text):
        position = places.position(offset)
        assert places.offset(position) == offset
        unit = character.encode("utf-16-le")[:2].decode("utf-16-le", "surrogatepass")
        if character not in "\n\u00a0":
            assert document.characterAt(position) == unit


@given(TEXTS)
def test_blocks_are_the_lines_of_the_text(text: str) -> None:
    places = Places(text)
    assert [places.words_of(block) for block in range(len(places))] == text.split("\n")
    for offset in range(len(text)):
        start, stop = places.bounds(places.block_at(offset))
        assert start <= offset <= stop


@given(st.lists(PIECES, min_size=5, max_size=60).map("".join).map(canonical))
def test_long_lines_are_shown_in_pieces_and_offsets_still_hold(qapp: Any, text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "LONGEST", 10)
        patch.setattr(module, "PIECE", 8)
        places = Places(text)
    assert places.shown.replace("\n", "") == text.replace("\n", "")
    assert "".join(places.words_of(block) for block in range(len(places))) == text.replace("\n", "")
    document = build(places, None, Setting.at(fonts.READING_PT), LIGHT, owner := QObject())
    assert document.parent() is owner
    assert document.blockCount() == len(places)
    for offset in range(len(text)):
        assert places.offset(places.position(offset)) == offset
        block = document.findBlock(places.position(offset)).blockNumber()
        assert block == places.block_at(offset)


def test_no_piece_of_a_long_line_begins_inside_a_grapheme() -> None:
    text = "👨‍👩‍👧‍👦" * (LONGEST // 4)
    places = Places(text)
    assert len(places) > 1
    assert all(places.words_of(block).startswith("👨") for block in range(len(places)))


def test_a_long_line_is_broken_after_a_space_when_there_is_one() -> None:
    places = Places("word " * LONGEST)
    assert all(places.words_of(block).endswith(" ") for block in range(len(places)))


def test_an_empty_text_has_one_blank_block() -> None:
    places = Places("")
    assert (len(places), places.bounds(0), places.paragraph(0)) == (1, (0, 0), None)
