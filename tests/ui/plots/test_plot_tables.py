"""Tables of tinted cells: how they are fitted, read, walked and opened."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from annotator.model.scheme import Label
from annotator.ui.plots.cells import tint
from annotator.ui.plots.grid import Cell, Grid, Head, numbers, shown
from annotator.ui.plots.measure import LEAST, shape
from annotator.ui.plots.model import GridModel
from annotator.ui.plots.pairs import PairTable
from annotator.ui.plots.table import GridView
from annotator.ui.plots.values import between, short
from annotator.ui.theme import DARK, LIGHT, TEXT_CONTRAST, contrast

Key = Qt.Key


@pytest.fixture
def table(shown, grid) -> GridView:
    view = GridView("Agreement", LIGHT)
    view.show_grid(grid)
    shown(view)
    view.setFocus()
    return view


def test_the_model_is_one_that_qt_accepts(qtmodeltester, grid):
    model = GridModel()
    model.load(grid)
    qtmodeltester.check(model)
    model.load(Grid("", grid.rows[:1], grid.columns, grid.cells[:1]))
    qtmodeltester.check(model)
    assert (model.rowCount(), model.columnCount()) == (1, 2)


def test_what_is_read_aloud_names_row_and_column(grid):
    model = GridModel()
    model.load(grid)
    index = model.index(1, 1)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Claim, Ada · Ben: —"
    assert index.data(Qt.ItemDataRole.AccessibleDescriptionRole) == "not defined"


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("share", [-1.0, 0.0, 0.3, 0.7, 1.0, 2.0])
def test_words_can_be_read_on_every_tint(theme, share):
    assert contrast(QColor(theme.text), tint(theme, share)) >= TEXT_CONTRAST


def test_greater_values_have_more_tint():
    grounds = [tint(LIGHT, share / 10) for share in range(11)]
    assert len({ground.name() for ground in grounds}) == 11
    contrasts = [contrast(ground, QColor(LIGHT.surface)) for ground in grounds]
    assert contrasts == sorted(contrasts)


def test_arrows_walk_and_enter_opens(table, qtbot):
    walked: list[tuple[int, int]] = []
    table.walked.connect(lambda row, column: walked.append((row, column)))
    for key in (Key.Key_Down, Key.Key_Right, Key.Key_Down):
        QTest.keyClick(table, key)
    assert walked == [(1, 0), (1, 1), (2, 1)]
    with qtbot.waitSignal(table.opened) as heard:
        QTest.keyClick(table, Key.Key_Return)
    assert heard.args == [2, 1]
    with qtbot.waitSignal(table.left):
        QTest.keyClick(table, Key.Key_Escape)


def test_a_click_opens_the_cell_under_it(table, qtbot):
    place = table.visualRect(table.table.index(1, 0)).center()
    with qtbot.waitSignal(table.opened) as heard:
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert heard.args == [1, 0]
    outside = QPoint(table.viewport().width() - 2, table.viewport().height() - 2)
    with qtbot.assertNotEmitted(table.opened):
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=outside)


def test_all_rows_are_in_sight(table, grid):
    last = table.visualRect(table.table.index(len(grid.rows) - 1, 0))
    assert last.bottom() < table.viewport().height()
    assert not table.horizontalScrollBar().isVisible()


def test_new_values_of_the_same_shape_keep_the_place(table, grid):
    QTest.keyClick(table, Key.Key_Down)
    table.show_grid(grid)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, 0)


def test_a_table_too_wide_for_its_room_is_scrolled(table, grid):
    wide = tuple(Head(f"Ada ·\nBen {n}") for n in range(20))
    table.show_grid(Grid("", grid.rows[:1], wide, ((Cell(".50", 0.5),) * 20,)))
    assert table.columnWidth(0) >= LEAST
    assert table.horizontalScrollBar().maximum() > 0


def test_columns_share_the_room_but_do_not_sprawl(grid):
    assert shape(grid, 260).column < shape(grid, 300).column <= shape(grid, 5000).column == 150


def test_a_table_is_numbers_too(grid):
    assert shown(grid)[0] == ["", "All", "Ada · Ben"]
    assert shown(grid)[2] == ["Claim", "−.08", "—"]
    assert numbers(grid) == shown(grid)
    one = Grid("", grid.rows[:1], grid.columns[:1], ((grid.cell(0, 0),),), fields=("label", "pair", "value"))
    assert numbers(one) == [["label", "pair", "value"], ["All labels", "All", "0.62"]]


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.624, ".62"), (1.0, "1.00"), (0.0, ".00"), (-0.08, "−.08"), (-0.001, ".00"), (-1.0, "−1.00")],
)
def test_values_are_written_short(value, written):
    assert short(value) == written


def test_an_interval_names_both_ends():
    assert between(-0.05, 0.5) == "−.05 to .50"


def test_the_small_table_of_pairs_says_what_was_chosen(shown, qtbot):
    pairs = PairTable(LIGHT)
    labels = [Label("claim", "Claim"), Label("quote", "Quote")]
    both = [("Ada", "Ben"), ("Ada", "Cem")]
    pairs.show_values(labels, both, {("claim", both[0]): 0.62, ("quote", both[1]): "nobody used the label"})
    shown(pairs, 300, 300)
    words = [[cell.words for cell in row] for row in pairs.table.grid.cells]
    assert words == [[".62", "—"], ["—", "—"]]
    assert "nobody used the label" in pairs.table.grid.cell(1, 1).told
    assert "nothing to compare" in pairs.table.grid.cell(0, 1).told
    pairs.table.setFocus()
    QTest.keyClick(pairs.table, Key.Key_Right)
    with qtbot.waitSignal(pairs.opened) as heard:
        QTest.keyClick(pairs.table, Key.Key_Return)
    assert heard.args == ["claim", "Ada", "Cem"]
