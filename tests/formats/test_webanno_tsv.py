"""TSV as we write it: rows that INCEpTION reads, and comments that bring everything back."""

import re
from dataclasses import replace

import dataset_values as made
import pytest
from golden_dataset import ARTICLE, DATASET, ENTITIES, LINKS, SECOND, TEXT
from hypothesis import given, settings

from annotator.formats.dataset import ArticleRecord, Dataset, Header
from annotator.formats.losses import Tally
from annotator.formats.registry import format_by_id
from annotator.model.anchor import anchor
from annotator.model.change import to_json
from annotator.model.records import Annotation, Article, Link, Progress
from annotator.model.span import Span
from annotator.model.text import article_id, fingerprint

TSV = format_by_id("webanno-tsv")


def read(path):
    remarks = made.Remarks()
    dataset = TSV.read(path, made.SCHEME, remarks)
    return dataset, list(dataset), remarks


def mark(number, text, start, stop, layer="ann", **more):
    spans = (Span(start, stop),)
    return Annotation(f"a{number}", "", layer, "claim", spans, anchor(text, spans), **more)


def dataset(text, *annotations, links=(), progress=(), **described):
    article = Article(article_id(fingerprint(text)), fingerprint(text), **described)
    annotations = tuple(replace(a, article=article.id) for a in annotations)
    return Dataset(Header("", made.SCHEME), (ArticleRecord(article, text, annotations, links, progress),))


def written(dataset, folder):
    """Write a dataset; return the one file that holds it."""
    (path,) = made.export(TSV, dataset, folder / "work")
    return path.read_text("utf-8")


def rows(content):
    return [line.split("\t") for line in content.splitlines() if line[:1].isdigit()]


def as_inception_reads(content):
    """Read text and spans by the rules of INCEpTION's own reader, as its source has them.

    It puts a line feed after each line of text, takes the last one away where the next sentence begins on
    it, fills gaps with spaces, and lets a span go on to each row that has its number.
    """
    head, _, body = content.partition("\n\n")
    layers = [line.partition("=")[2].split("|") for line in head.splitlines()[1:]]
    columns = [(layer, name) for layer, *names in layers for name in names]
    assert body.startswith("\n#")
    text, sentence, spans, links = "", "", {}, []
    for line in body[1:].splitlines():
        if line.startswith("#"):
            sentence += line.partition("=")[2] + "\n" if line.startswith("#Text=") else ""
        elif line:
            name, place, token, *cells, end = line.split("\t")
            start, stop = map(int, place.split("-"))
            if sentence:
                units = len(text.encode("utf-16-le")) // 2
                if units > start:
                    assert units == start + 1
                    assert text.endswith("\n")
                    text = text[:-1]
                sentence = re.sub(r"\\([t\\])", lambda m: {"t": "\t"}.get(m[1], m[1]), sentence)
                text, sentence = text + " " * (start - units) + sentence, ""
            utf16 = text.encode("utf-16-le")
            assert utf16[2 * start : 2 * stop].decode("utf-16-le") == token
            assert end == ""
            assert len(cells) == len(columns)
            for (layer, feature), cell in zip(columns, cells, strict=True):
                for item in re.split(r"(?<!\\)\|", cell) if cell != "_" else ():
                    take(layer, feature, item, (start, stop, name), spans, links)
    return text[:-1], spans, links


def take(layer, feature, item, unit, spans, links):
    start, stop, _ = unit
    if feature.startswith("BT_"):
        links.append(tuple(map(int, re.fullmatch(r"[\d.-]+\[(\d+)_(\d+)\]", item).groups())))
    elif layer.endswith("Annotation"):
        value, number = re.fullmatch(r"(.*)\[(\d+)\]", item, re.DOTALL).groups()
        first, _, features = spans.setdefault(int(number), (start, stop, {}))
        spans[int(number)] = (first, stop, features | {feature: value})


def utf16(text, offset):
    return len(text[:offset].encode("utf-16-le")) // 2


