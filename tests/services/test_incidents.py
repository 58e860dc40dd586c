"""Tables of incidents: in as one change that can be undone, out with the losses that are so."""

import csv

import golden_project as golden
import pytest
from export_steps import export

from annotator.formats.registry import format_by_id
from annotator.services import importing, previewing
from annotator.services.errors import Refused
from annotator.services.exporting import prepared
from annotator.services.undoing import UndoStacks, take_back
from annotator.services.wanted import Wanted

UCDP = format_by_id("ucdp")
TABLE = """id,where_coordinates,where_prec,date_prec,date_start,date_end,best,high,low
1,Aleppo,1,1,2016-09-20,2016-09-20,9,12,5
2,Idlib,4,1,2016-09-21,2016-09-21,4,3,4
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "ged.csv"
    path.write_text(TABLE)
    return path


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_an_import_of_incidents_is_one_change(project, table):
    plan = importing.plan(project, [table], actor="ann")
    assert (plan.articles, plan.entities, plan.incidents, plan.scheme) == ((), 2, 2, ())
    assert [remark.line for remark in plan.remarks] == [3]
    importing.apply(project, plan)
    assert [e.name for e in project.entities("incident")] == ["Aleppo, 2016-09-20", "Idlib, 2016-09-21"]
    take_back(project, actor="ann", action=UndoStacks(project, "ann").next_undo())
    assert project.entities() == ()


def test_incidents_that_are_there_are_known(project, table):
    importing.apply(project, importing.plan(project, [table], actor="ann"))
    plan = importing.plan(project, [table], actor="ann")
    assert (plan.is_empty, plan.incidents, plan.known_incidents) == (True, 0, 2)


def test_a_table_without_incidents_is_refused(project, table):
    table.write_text(TABLE.splitlines()[0] + "\n,,,,,,,,,too many\n")
    with pytest.raises(Refused, match="10 cells"):
        importing.plan(project, [table], actor="ann")


def test_what_was_exported_is_known_again(project, tmp_path):
    golden.fill(project)
    export(project, tmp_path / "out.csv", UCDP)
    plan = importing.plan(project, [tmp_path / "out.csv"], actor="ann")
    assert (plan.is_empty, plan.known_incidents) == (True, 1)


@pytest.mark.parametrize("format_id", ["ucdp", "codebook"])
def test_formats_without_spans_say_nothing_of_overlaps(project, tmp_path, format_id):
    golden.fill(project)
    how = format_by_id(format_id)
    losses = {
        loss.what: loss.count for loss in export(project, tmp_path / f"out{how.suffixes[0]}", how).losses
    }
    assert not [what for what in losses if "overlap" in what or "fragments" in what or "attributes" in what]
    assert losses["links"] == len(golden.LINKS)


def test_a_preview_shows_the_figures_of_all_articles(project, tmp_path):
    golden.fill(project)
    with prepared(project, Wanted(UCDP)) as looked:
        shown = previewing.first_records(looked, UCDP)
    export(project, tmp_path / "out.csv", UCDP)
    assert (tmp_path / "out.csv").read_text("utf-8-sig").splitlines() == shown.splitlines()[1:]
    assert [row["name"] for row in rows(tmp_path / "out.csv")] == ["Raid of Tuesday"]
