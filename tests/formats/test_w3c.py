"""W3C Web Annotation: what we write is shaped as the standard says, and others' shapes are read."""

import json
import re
import tempfile
from dataclasses import replace
from pathlib import Path

import dataset_values as made
import pytest
from golden_dataset import ANNOTATIONS, ARTICLE, DATASET, TEXT
from hypothesis import given, settings

from annotator.formats.dataset import ArticleRecord, Dataset, Header
from annotator.formats.errors import FormatError
from annotator.formats.losses import Tally
from annotator.formats.registry import format_by_id, format_of
from annotator.model.text import fingerprint

W3C = format_by_id("w3c")
GOLDEN = Path(__file__).parent / "golden" / "w3c" / "work.jsonld"
STANDARD = "http://www.w3.org/ns/anno.jsonld"
PAGE = "http://example.org/page1"
BODY = "The truce is not dead, Kerry said. The truce holds."


def put(folder, value, name="work.jsonld"):
    path = folder / name
    path.write_text(value if isinstance(value, str) else json.dumps(value, indent=1), encoding="utf-8")
    return path


def read(path, remark=made.no_remark):
    return W3C.read(path, made.SCHEME, remark)


def one(folder, value, remark=made.no_remark):
    (record,) = read(put(folder, value), remark)
    return record


def position(start, end, **more):
    return {"type": "TextPositionSelector", "start": start, "end": end, **more}


def quoting(exact, prefix="", suffix="", **more):
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix, **more}


def about(*selectors, source=PAGE, text=BODY, **more):
    """An annotation of a text that the file carries."""
    target = {"source": {"id": source, "type": "Text", "value": text} if text else source}
    if selectors:
        target["selector"] = selectors[0] if len(selectors) == 1 else list(selectors)
    return {"@context": STANDARD, "id": f"{PAGE}/a1", "type": "Annotation", "target": target, **more}


def tag(value):
    return {"type": "TextualBody", "purpose": "tagging", "value": value}


def by_id(things):
    return sorted(things, key=lambda thing: thing.id)


# What comes back


@settings(max_examples=60, deadline=None)
@given(dataset=made.datasets())
def test_nothing_at_all_is_lost(dataset):
    with tempfile.TemporaryDirectory() as folder:
        main = Path(folder, "work.jsonld")
        made.export(W3C, dataset, main)
        back = read(main)
        found = {record.article.id: record for record in back}
    assert len(found) == len(dataset.records)
    for was in dataset:
        now = found[was.article.id]
        assert (now.article, now.text, now.progress) == (was.article, was.text, was.progress)
        assert by_id(a.placed(now.text, a.fragments) for a in now.annotations) == by_id(was.annotations)
        assert [a.anchor.exact for a in by_id(now.annotations)] == [
            a.anchor.exact for a in by_id(was.annotations)
        ]
        assert by_id(now.links) == by_id(was.links)
        assert not now.local
    assert back.header == dataset.header


def test_a_release_without_texts_keeps_places_and_beginnings(tmp_path):
    short = replace(
        ANNOTATIONS[0], anchor=replace(ANNOTATIONS[0].anchor, exact=("Ker",), prefix="", suffix="")
    )
    blank = replace(ANNOTATIONS[1], anchor=replace(ANNOTATIONS[1].anchor, exact=(), prefix="", suffix=""))
    record = ArticleRecord(ARTICLE, "", (short, blank), progress=())
    main = tmp_path / "work.jsonld"
    made.export(W3C, Dataset(Header("T", made.SCHEME), (record,)), main)
    content = main.read_text("utf-8")
    assert "TextQuoteSelector" not in content
    assert "truce" not in content.lower().replace("truce-", "").replace("truce “buried”, again", "").replace(
        "/truce?", ""
    )
    (back,) = read(main)
    assert (back.article, back.text) == (ARTICLE, "")
    assert [(a.fragments, a.anchor.exact) for a in back.annotations] == [
        (short.fragments, ("Ker",)),
        (blank.fragments, ()),
    ]


def test_nothing_is_counted_as_lost():
    tally, lacks = Tally(), W3C.lacks()
    tally.add(lacks.in_header(DATASET.header))
    for record in DATASET:
        tally.add(lacks.in_record(record))
    assert tally.losses() == ()


# What we write


def written():
    return json.loads(GOLDEN.read_text("utf-8"))


def test_the_file_is_a_collection_with_one_page():
    collection = written()
    page = collection["first"]
    assert collection["@context"][0] == STANDARD
    assert collection["type"] == "AnnotationCollection"
    assert (page["type"], page["partOf"], page["startIndex"]) == ("AnnotationPage", collection["id"], 0)
    assert collection["total"] == len(page["items"]) == 12
    assert len({item["id"] for item in page["items"]}) == 12


