"""Folders of other people's: whose work it is, every kind of record, and what is wrong with them."""

import codecs

import dataset_values as made
import pytest

from annotator.formats.errors import FormatError
from annotator.formats.registry import format_by_id
from annotator.model.scheme import Scheme

BRAT = format_by_id("brat")
SONY = (
    "Sony formed a joint venture with Ericsson, a mobile phone company based in Sweden.\n"
    "Sony announced today that ...\n"
)
EMPTY = Scheme.from_body({"scheme": {"id": "s"}, "label": [{"id": "x"}]})
JOINT = "T1\tOrganization 0 4\tSony\nT2\tMERGE-ORG 14 27\tjoint venture\nT3\tOrganization 33 41\tEricsson\n"


def put(folder, **files):
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_ann", ".ann").replace("_txt", ".txt")
        save(path, content)
    return folder


def save(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(path, remark=made.no_remark, scheme=EMPTY):
    return BRAT.read(path, scheme, remark)


def one(path, remark=made.no_remark, scheme=EMPTY):
    (record,) = read(path, remark, scheme)
    return record


def of(tmp_path, ann, text=SONY, remark=made.no_remark, scheme=EMPTY):
    save(tmp_path / "doc.txt", text)
    save(tmp_path / "doc.ann", ann)
    return one(tmp_path, remark, scheme)


def spans(record):
    return [
        (a.label, a.words or tuple(record.text[f.start : f.stop] for f in a.fragments))
        for a in record.annotations
    ]


def remarked(tmp_path, ann, text=SONY):
    """Return the record, and the remarks, which all name the .ann file."""
    remarks = made.Remarks()
    record = of(tmp_path, ann, text, remarks)
    assert set(remarks.files) <= {tmp_path / "doc.ann"}
    return record, list(remarks)


# Every kind of record


def test_the_example_of_brats_own_page_is_read(tmp_path):
    ann = JOINT + "E1\tMERGE-ORG:T2 Org1:T1 Org2:T3\nT4\tCountry 75 81\tSweden\nR1\tOrigin Arg1:T3 Arg2:T4\n"
    record = of(tmp_path, ann)
    names = {a.id: a.words for a in record.annotations}
    assert spans(record) == [
        ("Organization", "Sony"),
        ("MERGE-ORG", "joint venture"),
        ("Organization", "Ericsson"),
        ("Country", "Sweden"),
    ]
    assert [(link.type, names[link.source], names[link.target]) for link in record.links] == [
        ("Org", "joint venture", "Sony"),
        ("Org", "joint venture", "Ericsson"),
        ("Origin", "Ericsson", "Sweden"),
    ]
    assert set(record.local) == set(names)
    assert record.article.title == SONY.split("\n")[0]


def test_roles_that_end_in_a_digit_stay_where_the_configuration_knows_them(tmp_path):
    save(tmp_path / "annotation.conf", "[events]\nMERGE-ORG\tOrg1:<ENTITY>, Org2*:<ENTITY>\n")
    record = of(tmp_path, JOINT + "E1\tMERGE-ORG:T2 Org1:T1 Org2:T3\n")
    assert [link.type for link in record.links] == ["Org1", "Org2"]


def test_events_that_share_a_trigger_stay_apart(tmp_path):
    ann = (
        JOINT
        + "E1\tMERGE-ORG:T2 Org:T1\nE2\tMERGE-ORG:T2 Org:T3\nA1\tNegation E2\n#1\tAnnotatorNotes E1\tfirst\n"
    )
    record = of(tmp_path, ann + "E3\tMERGE-ORG:T2 Theme:E2\n")
    first, second, third = [a for a in record.annotations if a.label == "MERGE-ORG"]
    assert (first.note, first.attributes) == ("first", {})
    assert (second.note, second.attributes) == ("", {"Negation": True})
    assert first.fragments == second.fragments == third.fragments
    assert [link.source for link in record.links] == [first.id, second.id, third.id]
    assert record.links[2].target == second.id


def test_attributes_modifications_normalisations_and_notes_are_kept(tmp_path):
    ann = JOINT + (
        "A1\tNegation T1\nM1\tSpeculation T1\nA2\tConfidence T1 L1\nA3\tColour T1 dark red\n"
        "A4\tAlias T3 one\nA5\tAlias T3 two\n"
        "N1\tReference T1 Wikipedia:26989\tSony Group\nN2\tReference T1 Wikidata:Q41187\tSony\n"
        "N3\tReference Annotation:T3 Referent:Wikipedia:9988\n"
        "#1\tAnnotatorNotes T1\tthis is suspect\n#2\tReview T1\tnot at all\n#3\tAnnotatorNotes T1\treally\n"
    )
    first, _, third = of(tmp_path, ann).annotations
    assert first.attributes == {
        "Negation": True,
        "Speculation": True,
        "Confidence": "L1",
        "Colour": "dark red",
        "Reference": "Wikipedia:26989 Sony Group; Wikidata:Q41187 Sony",
    }
    assert third.attributes == {"Alias": ["one", "two"], "Reference": "Wikipedia:9988"}
    assert first.note == "this is suspect\nReview: not at all\nreally"


def test_values_are_of_the_kind_that_the_scheme_says(tmp_path):
    kinds = {"n": "number", "m": "number", "f": "flag", "c": "choices", "t": "text"}
    attributes = [
        {"name": name, "kind": kind, **({"values": ["5"]} if kind == "choices" else {})}
        for name, kind in kinds.items()
    ]
    scheme = Scheme.from_body(
        {"scheme": {"id": "s"}, "label": [{"id": "Organization", "attributes": attributes}]}
    )
    ann = "".join(
        f"A{i}\t{name} T1 {value}\n"
        for i, (name, value) in enumerate(
            [("n", "5"), ("m", "-1.5"), ("f", "false"), ("c", "5"), ("t", "5")], 1
        )
    )
    (a, *_) = of(tmp_path, JOINT + ann, scheme=scheme).annotations
    assert a.attributes == {"n": 5, "m": -1.5, "f": False, "c": ["5"], "t": "5"}


def test_what_is_said_of_a_relation_goes_with_the_link(tmp_path):
    record = of(tmp_path, JOINT + "R1\tOrigin Arg2:T3 Arg1:T1\nA1\tNegation R1\n#1\tAnnotatorNotes R1\todd\n")
    (link,) = record.links
    names = {a.id: a.words for a in record.annotations}
    assert (names[link.source], names[link.target]) == ("Sony", "Ericsson")
    assert (link.attributes, link.extra) == ({"Negation": True}, {"note": "odd"})


def test_equivalent_spans_are_linked_one_to_the_next(tmp_path):
    record = of(tmp_path, JOINT + "*\tEquiv T1 T3 T2\n")
    names = {a.id: a.words for a in record.annotations}
    assert [(link.type, names[link.source], names[link.target]) for link in record.links] == [
        ("Equiv", "Sony", "Ericsson"),
        ("Equiv", "Ericsson", "joint venture"),
    ]
    link = read(tmp_path).header.scheme.link("Equiv")
    assert (link.symmetric, link.extra) == (True, {"transitive": True})


def test_fragments_are_read_and_joined_over_line_ends(tmp_path):
    text = "North and South America\n  has news."
    record = of(
        tmp_path,
        "T1\tLoc 0 5;16 23\tNorth America\nT2\tX 16 23;26 29\tAmerica has\nT3\tX 10 15;0 5\tSouth North\n",
        text,
    )
    assert spans(record) == [
        ("Loc", "North … America"),
        ("X", "America\n  has"),
        ("X", "North … South"),
    ]


def test_fragments_written_before_brat_1_3_have_no_space_between_them(tmp_path):
    assert spans(of(tmp_path, "T1\tLoc 0 4;33 41\tSonyEricsson\n")) == [("Loc", "Sony … Ericsson")]


# The scheme


def test_a_scheme_is_made_of_the_configuration_and_of_what_occurs(tmp_path):
    save(
        tmp_path / "annotation.conf",
        "# types\n[entities]\nOrganization\n\tCompany\n!Thing\n----\nGPE|Place\n"
        "[relations]\n<ORG>=Organization|Company\nOrigin\tArg1:<ORG>, Arg2:GPE\n"
        "Alike\tArg1:<ENTITY>, Arg2:<ENTITY>, <REL-TYPE>:symmetric\nEquiv\tArg1:<ORG>, Arg2:<ORG>\n"
        "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\nENTITY-NESTING\tArg1:GPE, Arg2:GPE\n"
        "[events]\nMERGE-ORG\tOrg1:Organization, Place?:GPE\n"
        "[attributes]\nNegation\tArg:<EVENT>\nConfidence\tArg:Organization, Value:L1|L2\n",
    )
    save(
        tmp_path / "visual.conf", "[labels]\nGPE | Place or state | Place\n[drawing]\nGPE\tbgColor:#00aa00\n"
    )
    of(tmp_path, JOINT + "A1\tConfidence T1 L3\nA2\tSize T1 big\nA3\tNegation T2\nT9\tOther 0 4\tSony\n")
    scheme = read(tmp_path).header.scheme
    assert [label.id for label in scheme.labels] == [
        *("Organization", "Company", "Thing", "GPE", "MERGE-ORG", "Other")
    ]
    assert (scheme.label("GPE").title, scheme.label("GPE").colour) == ("Place or state", "#00aa00")
    kinds = {a.name: (a.kind, a.values) for a in scheme.label("Organization").attributes}
    assert kinds == {
        "Negation": ("flag", ()),
        "Confidence": ("choice", ("L1", "L2", "L3")),
        "Size": ("choice", ("big",)),
    }
    links = {link.id: (link.sources, link.targets, link.symmetric) for link in scheme.links}
    assert links == {
        "Origin": (("Company", "Organization"), ("GPE",), False),
        "Alike": ((), (), True),
        "Equiv": (("Company", "Organization"), ("Company", "Organization"), True),
        "Org1": (("MERGE-ORG",), ("Organization",), False),
        "Place": (("MERGE-ORG",), ("GPE",), False),
    }


def test_an_attribute_of_many_values_is_text(tmp_path):
    ann = "".join(f"T{n}\tX 0 4\tSony\nA{n}\tName T{n} v{n}\n" for n in range(1, 60))
    of(tmp_path, ann)
    (label,) = read(tmp_path).header.scheme.labels
    assert [a.kind for a in label.attributes] == ["text"]


def test_labels_that_no_scheme_can_have_are_handed_on(tmp_path):
    record = of(tmp_path, "T1\tGENE/PROTEIN 0 4\tSony\nT2\t症状 0 4\tSony\nT3\tMy label 0 4\tSony\n")
    assert [a.label for a in record.annotations] == ["GENE/PROTEIN", "症状", "My label"]
    assert [label.id for label in read(tmp_path).header.scheme.labels] == ["症状"]


# Whose work it is


def layers(folder, remark=made.no_remark):
    return {
        (record.text, p.annotator, p.state, sum(a.layer == p.annotator for a in record.annotations))
        for record in read(folder, remark)
        for p in record.progress
    }


def test_a_flat_folder_names_nobody_and_an_empty_file_is_a_reading(tmp_path):
    put(tmp_path, a_txt="One.", a_ann="T1\tx 0 3\tOne\n", b_txt="Two.", b_ann="", c_txt="Three.")
    assert layers(tmp_path) == {("One.", "", "done", 1), ("Two.", "", "done", 0)}
    assert [record.text for record in read(tmp_path)] == ["One.", "Two.", "Three."]


def test_folders_are_annotators_with_texts_of_their_own_or_above(tmp_path):
    files = {"Ada__a_txt": "One.", "Ada__a_ann": "T1\tx 0 3\tOne\n", "Ben__a_txt": "One.", "Ben__a_ann": ""}
    put(tmp_path / "own", **files)
    expected = {("One.", "Ada", "done", 1), ("One.", "Ben", "done", 0)}
    assert layers(tmp_path / "own") == expected
    put(tmp_path / "above", a_txt="One.", Ada__a_ann="T1\tx 0 3\tOne\n", Ben__a_ann="\n")
    assert layers(tmp_path / "above") == expected
    put(tmp_path / "one", Ada__a_txt="One.", Ada__a_ann="T1\tx 0 3\tOne\n")
    assert layers(tmp_path / "one") == {("One.", "Ada", "done", 1)}


def test_the_level_at_which_folders_share_articles_is_that_of_annotators(tmp_path):
    put(tmp_path, news__Ada__a_txt="One.", news__Ada__a_ann="", news__Ben__a_txt="One.", news__Ben__a_ann="")
    put(
        tmp_path,
        blog__Ada__b_txt="Two.",
        blog__Ada__b_ann="",
        train__Ada__c_txt="Three.",
        train__Ada__c_ann="",
    )
    assert {layer for _, layer, *_ in layers(tmp_path / "news")} == {"Ada", "Ben"}
    put(
        tmp_path / "x", Ada__one__a_txt="One.", Ada__one__a_ann="", Ben__one__a_txt="One.", Ben__one__a_ann=""
    )
    assert {layer for _, layer, *_ in layers(tmp_path / "x")} == {"Ada", "Ben"}


def test_parts_of_a_corpus_are_no_annotators_and_doubt_is_said(tmp_path):
    put(tmp_path / "parts", train__a_txt="One.", train__a_ann="", test__b_txt="Two.", test__b_ann="")
    assert {layer for _, layer, *_ in layers(tmp_path / "parts")} == {""}
    put(tmp_path / "doubt", news__a_txt="One.", news__a_ann="", blogs__b_txt="Two.", blogs__b_ann="")
    remarks = made.Remarks()
    assert {layer for _, layer, *_ in layers(tmp_path / "doubt", remarks)} == {"news", "blogs"}
    ((line, message),) = remarks
    assert line is None
    assert "“blogs”, “news” share no article" in message


def test_suffixes_are_annotators(tmp_path):
    put(tmp_path, doc_1_txt="One.")
    save(tmp_path / "doc_1_Ada.ann", "T1\tx 0 3\tOne\n")
    save(tmp_path / "doc_1.Ben.ann", "")
    save(tmp_path / "doc_1-Cid Dee.ann", "")
    (tmp_path / "doc_1.txt").write_text("One.")
    save(tmp_path / "doc.txt", "None.")
    expected = {("One.", "Ada", "done", 1), ("One.", "Ben", "done", 0), ("One.", "Cid Dee", "done", 0)}
    assert layers(tmp_path) == expected


def test_one_ann_file_can_be_chosen(tmp_path):
    put(tmp_path, a_txt="One.", a_ann="T1\tx 0 3\tOne\n", b_txt="Two.", b_ann="T1\tx 0 3\tTwo\n")
    assert [record.text for record in read(tmp_path / "b.ann")] == ["Two."]


def test_a_name_nobody_can_have_is_said_and_left_open(tmp_path):
    put(tmp_path, All__a_txt="One.", All__a_ann="T1\tx 0 3\tOne\n")
    remarks = made.Remarks()
    assert layers(tmp_path, remarks) == {("One.", "", "done", 1)}
    assert "“All” can't be the name of a layer" in remarks[0][1]


def test_papers_about_a_corpus_are_no_articles(tmp_path):
    put(tmp_path, a_txt="One.", a_ann="", README_txt="Read me.")
    save(tmp_path / "LICENSE.txt", "Free.")
    save(tmp_path / ".hidden" / "b.txt", "Hidden.")
    assert [record.text for record in read(tmp_path)] == ["One."]


def test_a_folder_without_ann_files_is_refused(tmp_path):
    save(tmp_path / "a.txt", "One.")
    with pytest.raises(FormatError, match=r"holds no \.ann file"):
        read(tmp_path)
    with pytest.raises(FormatError, match="can't be read"):
        read(tmp_path / "missing" / "x.ann")


# Offsets


@pytest.mark.parametrize(
    ("text", "ann"),
    [
        ("👩‍👩‍👧 One. 🇸🇾 Two.", "T1\tx 6 9\tOne\nT2\tx 14 17\tTwo\n"),
        ("\ufeff\ufeffOne.\r\nTwo 𝔘.\r\nLast", "T1\tx 14 18\tLast\n"),
    ],
)
def test_offsets_of_code_points_are_kept(tmp_path, text, ann):
    record = of(tmp_path, ann, text)
    assert all(a.stands_in(record.text) for a in record.annotations)


def test_offsets_of_a_browser_are_converted_and_said(tmp_path):
    text = "👩‍👩‍👧 One. 🇸🇾 Two."
    units = text.encode("utf-16-le")
    at = units.index("One".encode("utf-16-le")) // 2
    two = units.index("Two".encode("utf-16-le")) // 2
    ann = f"T1\tx {at} {at + 3}\tOne\nT2\tx {two} {two + 3}\tTwo\nT3\tx 0 8\t👩‍👩‍👧\n"
    record, remarks = remarked(tmp_path, ann, text)
    assert spans(record) == [("x", "One"), ("x", "Two"), ("x", "👩‍👩‍👧")]
    assert remarks == [(None, "its offsets count UTF-16 units; they were converted to code points")]


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("counts_two", [True, False])
@pytest.mark.parametrize("counts_mark", [True, False])
def test_marks_and_line_ends_of_windows_may_count_or_not(tmp_path, mark, counts_two, counts_mark):
    text = "One\r\nTwo\r\nThree"
    at = text.index("Three") - (0 if counts_two else 2) + (1 if counts_mark and mark else 0)
    record = of(tmp_path, f"T1\tx {at} {at + 5}\tThree\r\n", mark + text.encode())
    assert record.text == "One\nTwo\nThree"
    assert [a.stands_in(record.text) for a in record.annotations] == [True]
    assert spans(record) == [("x", "Three")]


# What is wrong with them


def test_a_line_end_in_the_words_is_survived_and_said(tmp_path):
    text = "The truce\n\nis not dead, he said."
    ann = "T1\tclaim 0 22\tThe truce\n\nis not dead\nT2\tx 24 26\the\n#1\tAnnotatorNotes T2\tone\ntwo\n"
    record, remarks = remarked(tmp_path, ann, text)
    assert spans(record) == [("claim", "The truce\n\nis not dead"), ("x", "he")]
    assert record.annotations[1].note == "one\ntwo"
    assert [line for line, _ in remarks] == [3, 6]
    assert "go on here" in remarks[0][1]


def test_a_line_of_something_else_does_not_spoil_the_words_before_it(tmp_path):
    record, remarks = remarked(tmp_path, "T1\tx 0 4\tSony\nsomething else\nT2\tx 5 11\tformed\n")
    assert spans(record) == [("x", "Sony"), ("x", "formed")]
    assert [line for line, _ in remarks] == [2]


def test_line_ends_that_became_spaces_in_the_words_are_no_drift(tmp_path):
    record = of(tmp_path, "T1\tclaim 0 21\tThe truce is not dead\n", "The truce\nis\tnot dead.")
    assert spans(record) == [("claim", "The truce\nis\tnot dead")]


@pytest.mark.parametrize(
    ("place", "words", "said"),
    [
        ("0 5", "Sony", "its end was moved 1 character back, to where its words end"),
        ("0 2", "Sony", "its end was moved 2 characters on, to where its words end"),
        ("32 41", "Ericsson", "its start was moved 1 character on, to where its words start"),
        ("0 4;33 42", "Sony Ericsson", "its end was moved 1 character back, to where its words end"),
        ("100 9999", "today", None),
    ],
)
def test_ends_that_are_off_are_put_right(tmp_path, place, words, said):
    record, remarks = remarked(tmp_path, f"T1\tx {place}\t{words}\n")
    (a,) = record.annotations
    assert a.words.replace(" … ", " ") == words
    assert remarks == ([(1, f"T1: {said}")] if said else [])
    assert a.stands_in(record.text) == bool(said)


def test_words_that_stand_elsewhere_are_handed_on_as_quoted(tmp_path):
    (a, b) = of(tmp_path, "T1\tx 60 66\tSweden\nT2\tx 1 5;34 42\tSony Ericsson\n").annotations
    assert (a.anchor.exact, b.anchor.exact) == (("Sweden",), ("Sony", "Ericsson"))


def test_a_span_without_words_is_taken_at_its_word(tmp_path):
    record = of(tmp_path, "T1\tx 0 4\nT2\tx 5 11\t\n")
    assert [a.anchor.exact for a in record.annotations] == [(), ()]


def test_tabs_that_became_spaces_are_survived(tmp_path):
    assert spans(of(tmp_path, "T1 x 0 4 Sony\nT2\tx 5 11 \tformed\n")) == [("x", "Sony"), ("x", "formed")]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("T9\tx 4 4\t", "empty or run backwards"),
        ("T9\tx 9 4\tfoo", "empty or run backwards"),
        ("T9\tOrganization", "not a label with offsets"),
        ("T9\tx -4 4\tSony", "not a label with offsets"),
        ("T9\tx 0 3;2 4\tSon ny", "overlap"),
        ("T9\tx 0 4;33 41\tSomething else altogether", "don't fit its offsets"),
        (f"T9\tx 0 {'9' * 30}\tSony", "not a label with offsets"),
        ("E9\tMERGE-ORG:T77 Org:T1", "its trigger “T77” is not there"),
        ("E9\tMERGE-ORG Org:T1", "its trigger “” is not there"),
        ("E9\tMERGE-ORG:T2 Org:T77", "“T77” is not there"),
        ("E9\tOTHER:T2 Org:T1", "is a OTHER, but its trigger a MERGE-ORG"),
        ("R9\tOrigin Arg1:T1", "has not two ends"),
        ("R9\t", "has not two ends"),
        ("R9\tOrigin Arg1:T1 Arg2:T77", "“T77” is not there"),
        ("*\tEquiv T1", "has not two members"),
        ("*\tEquiv T1 T77", "“T77” is not there"),
        ("A9\tNegation", "names no span"),
        ("A9\tNegation T77", "“T77” is not there"),
        ("N9\tReference T1", "no normalisation"),
        ("N9\tReference T77 Wikipedia:1\tx", "“T77” is not there"),
        ("#9\tAnnotatorNotes T77\tfoo", "“T77” is not there"),
        ("#9\tAnnotatorNotes", "a note on nothing"),
        ("W9\tx 0 4\tSony", "no kind of record"),
    ],
)
def test_a_bad_record_is_named_and_the_good_ones_go_on(tmp_path, line, words):
    record, remarks = remarked(tmp_path, JOINT + f"{line}\nT10\tCountry 75 81\tSweden\n")
    assert spans(record)[:3] == [
        ("Organization", "Sony"),
        ("MERGE-ORG", "joint venture"),
        ("Organization", "Ericsson"),
    ]
    assert spans(record)[-1] == ("Country", "Sweden")
    ((number, message),) = remarks
    assert number == 4
    assert words in message


