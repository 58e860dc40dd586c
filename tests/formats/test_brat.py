"""brat standoff as we write it: brat can open it, and all of it comes back."""

import re
import tempfile
from dataclasses import replace
from pathlib import Path

import dataset_values as made
import pytest
from golden_dataset import ANNOTATIONS, ARTICLE, DATASET, LINKS, TEXT, mark
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.formats.brat.names import named, word
from annotator.formats.brat.writing import brat_fragments, rejoined
from annotator.formats.dataset import ArticleRecord, Dataset, Header
from annotator.formats.losses import Tally
from annotator.formats.registry import format_by_id
from annotator.model.anchor import anchor
from annotator.model.records import Annotation, Article, Link
from annotator.model.scheme import Scheme
from annotator.model.span import Span
from annotator.model.text import fingerprint

BRAT = format_by_id("brat")
GOLDEN = Path(__file__).parent / "golden" / "brat" / "work"
LAYERS = ("ann", "bob", "gold")


def write(folder, dataset):
    return made.export(BRAT, dataset, folder)


def read(folder, remark=made.no_remark):
    return BRAT.read(folder, made.SCHEME, remark)


def one_layer(*annotations, links=(), text=TEXT, scheme=made.SCHEME):
    article = replace(ARTICLE, sha256=fingerprint(text))
    record = ArticleRecord(article, text, annotations, links, ())
    return Dataset(Header("Golden", scheme, layers=("ann",)), (record,))


def lines(folder, name="Truce-buried-again.ann"):
    return (folder / name).read_text("utf-8").splitlines()


def by_id(things):
    return sorted(things, key=lambda thing: thing.id)


# What comes back


@settings(max_examples=60, deadline=None)
@given(dataset=made.datasets())
def test_nothing_at_all_is_lost(dataset):
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder, "work"), dataset)
        back = read(Path(folder, "work"))
        found = {record.article.id: record for record in back}
    assert len(found) == len(dataset.records)
    for was in dataset:
        now = found[was.article.id]
        assert (now.article, now.text) == (was.article, was.text)
        assert by_id(a.placed(now.text, a.fragments) for a in now.annotations) == by_id(was.annotations)
        assert by_id(now.links) == by_id(was.links)
        assert by_id(now.progress) == by_id(was.progress)
    assert (back.header.title, back.header.scheme) == (dataset.header.title, dataset.header.scheme)
    assert back.header.entities == dataset.header.entities


@pytest.mark.parametrize("name", ["annotator.conf", "annotation.conf", "visual.conf"])
def test_spans_values_and_links_of_a_layer_come_back_without_any_configuration(tmp_path, name):
    dataset = one_layer(*ANNOTATIONS[:2], links=(Link("l", "ann", "repeats", "a-quote", "a-source"),))
    write(tmp_path / "work", dataset)
    (tmp_path / "work" / name).unlink()
    (record,) = read(tmp_path / "work")
    assert [(a.label, a.words, a.attributes) for a in record.annotations] == [
        (a.label, a.words, a.attributes) for a in ANNOTATIONS[:2]
    ]
    assert [(link.type, link.source, link.target) for link in record.links] == [
        ("repeats", record.annotations[1].id, record.annotations[0].id)
    ]


