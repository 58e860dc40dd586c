"""The order in which Tab visits widgets."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtWidgets import QWidget


def put_in_order(widgets: Sequence[QWidget]) -> None:
    """Let Tab go from each widget to the next one; those hidden just now are passed over."""
    for before, after in pairwise(widgets):
        QWidget.setTabOrder(before, after)