@pytest.mark.parametrize("cut", ["T10", "T10\tCoun", "T10\tCountry 7", "T10\tCountry 75 8"])
@pytest.mark.parametrize("more", ["", "1", "1\t", "1\tSwe"])
def test_a_span_in_which_a_file_is_cut_off_is_named_and_left_out(tmp_path, cut, more):
    record, remarks = remarked(tmp_path, JOINT + cut + (more if cut.endswith("8") else ""))
    assert [words for _, words in spans(record)] == ["Sony", "joint venture", "Ericsson"]
    ((number, message),) = remarks
    assert number == 4
    assert "left out" in message


@pytest.mark.parametrize(
    "line", ["R1\tOrigin Arg1:T2 Arg2:T1", "A1\tNegation T1", "#1\tAnnotatorNotes T1\tso"]
)
def test_a_record_in_which_a_file_may_be_cut_off_is_kept_and_named(tmp_path, line):
    record, remarks = remarked(tmp_path, JOINT + line)
    whole, nothing = remarked(tmp_path, JOINT + line + "\n")
    assert record == whole
    assert nothing == []
    name = line.split("\t")[0]
    assert remarks == [(4, f"{name} may be cut off: the file ends in it, without a line end")]


def test_a_whole_span_at_the_end_needs_no_line_end(tmp_path):
    record, remarks = remarked(tmp_path, JOINT.rstrip("\n"))
    assert len(record.annotations) == 3
    assert remarks == []


