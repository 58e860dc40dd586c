"""What is painted: facts about pixels, whatever the fonts."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pytest
from article_desk import CASUALTY, CLAIM, NEWS, Desk, near
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from annotator.model.records import Article
from annotator.model.span import Span
from annotator.ui.article.boxes import Box
from annotator.ui.theme import DARK, LIGHT, TEXT_CONTRAST, Theme, contrast

RED = QColor("#ff0000")


def pixels(picture: QImage, area: QRect) -> Iterator[tuple[int, int, QColor]]:
    inside = area & picture.rect()
    for y in range(inside.top(), inside.bottom() + 1):
        for x in range(inside.left(), inside.right() + 1):
            yield x, y, picture.pixelColor(x, y)


def ground(picture: QImage, box: Box) -> QColor:
    """Return the colour behind the words of a box: the one that most of its pixels have."""
    colours = Counter(colour.rgb() for _, _, colour in pixels(picture, box.rect().toRect()))
    return QColor(colours.most_common(1)[0][0])


def gap_of(desk: Desk, box: Box) -> QRect:
    """Return the room below a box, up to the words of the next line."""
    return QRect(
        round(box.left), round(box.bottom), round(box.right - box.left), round(desk.view.setting.gap)
    )


def rows(desk: Desk, box: Box, label: str) -> list[int]:
    """List the rows below a box in which a label's ink is seen."""
    ink = desk.view.inks.of(label).line
    found = {y for _, y, colour in pixels(desk.picture(), gap_of(desk, box)) if near(colour, ink)}
    return sorted(found)


def box_of(desk: Desk, words: str, at: int = 0) -> Box:
    return desk.view.boxes_of(desk.span(words, at))[0]


def test_the_words_of_a_span_are_tinted_and_others_are_not(desk: Desk) -> None:
    desk.show(NEWS, ("claim", "an air raid"))
    picture = desk.picture()
    assert ground(picture, box_of(desk, "monitoring")) == QColor(LIGHT.surface)
    tint = desk.view.inks.of("claim").tint
    share = tint.alphaF()
    expected = [
        round(255 * (1 - share) + channel * share) for channel in (tint.red(), tint.green(), tint.blue())
    ]
    assert near(ground(picture, box_of(desk, "an air raid")), QColor(*expected), 3)


def test_nested_spans_have_underlines_on_rows_of_their_own(desk: Desk) -> None:
    desk.show(NEWS, CLAIM, CASUALTY, ("quote", "medical"))
    box = box_of(desk, "medical")
    found = [rows(desk, box, label) for label in ("claim", "casualty", "quote")]
    assert all(found)
    assert found[0][-1] < found[1][0]
    assert found[1][-1] < found[2][0]


def test_identical_spans_are_all_seen(desk: Desk) -> None:
    desk.show(NEWS, *[(label, "four medical workers") for label in ("claim", "quote", "casualty")])
    box = box_of(desk, "four medical workers")
    found = [set(rows(desk, box, label)) for label in ("claim", "quote", "casualty")]
    assert all(found)
    assert sum(map(len, found)) == len(set.union(*found))


def test_crossing_spans_keep_their_rows_from_end_to_end(desk: Desk) -> None:
    desk.show(NEWS, ("claim", "group said that"), ("quote", "that an air raid"))
    assert rows(desk, box_of(desk, "group"), "claim") == rows(desk, box_of(desk, "that"), "claim")
    assert rows(desk, box_of(desk, "that"), "quote") == rows(desk, box_of(desk, "raid"), "quote")


def test_underlines_of_a_deep_stack_stay_between_the_lines(desk: Desk) -> None:
    words = NEWS[: NEWS.index(' "The truce')]
    bare = desk.show(NEWS) or desk.picture()
    desk.show(NEWS, *[(label, words) for label in ("claim", "quote", "casualty") * 5])
    marked = desk.picture()
    for box in desk.view.boxes_of(desk.span(words)):
        gap = gap_of(desk, box)
        below = QRect(gap.left(), gap.bottom() + 1, 5, 1)
        assert [c.rgb() for *_, c in pixels(bare, below)] == [c.rgb() for *_, c in pixels(marked, below)]
    assert rows(desk, desk.view.boxes_of(desk.span(words))[0], "claim")


