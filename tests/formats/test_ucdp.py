"""UCDP-shaped CSV: one row of many reports by a rule, and rows of others as incidents."""

import csv
import io
from pathlib import Path

import dataset_values as made
import golden_dataset as golden
import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from incidents_dataset import (
    CONVOY,
    DATASET,
    ENTITIES,
    MARKET,
    SCHEME,
    article,
    count,
    dataset,
    figure,
    part,
)

from annotator.formats.errors import FormatError
from annotator.formats.incidents.columns import DEATHS, GED, OWN
from annotator.formats.losses import Tally
from annotator.formats.registry import format_by_id, format_of
from annotator.model.dates import date_problem
from annotator.model.records import Entity

UCDP = format_by_id("ucdp")
GOLDEN = Path(__file__).parent / "golden" / "ucdp" / "work.csv"

# Rows as releases of UCDP have them: quoted, days with a time, figures that contradict themselves.
RELEASE = """\
"id","relid","year","type_of_violence","dyad_name","where_prec","where_coordinates","where_description",\
"country","date_prec","date_start","date_end","deaths_a","deaths_b","deaths_civilians","deaths_unknown",\
"best","high","low"
"244657","IRQ-2017-1-524-322","2017","1","Government of Iraq - IS","2","Hawiga town","Hawiga, district",\
"Iraq","1","2017-07-31 00:00:00.000","2017-07-31 00:00:00.000","0","4","0","2","6","6","6"
"412700","AFG-2021","2021","1","Government of Afghanistan - IS","7","'Adan gulf","","Afghanistan","2",\
"2021-08-26 00:00:00.000","2021-08-28 00:00:00.000","13","1","141","28","183","184","200"
"""


def rows(given):
    out = io.BytesIO()
    UCDP.write(given, lambda _name: out)
    return list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")))


def row_of(*counts, links=()):
    """Return the row of the convoy, of which one article tells."""
    text = ". ".join(words for _, _, words, _ in counts)
    found = rows(dataset(article(text, *counts, links=links)))
    return next(row for row in found if row["id"] == CONVOY)


def bounds(row):
    return [int(row[name]) if row[name] else None for name in ("low", "best", "high")]


def deaths(row):
    return [int(row[name]) for name in DEATHS]


def losses(given):
    tally, lacks = Tally(), UCDP.lacks(given.header)
    tally.add(lacks.in_header(given.header))
    for record in given:
        tally.add(lacks.in_record(record))
    return {loss.what: loss.count for loss in tally.losses()}


def read(tmp_path, text, scheme=SCHEME):
    path = tmp_path / "ged.csv"
    path.write_text(text, "utf-8")
    assert format_of(path) is UCDP
    remarks = made.Remarks()
    found = UCDP.read(path, scheme, remarks)
    assert list(found) == []
    return found.header.entities, list(remarks)


def test_a_row_says_where_when_and_who_said_so():
    row = next(row for row in rows(DATASET) if row["id"] == CONVOY)
    assert (row["name"], row["type"], row["year"]) == ("Aid convoy at Urum al-Kubra", "air strike", "2016")
    assert (row["where_prec"], row["where_coordinates"]) == ("1", "Urum al-Kubra")
    assert (row["date_prec"], row["date_start"], row["date_end"]) == ("2", "2016-09-19", "2016-09-20")
    assert (row["number_of_sources"], row["source_office"]) == ("2", "Daily News; Wire")
    assert row["source_headline"] == r"Convoy hit\; many dead; Twelve dead"
    assert row["source_original"] == "Syrian Observatory"
    assert row["type_of_violence"] == ""
    assert row["annotations"] == "a1; a2; b1; b3"


def test_the_reports_of_a_merged_incident_count_for_the_other():
    assert bounds(row_of(count("a", "nine", figure("exact", 9), incident="e-convoy-2"))) == [9, 9, 9]


def test_low_is_the_lowest_high_the_highest_best_the_most_frequent():
    row = row_of(
        count("a", "nine", figure("exact", 9)),
        count("b", "twelve", figure("range", 10, 12, 15)),
        count("c", "12 men", figure("exact", 12)),
    )
    assert bounds(row) == [9, 12, 15]
    assert row["reports"] == "3"


def test_of_bests_reported_equally_often_the_lower_counts():
    assert bounds(
        row_of(count("a", "twelve", figure("exact", 12)), count("b", "nine", figure("exact", 9)))
    ) == [
        9,
        9,
        12,
    ]


def test_an_open_high_counts_as_the_best_and_a_missing_best_as_the_low():
    assert bounds(row_of(count("a", "at least 9", figure("at least", 9)))) == [9, 9, 9]
    assert bounds(row_of(count("a", "8 or more", figure("at least", 8, None, None)))) == [8, 8, 8]
    assert bounds(row_of(count("a", "up to 7", figure("at most", None, None, 7)))) == [7, 7, 7]


