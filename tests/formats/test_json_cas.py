"""JSON CAS as UIMA's Java writes it, sound or not."""

import contextlib
import json

import dataset_values as made
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_mutations import GOLDEN, ODD, replaced

from annotator.formats.cas import files as cas_files
from annotator.formats.errors import FormatError
from annotator.formats.registry import format_by_id, format_of
from annotator.model.scheme import Scheme
from annotator.services.import_files import sources

JSON_CAS = format_by_id("json-cas")
BARE = Scheme.from_body({"scheme": {"id": "bare"}, "label": [{"id": "other"}]})
TEXT = "Kerry 😀 said\r\nthe truce is dead."

SPAN, LINK, HOST = "custom.Span", "custom.HostLink", "custom.Host"
META = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
TOKEN = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"


def declared(name, parent="uima.tcas.Annotation", **features):
    ranges = {feature: {"%NAME": feature, "%RANGE": range_} for feature, range_ in features.items()}
    return {"%NAME": name, "%SUPER_TYPE": parent, **ranges}


TYPES = {
    SPAN: declared(SPAN, label="uima.cas.String", score="uima.cas.Double", tags="uima.cas.String[]"),
    HOST: declared(HOST, links=f"{LINK}[]"),
    LINK: declared(LINK, "uima.cas.TOP", role="uima.cas.String", target=SPAN),
    META: declared(META, "uima.tcas.DocumentAnnotation", documentTitle="uima.cas.String"),
    TOKEN: declared(TOKEN, parent_="uima.tcas.Annotation"),
}
SOFA = {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "sofaString": TEXT}


def structure(own_id, name, begin=None, end=None, **features):
    place = {} if begin is None else {"@sofa": 1, "begin": begin, "end": end}
    return {"%ID": own_id, "%TYPE": name, **place, **features}


def cas(*structures, sofas=(SOFA,), **more):
    members = [s["%ID"] for s in structures if isinstance(s, dict) and "%ID" in s]
    views = {sofa["sofaID"]: {"%SOFA": sofa["%ID"], "%MEMBERS": members} for sofa in sofas}
    # Java puts a sofa after what refers to it.
    return {"%TYPES": TYPES, "%FEATURE_STRUCTURES": [*structures, *sofas], "%VIEWS": views, **more}


@pytest.fixture
def read(tmp_path):
    def read(content, scheme=BARE):
        path = tmp_path / "doc.json"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        remarks = made.Remarks()
        dataset = JSON_CAS.read(path, scheme, remarks)
        return list(dataset), [message for _, message in remarks], dataset.header.labels

    return read


def spans(record):
    return [
        (a.label, record.text[a.hull.start : a.hull.stop], dict(a.attributes)) for a in record.annotations
    ]


def test_spans_values_and_slots_are_read(read):
    content = cas(
        structure(10, META, 0, 33, documentTitle="a.txt", language="x-unspecified"),
        structure(11, TOKEN, 0, 5),
        structure(12, SPAN, 6, 8, label="smile", score=2.5, **{"@tags": 13}),
        structure(13, "uima.cas.StringArray", **{"%ELEMENTS": ["a", "b c"]}),
        structure(14, LINK, role="speaker", **{"@target": 12}),
        structure(15, f"{LINK}[]", **{"%ELEMENTS": [14]}),
        structure(16, HOST, 15, 24, **{"@links": 15}),
        structure(17, SPAN, 9, 13, **{"#score": "NaN"}),
    )
    (record,), remarks, labels = read(content)
    assert record.article.title == "a.txt"
    assert spans(record) == [
        ("smile", "😀", {"score": 2.5, "tags": ["a", "b c"]}),
        ("Span", "said", {}),
        ("Host", "the truce", {}),
    ]
    names = {a.id: a.label for a in record.annotations}
    assert [
        (link.type, names[link.source], names[link.target], link.attributes) for link in record.links
    ] == [("links", "Host", "smile", {"role": "speaker"})]
    assert {label.id for label in labels} == {"smile", "Span", "Host"}
    assert not remarks