@given(name=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_any_name_becomes_one_word_of_brat_and_comes_back(name):
    assert re.fullmatch(r"[A-Za-z0-9_-]+", word(name))
    assert named(word(name)) == name


@pytest.mark.parametrize("name", ["a_x41_b", "_x4é", "éx41_", "_", "x5f", "__x41__", "_x_x41_", "as of"])
def test_names_that_look_escaped_come_back(name):
    assert named(word(name)) == name


@pytest.mark.parametrize("name", ["_x110000_", "_xd800_", "_x0_", "Two-component_system"])
def test_names_of_others_that_escape_nothing_stay(name):
    assert named(name) == name


# What brat sees


def test_one_layer_lies_flat_and_several_have_folders(tmp_path):
    write(tmp_path / "one", one_layer(*ANNOTATIONS[:2]))
    write(tmp_path / "all", replace(DATASET, header=replace(DATASET.header, layers=LAYERS)))
    assert (tmp_path / "one" / "Truce-buried-again.ann").is_file()
    assert {a.layer for a in next(iter(read(tmp_path / "one"))).annotations} == {"ann"}
    assert {path.name for path in (tmp_path / "all").iterdir() if path.is_dir()} == set(LAYERS)


def test_a_text_nobody_has_read_has_no_ann_file(tmp_path):
    record = ArticleRecord(ARTICLE, TEXT, progress=())
    write(tmp_path / "work", Dataset(Header("T", made.SCHEME), (record,)))
    assert {p.name for p in (tmp_path / "work").iterdir() if p.suffix != ".conf"} == {
        "Truce-buried-again.txt"
    }


def test_a_line_end_in_a_span_breaks_it_and_is_joined_again():
    text = "One line\n\n  another one\n \nlast. Then\nthis too."
    fragments = (Span(0, text.index(".")), Span(text.index("oo"), text.index("oo") + 2))
    broken = brat_fragments(text, fragments)
    assert [text[f.start : f.stop] for f in broken] == ["One line", "  another one", "last", "oo"]
    assert rejoined(text, broken) == fragments


def test_ends_of_lines_and_blank_fragments_come_back_by_what_is_kept(tmp_path):
    text = "\nOne\n \nTwo\n"
    fragments = (Span(0, 4), Span(5, 6), Span(7, 11))
    article = Article("a", fingerprint(text))
    a = Annotation("i", "a", "ann", "claim", fragments, anchor(text, fragments))
    record = ArticleRecord(article, text, (a,), progress=())
    write(tmp_path / "work", Dataset(Header("T", made.SCHEME, layers=("ann",)), (record,)))
    assert lines(tmp_path / "work", "article.ann") == ["T1\tclaim 1 4;7 10\tOne Two"]
    assert next(iter(read(tmp_path / "work"))).annotations[0].fragments == fragments


def test_values_stand_where_brat_looks_for_them(tmp_path):
    values = {"type": "event", "sure": True, "score": 2, "who": "e-john"}
    quote = replace(ANNOTATIONS[1], attributes=values, note="Doubtful.")
    dataset = one_layer(quote)
    write(
        tmp_path / "work", replace(dataset, header=replace(dataset.header, entities=DATASET.header.entities))
    )
    assert lines(tmp_path / "work") == [
        "T1\tclaim 20 31;45 59\t“The truce” “is not dead.”",
        "A1\ttype T1 event",
        "A2\tsure T1",
        '#1\tAttributes T1\t{"score":2,"who":{"id":"e-john","kind":"actor","name":"@Kerry"}}',
        "#2\tAnnotatorNotes T1\tDoubtful.",
    ]


def test_only_links_that_make_their_ends_equivalent_get_an_asterisk(tmp_path):
    body = made.SCHEME.to_body()
    body["link"].append({"id": "same", "from": [], "to": [], "symmetric": True, "transitive": True})
    scheme = Scheme.from_body(body)
    links = (
        Link("l-1", "ann", "same", "a-source", "a-quote"),
        Link("l-2", "ann", "contradicts", "a-source", "a-quote"),
        Link("l-3", "ann", "same", "a-source", "a-quote", {"why": "twice"}),
    )
    dataset = one_layer(*ANNOTATIONS[:2], links=links, scheme=scheme)
    write(tmp_path / "work", dataset)
    assert lines(tmp_path / "work")[-4:] == [
        "*\tsame T1 T2",
        "R1\tcontradicts Arg1:T1 Arg2:T2",
        "R2\tsame Arg1:T1 Arg2:T2",
        '#3\tAttributes R2\t{"why":"twice"}',
    ]
    assert "same\tArg1:<ENTITY>, Arg2:<ENTITY>, <REL-TYPE>:symmetric-transitive" in lines(
        tmp_path / "work", "annotation.conf"
    )
    assert by_id(next(iter(read(tmp_path / "work"))).links) == list(links)


def test_the_scheme_becomes_configuration(tmp_path):
    body = made.SCHEME.to_body()
    body["label"].append({"id": "Zitat", "title": "Zitat | wörtlich", "colour": "#ffee00"})
    body["link"].append({"id": "über", "from": [], "to": [], "same_label": True})
    write(tmp_path / "work", one_layer(scheme=Scheme.from_body(body)))
    assert lines(tmp_path / "work", "annotation.conf") == [
        *("[entities]", "claim", "source", "Zitat", ""),
        *("[relations]", "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"),
        "repeats\tArg1:claim, Arg2:claim",
        "contradicts\tArg1:<ENTITY>, Arg2:<ENTITY>, <REL-TYPE>:symmetric",
        *(f"_xfc_ber\tArg1:{label}, Arg2:{label}" for label in ("claim", "source", "Zitat")),
        *("", "[events]", ""),
        *("[attributes]", "type\tArg:claim, Value:event", "sure\tArg:claim"),
    ]
    visual = lines(tmp_path / "work", "visual.conf")
    assert "Zitat | Zitat wörtlich" in visual
    assert "_xfc_ber | über" in visual
    assert "Zitat\tbgColor:#ffee00" in visual
    assert "claim\tbgColor:#6b7484, fgColor:white" in visual


@settings(max_examples=60, deadline=None)
@given(dataset=made.datasets())
def test_every_file_passes_the_checks_of_brat_itself(dataset):
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "work")
        write(root, dataset)
        types = configured(root / "annotation.conf")
        for ann in root.rglob("*.ann"):
            check_as_brat_does(ann, types)