def test_tints_and_underlines_leave_the_letters_as_they_are(desk: Desk) -> None:
    desk.show("Mill")
    bare = desk.picture()
    desk.show("Mill", ("claim", "Mill"))
    marked = desk.picture()
    area = box_of(desk, "Mill").rect().toRect()
    dark = [(x, y) for x, y, colour in pixels(bare, area) if near(colour, QColor(LIGHT.text), 4)]
    assert dark
    assert all(near(marked.pixelColor(x, y), QColor(LIGHT.text), 4) for x, y in dark)


MIXED = [
    ("قال المرصد السوري لحقوق الإنسان إن 13 شخصا قتلوا in Aleppo يوم الأربعاء", "المرصد"),
    ("قال المرصد السوري لحقوق الإنسان إن 13 شخصا قتلوا in Aleppo يوم الأربعاء", "Aleppo"),
    ("The group قال المرصد السوري said 13 people قتلوا في 2016 حلب today", "المرصد"),
    ("The group قال المرصد السوري said 13 people قتلوا في 2016 حلب today", "said"),
    ("The group قال المرصد السوري said 13 people قتلوا في 2016 حلب today", "2016"),
    ("😀👨‍👩‍👧 𝐁old before the words that count", "words"),
    ("cafe\u0301 e\u0301\u0327 na\u0308ive then the words", "words"),
    ("a tab\there and no\u00a0break space", "break"),
]


@pytest.mark.parametrize(("text", "word"), MIXED)
def test_the_tint_lies_under_the_very_letters(desk: Desk, text: str, word: str) -> None:
    desk.show(text)
    bare = desk.picture()
    colour_letters(desk, text, word)
    letters = columns(desk.picture(), bare)
    desk.view.setExtraSelections([])
    desk.show(text, ("claim", word))
    tinted = columns(desk.picture(), bare)
    assert tinted[0] - 3 <= letters[0]
    assert letters[1] <= tinted[1] + 3
    assert tinted[1] - tinted[0] <= letters[1] - letters[0] + 14


def colour_letters(desk: Desk, text: str, word: str) -> None:
    """Have Qt itself draw a word red: it counts UTF-16 units and knows where it puts the letters."""
    start = len(text[: text.index(word)].encode("utf-16-le")) // 2
    selection = QTextEdit.ExtraSelection()
    selection.cursor = QTextCursor(desk.view.document())
    selection.cursor.setPosition(start)
    selection.cursor.setPosition(start + len(word), QTextCursor.MoveMode.KeepAnchor)
    selection.format = QTextCharFormat()
    selection.format.setForeground(RED)
    desk.view.setExtraSelections([selection])


def columns(picture: QImage, bare: QImage) -> tuple[int, int]:
    """Return the first and last column in which the words of two pictures differ."""
    area = QRect(56, 30, picture.width() - 60, 30)
    other = {(x, y): colour.rgb() for x, y, colour in pixels(bare, area)}
    found = [x for x, y, colour in pixels(picture, area) if colour.rgb() != other[x, y]]
    return min(found), max(found)


def test_right_to_left_paragraphs_are_right_aligned(desk: Desk) -> None:
    desk.show("قال المرصد\n\nA line of English")
    arabic, english = box_of(desk, "قال"), box_of(desk, "A line")
    assert arabic.right > english.right + 200
    assert abs(english.left - desk.view.document().rootFrame().frameFormat().leftMargin()) < 2


def test_lines_of_labels_differ_without_their_colour(desk: Desk) -> None:
    desk.show(NEWS, ("claim", "monitoring group"), ("quote", "an air raid"), ("casualty", "medical workers"))
    shapes = {
        label: shape(desk, words, label)
        for words, label in (
            ("monitoring group", "claim"),
            ("an air raid", "quote"),
            ("medical workers", "casualty"),
        )
    }
    assert shapes == {"claim": ("whole", 2), "quote": ("broken", 2), "casualty": ("whole", 3)}


def shape(desk: Desk, words: str, label: str) -> tuple[str, int]:
    """Say whether an underline is whole or broken, and how many rows high it is."""
    box, ink = box_of(desk, words), desk.view.inks.of(label).line
    found = rows(desk, box, label)
    line = QRect(round(box.left) + 2, found[0], round(box.right - box.left) - 4, 1)
    broken = any(not near(colour, ink, 40) for *_, colour in pixels(desk.picture(), line))
    return "broken" if broken else "whole", found[-1] - found[0] + 1


