"""TSV as WebAnno and INCEpTION write it, and as it is found: with quirks, damage and any layers."""

import shutil

import dataset_values as made
import pytest
from golden_dataset import DATASET

from annotator.formats.errors import FormatError
from annotator.formats.parts import lines
from annotator.formats.registry import format_by_id, format_of
from annotator.formats.webanno import document as webanno_document
from annotator.model.records import Progress

TSV = format_by_id("webanno-tsv")
NE = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
POS = "de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS"
DEPENDENCY = "de.tudarmstadt.ukp.dkpro.core.api.syntax.type.dependency.Dependency"


def tsv(*parts, version="3.3"):
    """Join a header's lines and a body as the tools do: with two empty lines between them."""
    *header, body = parts
    return "\n".join([f"#FORMAT=WebAnno TSV {version}", *header, "", "", body]) + "\n"


def sentence(text, *rows, number=1, start=0, columns=1):
    """Write a sentence of words parted by spaces; `rows` maps words to their cells."""
    cells = dict(rows)
    made, at = [f"#Text={text}"], start
    for n, word in enumerate(text.split(), 1):
        said = cells.get(word, "\t".join(["_"] * columns))
        made.append(f"{number}-{n}\t{at}-{at + len(word)}\t{word}\t{said}\t")
        at += len(word) + 1
    return "\n".join(made) + "\n"


def read(path, content=None):
    if content is not None:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    remarks = made.Remarks()
    dataset = TSV.read(path, made.SCHEME, remarks)
    return dataset, list(dataset), remarks


def only(path, content):
    _, (record,), _ = read(path, content)
    return record


def found(record):
    return [
        (a.label, record.text[a.fragments[0].start : a.fragments[0].stop], a.attributes)
        for a in record.annotations
    ]


@pytest.fixture
def file(tmp_path):
    return tmp_path / "news.tsv"


def test_a_file_as_inception_exports_it(file):
    content = tsv(
        f"#T_SP={POS}|PosValue|coarseValue",
        f"#T_SP={NE}|identifier|value",
        sentence(
            "Ms. Haag plays Elianti .",
            ("Ms.", "NNP\tPROPN\t*[1]|*[2]\tPER[1]|TITLE[2]"),
            ("Haag", "NNP\tPROPN\t*[1]\tPER[1]"),
            ("Elianti", "_\t_\thttp://www.wikidata.org/entity/Q1\tPER"),
            columns=4,
        )
        + "\n"
        + sentence("She won .", number=2, start=25, columns=4),
    )
    _, (record,), remarks = read(file, content)
    assert record.text == "Ms. Haag plays Elianti .\nShe won ."
    assert found(record) == [
        ("PER", "Ms. Haag", {}),
        ("TITLE", "Ms.", {}),
        ("PER", "Elianti", {"identifier": "http://www.wikidata.org/entity/Q1"}),
    ]
    assert [a.anchor.exact for a in record.annotations] == [("Ms. Haag",), ("Ms.",), ("Elianti",)]
    assert record.article.title == "Ms. Haag plays Elianti ."
    assert record.progress == (Progress(record.article.id, "", "done"),)
    assert dict(record.lines)[record.annotations[2].id] == 10
    assert [message for _, message in remarks] == [
        "the layer “POS” was left out: it describes each word",
        "the file does not hold what stands between sentences; line ends and spaces were put there, and the"
        " text may differ from the original",
    ]


def test_offsets_of_others_count_utf16_units_too(file):
    body = "#Text=😊 I like it .\n1-1\t0-2\t😊\t_\t\n1-2\t3-4\tI\t_\t\n1-3\t5-9\tlike\tGOOD\t\n"
    record = only(file, tsv("#T_SP=webanno.custom.Mood|value", body))
    assert found(record) == [("GOOD", "like", {})]


def test_offsets_that_count_code_points_are_recognised(file):
    body = "#Text=😊 I like it .\n1-1\t0-1\t😊\t_\t\n1-2\t2-3\tI\t_\t\n1-3\t4-8\tlike\tGOOD\t\n"
    _, (record,), remarks = read(file, tsv("#T_SP=webanno.custom.Mood|value", body))
    assert found(record) == [("GOOD", "like", {})]
    assert remarks == [(None, "its offsets count code points, not UTF-16 units as they should")]