def test_each_annotation_has_what_the_standard_demands():
    for item in written()["first"]["items"]:
        assert item["type"] == "Annotation"
        assert item["target"]
        assert re.fullmatch(r"urn:annotator:[a-z]+:\S+", item["id"])
        for body in item["body"] if isinstance(item["body"], list) else [item["body"]]:
            assert body["type"] in ("TextualBody", "SpecificResource", "Dataset")
            assert body["purpose"] in ("tagging", "commenting", "linking", "describing")


def test_places_count_code_points_and_stand_on_the_quoted_words():
    spans = [i for i in written()["first"]["items"] if i["motivation"] == "tagging"]
    assert len(spans) == len(ANNOTATIONS)
    for item in spans:
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        for place, words in (target["selector"] for target in targets):
            start, end = place["start"], place["end"]
            assert TEXT[start:end] == words["exact"]
            assert TEXT[:start].endswith(words["prefix"])
            assert TEXT[end:].startswith(words["suffix"])


def test_every_word_that_is_not_the_standards_own_is_declared():
    context = written()["@context"][1]
    own = {"attributes", "keys", "project", "progress", "origin", "schemeVersion", "beginning", "sha256"}
    known = {"title", "outlet", "author", "published", "url"}
    assert set(context) == own | known | {"@version", "annotator"}
    keys = set()
    for item in written()["first"]["items"]:
        parts = [
            item,
            *(part for key in ("body", "target") for part in [item[key]] if isinstance(part, dict)),
        ]
        keys |= {key for part in parts for key in part}
    standard = {
        "id",
        "type",
        "motivation",
        "creator",
        "body",
        "target",
        "purpose",
        "format",
        "language",
        "value",
    }
    assert keys <= own | known | standard | {"source", "selector"}


def test_each_annotation_stands_on_a_line_of_its_own():
    lines = GOLDEN.read_text("utf-8").splitlines()
    assert len(lines) == 1 + 12 + 1
    assert all(json.loads(line.removesuffix(","))["type"] == "Annotation" for line in lines[1:-1])


# Shapes of the standard


def test_one_annotation_and_each_way_to_hold_several(tmp_path):
    item = about(position(23, 28), quoting("Kerry"), body=tag("source"))
    second = {**item, "id": f"{PAGE}/a2"}
    page = {"type": "AnnotationPage", "items": [item]}
    shapes = [
        item,
        [item],
        page,
        {"type": "AnnotationCollection", "label": "L", "first": page},
        {"type": "AnnotationCollection", "first": {**page, "next": {**page, "items": [second]}}},
        {"@context": STANDARD, "@graph": [item]},
        [page],
    ]
    for shape in shapes:
        record = one(tmp_path, shape)
        assert (record.text, record.article.url) == (BODY, PAGE)
        assert {(a.label, a.words, a.layer) for a in record.annotations} == {("source", "Kerry", "")}
        assert record.progress is None
    assert len(one(tmp_path, shapes[4]).annotations) == 2
    assert read(put(tmp_path, shapes[3])).header.title == "L"


@pytest.mark.parametrize(
    ("more", "labels", "note"),
    [
        ({"body": tag("source")}, ["source"], ""),
        (
            {"body": [tag("source"), {"type": "TextualBody", "purpose": "commenting", "value": "Odd."}]},
            ["source"],
            "Odd.",
        ),
        ({"body": [tag("source"), tag("person")]}, ["source", "person"], ""),
        (
            {"body": {"type": "TextualBody", "value": "j'adore !", "format": "text/html", "language": "fr"}},
            ["commenting"],
            "j'adore !",
        ),
        ({"bodyValue": "Comment text"}, ["commenting"], "Comment text"),
        ({"bodyValue": "source", "motivation": "tagging"}, ["source"], ""),
        ({"body": "http://example.org/post1"}, ["commenting"], "http://example.org/post1"),
        ({"body": {"type": "Choice", "items": [tag("one"), tag("two")]}}, ["one"], ""),
        ({"body": {"type": "Composite", "items": [tag("one"), tag("two")]}}, ["one", "two"], ""),
        ({"body": {"type": "oa:TextualBody", "purpose": "oa:tagging", "value": "x"}}, ["x"], ""),
        ({"motivation": "highlighting"}, ["highlighting"], ""),
        ({"motivation": ["oa:questioning", "editing"]}, ["questioning"], ""),
        ({}, ["highlighting"], ""),
    ],
)
def test_bodies_are_labels_or_notes(tmp_path, more, labels, note):
    record = one(tmp_path, about(position(23, 28), quoting("Kerry"), **more))
    assert [a.label for a in record.annotations] == labels
    assert {a.note for a in record.annotations} == {note}
    assert {a.words for a in record.annotations} == {"Kerry"}


