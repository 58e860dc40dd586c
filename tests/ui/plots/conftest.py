"""Widgets dressed as in the window, and a table of made values."""

import pytest
from PySide6.QtWidgets import QWidget

from annotator.ui.plots.grid import Cell, Grid, Head


@pytest.fixture(autouse=True)
def dressed(clothes: None) -> None:
    """Wear the clothes of the window in every test."""


@pytest.fixture
def shown(qtbot):
    """Show a widget as an active window."""

    def show(widget: QWidget, width: int = 700, height: int = 400) -> QWidget:
        qtbot.addWidget(widget)
        widget.resize(width, height)
        with qtbot.waitActive(widget):
            widget.show()
            widget.activateWindow()
        return widget

    return show


@pytest.fixture
def grid() -> Grid:
    return Grid(
        "Agreement of Ada & <Ben>",
        rows=(Head("All labels", is_strong=True), Head("Claim", "#2f5be7"), Head("تصريح", "#8e44ad")),
        columns=(Head("All"), Head("Ada ·\nBen")),
        cells=(
            (Cell(".62", 0.62, (".48 to .71", "n 42"), told="All .62", exact=("0.62",)), Cell("1.00", 1.0)),
            (Cell("−.08", -0.08), Cell("—", reason="nobody used the label", told="not defined", exact=("",))),
            (Cell(".50", 0.5), Cell(".25", 0.25)),
        ),
        note="12 articles; seed 0",
    )