@settings(max_examples=60, deadline=None)
@given(dataset=made.datasets())
def test_inception_finds_every_span(dataset, tmp_path_factory):
    given = made.fitting_of(TSV, dataset)
    folder = tmp_path_factory.mktemp("work")
    for record in given:
        for layer in {a.layer for a in record.annotations}:
            marked = tuple(a for a in record.annotations if a.layer == layer)
            one = Dataset(given.header, (replace(record, annotations=marked, links=(), progress=()),))
            text, spans, _ = as_inception_reads(written(one, folder / layer / record.article.id))
            lead = len(record.text) - len(record.text.lstrip())
            assert text[lead:] == record.text[lead:]
            assert [spans[n][2]["label"] for n in sorted(spans)] == [a.label for a in marked]
            assert [spans[n][:2] for n in sorted(spans)] == [stripped(record.text, a.hull) for a in marked]


def stripped(text, hull):
    words = text[hull.start : hull.stop]
    start = hull.start + len(words) - len(words.lstrip())
    return utf16(text, start), utf16(text, start + len(words.strip()))


def test_an_article_is_a_folder_and_a_layer_a_file(tmp_path):
    paths = made.export(TSV, made.fitting_of(TSV, DATASET), tmp_path / "work")
    assert sorted(path.relative_to(tmp_path / "work").as_posix() for path in paths) == [
        *("Nothing/ann.tsv", "Truce-buried-again/ann.tsv"),
        *("Truce-buried-again/bob.tsv", "Truce-buried-again/gold.tsv"),
    ]


def test_there_are_two_empty_lines_after_the_header(tmp_path):
    content = written(dataset("One two.", mark(1, "One two.", 0, 3)), tmp_path)
    assert content.startswith(
        "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Annotation|label\n\n\n#Annotator={"
    )
    assert "\n#Text=One two.\n1-1\t0-3\tOne\tclaim[1]\t\n1-2\t4-7\ttwo\t_\t\n" in content


def test_nested_and_identical_spans_are_stacked(tmp_path):
    text = "Nine people died"
    content = written(
        dataset(text, mark(1, text, 0, 16), mark(2, text, 0, 11), mark(3, text, 0, 11)), tmp_path
    )
    assert [row[3] for row in rows(content)] == [
        *("claim[1]|claim[2]|claim[3]", "claim[1]|claim[2]|claim[3]", "claim[1]"),
    ]


def test_a_span_that_ends_in_a_word_has_a_row_for_the_piece(tmp_path):
    text = "The ceasefires ended"
    content = written(dataset(text, mark(1, text, 0, 13), mark(2, text, 7, 9)), tmp_path)
    assert [row[:4] for row in rows(content)] == [
        ["1-1", "0-3", "The", "claim[1]"],
        ["1-2", "4-14", "ceasefires", "_"],
        ["1-2.1", "4-13", "ceasefire", "claim[1]"],
        ["1-2.2", "7-9", "se", "claim[2]"],
        ["1-3", "15-20", "ended", "_"],
    ]


def test_offsets_count_utf16_units(tmp_path):
    text = "👩‍👩‍👧 fled"
    content = written(dataset(text, mark(1, text, 6, 10)), tmp_path)
    assert [row[:3] for row in rows(content)] == [["1-1", "0-8", "👩‍👩‍👧"], ["1-2", "9-13", "fled"]]


def test_every_special_character_is_escaped(tmp_path):
    text = "Kerry \\ said\tno"
    why = "\\ [1] | _ -> ; \t \n * a->b"
    content = written(dataset(text, mark(1, text, 0, 5, attributes={"why": why})), tmp_path)
    assert "#Text=Kerry \\\\ said\\tno" in content
    assert rows(content)[0][4] == "\\\\ \\[1\\] \\| \\_ \\-> \\; \\t \\n \\* a\\->b[1]"
    assert rows(content)[1][2] == "\\"
    ((record,), remarks) = read(tmp_path / "work")[1:]
    assert (record.text, remarks) == (text, [])
    assert record.annotations[0].attributes == {"why": why}