def test_golden_files_pass_the_checks_of_brat_itself():
    checked = [
        check_as_brat_does(ann, configured(GOLDEN / "annotation.conf")) for ann in GOLDEN.rglob("*.ann")
    ]
    assert sum(checked) == len(ANNOTATIONS)


def configured(path):
    """Read the types of annotation.conf as brat's projectconfig.py does, and refuse what it refuses."""
    sections = {}
    for line in path.read_text("utf-8").split("\n"):
        head = re.fullmatch(r"\s*\[(.*)\]\s*", line)
        if head:
            terms = sections.setdefault(head[1], {})
        elif line.strip() and not line.startswith("#"):
            _, name, rest = re.fullmatch(r"(\s*)(\S+)(?:\s+(.*))?", line).groups()
            arguments = [a.strip() for a in (rest or "").split(",") if a.strip()]
            assert all(re.fullmatch(r"\S*?:\S*", a) for a in arguments)
            assert name == "<OVERLAP>" or re.fullmatch(r"[a-zA-Z0-9_-]+", name)
            terms[name] = dict(a.split(":", 1) for a in arguments)
    assert set(sections) == {"entities", "relations", "events", "attributes"}
    return sections


def check_as_brat_does(ann, types):
    """Check an .ann file by the rules of brat's annotation.py, 1.3; return how many spans it has."""
    text = ann.with_suffix(".txt").read_bytes().decode("utf-8")
    content = ann.read_bytes().decode("utf-8")
    rows = [line.split("\t", 1) for line in content.splitlines()]
    assert content.splitlines() == content.split("\n")[:-1]
    ids = [own_id for own_id, _ in rows if own_id != "*"]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"([A-Za-z]+|#[A-Za-z]*)([0-9]+)", own_id) for own_id in ids)
    for own_id, rest in rows:
        data, _, tail = rest.partition("\t")
        CHECKS[own_id[0]](data, tail, text, types, set(ids))
    return sum(own_id[0] == "T" for own_id in ids)


def check_span(data, tail, text, types, _):
    label, places = data.split(" ", 1)
    spans = [tuple(map(int, place.split(" "))) for place in places.split(";")]
    assert label in types["entities"]
    assert all(0 <= start < stop <= len(text) for start, stop in spans)
    assert spans == sorted(spans)
    assert tail == " ".join(text[start:stop] for start, stop in spans)
    assert tail.strip()


def check_relation(data, tail, _, types, ids):
    label, one, two = data.split(" ")
    assert label in types["relations"]
    assert not tail
    assert [part.split(":")[0] for part in (one, two)] == ["Arg1", "Arg2"]
    assert {part.split(":")[1] for part in (one, two)} <= ids