def test_parts_split_the_best_and_add_nothing_to_it():
    row = row_of(
        count("a", "12 dead", figure("exact", 12), victims="mixed"),
        count("b", "8 civilians", figure("exact", 8), victims="civilians"),
        count("c", "1 soldier", figure("exact", 1), victims="side A"),
        links=[part("l1", "b", "a"), part("l2", "c", "a")],
    )
    assert (bounds(row), deaths(row)) == ([12, 12, 12], [1, 0, 8, 3])
    assert (row["reports"], row["annotations"]) == ("1", "a; b; c")


def test_parts_that_exceed_their_whole_tell_nothing():
    row = row_of(
        count("a", "nine dead", figure("exact", 9)),
        count("b", "8 civilians", figure("exact", 8), victims="civilians"),
        count("c", "5 of them women", figure("exact", 5), victims="civilians"),
        links=[part("l1", "b", "a"), part("l2", "c", "a")],
    )
    assert deaths(row) == [0, 0, 0, 9]


def test_only_a_report_of_the_best_says_who_the_dead_were():
    row = row_of(
        count("a", "nine dead", figure("exact", 9)),
        count("b", "9 killed", figure("exact", 9)),
        count("c", "30 civilians", figure("exact", 30), victims="civilians"),
    )
    assert (bounds(row), deaths(row)) == ([9, 9, 30], [0, 0, 0, 9])


def test_the_killed_among_the_killed_and_injured_are_a_whole():
    row = row_of(
        count("a", "30 dead or hurt", figure("exact", 30), harm="killed or injured"),
        count("b", "4 of them dead", figure("exact", 4)),
        links=[part("l1", "b", "a")],
    )
    assert bounds(row) == [4, 4, 4]


@pytest.mark.parametrize("whole", ["vague", "elsewhere", "nowhere", "itself"])
def test_a_part_whose_whole_does_not_count_is_left_out(whole):
    target = {"vague": "a", "elsewhere": "other article", "nowhere": "c", "itself": "d"}[whole]
    counts = (
        count("a", "dozens dead", figure("vague", 24, None, None)),
        count("b", "4 medics", figure("exact", 4)),
        count("c", "twenty dead", figure("exact", 20), incident=None),
        count("d", "a fifth", figure("exact", 5), harm="injured"),
    )
    links = [part("l1", "b", target)]
    if whole == "itself":
        links = [part("l1", "b", "b")]
        assert bounds(row_of(*counts, links=links)) == [4, 4, 4]
        return
    row = row_of(*counts, links=links)
    assert (bounds(row), row["reports"]) == ([None, None, None], "0")


def test_parts_of_each_other_end():
    counts = (count("a", "four", figure("exact", 4)), count("b", "five", figure("exact", 5)))
    assert bounds(row_of(*counts, links=[part("l1", "b", "a"), part("l2", "a", "b")])) == [None] * 3


def test_gold_counts_alone_in_an_article_that_has_it():
    row = next(row for row in rows(DATASET) if row["id"] == MARKET)
    assert (bounds(row), deaths(row), row["annotations"]) == ([6, 6, 6], [0, 6, 0, 0], "c2")


def test_an_incident_nobody_reports_has_a_row_without_figures():
    row = next(row for row in rows(DATASET) if row["id"] == "e-nothing")
    assert [row[name] for name in ("low", "best", "high", *DEATHS, "date_start")] == [""] * 8


def test_an_incident_that_was_deleted_keeps_its_figures():
    given = dataset(article("nine dead", count("a", "nine", figure("exact", 9), incident="gone")))
    assert [bounds(row) for row in rows(given) if row["id"] == "gone"] == [[9, 9, 9]]


@pytest.mark.parametrize(
    ("when", "precision"),
    [
        ("2016-09-20", "1"),
        ("2016-09-20/2016-09-25", "2"),
        ("2016-09-20/2016-09-26", "3"),
        ("2016-08", "4"),
        ("2016", "5"),
        ("soon", ""),
    ],
)
def test_dates_have_the_precision_of_ucdp(when, precision):
    ((row),) = rows(dataset(entities=(Entity("e", "incident", "Name", {"date": when}),)))
    assert row["date_prec"] == precision


def test_everything_else_is_counted():
    assert losses(DATASET) == {
        "articles, of which only those that counts are from are named": 3,
        "counts of other harm than death": 1,
        "counts that another annotator has marked too, counted once": 1,
        "counts that are vague or not stated": 1,
        "links": 1,
        "open upper bounds, counted as the best estimate": 1,
        "other names of incidents": 1,
        "people, organisations and others that are no incidents": 1,
        "scheme with its labels, rules, examples, colours and keys": 1,
        "counts of annotators in articles where gold counts": 1,
    }


def test_a_scheme_without_incidents_gives_a_head_only():
    assert rows(golden.DATASET) == []


def test_names_are_no_formulas():
    assert "'=Market" in [row["name"] for row in rows(DATASET)]


def test_pandas_loads_the_columns_of_ged():
    table = pandas.read_csv(GOLDEN)
    assert list(table.columns) == [*GED, *OWN]
    told = table[table.best.notna()]
    assert (told[list(DEATHS)].sum(axis=1) == told.best).all()
    assert ((told.low <= told.best) & (told.best <= told.high)).all()


