"""A DocBin from a stranger runs nothing, fills no memory and ends no program."""

import contextlib
import random
import struct
import zlib

import dataset_values as made
import pytest
import spacy
import srsly
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.attrs import HEAD
from spacy.tokens import DocBin, Span

from annotator.formats.docbin import measured_msgpack
from annotator.formats.docbin import opening as docbin_opening
from annotator.formats.errors import FormatError
from annotator.formats.registry import format_by_id

HOW = format_by_id("docbin")


@pytest.fixture(scope="module")
def message():
    """A sound DocBin of two docs, unpacked."""
    nlp = spacy.blank("en")
    doc, other = nlp("John Kerry spoke."), nlp("No truce.")
    doc.spans["ann"] = [Span(doc, 0, 2, "PERSON", span_id="x", kb_id="k"), Span(doc, 2, 3, "ACT")]
    doc.ents = [Span(doc, 0, 2, "PERSON")]
    doc.user_data["annotator"] = {"annotations": {"x": {"note": "n"}}, "links": [], "progress": []}
    content = DocBin(docs=[doc, other], store_user_data=True).to_bytes()
    return srsly.msgpack_loads(zlib.decompress(content))


def packed(message):
    return zlib.compress(srsly.msgpack_dumps(message))


def read(tmp_path, content):
    path = tmp_path / "train.spacy"
    path.write_bytes(content)
    remarks = made.Remarks()
    records = list(HOW.read(path, made.SCHEME, remarks))
    return [r.text for r in records], [m for _, m in remarks], records


def refused(tmp_path, content):
    with pytest.raises(FormatError) as refusal:
        read(tmp_path, content)
    assert "\n" not in str(refusal.value)
    return str(refusal.value)


def test_a_sound_one_is_read(tmp_path, message):
    texts, remarks, _ = read(tmp_path, packed(message))
    assert (texts, remarks) == (["John Kerry spoke.", "No truce."], [])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"No truce",
        zlib.compress(b"No truce"),
        packed(None),
        packed([]),
        packed({}),
        packed({"attrs": 1}),
    ],
)
def test_what_is_no_docbin_is_refused(tmp_path, content):
    assert "no DocBin of spaCy" in refused(tmp_path, content)


def test_a_cut_file_is_refused(tmp_path, message):
    assert "damaged" in refused(tmp_path, packed(message)[:-20])


def test_a_zlib_bomb_is_refused(tmp_path):
    assert "far too much" in refused(tmp_path, zlib.compress(b"\0" * 100_000_000, 9))


def test_a_file_that_is_too_large_is_refused(tmp_path, message, monkeypatch):
    monkeypatch.setattr(docbin_opening, "MAX_FILE", 100)
    assert "too large" in refused(tmp_path, packed(message))


@pytest.mark.parametrize(
    "bomb",
    [b"\xdd\xff\xff\xff\xff" * 300, b"\xdf\xff\xff\xff\xff", b"\x91" * 100_000, b"\xc6\xff\xff\xff\xff"],
    ids=["lists", "map", "nested", "bytes"],
)
def test_msgpack_that_announces_too_much_is_refused(tmp_path, message, bomb):
    refused(tmp_path, zlib.compress(bomb))
    refused(tmp_path, packed({**message, "user_data": [bomb, bomb]}))
    refused(tmp_path, packed({**message, "span_groups": [bomb, bomb]}))
    refused(tmp_path, packed({**message, "span_groups": [srsly.msgpack_dumps([bomb]), b""]}))


def test_msgpack_of_too_many_values_is_refused(tmp_path, message, monkeypatch):
    monkeypatch.setattr(measured_msgpack, "MAX_VALUES", 1000)
    refused(tmp_path, packed({**message, "more": [[{}] * 100] * 100}))


@pytest.mark.parametrize(
    "wrong",
    [
        {"lengths": b"\xff\xff\xff\xff" * 2},
        {"lengths": b"\x04\0\0\0\x09\0\0\0"},
        {"lengths": b"\x04\0\0"},
        {"lengths": b"\x04\0\0\0" * 2},
        {"spaces": b""},
        {"tokens": b""},
        {"attrs": []},
        {"attrs": ["ORTH"]},
        {"attrs": [10**12]},
        {"strings": 5},
        {"cats": []},
        {"flags": [1, 2]},
        {"span_groups": [b""]},
        {"user_data": [b"", b"", b""]},
    ],
    ids=str,
)
def test_parts_that_do_not_go_together_are_refused(tmp_path, message, wrong):
    refused(tmp_path, packed({**message, **wrong}))


