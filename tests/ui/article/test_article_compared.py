"""The spans of several annotators painted side by side: facts about pixels, whatever the fonts."""

from collections import Counter

import pytest
from article_desk import near
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from annotator.model.anchor import anchor
from annotator.model.records import Annotation, Article
from annotator.model.review import GOLD
from annotator.model.span import Span
from annotator.ui.article.boxes import Box
from annotator.ui.article.compared import ComparedView
from annotator.ui.article.marks import Marks
from annotator.ui.article.voices import COLOURS, gold, voices
from annotator.ui.theme import DARK, LIGHT, LINE_CONTRAST, Theme, contrast

NEWS = (
    "The monitoring group said that an air raid killed four medical workers."
    ' "The truce," he said, "is not dead."'
    "\n\nA second paragraph tells of at least nine opposition fighters near Aleppo."
)
ARABIC = "قال المرصد السوري لحقوق الإنسان إن 13 شخصا قتلوا in Aleppo يوم الأربعاء"
EMOJI = "👩‍👩‍👧 said the raid 💥 killed nine people near café\u0301s."
Key = Qt.Key


class Table:
    """A view of several annotators' work, and eyes for it."""

    def __init__(self, view: ComparedView, scheme) -> None:
        self.view, self.scheme, self.text = view, scheme, ""

    def show(self, text: str, *work: tuple[str, ...], theme: Theme = LIGHT) -> None:
        """Show a text with annotations, each the layer and the words of its fragments."""
        self.text = text
        self.view.set_theme(theme)
        made = [self.annotation(str(number), *one) for number, one in enumerate(work)]
        layers = sorted({annotation.layer for annotation in made} - {GOLD})
        others = (gold(),) if any(a.layer == GOLD for a in made) else ()
        self.view.set_voices((*voices(layers, layers), *others))
        self.view.show_article(Article("a", "0"), text, made, self.scheme)

    def annotation(self, number: str, layer: str, *words: str) -> Annotation:
        spans = tuple(self.span(part) for part in words)
        return Annotation(number, "a", layer, "claim", spans, anchor(self.text, spans))

    def span(self, words: str) -> Span:
        start = self.text.index(words)
        return Span(start, start + len(words))

    def box(self, words: str) -> Box:
        return self.view.boxes_of(self.span(words))[0]

    def picture(self) -> QImage:
        return self.view.viewport().grab().toImage()

    def rows(self, words: str, layer: str) -> list[int]:
        """List the rows below words in which an annotator's ink is seen."""
        box, picture = self.box(words), self.picture()
        voice = next(voice for voice in self.view.voices if voice.layer == layer)
        ink = voice.ink(self.view.theme).line
        gap = self.view.gap_below(self.view.boxes.block_at(self.span(words).start))
        room = QRect(round(box.left), round(box.bottom), round(box.right - box.left), round(gap))
        found = {y for x, y in _places(picture, room) if near(picture.pixelColor(x, y), ink)}
        return sorted(found)

    def ground(self, words: str) -> QColor:
        picture, area = self.picture(), self.box(words).rect().toRect()
        colours = Counter(picture.pixel(x, y) for x, y in _places(picture, area))
        return QColor(colours.most_common(1)[0][0])


def _places(picture: QImage, area: QRect) -> list[tuple[int, int]]:
    inside = area & picture.rect()
    xs, ys = range(inside.left(), inside.right() + 1), range(inside.top(), inside.bottom() + 1)
    return [(x, y) for y in ys for x in xs]


@pytest.fixture
def table(qtbot, scheme) -> Table:
    view = ComparedView()
    qtbot.addWidget(view)
    view.resize(820, 850)
    with qtbot.waitExposed(view):
        view.show()
    return Table(view, scheme)


RAID = "an air raid killed four medical workers"


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_each_annotator_has_a_row_of_their_own_in_a_fixed_order(table, theme):
    table.show(NEWS, ("Ana", RAID), ("Ben", RAID), ("Cleo", RAID), theme=theme)
    rows = [table.rows("air raid killed", layer) for layer in ("Ana", "Ben", "Cleo")]
    assert all(rows)
    assert rows[0][-1] < rows[1][0] <= rows[1][-1] < rows[2][0]