@pytest.mark.parametrize(
    ("version", "text", "expected"),
    [
        ("3.1", 'Daf\\u00FCr \\uD83D\\uDE0A \\"no\\" a\\tb', 'Dafür 😊 "no" a\tb'),
        ("3.2", 'Daf\\u00FCr \\uD83D\\uDE0A \\"no\\" a\\tb', 'Dafür 😊 "no" a\tb'),  # WebAnno 3.2.2
        ("3.3", "a\\\\b a\\tb", "a\\b a\tb"),
        ("3.3", "a\\_b \\[1\\] \\->", "a_b [1] ->"),  # as Python libraries write it
    ],
)
def test_texts_are_escaped_in_several_ways(file, version, text, expected):
    rows, at = [], 0
    for n, word in enumerate(expected.split(), 1):
        start = expected.index(word, at)
        at = start + len(word)
        units = [len(expected[:offset].encode("utf-16-le")) // 2 for offset in (start, at)]
        rows.append(f"1-{n}\t{units[0]}-{units[1]}\t{word}\t")
    _, (record,), remarks = read(file, tsv(f"#Text={text}\n" + "\n".join(rows), version=version))
    assert (record.text, remarks) == (expected, [])


def test_windows_line_ends_move_offsets(file):
    body = "#Text=One\\r\n#Text=two\n1-1\t0-3\tOne\t_\t\n1-2\t5-8\ttwo\tX\t\n"
    record = only(file, tsv("#T_SP=webanno.custom.Mood|value", body).replace("\n", "\r\n"))
    assert record.text == "One\ntwo"
    assert found(record) == [("X", "two", {})]
    assert record.annotations[0].fragments[0].start == 4


def test_layers_without_a_name_for_their_spans(file):
    content = tsv(
        "#T_SP=webanno.custom.Quote|",
        "#T_SP=webanno.custom.Sentiment|Category|Opinion",
        sentence("Kerry was unhappy", ("Kerry", "*\t_\t_"), ("unhappy", "_\tabstract\t*"), columns=3),
    )
    assert found(only(file, content)) == [
        ("Quote", "Kerry", {}),
        ("Sentiment", "unhappy", {"Category": "abstract"}),
    ]


def test_labels_of_the_scheme_have_attributes_of_their_kind(file):
    content = tsv(
        "#T_SP=webanno.custom.Annotation|label|as_of|count_low|note|score|sure|x",
        sentence("Kerry spoke", ("Kerry", "claim\t2016\t*\tsee below\t2.5\ttrue\tnew"), columns=7),
    )
    record = only(file, content)
    assert found(record) == [("claim", "Kerry", {"as of": "2016", "score": 2.5, "sure": True, "x": "new"})]
    assert record.annotations[0].note == "see below"


def test_values_of_another_kind_are_said(file):
    content = tsv("#T_SP=webanno.custom.A|label|score", sentence("Kerry", ("Kerry", "claim\tmany")))
    _, (record,), remarks = read(file, content)
    assert found(record) == [("claim", "Kerry", {})]
    assert remarks == [(6, "a value was left out: “score” is “many”, not a number")]


def test_pieces_of_tokens_and_spans_over_sentences(file):
    body = (
        "#Text=aaaaaa bbbbbb\n1-1\t0-6\taaaaaa\tX[1]\t\n1-1.1\t3-6\taaa\tY[2]\t\n"
        "1-2\t7-13\tbbbbbb\tX[1]|Y[2]\t\n\n"
        "#Text=cccccc\n2-1\t14-20\tcccccc\tX[1]\t\n2-1.1\t14-17\tccc\tY[2]\t\n2-1.2\t15-16\tc\tZ\t\n"
    )
    assert found(only(file, tsv("#T_SP=webanno.custom.S|value", body))) == [
        ("X", "aaaaaa bbbbbb\ncccccc", {}),
        ("Y", "aaa bbbbbb\nccc", {}),
        ("Z", "c", {}),
    ]


def test_relations_become_links(file):
    content = tsv(
        f"#T_SP={NE}|value",
        f"#T_RL=webanno.custom.Relation|since|value|BT_{NE}",
        sentence(
            "Anna met Bob and Eve .",
            ("Anna", "PER\t_\t_\t_"),
            ("Bob", "PER[1]|ORG[2]\t2016|*\tknows|*\t1-1[0_2]|1-5[0_1]"),
            ("Eve", "PER\t*\t*\t1-1"),
            columns=4,
        ),
    )
    _, (record,), remarks = read(file, content)
    names = {a.id: (a.label, a.anchor.exact[0]) for a in record.annotations}
    assert [
        (link.type, names[link.source], names[link.target], link.attributes) for link in record.links
    ] == [
        ("knows", ("PER", "Anna"), ("ORG", "Bob"), {"since": "2016"}),
        ("Relation", ("PER", "Eve"), ("PER", "Bob"), {}),
        ("Relation", ("PER", "Anna"), ("PER", "Eve"), {}),
    ]
    assert remarks == []


def test_relations_between_words_are_left_out_with_them(file):
    content = tsv(
        f"#T_SP={POS}|PosValue",
        f"#T_RL={DEPENDENCY}|DependencyType|BT_{POS}",
        f"#T_RL=webanno.custom.Odd|value|BT_{POS}",
        sentence(
            "Anna left",
            ("Anna", "NNP\tSBJ\t1-2\tfollows\t1-2"),
            ("left", "VBD\tROOT\t1-2\t_\t_"),
            columns=5,
        ),
    )
    _, (record,), remarks = read(file, content)
    assert (record.annotations, record.links) == ((), ())
    assert [message for _, message in remarks] == [
        "the layer “POS” was left out: it describes each word",
        "the layer “Dependency” was left out: it describes each word",
        "a link “follows” was left out: one of its spans is not there",
    ]


def test_slots_become_links(file):
    host = "webanno.custom.Frame"
    content = tsv(
        "#T_SP=webanno.custom.Lu|luvalue",
        f"#T_SP={host}|FE|ROLE_{host}:Roles_webanno.custom.FrameRolesLink|webanno.custom.Lu",
        sentence(
            "Bob auctioned the clock to John .",
            ("Bob", "bob\t_\t_\t_"),
            ("auctioned", "_\tsale\tseller;goods;*\t1-1;1-3[4];1-6"),
            ("the", "clock[4]\t_\t_\t_"),
            ("clock", "clock[4]\t_\t_\t_"),
            ("John", "john\t*\t_\t*"),
            columns=4,
        ),
    )
    record = only(file, content)
    names = {a.id: (a.label, a.anchor.exact[0]) for a in record.annotations}
    assert [(link.type, names[link.source], names[link.target]) for link in record.links] == [
        ("seller", ("Frame", "auctioned"), ("Lu", "Bob")),
        ("goods", ("Frame", "auctioned"), ("Lu", "the clock")),
        ("Roles", ("Frame", "auctioned"), ("Lu", "John")),
    ]
    assert found(record)[-1] == ("Frame", "John", {})


def test_slots_may_lead_to_any_layer(file):
    host = "webanno.custom.Host"
    content = tsv(
        "#T_SP=webanno.custom.Span|",
        f"#T_SP={host}|ROLE_{host}:links_{host}LinksLink|uima.tcas.Annotation",
        sentence(
            "This is a test",
            ("This", "_\tp2;p1\t1-3[1];1-2[2]"),
            ("is", "*[2]\t_\t_"),
            ("a", "*[1]\t_\t_"),
            columns=3,
        ),
    )
    record = only(file, content)
    words = {a.id: a.anchor.exact[0] for a in record.annotations}
    assert [(link.type, words[link.target]) for link in record.links] == [("p2", "a"), ("p1", "is")]


def test_chains_become_spans_with_links(file):
    content = tsv(
        "#T_CH=de.tudarmstadt.ukp.dkpro.core.api.coref.type.CoreferenceLink|referenceType|referenceRelation",
        sentence(
            "He shot himself with his own revolver",
            ("He", "pr[1]\tcoref->1-1"),
            ("himself", "pr[1]\t*->1-2"),
            ("his", "pr[1]|nam[2]\t*->1-3|*->2-1"),
            ("own", "pr[1]\t*->1-3"),
            columns=2,
        ),
    )
    record = only(file, content)
    words = {a.id: a.anchor.exact[0] for a in record.annotations}
    assert [a.label for a in record.annotations] == ["pr", "pr", "pr", "nam"]
    assert [(link.type, words[link.source], words[link.target]) for link in record.links] == [
        ("coref", "He", "himself"),
        ("CoreferenceLink", "himself", "his own"),
    ]


def test_zero_width_spans_are_said_and_left_out(file):
    body = "#Text=This is\n1-1\t0-4\tThis\t_\t\n1-1.1\t0-0\t\tX\t\n1-2\t5-7\tis\tX\t\n"
    _, (record,), remarks = read(file, tsv("#T_SP=webanno.custom.S|value", body))
    assert found(record) == [("X", "is", {})]
    ((line, message),) = remarks
    assert line == 7
    assert message.startswith("a span was left out: the span from 0 to 0 is empty")


def test_leading_white_space_is_put_there(file):
    body = "#Text=one two\n1-1\t1-4\tone\tX\t\n1-2\t5-8\ttwo\t_\t\n"
    record = only(file, tsv("#T_SP=webanno.custom.S|value", body))
    assert record.text == " one two"
    assert found(record) == [("X", "one", {})]


def test_special_characters_in_values(file):
    value = "\\\\ \\[1\\] \\| \\_ \\-> \\; \\t \\n \\*"
    content = tsv("#T_SP=webanno.custom.S|a|b", sentence("one", ("one", f"{value}[1]|\\*[2]\t*[1]|x\\\\[2]")))
    assert [attributes for _, _, attributes in found(only(file, content))] == [
        {"a": "\\ [1] | _ -> ; \t \n *"},
        {"a": "*", "b": "x\\"},
    ]


def test_sentence_ids_and_unknown_comments_are_passed_over(file):
    body = "#Sentence.id=s1\n#Kept=no\n" + sentence("one two", ("one", "X"))
    assert found(only(file, tsv("#T_SP=webanno.custom.S|value", body))) == [("X", "one", {})]


def test_one_empty_line_and_no_tabs_at_the_end_will_do(file):
    content = (
        f"#FORMAT=WebAnno TSV 3.2\n#T_SP={NE}|value\n\n#Text=one two\n1-1\t0-3\tone\tX\n1-2\t4-7\ttwo\t_"
    )
    assert found(only(file, content)) == [("X", "one", {})]


@pytest.mark.parametrize("label", ["a long value " * 9, "http://example.org/a", "a\\nb"])
def test_a_value_that_can_be_no_label_stays_a_value(file, label):
    record = only(file, tsv("#T_SP=webanno.custom.S|value", sentence("one", ("one", label))))
    assert found(record) == [("S", "one", {"value": label.replace("\\n", "\n")})]


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ("1-2\tx-y\tthree\t_\t", 7),
        ("1-2\t9-4\tthree\t_\t", 7),
        ("three", 7),
        ("1-2\t4-99999999999\tx\t_\t", 7),
    ],
)
def test_a_bad_row_is_left_out(file, row, line):
    body = f"#Text=one two\n1-1\t0-3\tone\tX\t\n{row}\n1-3\t4-7\ttwo\tX\t\n"
    _, (record,), remarks = read(file, tsv("#T_SP=webanno.custom.S|value", body))
    assert found(record) == [("X", "one", {}), ("X", "two", {})]
    ((at, message),) = remarks
    assert at == line
    assert message.startswith("the row was left out: it is too long, or does not begin with a number")