def test_helper_labels_are_drawn_thinner(desk: Desk) -> None:
    desk.show(NEWS, ("source", "The monitoring group"), ("claim", "an air raid"))
    source, claim = box_of(desk, "monitoring"), box_of(desk, "an air raid")
    assert len(rows(desk, source, "source")) < len(rows(desk, claim, "claim"))


def test_the_selected_span_stands_out(desk: Desk) -> None:
    claim, _ = desk.show(NEWS, ("claim", "an air raid"), ("claim", "The monitoring"))
    desk.view.select_annotation(claim)
    picture = desk.picture()
    chosen, other = box_of(desk, "an air raid"), box_of(desk, "The monitoring")
    assert contrast(ground(picture, chosen), QColor(LIGHT.surface)) > contrast(
        ground(picture, other), QColor(LIGHT.surface)
    )
    left = QRect(round(chosen.left) - 3, round(chosen.top) + 8, 4, 10)
    ink = desk.view.inks.of("claim").line
    assert any(near(colour, ink, 40) for *_, colour in pixels(picture, left))


def test_fragments_of_the_selected_span_are_joined_by_dots(desk: Desk) -> None:
    (quote,) = desk.show(NEWS, ("quote", "monitoring", "that an air"))
    between = box_of(desk, "group said")
    assert rows(desk, between, "quote") == []
    desk.view.select_annotation(quote)
    assert len(rows(desk, between, "quote")) == 1


def test_the_words_selected_are_seen_as_high_as_the_text_only(desk: Desk) -> None:
    desk.show(NEWS)
    desk.drag_over("monitoring group")
    picture, box = desk.picture(), box_of(desk, "monitoring")
    assert ground(picture, box) != QColor(LIGHT.surface)
    gap = gap_of(desk, box).adjusted(2, 2, -2, 0)
    assert {colour.name() for *_, colour in pixels(picture, gap)} == {LIGHT.surface}


def test_while_armed_the_selection_has_the_labels_colour(desk: Desk) -> None:
    desk.show(NEWS)
    desk.drag_over("monitoring group")
    plain = ground(desk.picture(), box_of(desk, "monitoring"))
    desk.view.set_armed("casualty")
    assert ground(desk.picture(), box_of(desk, "monitoring")).red() > plain.red()


def test_what_was_found_is_seen_and_the_current_one_more(desk: Desk) -> None:
    desk.show(NEWS)
    desk.view.highlight_matches([desk.span("group"), desk.span("medical")], 1)
    picture = desk.picture()
    assert ground(picture, box_of(desk, "group")) == QColor(LIGHT.match)
    assert ground(picture, box_of(desk, "medical")) == QColor(LIGHT.match_current)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("label", ["claim", "quote", "casualty", "time"])
def test_words_can_be_read_on_a_deep_stack_that_is_selected(desk: Desk, theme: Theme, label: str) -> None:
    desk.view.set_theme(theme)
    first, *_ = desk.show(NEWS, *[(label, "four medical workers")] * 15)
    desk.view.select_annotation(first)
    behind = ground(desk.picture(), box_of(desk, "four medical workers"))
    assert contrast(behind, QColor(theme.text)) >= TEXT_CONTRAST


FAR = "nine"


def test_links_are_drawn_beside_the_column_only(desk: Desk) -> None:
    casualty, source = desk.show(NEWS, ("casualty", FAR), ("source", "The monitoring group"))
    desk.view.select_annotation(casualty)
    left = round(desk.view.document().rootFrame().frameFormat().leftMargin())
    bare = desk.picture()
    desk.view.set_links([(casualty, source)])
    linked = desk.picture()
    gutter = QRect(0, 0, left - 3, linked.height())
    assert any(near(colour, QColor(LIGHT.accent), 60) for *_, colour in pixels(linked, gutter))
    apart = QRect(left + 220, 0, 300, linked.height())
    assert linked.copy(apart) == bare.copy(apart)


def test_a_possible_target_of_a_link_is_outlined(desk: Desk) -> None:
    casualty, _ = desk.show(NEWS, ("casualty", FAR), ("source", "The monitoring group"))
    desk.view.begin_link(casualty)
    desk.move(desk.point("monitoring"), held=False)
    box = box_of(desk, "The monitoring group")
    edge = QRect(round(box.left) + 20, round(box.top) - 3, 60, 4)
    assert any(near(colour, QColor(LIGHT.accent), 40) for *_, colour in pixels(desk.picture(), edge))