def test_structures_may_be_mapped_by_their_ids(read):
    content = cas(structure(10, SPAN, 0, 5, label="a"))
    rows = {str(row.pop("%ID")): row for row in json.loads(json.dumps(content["%FEATURE_STRUCTURES"]))}
    (record,), remarks, _ = read(content | {"%FEATURE_STRUCTURES": rows})
    assert spans(record) == [("a", "Kerry", {})]
    assert not remarks


def test_each_text_of_a_file_is_an_article(read):
    second = {**SOFA, "%ID": 2, "sofaID": "French", "sofaString": "Une trêve."}
    sound = {"%ID": 3, "%TYPE": "uima.cas.Sofa", "sofaID": "Sound", "sofaURI": "file:a.wav"}
    content = cas(
        structure(10, SPAN, 0, 5, label="a"),
        structure(11, SPAN, 0, 3, label="b") | {"@sofa": 2},
        sofas=(SOFA, second, sound),
    )
    records, remarks, _ = read(content)
    assert [(r.article.title, spans(r)) for r in records] == [
        ("doc", [("a", "Kerry", {})]),
        ("doc (French)", [("b", "Une", {})]),
    ]
    assert remarks == ["a text was left out: it is not in the file itself"]


def test_what_the_types_lack_is_told_by_the_values(read):
    content = cas(
        structure(10, SPAN, 0, 5, label="a", newer=True, none=None, **{"^anchor": 1, "a b": 1, "class": "c"}),
        structure(11, "a.Newer", 9, 13, n=1, f=1.5, s="t", **{"@other": 10}),
    )
    (record,), remarks, labels = read(content | {"%TYPES": None})
    assert spans(record) == [
        ("a", "Kerry", {"newer": True, "class": "c"}),
        ("Newer", "said", {"n": 1, "f": 1.5, "s": "t"}),
    ]
    assert [link.type for link in record.links] == ["other"]
    kinds = {label.id: {a.name: a.kind for a in label.attributes} for label in labels}
    assert kinds["Newer"] == {"n": "number", "f": "number", "s": "text"}
    assert not remarks


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (structure(10, SPAN, 0, 34), "“custom.Span” of id “10” was left out: 0 to 34 is not in the text"),
        (structure(10, SPAN, 7, 8), "“custom.Span” of id “10” was left out: 7 to 8 is not in the text"),
        (structure(10, SPAN, "0", 5), "0 to 5 is not in the text"),
        (structure(10, SPAN, 0, True), "is not in the text"),
        (structure(10, SPAN, 0, 2**70), "is not in the text"),
        (
            structure(10, SPAN, 0, 5) | {"@sofa": 7},
            "“custom.Span” of id “10” was left out: its text is not in the file",
        ),
        (structure(10, SPAN), "its text is not in the file"),
        (structure(10, SPAN, 3, 3), "the span from 3 to 3 is empty or runs backwards"),
        (structure("x", SPAN, 0, 5), "its id or its type is missing or not its own"),
        (structure(10, None, 0, 5), "its id or its type is missing or not its own"),
        (structure(11, SPAN, 0, 5), "its id or its type is missing or not its own"),
        (structure(10, HOST, 0, 5, **{"@links": 99}), None),
        (structure(10, HOST, 0, 5, **{"@links": "x"}), None),
        (structure(10, f"{LINK}[]", **{"%ELEMENTS": [99, None, "x"]}), None),
        (structure(10, "uima.cas.FSArray"), None),
        ("a span", None),
        (None, None),
    ],
)
def test_a_bad_structure_is_left_out_and_the_others_come_in(read, bad, why):
    (record,), remarks, _ = read(cas(bad, structure(11, SPAN, 9, 13, label="a"), structure(12, SPAN, 0, 5)))
    assert ("Span", "Kerry", {}) in spans(record)
    assert why is None or why in remarks[0]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is not valid JSON"),
        (b"\xff\xfe", "is not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"%TYPES": NaN}', "is not valid JSON"),
        ([], "is not UIMA JSON CAS"),
        ({"%TYPES": {}}, "is not UIMA JSON CAS: “%FEATURE_STRUCTURES” is missing"),
        (cas() | {"%FEATURE_STRUCTURES": 1}, "holds no text"),
        (cas() | {"%TYPES": {"a.A": {"%SUPER_TYPE": "a.A"}}}, "can't be read as UIMA JSON CAS"),
        (cas() | {"%TYPES": {"a.A": 1}}, "can't be read as UIMA JSON CAS"),
        (cas() | {"%TYPES": [1]}, "can't be read as UIMA JSON CAS"),
        (cas(sofas=({**SOFA, "sofaString": " "},)), "doesn't hold a text that can be seen"),
    ],
)
def test_what_is_no_json_cas_is_refused_in_one_sentence(read, content, why):
    with pytest.raises(FormatError, match=why) as refused:
        read(content)
    assert "\n" not in str(refused.value)