def test_drifted_tokens_are_said_and_keep_their_words(file):
    body = "#Text=one  two three\n1-1\t0-3\tone\tX[1]\t\n1-2\t4-7\ttwo\tX[1]\t\n1-3\t8-13\tthree\tY\t\n"
    _, (record,), remarks = read(file, tsv("#T_SP=webanno.custom.S|value", body))
    assert [a.anchor.exact for a in record.annotations] == [("one two",), ("three",)]
    assert remarks == [(None, "2 of its tokens don't stand where the offsets say")]


@pytest.mark.parametrize("start", [10**8, 20_000, 0])
def test_a_sentence_that_stands_nowhere_follows_the_one_before(file, start):
    body = sentence("one two") + f"\n#Text=three\n2-1\t{start}-{start + 5}\tthree\tX\t\n"
    _, (record,), remarks = read(file, tsv("#T_SP=webanno.custom.S|value", body))
    assert record.text == "one two\nthree"
    assert record.annotations[0].anchor.exact == ("three",)
    assert "1 of its tokens doesn't stand" in remarks[0][1]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is not WebAnno TSV 3"),
        (b"id\ttext\n1\tone\n", "is not WebAnno TSV 3"),
        (b" # webanno.custom.Span | value\n#id=1\n#text=one\n1-1\tone\t_\n", "is not WebAnno TSV 3"),
        (b"#FORMAT=WebAnno TSV 2.0\n", "is WebAnno TSV 2.0; export it as version 3"),
        (b"#FORMAT=WebAnno TSV 3.3\n\n\n", "holds no text"),
        (b"#FORMAT=WebAnno TSV 3.3\n\n\n1-1\t0-3\tone\t\n", "holds no text"),
    ],
)
def test_what_is_none_is_refused(file, content, why):
    with pytest.raises(FormatError, match=why):
        read(file, content)


