"""Long CSV meets spreadsheets: no formula runs, no cell is cut, and what they save is read again."""

import csv

import dataset_values as made
import pytest
from golden_dataset import ANNOTATIONS, ARTICLE, DATASET, TEXT, mark

from annotator.formats.dataset import ArticleRecord, Dataset, Header
from annotator.formats.errors import FormatError
from annotator.formats.parts.cells import MAX_CELL, PART_UNITS, guarded, items_of, list_cell, unguarded
from annotator.formats.registry import format_by_id
from annotator.model.records import Article
from annotator.model.text import article_id, fingerprint

CSV = format_by_id("csv")


@pytest.fixture
def main(tmp_path):
    made.export(CSV, DATASET, tmp_path / "work.csv")
    return tmp_path / "work.csv"


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read(path):
    remarks = made.Remarks()
    dataset = CSV.read(path, made.SCHEME, remarks)
    return dataset, list(dataset), remarks


def saved(path, change):
    """Save a table again after changing its rows, as a script would."""
    table = rows(path)
    changed = [change(row) for row in table]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(table[0]))
        writer.writeheader()
        writer.writerows(row for row in changed if row)


def only(**cells):
    """Keep the row of the source, with other cells."""
    return lambda row: row | cells if row["annotation"] == "a-source" else None


def test_no_cell_begins_like_a_formula(main, tmp_path):
    for path in tmp_path.glob("*.csv"):
        for row in rows(path):
            for name, cell in row.items():
                is_number = name.endswith("score")
                assert is_number or not cell.startswith(tuple("=+-@\t\r\n＝＋－＠")), (path.name, name, cell)


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@a", "\tx", "\rx", "\nx", "'", "'=1", "''", "＝1", "x", ""]
)
def test_the_guard_is_taken_away_again(text):
    assert unguarded(str(guarded(text))) == text


def test_numbers_stay_numbers():
    assert guarded(-2.5) == -2.5


@pytest.mark.parametrize(
    "items", [[], ["a"], ["a;b", "c"], ["\\", ";"], [" a", "b "], ["a\\;", "; ;"], ["x; y"]]
)
def test_lists_come_back(items):
    assert items_of(list_cell(items)) == items


def test_it_opens_in_excel_as_utf8(main):
    content = main.read_bytes()
    assert content.startswith(b"\xef\xbb\xbfannotation,")
    assert b"\r\n" in content


def test_offsets_count_code_points_and_say_so(main):
    for row in rows(main):
        assert row["unit"] == "code point"
        assert TEXT[int(row["start"]) : int(row["stop"])].startswith(unguarded(row["words"])[:3])


def test_fragments_stand_in_one_cell_that_is_no_date(main):
    assert {row["annotation"]: row["fragments"] for row in rows(main)}["a-quote"] == "20..31;45..59"