def test_addresses_in_bodies_name_labels_and_things(tmp_path):
    body = [
        {"type": "SpecificResource", "purpose": "classifying", "source": "http://example.org/types#Person"},
        {"type": "SpecificResource", "purpose": "identifying", "source": "http://example.org/Q22316"},
    ]
    (a,) = one(tmp_path, about(position(23, 28), quoting("Kerry"), body=body)).annotations
    assert a.label == "Person"
    assert a.attributes == {"reference": "http://example.org/types#Person http://example.org/Q22316"}


@pytest.mark.parametrize(
    ("creator", "layer"),
    [
        ("http://example.org/user1", "user1"),
        (
            {"id": "http://example.org/user1", "type": "Person", "name": "My Name", "nickname": "me"},
            "My Name",
        ),
        ({"id": "http://example.org/user1", "nickname": "me"}, "me"),
        ({"name": ["Ada", "A."]}, "Ada"),
        ([{"id": "_:x", "name": "Ada"}, "http://example.org/user1"], "Ada"),
        ("acct:ada@hypothes.is", "ada"),
        ("Ada Lovelace", "Ada Lovelace"),
        (7, ""),
    ],
)
def test_the_creator_is_the_layer(tmp_path, creator, layer):
    (a,) = one(tmp_path, about(position(23, 28), quoting("Kerry"), creator=creator)).annotations
    assert a.layer == layer


@pytest.mark.parametrize(
    ("selectors", "words", "at"),
    [
        ([position(23, 28)], "Kerry", 23),
        ([quoting("Kerry")], "Kerry", 23),
        ([quoting("The truce", prefix="said. ")], "The truce", 35),
        ([quoting("The truce", suffix=" is not")], "The truce", 0),
        ([position(35, 44, refinedBy=quoting("truce"))], "truce", 39),
        ([quoting("The truce holds", refinedBy=position(4, 9))], "truce", 39),
        ([{"type": "FragmentSelector", "value": "para5", "refinedBy": quoting("Kerry")}], "Kerry", 23),
        ([{"type": "XPathSelector", "value": "/p[1]", "refinedBy": position(23, 28)}], "Kerry", 23),
        (
            [
                {
                    "type": "FragmentSelector",
                    "conformsTo": "http://tools.ietf.org/rfc/rfc5147",
                    "value": "char=23,28",
                }
            ],
            "Kerry",
            23,
        ),
        ([{"type": "CssSelector", "value": "#x"}, quoting("Kerry"), position(23, 28)], "Kerry", 23),
        ([position(0, 22, refinedBy=position(4, 22, refinedBy=quoting("truce")))], "truce", 4),
    ],
)
def test_selectors_are_followed(tmp_path, selectors, words, at):
    (a,) = one(tmp_path, about(*selectors)).annotations
    assert [BODY[f.start : f.stop] for f in a.fragments] == [words]
    assert a.fragments[0].start == at


def test_a_place_may_stand_in_the_address(tmp_path):
    carrier = about(position(0, 3))
    item = {"id": "x:1", "type": "Annotation", "target": f"{PAGE}#char=23,28"}
    assert [a.fragments[0].start for a in one(tmp_path, [carrier, item]).annotations] == [0, 23]


def test_several_targets_in_one_text_are_fragments(tmp_path):
    item = about(position(10, 21), quoting("not dead", prefix="is "))
    first = {**item["target"], "selector": quoting("The truce", suffix=" is")}
    second = {"source": PAGE, "selector": [position(13, 21), quoting("not dead")]}
    (a,) = one(tmp_path, {**item, "target": [second, first]}).annotations
    assert a.words == "The truce … not dead"


def test_targets_in_several_texts_are_spans_of_each(tmp_path):
    target = about(position(23, 28))["target"]
    other = about(position(0, 5), source="http://example.org/page2", text="Other words.")["target"]
    item = {"id": "x:1", "type": "Annotation", "target": [target, other], "body": tag("claim")}
    first, second = read(put(tmp_path, item))
    assert [len(r.annotations) for r in (first, second)] == [1, 1]
    assert first.annotations[0].id == "x:1"
    assert set(second.local) == {second.annotations[0].id}


def test_the_words_are_handed_on_where_the_place_drifted(tmp_path):
    (a,) = one(tmp_path, about(position(20, 25), quoting("Kerry", ", ", " said"))).annotations
    assert (a.anchor.exact, a.anchor.prefix, a.anchor.suffix) == (("Kerry",), ", ", " said")


