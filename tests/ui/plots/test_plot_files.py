"""Plots as files: what is seen, in SVG, PNG and CSV; whole or not at all."""

import csv
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from annotator.ui.plots import saving
from annotator.ui.plots.frame import PlotFrame
from annotator.ui.plots.grid import Grid
from annotator.ui.plots.lines import LinePicture
from annotator.ui.plots.picture import GridPicture
from annotator.ui.plots.series import Lines, Series, Spot
from annotator.ui.plots.table import GridView
from annotator.ui.theme import DARK, LIGHT

TEXT = "{http://www.w3.org/2000/svg}text"


def texts(content: bytes) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(content).iter(TEXT))


def lines() -> LinePicture:
    spots = tuple(Spot(at, f"{at + 1} Sep 2016", 0.5 + at / 10, 0.4, 0.9) for at in range(3))
    plot = Lines("Over time", (Series("Ada", "#8347d9", spots), Series("Ben", "#c8570b", spots)), "note")
    return LinePicture(plot, saving_size())


def saving_size():
    from annotator.ui.plots.chart import FILE_SIZE

    return FILE_SIZE


def test_the_svg_of_a_table_holds_its_words_as_words(grid):
    found = ["".join(e.itertext()).strip() for e in texts(saving.svg(GridPicture(grid), LIGHT))]
    whole = " ".join(found)
    for words in ("Agreement of Ada & <Ben>", "All labels", "Claim", "تصريح", "Ada ·", "Ben", ".62", "−.08"):
        assert words in whole
    assert ".48 to .71" in whole
    assert "nobody used" in whole
    assert "12 articles; seed 0" in whole


def test_a_viewer_without_the_typeface_takes_another_sans_serif(grid):
    faces = {e.get("font-family") for e in texts(saving.svg(GridPicture(grid), LIGHT))}
    assert faces == {"Inter,Noto Naskh Arabic,sans-serif"}


def test_the_svg_of_lines_holds_names_and_moments():
    found = {"".join(e.itertext()).strip() for e in texts(saving.svg(lines(), DARK))}
    assert {"Over time", "Ada", "Ben", "1 Sep 2016", "3 Sep 2016", "0.0", "1.0", "note"} <= found


def test_words_of_a_picture_do_not_overlap():
    """Names at the ends of two lines that end together stand one below the other."""
    places = {"".join(e.itertext()).strip(): float(e.get("y")) for e in texts(saving.svg(lines(), LIGHT))}
    assert abs(places["Ada"] - places["Ben"]) >= 12


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_png_has_twice_the_pixels_and_is_not_blank(grid, theme):
    picture = GridPicture(grid)
    image = QImage.fromData(saving.png(picture, theme), "PNG")
    assert (image.width(), image.height()) == (2 * picture.size().width(), 2 * picture.size().height())
    colours = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
    assert len(colours) > 4
    assert image.pixelColor(0, 0).name() == theme.surface


@pytest.fixture
def frame(shown, grid) -> PlotFrame:
    view = GridView("Agreement", LIGHT)
    view.show_grid(grid)
    return shown(PlotFrame(view, view.picture, grid.title))


@pytest.mark.parametrize("suffix", [".svg", ".png", ".csv"])
def test_the_menu_saves_where_the_person_says(frame, tmp_path, monkeypatch, qtbot, suffix):
    out = tmp_path / "table"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    action = next(a for a in frame.menu.actions() if suffix[1:].upper() in a.text())
    with qtbot.waitSignal(frame.said) as heard:
        action.trigger()
    assert heard.args == [f"Saved “table{suffix}”"]
    assert [path.name for path in tmp_path.glob("table*")] == [f"table{suffix}"]


def test_the_name_proposed_is_one_that_every_system_takes(frame):
    assert saving.file_name(frame._picture(), ".svg") == "Agreement of Ada & -Ben-.svg"


def test_a_place_that_cannot_be_written_is_named_and_nothing_is_left(frame, tmp_path, qtbot):
    with qtbot.waitSignal(frame.failed) as heard:
        assert not frame.save(tmp_path / "none" / "table.svg")
    assert "“table.svg” can't be written" in heard.args[0]
    assert not (tmp_path / "none").exists()


def test_an_older_file_stays_when_the_new_one_cannot_be_written(frame, tmp_path, monkeypatch):
    out = tmp_path / "table.svg"
    out.write_bytes(b"old")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("annotator.store.home.os.fsync", refuse)
    assert not frame.save(out)
    assert out.read_bytes() == b"old"
    assert list(tmp_path.glob("*.tmp")) == []


def test_the_csv_reads_back(grid, tmp_path):
    saving.save(GridPicture(grid), LIGHT, tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["", "All", "Ada · Ben"]
    assert rows[3][0] == "تصريح"


def test_the_table_is_copied_as_it_is_seen(frame):
    frame.copy()
    copied = QGuiApplication.clipboard().text().split("\n")
    assert copied[0] == "\tAll\tAda · Ben"
    assert copied[1] == "All labels\t.62\t1.00"


def test_an_empty_table_is_a_picture_too(tmp_path):
    saving.save(GridPicture(Grid("Nothing")), LIGHT, tmp_path / "t.svg")
    assert texts((tmp_path / "t.svg").read_bytes())
