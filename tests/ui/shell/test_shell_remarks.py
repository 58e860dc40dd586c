"""The table of remarks: rows in sight have the height that their words need, however many there are."""

from annotator.services.remarks import Remark
from annotator.ui.lists.remarks import RemarksTable

WORDS = "the claim at 1,234 was left out: " + "its words stand in no one place of the text, " * 6


def test_rows_take_the_height_of_their_words_as_they_come_into_sight(qtbot):
    table = RemarksTable()
    qtbot.addWidget(table)
    table.resize(500, 300)
    table.show()
    table.load([Remark("/a/b.jsonl", line, WORDS) for line in range(10_000)])
    low = table.verticalHeader().defaultSectionSize()
    assert table.rowHeight(0) > 2 * low
    assert table.rowHeight(9_000) == low
    qtbot.waitUntil(lambda: table.verticalScrollBar().maximum() > 0)
    table.verticalScrollBar().setValue(table.rowViewportPosition(9_000))
    qtbot.waitUntil(lambda: table.rowHeight(9_000) > 2 * low)


def test_other_remarks_begin_at_the_top(qtbot):
    table = RemarksTable()
    qtbot.addWidget(table)
    table.resize(500, 300)
    table.show()
    table.load([Remark("/a/b.jsonl", line, WORDS) for line in range(100)])
    table.scrollToBottom()
    table.load([Remark("/a/c.jsonl", line, WORDS) for line in range(100)])
    assert table.rowAt(0) == 0