@pytest.mark.parametrize(
    "value",
    [
        "*",
        "_",
        "",
        "a\rb",
        "\x85",
        "\u2028",
        "x[3]",
        "a\\",
        "|",
        "\\|",
        "-",
        "\x07",
        "\x00",
        5,
        None,
        [1, "2"],
    ],
)
def test_values_that_are_hard_to_write_come_back(tmp_path, value):
    text = "Kerry said"
    marked = [mark(n, text, 0, 5, attributes={"why": value}, note=str(value)) for n in (1, 2)]
    content = written(dataset(text, *marked), tmp_path)
    assert len(content.splitlines()) == content.count("\n")
    ((record,), remarks) = read(tmp_path / "work")[1:]
    expected = "\ufffd" if value == "\x00" else value
    assert [a.attributes for a in record.annotations] == [{"why": expected}] * 2
    assert [a.note for a in record.annotations] == [str(expected)] * 2
    assert remarks == []


def test_attributes_are_features_by_their_kind(tmp_path):
    attributes = {
        "type": "event",
        "roles": ["child", "a;b\\c"],
        "score": 2.5,
        "sure": True,
        "as of": "2016-09",
        "count": {"words": "nine", "qualifier": "exact", "low": 9, "best": 9, "high": 9},
        "who": "e-john",
        "no such": {"kept": 1},
    }
    text = "Nine died"
    given = replace(
        dataset(text, mark(1, text, 0, 4, attributes=attributes)),
        header=Header("", made.SCHEME, entities=ENTITIES),
    )
    content = written(given, tmp_path)
    names = content.splitlines()[1].split("|")[1:]
    assert names == [
        *("label", "type", "roles", "score", "sure", "as_of", "count_words", "count_qualifier"),
        *("count_low", "count_best", "count_high", "who", "who_id"),
    ]
    cells = dict(zip(names, rows(content)[0][3:], strict=False))
    assert (cells["sure"], cells["score"], cells["who"]) == ("true[1]", "2.5[1]", "@Kerry[1]")
    back, (record,), _ = read(tmp_path / "work")
    assert record.annotations[0].attributes == attributes
    assert back.header.entities == ENTITIES


def test_links_are_relations(tmp_path):
    text = "Kerry spoke. He left."
    link = Link("l1", "bob", "repeats", "a1", "a2", {"drift": "more", "odd": [1]}, {"newer": 1})
    content = written(dataset(text, mark(1, text, 0, 5), mark(2, text, 13, 15), links=(link,)), tmp_path)
    assert "#T_RL=webanno.custom.Link|type|drift|BT_webanno.custom.Annotation\n" in content
    assert [row[3:-1] for row in rows(content) if row[2] == "He"] == [
        ["claim[2]", "repeats", "more", "1-1[1_2]"]
    ]
    assert as_inception_reads(content)[2] == [(1, 2)]
    ((record,), _) = read(tmp_path / "work")[1:]
    assert record.links == (link,)


def test_a_link_that_was_taken_out_of_the_rows_is_gone(tmp_path):
    text = "Kerry spoke. He left."
    links = [Link(f"l{n}", "ann", "repeats", "a1", end, {}) for n, end in ((1, "a2"), (2, "b9"))]
    given = dataset(text, mark(1, text, 0, 5), mark(2, text, 13, 15), links=tuple(links))
    content = written(given, tmp_path)
    path = next((tmp_path / "work").rglob("*.tsv"))
    path.write_text(content.replace("repeats\t1-1[1_2]", "_\t_"), "utf-8")
    assert read(path)[1][0].links == (links[1],)


def test_links_to_other_layers_and_articles_come_back(tmp_path):
    made.export(TSV, made.fitting_of(TSV, DATASET), tmp_path / "work")
    back = {r.article.id: r for r in read(tmp_path / "work")[1]}
    assert sorted(back[ARTICLE.id].links, key=lambda link: link.id) == list(LINKS)