def test_a_file_that_begins_with_rubbish_says_so(tmp_path):
    record, remarks = remarked(tmp_path, "rubbish\nR1\tOrigin Arg1:T1 Arg2:T3\nmore\n" + JOINT)
    assert len(record.annotations) == 3
    assert [line for line, _ in remarks] == [1, 3]


def test_an_id_that_is_used_twice_keeps_both_spans(tmp_path):
    ann = "T1\tx 0 4\tSony\nT1\tx 33 41\tEricsson\nT2\tx 14 19\tjoint\nR1\tr Arg1:T2 Arg2:T1\n"
    record, remarks = remarked(tmp_path, ann)
    assert spans(record) == [("x", "Sony"), ("x", "Ericsson"), ("x", "joint")]
    assert len({a.id for a in record.annotations}) == 3
    names = {a.id: a.words for a in record.annotations}
    assert [names[link.target] for link in record.links] == ["Sony"]
    assert [line for line, _ in remarks] == [2]


def test_lines_are_known_by_the_ids_of_spans(tmp_path):
    record = of(tmp_path, "\n" + JOINT)
    assert [record.lines[a.id] for a in record.annotations] == [2, 3, 4]
    assert set(record.files.values()) == {tmp_path / "doc.ann"}


def test_work_without_a_text_is_said(tmp_path):
    put(tmp_path, a_txt="One.", a_ann="", b_ann="T1\tx 0 3\tTwo\n", c_txt="", c_ann="")
    remarks = made.Remarks()
    assert [record.text for record in read(tmp_path, remarks)] == ["One."]
    assert [message for _, message in remarks] == [
        "the file was left out: there is no text b.txt for it",
        "the file was left out: its text is empty",
    ]
    assert remarks.files == [tmp_path / "b.ann", tmp_path / "c.ann"]