def test_an_annotator_keeps_their_row_where_others_have_nothing(table):
    table.show(NEWS, ("Ana", RAID), ("Ben", RAID), ("Ben", "truce"), ("Cleo", "nine"), ("Ana", "Aleppo"))
    box = table.box("truce")
    beside = table.box("air raid killed")
    assert table.rows("truce", "Ben")[0] - round(box.bottom) == pytest.approx(
        table.rows("air raid killed", "Ben")[0] - round(beside.bottom), abs=1
    )
    assert table.rows("nine", "Cleo")[0] - round(table.box("nine").bottom) > table.rows("Aleppo", "Ana")[
        0
    ] - round(table.box("Aleppo").bottom)


def test_nested_spans_of_one_annotator_stay_above_the_next(table):
    table.show(NEWS, ("Ana", RAID), ("Ana", "four medical"), ("Ana", "medical"), ("Ben", "medical workers"))
    mine, theirs = table.rows("medical", "Ana"), table.rows("medical", "Ben")
    assert len({row for row in mine if row - 1 not in mine}) == 3
    assert mine[-1] < theirs[0]


def test_paragraphs_with_deep_stacks_get_room_for_them(table):
    deep = [(layer, RAID) for layer in ("Ana", "Ben", "Cleo") for _ in range(3)]
    table.show(NEWS, *deep)
    first, second = (table.view.boxes.block_at(table.span(w).start) for w in (RAID, "opposition"))
    assert table.view.gap_below(first) > table.view.gap_below(second) == table.view.setting.gap
    for layer in ("Ana", "Ben", "Cleo"):
        rows = table.rows("air raid killed", layer)
        assert len({row for row in rows if row - 1 not in rows}) == 3


def test_underlines_differ_without_their_colour(table):
    table.show(NEWS, ("Ana", RAID), ("Ben", RAID), ("Cleo", RAID))
    box, picture = table.box(RAID), table.picture()
    shapes = set()
    for voice in table.view.voices:
        row = table.rows(RAID, voice.layer)[0]
        ink = voice.ink(LIGHT).line
        line = [near(picture.pixelColor(x, row), ink, 40) for x in range(round(box.left), round(box.right))]
        shapes.add(tuple(line[2:60]))
    assert len(shapes) == 3


def test_words_are_not_tinted_in_anybodys_colour(table):
    table.show(NEWS, ("Ana", RAID))
    assert table.ground("air raid killed") == QColor(LIGHT.surface)


def test_what_the_page_tints_lies_beneath_the_words(table):
    table.show(NEWS, ("Ana", RAID))
    tint = QColor(LIGHT.match)
    table.view.tint([((table.span("killed four"),), tint)])
    assert near(table.ground("killed four"), tint, 3)
    assert table.ground("air raid") == QColor(LIGHT.surface)


@pytest.mark.parametrize(
    ("text", "words"), [(ARABIC, "المرصد السوري"), (EMOJI, "raid 💥 killed"), (EMOJI, "café\u0301s")]
)
def test_rows_lie_under_the_very_words_in_any_script(table, text, words):
    table.show(text, ("Ana", words), ("Ben", words))
    first, second = table.rows(words, "Ana"), table.rows(words, "Ben")
    assert first
    assert first[-1] < second[0]
    table.show(text, ("Ana", words))
    box, picture = table.box(words), table.picture()
    ink = table.view.voices[0].ink(LIGHT).line
    row = table.rows(words, "Ana")[0]
    inked = [x for x in range(picture.width()) if near(picture.pixelColor(x, row), ink)]
    assert abs(inked[0] - box.left) <= 2
    assert abs(inked[-1] - box.right) <= 2


def test_fragments_are_underlined_apart(table):
    table.show(NEWS, ("Ana", '"The truce,"', '"is not dead."'), ("Ben", "he said"))
    assert table.rows("The truce", "Ana")
    assert not table.rows("he said", "Ana")
    assert table.rows("is not dead", "Ana")