def group(*spans, name="ann", attrs=None):
    packed_spans = [struct.pack(">QQQllll", *span) for span in spans]
    return srsly.msgpack_dumps(
        {srsly.msgpack_dumps({"name": name, "attrs": attrs or {}, "spans": packed_spans}): [name]}
    )


@pytest.mark.parametrize(
    "span",
    [
        *((0, 0, 1, start, stop, 0, 4) for start, stop in [(0, 99), (-5, 2), (3, 1), (2**31 - 1, 2**31 - 1)]),
        *[(0, 0, 1, 0, 0, 0, 4), (0, 0, 123_456_789, 0, 1, 0, 4), (987_654_321, 0, 1, 0, 1, 0, 4)],
    ],
)
def test_spans_that_no_doc_has_are_left_out_and_said(tmp_path, message, span):
    label = spacy.blank("en").vocab.strings.add("ACT")
    span = (*span[:2], label if span[2] == 1 else span[2], *span[3:])
    groups = group(span, (0, 0, label, 2, 3, -7, 2**31 - 1))
    texts, remarks, records = read(tmp_path, packed({**message, "span_groups": [groups, b""]}))
    assert len(texts) == 2
    assert remarks == ["in doc 1, a span was left out: it is damaged"]
    found = {(a.label, records[0].text[a.hull.start : a.hull.stop]) for a in records[0].annotations}
    assert ("ACT", "spoke") in found


@pytest.mark.parametrize("layer", [5, [1], {"a": 1}, None])
def test_a_layer_that_is_no_text_gives_way_to_the_name_of_the_group(tmp_path, message, layer):
    label = spacy.blank("en").vocab.strings.add("ACT")
    groups = group((0, 0, label, 2, 3, 0, 0), attrs={"layer": layer})
    _, remarks, records = read(tmp_path, packed({**message, "span_groups": [groups, b""]}))
    assert remarks == []
    assert [a.layer for a in records[0].annotations] == ["ann"]


@pytest.mark.parametrize("name", ["span_groups", "user_data"])
@pytest.mark.parametrize("wrong", [[1], 5, "x", {"a": 1}, {b"x": 5}, [b"x"]], ids=str)
def test_a_doc_that_is_damaged_is_left_out_and_the_next_is_read(tmp_path, message, name, wrong):
    parts = [srsly.msgpack_dumps(wrong), message[name][1]]
    try:
        texts, remarks, _ = read(tmp_path, packed({**message, name: parts}))
    except FormatError:
        return
    assert texts[-1] == "No truce."
    assert len(texts) == 2 or "damaged" in remarks[0]


def test_a_word_that_the_strings_lack_costs_one_doc_only(tmp_path, message):
    strings = [string for string in message["strings"] if string != "Kerry"]
    texts, remarks, _ = read(tmp_path, packed({**message, "strings": strings}))
    assert texts == ["No truce."]
    assert remarks == ["in doc 1, the article was left out: it is damaged"]


def test_heads_that_lead_out_of_the_doc_are_not_looked_at(tmp_path, message):
    (text, _), _, _ = read(tmp_path, packed(message))
    at = message["attrs"].index(HEAD)
    tokens = bytearray(message["tokens"])
    width = 8 * len(message["attrs"])
    for row in range(len(tokens) // width):
        tokens[row * width + 8 * at : row * width + 8 * at + 8] = b"\xff\xff\xff\x7f\0\0\0\0"
    texts, remarks, _ = read(tmp_path, packed({**message, "tokens": bytes(tokens)}))
    assert (texts, remarks) == ([text, "No truce."], [])


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_bytes_that_were_changed_inside_never_break_the_reader(seed, message, tmp_path_factory):
    chance = random.Random(seed)
    data = bytearray(srsly.msgpack_dumps(message))
    for _ in range(chance.randint(1, 5)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    folder = tmp_path_factory.getbasetemp()
    with contextlib.suppress(FormatError):
        read(folder, zlib.compress(bytes(data)))