def test_offsets_of_a_browser_are_converted_and_said(tmp_path):
    text = "👩‍👩‍👧 Kerry said 🇸🇾 so."
    item = about(position(9, 14), quoting("Kerry"), text=text)
    remarks = made.Remarks()
    (a,) = one(tmp_path, item, remarks).annotations
    assert text[a.fragments[0].start : a.fragments[0].stop] == "Kerry"
    assert "count UTF-16 units" in remarks[0][1]


def test_line_ends_of_windows_become_ours(tmp_path):
    text = "One.\r\nTwo.\r\nKerry."
    record = one(tmp_path, about(position(12, 17), quoting("Kerry"), text=text))
    assert record.text == "One.\nTwo.\nKerry."
    assert record.annotations[0].stands_in(record.text)


def test_what_others_say_of_its_life_is_kept(tmp_path):
    more = {"created": "2015-10-13T13:00:00Z", "generator": {"id": "http://example.org/client1"}, "odd": 1}
    (a,) = one(tmp_path, about(position(23, 28), **more)).annotations
    assert a.extra == {key: more[key] for key in ("created", "generator")}


def test_an_annotation_may_link_others(tmp_path):
    first = about(position(0, 9), body=tag("claim"))
    second = {**about(position(23, 28), body=tag("source")), "id": "x:2"}
    linking = {"id": "x:3", "type": "Annotation", "motivation": "linking", "creator": "Ada"}
    linking |= {"target": first["id"], "body": ["x:2", tag("attributed-to")]}
    (link,) = one(tmp_path, [linking, first, second]).links
    assert (link.id, link.type, link.layer) == ("x:3", "attributed-to", "Ada")
    assert (link.source, link.target) == (first["id"], "x:2")


def test_ids_of_nodes_without_a_name_count_in_the_file_only(tmp_path):
    items = [{**about(position(0, 3)), "id": "_:b0"}, {**about(position(4, 9)), "id": None}]
    record = one(tmp_path, items)
    assert set(record.local) == {a.id for a in record.annotations} == {"_:b0", "#2"}


# Texts that are elsewhere


def test_words_of_a_text_that_is_elsewhere_have_no_place(tmp_path):
    item = about(quoting("Kerry", ", ", " said"), text="")
    record = one(tmp_path, item)
    assert (record.text, record.article.url, record.article.sha256) == ("", PAGE, "")
    (a,) = record.annotations
    assert (a.fragments, a.anchor.exact, a.anchor.prefix) == ((), ("Kerry",), ", ")
    (b,) = one(tmp_path, about(position(23, 28), quoting("Kerry"), text="")).annotations
    assert (b.fragments[0].start, b.anchor.exact) == (23, ("Kerry",))


def test_rows_of_hypothesis_are_read(tmp_path):
    row = {
        "id": "aBcD",
        "created": "2020-01-01T00:00:00+00:00",
        "user": "acct:ada@hypothes.is",
        "uri": PAGE,
        "text": "Really?",
        "tags": ["claim"],
        "target": [
            {
                "source": PAGE,
                "selector": [
                    {"type": "RangeSelector", "startContainer": "/p[1]", "startOffset": 0},
                    position(1041, 1046),
                    quoting("Kerry", "dead, ", " said"),
                ],
            }
        ],
        "document": {"title": ["The truce"]},
    }
    note = {**row, "id": "page", "target": [{"source": PAGE}]}
    for shape in ({"total": 2, "rows": [row, note]}, {"export_userid": "x", "annotations": [row, note]}):
        remarks = made.Remarks()
        record = one(tmp_path, shape, remarks)
        (a,) = record.annotations
        assert (a.id, a.layer, a.label, a.note) == ("aBcD", "ada", "claim", "Really?")
        assert record.article.title == "The truce"
        assert "selects no part of a text" in remarks[0][1]