def test_our_own_incidents_come_back_as_the_same():
    remarks = made.Remarks()
    back = {e.id: e for e in UCDP.read(GOLDEN, SCHEME, remarks).header.entities}
    ours = {e.id: e for e in ENTITIES if e.kind == "incident" and not e.merged_into}
    assert {key: e.name for key, e in back.items()} == {key: e.name for key, e in ours.items()}
    assert {key: e.attributes for key, e in back.items()} == {key: e.attributes for key, e in ours.items()}
    assert [message for _, message in remarks] == [
        "“Never reported” was taken, but it has neither a date nor a place"
    ]


def test_rows_of_a_release_become_incidents(tmp_path):
    (first, second), remarks = read(tmp_path, RELEASE)
    assert first.name == "Hawiga town, 2017-07-31"
    assert first.attributes == {"place": "Hawiga town", "place precision": "near", "date": "2017-07-31"}
    assert (
        first.note
        == "Figures: low 6, best 6, high 6; deaths a 0, deaths b 4, deaths civilians 0, deaths unknown 2"
    )
    assert first.extra["ucdp"]["dyad_name"] == "Government of Iraq - IS"
    assert second.attributes["place"] == "'Adan gulf"
    assert second.attributes["date"] == "2021-08-26/2021-08-28"
    assert remarks == [
        (
            3,
            "“'Adan gulf, 2021-08-26 to 2021-08-28” was taken, but its figures break low ≤ best ≤ high:"
            " low 200, best 183, high 184",
        )
    ]
    assert read(tmp_path, RELEASE)[0] == (first, second)


def test_short_columns_are_read_and_what_is_odd_is_said(tmp_path):
    head = "low;best;high;deaths_a;where_prec;date_prec;date_start;country\n"
    text = (
        head
        + "1;2;3;0;9;1;soon;\n1;2;3;0;9;1;soon;\nmany;2.0;-1;0;6;5;;Syria\n1;2;3;0;6;5;;Syria;x\n;;;;;;;\n"
    )
    (first, second), remarks = read(tmp_path, text)
    assert (first.name, first.attributes) == ("Incident", {})
    assert (second.name, second.attributes) == ("Syria", {"place": "Syria", "place precision": "country"})
    assert remarks == [
        (2, "“Incident” was taken, but it has neither a date nor a place"),
        (2, "“Incident” was taken, but its where_prec “9” is none of 0 to 7"),
        (2, "“Incident” was taken, but its date “soon” is not certain; write 2016-09-20"),
        (3, "the incident was left out: the same row was there before"),
        (4, "“Syria” was taken, but its low “many” is no whole number"),
        (4, "“Syria” was taken, but its high “-1” is no whole number"),
        (5, "the incident was left out: it has 9 cells and the head 8"),
    ]


def test_a_scheme_without_incidents_gets_the_kind(tmp_path):
    path = tmp_path / "ged.csv"
    path.write_text(RELEASE)
    header = UCDP.read(path, made.SCHEME, made.Remarks()).header
    assert [kind.id for kind in header.scheme.entities] == ["incident"]
    assert all(date_problem(e.attributes["date"]) is None for e in header.entities)


def test_what_is_no_table_of_incidents_is_refused(tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("text,title\na,b\n")
    with pytest.raises(FormatError, match="no column “low”"):
        UCDP.read(path, SCHEME, made.no_remark)


@pytest.mark.parametrize("format_id", ["csv", "ucdp"])
def test_tables_are_told_apart(format_id):
    assert format_of(GOLDEN.parents[1] / format_id / "work.csv").id == format_id


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_figures_always_stand_in_order_and_add_up(data):
    counts = [
        count(
            *(f"a{number}", f"killed {number}.", data.draw(made.figures())),
            layer=data.draw(st.sampled_from(["ann", "bob", "gold"])),
            victims=data.draw(st.sampled_from(["side A", "civilians", "mixed"]) | made.plain),
            harm=data.draw(st.sampled_from(["killed", "killed", "injured", None, []])),
        )
        for number in range(data.draw(st.integers(0, 8)))
    ]
    ends = st.sampled_from([own_id for own_id, *_ in counts] or ["none"])
    links = [part(f"l{n}", data.draw(ends), data.draw(ends)) for n in range(data.draw(st.integers(0, 8)))]
    given_all = dataset(article(" ".join(words for _, _, words, _ in counts), *counts, links=links))
    row = next(row for row in rows(given_all) if row["id"] == CONVOY)
    low, best, high = bounds(row)
    if row["reports"] != "0":
        assert low <= best <= high
        assert sum(deaths(row)) == best
        assert min(deaths(row)) >= 0
    used = [own_id for own_id in row["annotations"].split("; ") if own_id]
    lost = sum(number for what, number in losses(given_all).items() if what.startswith(("counts", "parts")))
    assert len(used) + lost == len(counts)