def test_everything_that_is_said_of_golden_articles_comes_back(tmp_path):
    given = made.fitting_of(TSV, DATASET)
    made.export(TSV, given, tmp_path / "work")
    back, records, remarks = read(tmp_path / "work")
    assert remarks == []
    assert back.header.entities == ENTITIES
    assert {r.article.id: r.article for r in records} == {ARTICLE.id: ARTICLE, SECOND.id: SECOND}
    by_id = {a.id: a for r in records for a in r.annotations}
    assert {key: a.placed(TEXT, a.fragments) for key, a in by_id.items()} == {
        a.id: a.placed(TEXT, a.fragments) for a in given.records[0].annotations
    }
    assert {p for r in records for p in map(str, r.progress)} == {str(p) for r in DATASET for p in r.progress}


@settings(max_examples=60, deadline=None)
@given(dataset=made.datasets())
def test_every_record_comes_back_as_it_was(dataset, tmp_path_factory):
    folder = tmp_path_factory.mktemp("work")
    given = made.fitting_of(TSV, dataset)
    made.export(TSV, given, folder / "work")
    _, records, remarks = read(folder / "work")
    assert remarks == []
    back = {r.article.id: r for r in records}
    for was in given:
        now = back[was.article.id]
        assert (now.article, now.text, now.local) == (was.article, was.text, set())
        assert sorted(map(by_id, now.annotations)) == sorted(map(by_id, was.annotations))
        assert sorted(map(str, now.links)) == sorted(map(str, was.links))
        assert sorted(map(str, now.progress)) == sorted(map(str, was.progress))


def by_id(a):
    return a.id, to_json(replace(a, anchor=anchor("", a.fragments)).to_body())


@pytest.mark.parametrize(
    "text", [" \n\u00a0Kerry said ", "\n\nKerry\n\n\nsaid\n\n", "  Kerry said", "a\u2003b\u2003"]
)
def test_white_space_and_spans_that_end_in_it_come_back(tmp_path, text):
    given = dataset(text, mark(1, text, 0, len(text)), mark(2, text, 1, len(text) - 1))
    written(given, tmp_path)
    ((record,), remarks) = read(tmp_path / "work")[1:]
    assert (record.text, remarks) == (text, [])
    assert [a.fragments for a in record.annotations] == [a.fragments for a in given.records[0].annotations]


def test_an_article_that_nobody_has_read_is_there(tmp_path):
    assert "#T_SP" not in written(dataset("Nothing yet.", title="A / B"), tmp_path)
    assert [p.name for p in (tmp_path / "work" / "A-B").iterdir()] == ["unread.tsv"]
    ((record,), _) = read(tmp_path / "work")[1:]
    assert (record.annotations, record.progress) == ((), ())


def test_only_the_scheme_is_lost():
    tally = Tally()
    tally.add(TSV.lacks().in_header(DATASET.header))
    for record in made.fitting_of(TSV, DATASET):
        tally.add(TSV.lacks().in_record(record))
    assert [loss.what for loss in tally.losses()] == ["scheme with its rules, examples, colours and keys"]


def test_spans_of_white_space_are_lost_and_said(tmp_path):
    text = "one  two"
    given = dataset(text, mark(1, text, 3, 5), links=(Link("l1", "ann", "repeats", "a1", "a1"),))
    written(given, tmp_path)
    assert read(tmp_path / "work")[1][0].annotations == ()
    for format_id in ("webanno-tsv", "conll"):
        lost = [what for what, _ in format_by_id(format_id).lacks().in_record(given.records[0])]
        assert "spans of nothing but white space" in lost


def test_states_come_back(tmp_path):
    states = (Progress("", "ann", "done"), Progress("", "bob", "skipped", {"newer": 1}))
    given = dataset("Nothing here.")
    record = given.records[0]
    states = tuple(replace(p, article=record.article.id) for p in states)
    made.export(TSV, replace(given, records=(replace(record, progress=states),)), tmp_path / "work")
    ((back,), _) = read(tmp_path / "work")[1:]
    assert back.progress == states