def test_a_title_that_the_text_lacks_is_painted_above_it(desk: Desk) -> None:
    desk.show(NEWS, title="")
    plain = box_of(desk, "The monitoring").top
    desk.show(NEWS, title="Air raid kills medics")
    first = box_of(desk, "The monitoring")
    assert first.top > plain + 20
    above = QRect(0, 0, 700, round(first.top) - 4)
    assert any(near(colour, QColor(LIGHT.heading)) for *_, colour in pixels(desk.picture(), above))


def test_the_outlet_and_the_date_stand_beneath_it_as_the_list_writes_them(desk: Desk) -> None:
    article = Article("a", "0", "Air raid kills medics", "Daily Sabah", published="2016-09-21")
    desk.view.show_article(article, NEWS, [], desk.scheme)
    assert desk.view.heading.source == "Daily Sabah · 21 Sep 2016"


def test_a_first_line_that_is_the_title_is_set_larger_and_the_dateline_apart(desk: Desk) -> None:
    desk.show(
        "Air raid kills medics\nHoms, 19 September\n\nThe text begins here.", title="Air raid kills medics"
    )
    title, dateline, body = (box_of(desk, words) for words in ("raid", "Homs", "begins"))
    assert title.bottom - title.top > (body.bottom - body.top) * 1.3
    assert dateline.bottom - dateline.top < body.bottom - body.top
    assert desk.view.boxes_of(Span(0, 3))[0].top < 60


def test_a_title_is_broken_into_lines_of_about_the_same_length(desk: Desk) -> None:
    title = "Fighting in Aleppo further buries hopes for a lasting truce"
    desk.show(f"{title}\n\nThe text begins here.", title=title)
    first, second = desk.view.boxes_of(Span(0, len(title)))
    assert (second.right - second.left) > (first.right - first.left) * 0.7


def test_a_title_on_one_line_stays_as_it_is(desk: Desk) -> None:
    desk.show("Short title\n\nThe text begins here.", title="Short title")
    assert desk.view.document().begin().blockFormat().rightMargin() == 0


def test_an_arabic_title_stays_at_the_right(desk: Desk) -> None:
    title = "القتال في حلب يدفن الآمال في هدنة سورية جديدة بين النظام والمعارضة المسلحة في المدينة"
    desk.show(f"{title}\n\nقال المرصد السوري", title=title)
    right = max(box.right for box in desk.view.boxes_of(Span(0, len(title))))
    assert abs(right - box_of(desk, "قال المرصد").right) < 3


def test_blank_lines_are_space_and_not_lines(desk: Desk) -> None:
    desk.show("One\nTwo\n\nThree\n\n\n\nFour")
    tops = [box_of(desk, words).top for words in ("One", "Two", "Three", "Four")]
    line, paragraph, more = (b - a for a, b in pairwise(tops))
    assert line < paragraph < line * 1.5
    assert paragraph < more < line * 2


def test_the_column_holds_about_75_characters_and_is_centred(desk: Desk) -> None:
    desk.show(" ".join(["The fighting was focused in areas that control access to the city."] * 9))
    boxes = desk.view.boxes_of(Span(0, len(desk.text)))
    assert 68 <= len(desk.text) / len(boxes) <= 80
    left = min(box.left for box in boxes)
    frame = desk.view.document().rootFrame().frameFormat()
    assert abs(left - (desk.view.viewport().width() - desk.view.setting.column) / 2) < 2
    assert abs(frame.leftMargin() - frame.rightMargin()) < 2


def test_the_caret_is_seen(desk: Desk, qtbot: object) -> None:
    desk.show(NEWS)
    desk.click("monitoring", share=0)
    caret = desk.view.cursorRect().adjusted(0, 2, 0, -2)
    qtbot.waitUntil(lambda: _dark(desk.picture(), caret))  # type: ignore[attr-defined]  # the caret blinks


def _dark(picture: QImage, area: QRect) -> bool:
    return all(colour.lightness() < 90 for *_, colour in pixels(picture, QRect(area.x(), area.y(), 1, 8)))