def test_a_line_without_end_is_refused(file, monkeypatch):
    monkeypatch.setattr(lines.numbered_lines, "__defaults__", (1000,))
    with pytest.raises(FormatError, match="has a line of more than"):
        read(file, tsv("#Text=" + "x" * 5000))


def test_a_text_that_is_too_long_is_refused(file, monkeypatch):
    monkeypatch.setattr(webanno_document, "MAX_TEXT", 20)
    for text in ("x" * 30, "x" * 60):
        with pytest.raises(FormatError, match="more than 20 characters"):
            read(file, tsv(sentence(text)))


def test_rows_that_are_too_long_are_left_out(file, monkeypatch):
    monkeypatch.setattr(webanno_document, "MAX_ROW", 100)
    rows = sentence("one two", ("one", "X" * 100), ("two", "X"))
    _, (record,), remarks = read(file, tsv("#T_SP=webanno.custom.S|value", rows))
    assert found(record) == [("X", "two", {})]
    assert [line for line, _ in remarks] == [6]


@pytest.mark.parametrize("number", ["9" * 5000, "٣", "1_2_3", "-1", "", "1_"])
def test_brackets_that_hold_no_number_are_part_of_the_value(file, number):
    rows = sentence("one", ("one", f"*\tX[{number}]"))
    record = only(file, tsv("#T_SP=webanno.custom.S|a|b", rows))
    assert found(record) == [("S", "one", {"b": f"X[{number}]"})]


