"""The stored form of text: idempotent, legal in XML, every code point in place."""

import hashlib
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.model.text import Utf16Offsets, article_id, canonical, fingerprint, says_nothing

ANY_TEXT = st.text(st.characters(codec=None))
AWKWARD = st.text(
    "ab \n\r\t\v\f\x00\x07\x1b\x1c\x1e\x1f\x7f\x85\u2028\u2029\ufeff\ufffd\ufffe\ud800\U0001f600\U0001fffféع"
)
TEXTS = st.one_of(ANY_TEXT, AWKWARD)


@given(TEXTS)
@example("\ufeff\ufefftext")
@example("\r\r\n\n")
def test_the_stored_form_is_its_own_stored_form(raw: str) -> None:
    assert canonical(canonical(raw)) == canonical(raw)


@given(TEXTS)
def test_the_stored_form_is_legal_in_xml(raw: str) -> None:
    escaped = canonical(raw).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    parsed = ElementTree.fromstring(f"<text>{escaped}</text>".encode())
    assert (parsed.text or "") == canonical(raw)


@given(TEXTS)
def test_every_code_point_stays_in_place_but_for_pairs_and_the_mark(raw: str) -> None:
    alone = raw.lstrip("\ufeff").replace("\r\n", "\n")
    assert len(canonical(raw)) == len(alone)
    assert all(stored in (char, "\n", "\ufffd") for char, stored in zip(alone, canonical(raw), strict=True))


@given(st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"])))
def test_letters_marks_and_spaces_are_never_changed(raw: str) -> None:
    assert canonical(raw) == raw


@given(TEXTS)
def test_the_stored_form_survives_utf_8_and_a_line_split(raw: str) -> None:
    stored = canonical(raw)
    assert stored.encode("utf-8").decode("utf-8") == stored
    assert stored.splitlines() == (stored.removesuffix("\n").split("\n") if stored else [])


@pytest.mark.parametrize(
    "end", ["\n", "\r\n", "\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]
)
def test_every_line_end_becomes_lf(end: str) -> None:
    assert canonical(f"one{end}two") == "one\ntwo"


@pytest.mark.parametrize("marks", ["\ufeff", "\ufeff\ufeff"])
def test_only_leading_byte_order_marks_go(marks: str) -> None:
    assert canonical(f"{marks}one\ufefftwo") == "one\ufefftwo"


@pytest.mark.parametrize(
    "char",
    [
        "\x00",
        "\x08",
        "\x1b",
        "\x1f",
        "\x7f",
        "\x80",
        "\x9f",
        "\ud83d",
        chr(0xDFFF),
        "\ufdd0",
        "\uffff",
        "\U0010ffff",
    ],
)
def test_what_no_text_may_hold_becomes_a_replacement_character(char: str) -> None:
    assert canonical(f"a{char}b") == "a\ufffdb"


@pytest.mark.parametrize(
    "text", ["e\u0301", "ﬁ", "\u00a0", "\u200b", "\u202e", "\t", "’“”", "👨‍👩‍👧", "السَّلام"]
)
def test_quotations_stay_as_published(text: str) -> None:
    assert canonical(text) == text


def test_the_fingerprint_is_the_hash_of_the_utf_8_bytes() -> None:
    assert fingerprint("عé😀") == hashlib.sha256("عé😀".encode()).hexdigest()


def test_the_same_text_from_two_places_is_two_articles() -> None:
    sha256 = fingerprint("wire copy")
    assert article_id(sha256) == article_id(sha256, "")
    assert len({article_id(sha256), article_id(sha256, "https://a"), article_id(sha256, "https://b")}) == 3


@given(st.text("aé\n😀𐍈ع"))
def test_utf_16_offsets_agree_with_the_encoding(text: str) -> None:
    offsets = Utf16Offsets(text)
    for at in range(len(text) + 1):
        units = len(text[:at].encode("utf-16-le")) // 2
        assert offsets.to_utf16(at) == units
        assert offsets.from_utf16(units) == at


@given(st.text("aé😀𐍈", min_size=1))
def test_an_offset_inside_a_surrogate_pair_is_that_of_the_character(text: str) -> None:
    offsets = Utf16Offsets(text)
    for at, char in enumerate(text):
        if char > "\uffff":
            assert offsets.from_utf16(offsets.to_utf16(at) + 1) == at


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b", "\u2060\ufeff", "\u200b \u200e\n\u00ad"])
def test_what_nobody_can_see_says_nothing(text: str) -> None:
    assert says_nothing(text)
    assert not says_nothing(text + "ق")