# What is wrong


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ({"target": PAGE}, "selects no part"),
        (
            {"target": {"source": PAGE, "selector": {"type": "SvgSelector", "value": "<svg/>"}}},
            "selects no part",
        ),
        ({"target": {"source": PAGE, "selector": "http://example.org/selector1"}}, "selects no part"),
        ({"target": {"source": PAGE, "selector": position("3", 5)}}, "not a pair of whole numbers"),
        ({"target": {"source": PAGE, "selector": position(True, 5)}}, "not a pair of whole numbers"),
        ({"target": {"source": PAGE, "selector": position(9, 5)}}, "runs backwards"),
        ({"target": {"source": PAGE, "selector": position(-1, 5)}}, "runs backwards"),
        ({"target": {"source": PAGE, "selector": [position(9, 5), quoting("Kerry")]}}, "runs backwards"),
        ({"target": {"source": PAGE, "selector": [position(10**40, 5), quoting("x")]}}, "runs backwards"),
        ({"target": {"source": f"{PAGE}#char=9,5"}}, "selects no part"),
        ({"target": {"source": PAGE, "selector": quoting(["x"])}}, "quote is not text"),
        ({"target": {"source": PAGE, "selector": quoting("truce")}}, "in no one place"),
        ({"target": {"source": PAGE, "selector": quoting("nowhere")}}, "in no one place"),
        ({"target": {"selector": position(1, 5)}}, "names no text"),
        (
            {
                "target": [
                    {"source": PAGE, "selector": position(0, 9)},
                    {"source": PAGE, "selector": position(5, 12)},
                ]
            },
            "overlap",
        ),
        ({"target": {"source": "x:y", "selector": position(1, 5)}}, "quotes no words to check"),
        (
            {"target": {"source": "x:y", "selector": position(1, 5, refinedBy=position(1, 2))}},
            "quotes no words to find",
        ),
        ({"target": {"source": PAGE, "selector": position(0, 9)}, "body": tag("x" * 2000)}, "longer than"),
        ({"target": {"source": PAGE, "selector": position(0, 9)}, "attributes": [1]}, "not an object"),
        ({"target": {"source": PAGE, "selector": position(0, 9)}, "keys": [1]}, "not an object"),
        ({"target": {"source": PAGE, "selector": position(0, 9)}, "creator": "all"}, "name of a layer"),
        ({"target": f"{PAGE}/a1", "motivation": "linking"}, "links to nothing"),
    ],
)
def test_a_bad_annotation_is_named_with_its_line_and_the_good_ones_go_on(tmp_path, item, words):
    remarks = made.Remarks()
    good, last = about(position(23, 28)), {**about(position(0, 9)), "id": "x:9"}
    path = put(tmp_path, [good, {"id": "x:bad", "type": "Annotation", **item}, last])
    records = list(read(path, remarks))
    assert [a.id for a in records[0].annotations] == [f"{PAGE}/a1", "x:9"]
    ((line, message),) = remarks
    assert words in message
    assert "“x:bad”" in message
    assert "x:bad" in path.read_text().split("\n")[line - 1]


def test_selectors_nested_without_end_are_refused(tmp_path):
    selector = quoting("Kerry")
    for _ in range(40):
        selector = position(0, 50, refinedBy=selector)
    remarks = made.Remarks()
    list(read(put(tmp_path, about(selector)), remarks))
    assert "nested too deeply" in remarks[0][1]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "not valid JSON"),
        ("{", "not valid JSON"),
        ("[" * 100_000, "nested too deeply"),
        ("{}", "holds no Web Annotations"),
        ("[1, 2]", "holds no Web Annotations"),
        ('{"type": "AnnotationCollection", "first": "http://example.org/page1"}', "holds no Web Annotations"),
        ('{"target": NaN}', "not valid JSON"),
    ],
)
def test_a_file_of_something_else_is_refused(tmp_path, content, words):
    with pytest.raises(FormatError, match=words):
        read(put(tmp_path, content))


def test_bytes_that_are_not_utf_8_are_refused(tmp_path):
    (tmp_path / "a.jsonld").write_bytes(b"\xff\xfe{}")
    with pytest.raises(FormatError, match="not UTF-8"):
        read(tmp_path / "a.jsonld")


def test_what_is_damaged_of_the_project_is_said(tmp_path):
    value = json.loads(GOLDEN.read_text("utf-8"))
    value["project"] = {"title": 7}
    remarks = made.Remarks()
    assert len(list(read(put(tmp_path, value), remarks))) == 2
    assert "details were left out" in remarks[0][1]


def test_a_text_that_its_hash_does_not_name_is_another(tmp_path):
    value = json.loads(GOLDEN.read_text("utf-8"))
    value["first"]["items"][-1]["target"]["value"] = "Something else."
    remarks = made.Remarks()
    *_, last = read(put(tmp_path, value), remarks)
    assert last.article.sha256 == fingerprint("Something else.")
    assert "another article" in remarks[0][1]


def test_files_are_recognised_by_what_is_in_them(tmp_path):
    assert format_of(put(tmp_path, about(position(0, 3)), "a.json")).id == "w3c"
    assert (
        format_of(put(tmp_path, {"rows": []}, "b.json")) is None or format_of(tmp_path / "b.json").id != "w3c"
    )