def test_a_text_in_another_encoding_is_guessed_and_said(tmp_path):
    text = "Le président a déclaré que la trêve « n'est pas morte », malgré les frappes à l'été.\n" * 8
    remarks = made.Remarks()
    save(tmp_path / "a.txt", text.encode("cp1252"))
    save(tmp_path / "a.ann", "T1\tx 3 12\tprésident\n".encode("cp1252"))
    assert spans(one(tmp_path, remarks)) == [("x", "président")]
    assert "which is a guess" in remarks[0][1]
    assert remarks.files == [tmp_path / "a.txt"]


def test_utf_16_is_no_guess(tmp_path):
    save(tmp_path / "a.txt", "One is good.".encode("utf-16"))
    save(tmp_path / "a.ann", "T1\tx 0 3\tOne\n".encode("utf-16"))
    assert spans(one(tmp_path)) == [("x", "One")]


@pytest.mark.parametrize("content", [b"\x00\x01\x02\x03" * 500, b"%PDF-1.7\xff\x00"])
def test_binary_files_are_left_out_and_said(tmp_path, content):
    put(tmp_path, a_txt=content, a_ann="", b_txt="One.", b_ann="")
    remarks = made.Remarks()
    assert [record.text for record in read(tmp_path, remarks)] == ["One."]
    assert remarks.files == [tmp_path / "a.ann"]