def test_columns_without_a_name_hold_nothing(file):
    rows = sentence("one", ("one", "X\tY\tZ"), columns=3)
    assert found(only(file, tsv("#T_SP=webanno.custom.S|| |value", rows))) == [("Z", "one", {})]


def test_a_long_run_of_stacked_values_is_read(file):
    stack = "|".join(f"X[{n}]" for n in range(1, 20_001))
    record = only(file, tsv("#T_SP=webanno.custom.S|value", sentence("one", ("one", stack))))
    assert len(record.annotations) == 20_000


def put(folder, name, value, title=""):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    cells = ("one", value) if value else ("none", "")
    header = ["#T_SP=webanno.custom.S|value"] if value else []
    path.write_text(tsv(*header, sentence("one two", cells, columns=1 if value else 0)), "utf-8")


def test_a_project_that_inception_exported(tmp_path):
    for name, value in [("admin", "X"), ("bob", "Y"), ("eve", ""), ("INITIAL_CAS", "Z")]:
        put(tmp_path, f"annotation/news one.txt/{name}.tsv", value)
    put(tmp_path, "curation/news one.txt/CURATION_USER.tsv", "X")
    _, records, remarks = read(tmp_path)
    (record,) = records
    assert record.article.title == "news one.txt"
    assert [(a.layer, a.label) for a in record.annotations] == [("admin", "X"), ("bob", "Y"), ("gold", "X")]
    assert {p.annotator for p in record.progress} == {"admin", "bob", "eve", "gold"}
    assert len(record.local) == 3
    assert [path.name for path in record.files.values()] == ["bob.tsv", "CURATION_USER.tsv"]
    assert remarks == [(None, "1 × INITIAL_CAS.tsv was left out: it is from before the work began")]


def test_a_project_that_nobody_worked_on(tmp_path):
    put(tmp_path, "annotation/news.txt/INITIAL_CAS.tsv", "")
    _, (record,), remarks = read(tmp_path)
    assert (record.article.title, record.progress, remarks) == ("news.txt", (), [])


def test_a_bad_file_in_a_folder_is_left_out(tmp_path):
    put(tmp_path, "a.tsv", "X")
    (tmp_path / "b.tsv").write_text("id\ttext\n")
    _, (record,), remarks = read(tmp_path)
    assert found(record) == [("X", "one", {})]
    ((line, message),) = remarks
    assert line is None
    assert message.startswith("the file was left out: b.tsv is not WebAnno TSV 3")
    assert remarks.files == [tmp_path / "b.tsv"]