def check_attribute(data, _, __, types, ids):
    name, target, value = re.fullmatch(r"(\S+) (\S+)(?: (\S+))?", data).groups()
    assert target in ids
    listed = types["attributes"][name].get("Value", "")
    assert (value in listed.split("|")) if value else not listed


def check_note(data, tail, _, __, ids):
    _, target = data.split()
    assert target in ids
    assert tail.strip()


CHECKS = {"T": check_span, "R": check_relation, "A": check_attribute, "#": check_note}


# What is kept beside brat's files


def test_what_was_edited_in_brat_keeps_what_was_not(tmp_path):
    write(
        tmp_path / "work",
        one_layer(*ANNOTATIONS[:2], mark("a-3", "ann", "claim", "shelled", origin="rule: x 1")),
    )
    ann = tmp_path / "work" / "Truce-buried-again.ann"
    content = ann.read_text("utf-8").replace("source 33 38\tKerry", "source 33 43\tKerry said")
    content = content.replace("second line", "2nd line").replace("T3\t", "T9\t")
    ann.write_text(content + "T3\tsource 0 5\tTruce\n", "utf-8")
    (record,) = read(tmp_path / "work")
    moved, quote, again, new = record.annotations
    assert {a.id for a in record.annotations} - set(record.local) == {"a-quote"}
    assert (moved.words, moved.origin) == ("Kerry said", "")
    assert (quote.id, quote.note) == ("a-quote", "=HYPERLINK(1) 2nd line, with a comma")
    assert (again.words, again.origin) == ("shelled", "")
    assert new.words == "Truce"


def test_a_text_that_was_changed_counts_as_another_article(tmp_path):
    write(tmp_path / "work", one_layer(ANNOTATIONS[0]))
    path = tmp_path / "work" / "Truce-buried-again.txt"
    path.write_text(TEXT.replace("Kerry", "KERRY"), "utf-8")
    remarks = made.Remarks()
    (record,) = read(tmp_path / "work", remarks)
    assert record.article.id != ARTICLE.id
    assert "not the one that annotator.conf names" in remarks[0][1]
    assert remarks.files == [path]
    assert record.annotations[0].anchor.exact == ("Kerry",)


def test_work_without_its_text_finds_its_article_by_what_is_kept(tmp_path):
    write(tmp_path / "work", one_layer(ANNOTATIONS[0]))
    (tmp_path / "work" / "Truce-buried-again.txt").unlink()
    (record,) = read(tmp_path / "work")
    assert (record.article, record.text) == (ARTICLE, "")
    assert record.annotations[0].id == "a-source"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"format":"annotator-brat"', '"format":"x"', "does not say"),
        ('"version":1', '"version":2', "does not say"),
        ('{"article"', "{article", "not valid JSON"),
        ('"layer":"ann"', '"layer":"all"', "can't be the name of a layer"),
        ('"file":"Truce-buried-again"', '"file":""', "“file” is missing"),
        ('"kind":"actor"', '"kind":7', "entity was left out"),
        ('"id":"repeats"', '"id":"?"', "scheme was left out"),
    ],
)
def test_what_is_damaged_of_what_is_kept_is_said(tmp_path, old, new, words):
    write(tmp_path / "work", DATASET)
    path = tmp_path / "work" / "annotator.conf"
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    remarks = made.Remarks()
    assert sum(len(r.annotations) for r in read(tmp_path / "work", remarks)) == len(ANNOTATIONS)
    assert any(words in message for _, message in remarks)
    assert remarks.files[0] == path


def test_nothing_is_lost_but_marks_on_white_space():
    tally, lacks = Tally(), BRAT.lacks()
    tally.add(lacks.in_header(DATASET.header))
    for record in DATASET:
        tally.add(lacks.in_record(record))
    assert tally.losses() == ()
    blank = replace(ANNOTATIONS[0], fragments=(Span(18, 20),))
    tally.add(lacks.in_record(ArticleRecord(ARTICLE, TEXT, (blank,), LINKS)))
    assert [loss.what for loss in tally.losses()] == ["spans of nothing but white space"]