def test_files_too_large_are_left_out_unread(tmp_path):
    put(tmp_path, a_txt="One.", a_ann="", b_txt="Two.", b_ann="")
    for name, size in (("a.ann", 200_000_000), ("b.txt", 50_000_000)):
        with (tmp_path / name).open("wb") as file:
            file.truncate(size)
    remarks = made.Remarks()
    assert list(read(tmp_path, remarks)) == []
    assert all("too large" in message for _, message in remarks)
    assert len(remarks) == 2


def test_a_configuration_that_makes_no_sense_says_nothing(tmp_path):
    save(tmp_path / "annotation.conf", b"\xff\x00\x01" * 1000)
    save(tmp_path / "visual.conf", "[drawing]\n:::\n[labels]\n|||\n[x]\n<A>=<A><A>\n<A>\n")
    assert spans(of(tmp_path, JOINT))[0] == ("Organization", "Sony")


def test_macros_that_double_without_end_are_cut(tmp_path):
    macros = "".join(f"<M-{chr(97 + n % 26)}{'x' * (n // 26)}>=" + "<A>" * 50 + "\n" for n in range(60))
    save(tmp_path / "annotation.conf", f"[entities]\n<A>={'y' * 5000}\n{macros}Z<M-a>\n")
    of(tmp_path, JOINT)
