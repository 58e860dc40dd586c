"""Lines over time: where names and marks stand, and how they are walked."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest

from annotator.ui.plots.chart import ChartView
from annotator.ui.plots.lines import DASHES, FORMS, LinePicture
from annotator.ui.plots.series import Lines, Series, Spot, depth, spread
from annotator.ui.theme import DARK, LIGHT

Key = Qt.Key


def series(name: str, *values: float | None) -> Series:
    spots = tuple(
        Spot(at, f"{at} Sep 2016", v, v and v - 0.1, v and v + 0.1, told=f"{name} {at}")
        for at, v in enumerate(values)
    )
    return Series(name, "#8347d9", spots)


@pytest.fixture
def lines() -> Lines:
    return Lines("Over time", (series("Ada", 0.5, 0.6, 0.7), series("Ben", 0.5, None, 0.7)))


@pytest.fixture
def chart(shown, lines) -> ChartView:
    view = ChartView("Over time", LIGHT)
    view.show_lines(lines)
    shown(view, 700, 380)
    view.setFocus()
    return view


@given(
    st.lists(st.floats(0, 300), min_size=1, max_size=12),
    st.floats(1, 20),
)
def test_names_are_moved_apart_and_stay_inside(wanted, gap):
    placed = sorted(spread(wanted, gap, 0, 300))
    assert all(b - a >= gap - 1e-6 for a, b in pairwise(placed))
    assert placed[0] >= -1e-6
    assert placed[-1] <= 300 + 1e-6


def test_names_that_do_not_touch_stay_where_they_are():
    assert spread([10, 200, 100], 15, 0, 300) == [10, 200, 100]


def test_spots_lie_inside_the_frame_from_left_to_right(lines):
    picture = LinePicture(lines, QSizeF(700, 380))
    places = [picture.place(spot) for spot in lines.series[0].spots]
    assert all(picture.area.contains(place) for place in places)
    assert places[0].x() < places[1].x() < places[2].x()
    assert places[0].y() > places[1].y() > places[2].y()
    assert picture.place(lines.series[1].spots[1]) is None


def test_a_lone_moment_stands_in_the_middle():
    picture = LinePicture(Lines("", (series("Ada", 0.5),)), QSizeF(700, 380))
    assert picture.place(picture.lines.series[0].spots[0]).x() == pytest.approx(picture.area.center().x())


def test_the_scale_reaches_below_nought_only_for_what_lies_there(lines):
    assert depth(lines) == 0
    assert depth(Lines("", (series("Ada", 0.5, -0.15),))) == pytest.approx(-0.4)


def test_each_line_differs_by_more_than_colour():
    assert len(set(DASHES)) == len(DASHES) >= 5
    assert len(set(FORMS)) == len(FORMS) >= 5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("size", [(700, 380), (300, 200)])
def test_it_paints_at_every_size(lines, theme, size):
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(theme.surface)
    blank = image.copy()
    painter = QPainter(image)
    LinePicture(lines, QSizeF(*size)).draw(painter, theme)
    painter.end()
    assert image != blank


def test_nothing_to_draw_is_no_hindrance(shown):
    view = ChartView("Over time", LIGHT)
    view.show_lines(Lines("Over time", (Series("Ada", "#8347d9", ()),)))
    shown(view, 300, 200)
    assert view.told() == ""
    assert not view.grab().isNull()


def test_arrows_go_from_moment_to_moment_and_line_to_line(chart):
    told = []
    chart.walked.connect(told.append)
    for key in (Key.Key_Right, Key.Key_Down, Key.Key_Right, Key.Key_Right, Key.Key_Up, Key.Key_Left):
        QTest.keyClick(chart, key)
    assert told == ["Ada 1", "Ben 1", "Ben 2", "Ben 2", "Ada 2", "Ada 1"]
    assert chart.accessibleDescription() == "Ada 1"


def test_a_click_takes_the_spot_that_is_near(chart, lines):
    place = chart._drawn().place(lines.series[0].spots[1])
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=(place + QPointF(3, 3)).toPoint())
    assert chart.current == (0, 1)
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.rect().topLeft())
    assert chart.current == (0, 1)