def test_other_json_in_the_folder_is_left_to_its_own_format(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps(cas(structure(10, SPAN, 0, 5))))
    (tmp_path / "b.json").write_text('{"some": "other"}')
    remarks = made.Remarks()
    (record,) = JSON_CAS.read(tmp_path, BARE, remarks)
    assert len(record.annotations) == 1
    assert not remarks
    assert format_of(tmp_path / "a.json") == JSON_CAS
    assert format_of(tmp_path / "b.json") != JSON_CAS
    assert (tmp_path, JSON_CAS) in sources([tmp_path], None)
    (tmp_path / "a.json").unlink()
    (tmp_path / "c.txt").write_text("Text.")
    assert (tmp_path, JSON_CAS) not in sources([tmp_path], None)


def test_features_that_are_keys_of_other_formats_mislead_nobody(tmp_path):
    names = ("label_name", "completed_by", "from_name", "lead_time")
    types = {SPAN: declared(SPAN, **dict.fromkeys(names, "uima.cas.String"))}
    (tmp_path / "a.json").write_text(json.dumps(cas(structure(10, SPAN, 0, 5)) | {"%TYPES": types}))
    assert format_of(tmp_path / "a.json") == JSON_CAS


def test_a_type_system_is_loaded_once(tmp_path, monkeypatch):
    from annotator.formats.cas import json_cas

    loaded = []
    load = json_cas.load_cas_from_json

    def counted(*of, **how):
        loaded.append("merge_typesystem" in how)
        return load(*of, **how)

    monkeypatch.setattr(json_cas, "load_cas_from_json", counted)
    for n in range(50):
        content = cas(structure(10, SPAN, 0, 4), sofas=({**SOFA, "sofaString": f"Text {n}."},))
        (tmp_path / f"{n}.json").write_text(json.dumps(content))
    assert len(list(JSON_CAS.read(tmp_path, BARE, made.no_remark))) == 50
    assert loaded.count(False) == 1


def test_a_file_without_end_is_refused(read, monkeypatch):
    monkeypatch.setattr(cas_files, "MAX_FILE", 1_000)
    with pytest.raises(FormatError, match="is too large"):
        read(cas(sofas=({**SOFA, "sofaString": "x" * 2_000},)))


@settings(max_examples=100, deadline=None)
@given(
    path=st.lists(st.integers(0, 60), max_size=5), new=ODD | st.sampled_from(["uima.cas.Sofa", "class", 46])
)
def test_any_value_in_any_place_never_breaks_the_reader(tmp_path_factory, path, new):
    value = json.loads((GOLDEN / "json-cas" / "work" / "ann" / "Truce-buried-again.json").read_text("utf-8"))
    target = tmp_path_factory.getbasetemp() / "odd-cas.json"
    target.write_text(json.dumps(replaced(value, path, new)))
    with contextlib.suppress(FormatError):
        list(JSON_CAS.read(target, made.SCHEME, made.Remarks()))