def test_gold_comes_last_and_moves_no_line(table):
    table.show(NEWS, ("Ana", RAID), ("Ben", RAID), ("Cleo", RAID))
    before = [table.box(words).top for words in (RAID, "opposition")]
    spans = [mark.annotation for mark in table.view.marks]
    table.view.show_others((*table.view.voices, gold()), [*spans, table.annotation("g", GOLD, "killed four")])
    assert [table.box(words).top for words in (RAID, "opposition")] == before
    assert table.rows("killed four", GOLD)[0] > table.rows("killed four", "Cleo")[-1]


def test_gold_takes_no_room_where_there_is_none(table):
    table.show(NEWS, ("Ana", RAID), ("Ben", "nine"), (GOLD, RAID))
    marks = table.view.marks
    assert marks.depth(*table.view.boxes.bounds(0)) == 3
    assert marks.depth(*table.view.boxes.bounds(2)) == 2


def test_leaving_somebody_out_keeps_what_is_in_view(table):
    table.show(NEWS * 30, ("Ana", RAID), ("Ben", RAID))
    table.view.verticalScrollBar().setValue(700)
    place = table.view.scroll_place()
    table.view.show_others(table.view.voices[:1], [mark.annotation for mark in table.view.marks][:1])
    assert table.view.scroll_place() == place
    assert len(table.view.marks) == 1


def test_a_click_tells_the_smallest_span_then_the_one_around_it(table):
    table.show(NEWS, ("Ana", RAID), ("Ben", "four medical"))
    told: list[str] = []
    table.view.clicked_span.connect(told.append)
    box = table.box("medical")
    point = QPoint(round((box.left + box.right) / 2), round(box.top + 5))
    for _ in range(3):
        QTest.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert told == ["1", "0", "1"]


def test_nothing_can_be_moved_before_it_is_edited(table):
    table.show(NEWS, ("Ana", RAID))
    moved: list[object] = []
    table.view.fragments_moved.connect(lambda *said: moved.append(said))
    QTest.keyClick(table.view, Key.Key_BracketRight)
    assert moved == []
    table.view.edit("0")
    QTest.keyClick(table.view, Key.Key_BraceRight)
    [(annotation, fragments)] = moved
    assert annotation == "0"
    assert table.text[fragments[0].start : fragments[0].stop] == "an air raid killed four medical"


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_colours_of_annotators_are_seen_and_told_apart(theme):
    inks = [voice.ink(theme).line for voice in (*voices(list("abcdefg"), list("abcdefg")), gold())]
    assert all(contrast(ink, QColor(theme.surface)) >= LINE_CONTRAST for ink in inks)
    assert len({ink.name() for ink in inks}) == len(COLOURS) + 1


@pytest.mark.parametrize(
    ("names", "initials"),
    [
        (["Annotator A", "Annotator B"], ["A", "B"]),
        (["Ana", "Ben"], ["A", "B"]),
        (["Ana", "Anton"], ["Ana", "Ant"]),
        (["Example annotator 1", "Example annotator 2"], ["1", "2"]),
        (["same one x", "same one xy"], ["1", "2"]),
        (["", " "], ["1", "2"]),
        (["ليلى", "سامي"], ["ل", "س"]),
    ],
)
def test_initials_tell_annotators_apart(names, initials):
    assert [voice.initial for voice in voices(names, names)] == initials


def test_marks_of_the_same_place_in_several_layers_never_compare_annotations():
    spans = (Span(0, 5),)
    same = [Annotation(str(i), "a", f"l{i % 3}", "claim", spans, anchor("words", spans)) for i in range(9)]
    marks = Marks(same, ["l2", "l0", "l1"])
    lanes = [[m.lane for m in marks if m.annotation.layer == layer] for layer in ("l2", "l0", "l1")]
    assert lanes == [[0, 1, 2], [3, 4, 5], [6, 7, 8]]