def test_an_article_longer_than_a_cell_goes_on_in_further_rows(tmp_path):
    text = "😀 long " * 9000
    article = Article(article_id(fingerprint(text)), fingerprint(text), title="Long")
    dataset = Dataset(Header("", made.SCHEME), (ArticleRecord(article, text, progress=()),))
    made.export(CSV, dataset, tmp_path / "work.csv")
    pieces = rows(tmp_path / "work.articles.csv")
    assert len(pieces) > 1
    assert all(len(piece["text"].encode("utf-16-le")) // 2 <= PART_UNITS + 1 < MAX_CELL for piece in pieces)
    saved(tmp_path / "work.articles.csv", lambda row: row)
    _, (record,), remarks = read(tmp_path / "work.csv")
    assert (record.article, record.text, remarks) == (article, text, [])


@pytest.mark.parametrize("part", ["two", "-1", "²", "9" * 5000])
def test_a_row_of_an_article_with_an_odd_number_is_left_out(main, tmp_path, part):
    saved(tmp_path / "work.articles.csv", lambda row: row | {"part": part})
    _, _, remarks = read(main)
    assert f"“{part[:40]}” is not the number of a part" in remarks[0][1]


def test_a_mark_longer_than_a_cell_is_a_loss_in_excel():
    text = "x" * 40_000
    article = Article(article_id(fingerprint(text)), fingerprint(text))
    from annotator.model.anchor import anchor
    from annotator.model.records import Annotation
    from annotator.model.span import Span

    whole = (Span(0, 40_000),)
    record = ArticleRecord(
        article, text, (Annotation("a", article.id, "x", "claim", whole, anchor(text, whole)),)
    )
    ((what, example),) = CSV.lacks().in_record(record)
    assert "Excel" in what
    assert example.startswith("claim “xxx")


def test_words_that_excel_cut_do_not_move_their_span(main):
    long = f"0..{MAX_CELL + 5}"
    saved(main, only(fragments=long, words="x" * MAX_CELL))
    _, (record, *_), _ = read(main)
    assert record.annotations[0].anchor.exact == ()
    saved(main, only(fragments=long, words="x" * 40))
    _, (record, *_), _ = read(main)
    assert record.annotations[0].anchor.exact == ("x" * 40,)


def test_a_table_saved_with_semicolons_is_read(main):
    table = rows(main)
    with main.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(table[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(table)
    _, records, remarks = read(main)
    assert remarks == []
    assert len(records[0].annotations) == len(ANNOTATIONS)


def test_a_table_without_articles_beside_it_names_articles_only(main, tmp_path):
    (tmp_path / "work.articles.csv").unlink()
    _, (record,), _ = read(main)
    assert (record.article.id, record.text, record.progress) == (ARTICLE.id, "", None)
    assert len(record.annotations) == len(ANNOTATIONS)


def test_start_and_stop_do_for_one_fragment(main):
    saved(main, only(fragments=""))
    _, (record, *_), _ = read(main)
    assert record.annotations[0].fragments == mark("a", "x", "source", "Kerry").fragments


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"fragments": "12-20"}, "write 12..20"),
        ({"fragments": "20..12"}, "runs backwards"),
        ({"fragments": "", "start": ""}, "write 12..20"),
        ({"label": ""}, "“label”"),
        ({"unit": "UTF-16"}, "only code points"),
        ({"other": "{"}, "not valid JSON"),
        ({"other": "[]"}, "not an object"),
        ({"other": '{"keys": 3}'}, "not an object"),
    ],
)
def test_a_bad_row_is_left_out_with_its_line(main, cells, words):
    saved(main, only(**cells))
    _, records, remarks = read(main)
    assert records[0].annotations == ()
    assert remarks[0][0] == 2
    assert words in remarks[0][1]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"claim.score": "many"}, "not a number"),
        ({"claim.sure": "perhaps"}, "neither true nor false"),
        ({"claim.count.low": "9", "claim.count.high": "3"}, "must not fall"),
        ({"claim.count.low": "nine"}, "whole numbers"),
        ({"claim.who": "Kerry"}, "no id"),
    ],
)
def test_a_bad_value_is_left_out_and_its_span_stays(main, cells, words):
    saved(main, only(label="claim", **cells))
    _, (record, *_), remarks = read(main)
    assert record.annotations[0].attributes == {}
    assert remarks[0][0] == 2
    assert words in remarks[0][1]


def test_labels_the_scheme_lacks_are_guessed_from_the_columns(main):
    from annotator.model.scheme import Scheme

    other = Scheme.from_body({"scheme": {"id": "other"}, "label": [{"id": "thing"}]})
    dataset = CSV.read(main, other, made.no_remark)
    labels = {label.id: label for label in dataset.header.labels}
    assert labels["claim"].attribute("count").kind == "figure"
    assert labels["claim"].attribute("type").kind == "text"
    (record, *_) = list(dataset)
    counted = next(a for a in record.annotations if a.id == "a-count")
    assert counted.attributes["count"]["low"] == 9


def test_a_table_without_its_columns_is_refused(tmp_path):
    path = tmp_path / "numbers.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(FormatError, match="no column “article”"):
        read(path)


@pytest.mark.parametrize("content", [b"", b"article,label\n\xff\xfe", b"\x00\x01\x02"])
def test_what_is_no_table_is_refused(tmp_path, content):
    path = tmp_path / "work.csv"
    path.write_bytes(content)
    with pytest.raises(FormatError, match=r"work\.csv"):
        read(path)


def test_a_link_whose_span_is_missing_is_left_out(main, tmp_path):
    saved(tmp_path / "work.links.csv", lambda row: row | {"source": "gone"} if row["link"] == "l-1" else row)
    _, (record, *_), remarks = read(main)
    assert [link.id for link in record.links] == ["l-2"]
    assert (remarks.files[0].name, remarks[0][0]) == ("work.links.csv", 2)


def test_a_table_that_stands_beside_another_is_not_read_by_itself(main, tmp_path):
    assert CSV.is_part(tmp_path / "work.links.csv")
    assert not CSV.is_part(main)
    main.unlink()
    assert not CSV.is_part(tmp_path / "work.links.csv")


def test_no_remark_names_the_line_of_another_row(tmp_path):
    path = tmp_path / "work.csv"
    path.write_text("article,label,start,stop\na,claim,0,3\na,claim,4,5\na,claim,5,8\nb,claim,0,1\n")
    (tmp_path / "work.articles.csv").write_text('article,text\nx,X\na,"One\r\ntwo"\nb,Other\n', newline="")
    _, records, remarks = read(path)
    (half,) = [line for line, message in remarks if "half a line end" in message]
    assert half == 3
    by_article = {record.text: record for record in records}
    assert by_article["Other"].lines == {"": 5}
    several = by_article["One\ntwo"]
    assert several.lines.get("", several.line) is None