def test_a_folder_of_nothing_but_bad_files_is_refused(tmp_path):
    (tmp_path / "b.tsv").write_text("id\ttext\n")
    with pytest.raises(FormatError, match="is not WebAnno TSV 3"):
        read(tmp_path)
    (tmp_path / "b.tsv").unlink()
    with pytest.raises(FormatError, match="holds no TSV"):
        read(tmp_path)


@pytest.fixture
def own(tmp_path):
    made.export(TSV, made.fitting_of(TSV, DATASET), tmp_path / "work")
    path = tmp_path / "bob.tsv"
    shutil.copy(tmp_path / "work/Truce-buried-again/bob.tsv", path)
    return path


def changed(path, old, new):
    content = path.read_text("utf-8")
    assert old in content
    path.write_text(content.replace(old, new), "utf-8")
    return read(path)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('#Annotator={"article"', '#Annotator={"article', "is not valid JSON"),
        ('"layer":"bob"', '"layer":[1]', "“layer” is missing or not text"),
        ('"kind":"text"', '"kind":"colour"', "“colour” is not a kind of attribute"),
        ('"state":"skipped"', '"state":"asleep"', "not a state"),
    ],
)
def test_a_file_of_ours_with_bad_comments_is_read_as_anybodys(own, old, new, why):
    _, (record,), remarks = changed(own, old, new)
    assert [a.label for a in record.annotations] == ["claim", "source"]
    assert record.annotations[0].attributes == {"why": "'quoted'", "score": -2.5}
    assert why in remarks[0][1]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('#Annotator.span={"id":"b-same"', '#Annotator.span={"id":"b-same', "the comment was left out"),
        ('"id":"b-same"', '"id":"b-same","keys":5', "a span was left out: “keys” is not an object"),
        ('"id":"b-same"', f'"id":"{"x" * 2000}"', "a span was left out: “id” is longer"),
        ('"target":"a-count"', '"target":7', "a link was left out: “target” is missing"),
    ],
)
def test_a_comment_that_makes_no_sense_is_said(own, old, new, why):
    _, (record,), remarks = changed(own, old, new)
    assert record.annotations[0].id == "b-nested"
    assert why in remarks[0][1]


def test_a_span_that_was_added_to_a_file_of_ours_is_read(own):
    _, (record,), remarks = changed(own, "Kerry\t_\t_\t_", "Kerry\tsource[7]\tnew[7]\t*[7]")
    added = next(a for a in record.annotations if a.anchor.exact == ("Kerry",))
    assert (added.label, added.layer, added.attributes) == ("source", "bob", {"why": "new"})
    assert added.id in record.local
    assert remarks == []


def test_a_text_that_was_changed_counts_as_another_article(own):
    _, (record,), remarks = changed(own, "dead", "DEAD")
    assert record.article.id != DATASET.records[0].article.id
    assert "counts as another article" in remarks[0][1]


def test_a_row_in_which_a_file_is_cut_off_is_named_and_left_out(file):
    whole = tsv(f"#T_SP={NE}|value|note", sentence("Kerry met Lavrov", ("Lavrov", "PER[1]\tb[1]"), columns=2))
    row = whole.splitlines()[-1]
    for size in range(1, len(row)):
        _, (record,), remarks = read(file, whole.rstrip("\n")[: size - len(row)])
        assert record.annotations == ()
        assert [line for line, message in remarks if "the row was left out" in message] == [8]
    assert found(only(file, whole.rstrip("\n"))) == [("PER", "Lavrov", {"note": "b"})]


def test_the_only_row_is_known_to_be_cut_off_by_the_columns(file):
    whole = tsv(f"#T_SP={NE}|value|note", sentence("Lavrov", ("Lavrov", "PER[1]\tb[1]"), columns=2))
    _, (record,), remarks = read(file, whole[: whole.index("\tb[1]")])
    assert record.annotations == ()
    assert remarks[0] == (6, "the row was left out: the file is cut off in it")


def test_other_tables_with_this_ending_are_not_taken_for_it(tmp_path, file):
    file.write_text("id\ttext\n", "utf-8")
    assert format_of(file) is not TSV
    file.write_text("\ufeff" + tsv(sentence("one")), "utf-8")
    assert format_of(file) is TSV
