"""Every kind of field, by real keys and clicks, down to the value that is committed."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.model.records import Entity
from annotator.model.scheme import ATTRIBUTE_KINDS, Attribute, AttributeKind
from annotator.model.values import value_problem
from annotator.ui.fields.base import Surroundings
from annotator.ui.fields.buttons import Look
from annotator.ui.fields.choice import ComboField, SegmentedField
from annotator.ui.fields.form import Form
from annotator.ui.theme import LIGHT

Key = Qt.Key
SHORT = ("direct", "partial", "indirect")
LONG = ("killed", "injured", "killed or injured", "missing", "detained", "displaced", "none")


class Filled:
    """A form with one attribute, and what it told."""

    def __init__(self, form: Form, attribute: Attribute) -> None:
        self.form, self.attribute = form, attribute
        self.told: list[Any] = []
        self.left = 0
        form.changed.connect(lambda _name, value: self.told.append(value))
        form.left.connect(self._leave)

    def show(self, value: Any = None) -> None:
        problem = value_problem(self.attribute, value)
        problems = {self.attribute.name: problem} if problem else {}
        self.form.show_values([self.attribute], {self.attribute.name: value}, problems)

    @property
    def row(self):
        return self.form.rows[self.attribute.name]

    @property
    def field(self):
        return self.row.field

    def type(self, words: str) -> None:
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClicks(widget, words)

    def press(self, key: Qt.Key) -> None:
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, key)

    def _leave(self) -> None:
        self.left += 1


@pytest.fixture
def filled(shown):
    people = [
        Entity("e1", "actor", "Syrian Observatory for Human Rights"),
        Entity("e2", "actor", "U.N. Security Council"),
        Entity("e3", "actor", "John Kerry"),
    ]

    def create(kind: str, name: str) -> Entity:
        people.append(Entity(f"e{len(people) + 1}", kind, name))
        return people[-1]

    around = Surroundings(
        published=lambda: "2016-09-21",
        entities=lambda kind: [e for e in people if e.kind == kind],
        entity=lambda key: next((e for e in people if e.id == key), None),
        create=create,
    )

    def make(kind: AttributeKind, values: tuple[str, ...] = (), value: Any = None, **more: Any) -> Filled:
        attribute = Attribute("what", kind, values, **more)
        made = Filled(Form(LIGHT, around), attribute)
        made.show(value)
        shown(made.form, 284, 400)
        made.form.begin()
        return made

    return make


def test_few_short_choices_stand_side_by_side_and_many_drop_down(filled):
    assert isinstance(filled("choice", SHORT).field, SegmentedField)
    assert isinstance(filled("choice", LONG).field, ComboField)


def test_a_click_chooses_a_segment_and_another_takes_it_away(filled, click):
    form = filled("choice", SHORT)
    click(form.field.segments[1])
    click(form.field.segments[1])
    assert form.told == ["partial", None]


def test_arrows_and_first_letters_choose_a_segment(filled):
    form = filled("choice", SHORT, "direct")
    form.press(Key.Key_Right)
    form.press(Key.Key_I)
    assert form.told == ["partial", "indirect"]
    assert QApplication.focusWidget() is form.field.segments[2]


def test_a_choice_drops_down_and_can_be_taken_away(filled):
    form = filled("choice", LONG)
    form.press(Key.Key_Down)
    form.press(Key.Key_Down)
    form.press(Key.Key_Home)
    assert form.told == ["killed", "injured", None]


def test_a_choice_the_scheme_lacks_is_shown_as_it_is(filled):
    form = filled("choice", LONG, "vaporised")
    assert form.field.combo.currentText() == "vaporised"
    assert "not one of the choices" in form.row.problem.text()


def test_chips_are_switched_on_and_off_in_the_order_of_the_scheme(filled, click):
    form = filled("choices", ("child", "woman", "fighter"))
    for name in ("fighter", "child", "fighter", "child"):
        click(form.field.chips[name])
    assert form.told == [["fighter"], ["child", "fighter"], ["child"], None]


def test_text_is_told_when_the_field_is_left_not_before(filled):
    form = filled("text")
    form.type("Hama")
    assert form.told == []
    form.press(Key.Key_Return)
    assert (form.told, form.left) == (["Hama"], 1)


def test_esc_leaves_without_a_change(filled):
    form = filled("text", value="Hama")
    form.type("xyz")
    form.press(Key.Key_Escape)
    assert (form.told, form.left, form.field.line.text()) == ([], 1, "Hama")


@pytest.mark.parametrize(("typed", "value"), [("12", 12), ("1,200", 1200), ("2.5", 2.5), ("many", "many")])
def test_a_number_is_read_and_what_is_none_is_kept_to_be_marked(filled, typed, value):
    form = filled("number")
    form.type(typed)
    form.press(Key.Key_Return)
    assert form.told == [value]


@pytest.mark.parametrize("typed", ["nan", "inf", "1e999"])
def test_a_number_without_end_is_none(filled, typed):
    form = filled("number")
    form.type(typed)
    form.press(Key.Key_Return)
    assert form.told == [typed]


def test_no_is_said_and_differs_from_nothing(filled, click):
    form = filled("flag", required=True)
    assert form.row.aside.text() == "needs a value"
    click(form.field.segments[1])
    form.show(form.told[-1])
    assert form.told == [False]
    assert form.row.aside.text() == ""


@pytest.mark.parametrize(
    ("typed", "value"),
    [("2016-09", "2016-09"), ("Tuesday", "2016-09-20"), ("2016-09-20/2016-09-21", "2016-09-20/2016-09-21")],
)
def test_a_date_is_written_or_said(filled, typed, value):
    form = filled("date")
    form.type(typed)
    form.press(Key.Key_Return)
    assert form.told == [value]
    assert form.field.line.text() == value


def test_what_a_date_in_words_means_is_shown_while_typing(filled):
    form = filled("date")
    form.type("Tuesday")
    assert form.row.understood.text() == "→ 20 Sep 2016"


def test_words_that_are_no_date_are_kept_and_marked(filled):
    form = filled("date")
    form.type("soon after")
    form.press(Key.Key_Return)
    form.show(form.told[-1])
    assert form.told == ["soon after"]
    assert "is not a date" in form.row.problem.text()


def test_a_figure_is_understood_from_its_words(filled):
    form = filled("figure")
    form.type("at least nine")
    assert form.row.understood.text() == "→ 9 or more"
    form.press(Key.Key_Return)
    (figure,) = form.told
    assert figure == {"words": "at least nine", "qualifier": "at least", "low": 9, "best": 9, "high": None}
    assert [line.text() for line in form.field.bounds.values()] == ["9", "9", ""]


def test_bounds_can_be_typed_and_say_what_they_are(filled):
    form = filled("figure")
    form.field.bounds["low"].setFocus()
    form.type("11")
    form.field.bounds["high"].setFocus()
    form.type("fifteen")
    form.press(Key.Key_Return)
    assert form.told[-1] == {"words": "", "qualifier": "range", "low": 11, "best": None, "high": 15}


def test_bounds_that_fall_are_kept_and_marked(filled):
    stored = {"words": "", "qualifier": "range", "low": 15, "best": None, "high": 11}
    form = filled("figure", value=stored)
    assert "must not fall" in form.row.problem.text()
    assert form.field.bounds["low"].text() == "15"


def test_an_emptied_figure_is_taken_away(filled):
    stored = {"words": "", "qualifier": "not stated", "low": 9, "best": None, "high": None}
    form = filled("figure", value=stored)
    form.field.bounds["low"].setFocus()
    form.field.bounds["low"].selectAll()
    form.press(Key.Key_Backspace)
    form.press(Key.Key_Return)
    assert form.told == [None]


def test_a_qualifier_that_was_chosen_stays(filled):
    stored = {"words": "dozens", "qualifier": "vague", "low": 24, "best": None, "high": None}
    form = filled("figure", value=stored)
    form.field.bounds["high"].setFocus()
    form.type("60")
    form.press(Key.Key_Return)
    assert form.told == [{**stored, "high": 60}]


def offers(form: Filled) -> list[str]:
    rows = form.field._list.rows
    return [rows.item(i).text() for i in range(rows.count())]


def test_a_name_is_completed_from_any_part_of_it(filled):
    form = filled("entity", entity="actor")
    form.type("observ")
    assert offers(form) == ["Syrian Observatory for Human Rights", "Create “observ”"]
    form.press(Key.Key_Return)
    assert (form.told, form.left) == (["e1"], 0)
    assert form.field.line.text() == "Syrian Observatory for Human Rights"
    assert QApplication.focusWidget() is form.field.line
    form.press(Key.Key_Return)
    assert (form.told, form.left) == (["e1"], 1)


def test_beginnings_of_names_and_words_come_first(filled):
    form = filled("entity", entity="actor")
    form.type("s")
    assert offers(form)[:2] == ["Syrian Observatory for Human Rights", "U.N. Security Council"]


def test_arrows_choose_among_the_offers(filled):
    form = filled("entity", entity="actor")
    form.press(Key.Key_Down)
    form.press(Key.Key_Down)
    form.press(Key.Key_Down)
    form.press(Key.Key_Return)
    assert form.told == ["e3"]


def test_a_new_name_is_created_by_typing_it(filled):
    form = filled("entity", entity="actor")
    form.type("White Helmets")
    assert offers(form) == ["Create “White Helmets”"]
    form.press(Key.Key_Return)
    assert form.told == ["e4"]
    assert form.field.line.text() == "White Helmets"


def test_esc_closes_the_offers_first_and_then_leaves(filled):
    form = filled("entity", entity="actor", value="e3")
    form.type("syr")
    form.press(Key.Key_Escape)
    assert (form.left, form.field._list.isVisible()) == (0, False)
    form.press(Key.Key_Escape)
    assert (form.told, form.left, form.field.line.text()) == ([], 1, "John Kerry")


def test_an_emptied_name_is_taken_away(filled):
    form = filled("entity", entity="actor", value="e3")
    form.field.line.selectAll()
    form.press(Key.Key_Backspace)
    form.field.line.clearFocus()
    assert form.told == [None]


def test_a_name_typed_and_left_is_not_saved_but_says_so(filled):
    form = filled("entity", entity="actor")
    form.type("Nobody yet")
    form.field.line.clearFocus()
    assert form.told == []
    assert "Enter creates “Nobody yet”" in form.row.problem.text()
    assert form.field.line.text() == "Nobody yet"


def test_a_click_picks_an_offer(filled, qtbot):
    form = filled("entity", entity="actor")
    form.type("kerry")
    rows = form.field._list.rows
    middle = rows.visualItemRect(rows.item(0)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert form.told == ["e3"]


@pytest.mark.parametrize("kind", ATTRIBUTE_KINDS)
def test_every_input_has_a_name_and_says_what_is_wrong(filled, kind):
    form = filled(kind, ("one", "two"), required=True, entity="actor")
    for widget in form.field.inputs():
        assert widget.accessibleName().startswith("What, required")
        assert widget.accessibleDescription() == "needs a value"
        assert widget.focusPolicy() != Qt.FocusPolicy.NoFocus


@pytest.mark.parametrize("kind", ["text", "number", "date", "figure", "entity"])
def test_a_refresh_keeps_the_focus_the_cursor_and_what_is_being_typed(filled, kind):
    form = filled(kind, entity="actor")
    form.type("nine")
    form.press(Key.Key_Left)
    line = QApplication.focusWidget()
    form.show(None)
    assert QApplication.focusWidget() is line
    assert (line.text(), line.cursorPosition()) == ("nine", 3)


@pytest.mark.parametrize("kind", ATTRIBUTE_KINDS)
def test_nothing_changes_while_read_only(filled, kind, click):
    form = filled(kind, ("one", "two"), entity="actor")
    form.form.set_read_only(True)
    for widget in form.field.inputs():
        widget.setFocus()
        QTest.keyClicks(widget, "12")
        click(widget)
        QTest.keyClick(widget, Key.Key_Return)
    assert form.told == []


def test_digits_go_on_to_the_window_from_a_choice(filled):
    for values in (SHORT, LONG):
        form = filled("choice", values)
        seen: list[int] = []
        form.form.keyPressEvent = lambda event, seen=seen: seen.append(event.key())  # type: ignore[method-assign]
        form.press(Key.Key_2)
        assert seen == [Key.Key_2]
        assert form.told == []


def test_tab_goes_from_field_to_field(filled):
    form = filled("choice", SHORT)
    name = Attribute("c", "entity", entity="actor")
    attributes = [Attribute("a", "choice", SHORT), Attribute("b", "text"), name]
    form.form.show_values(attributes, {}, {})
    form.form.begin()
    seen = []
    for _ in attributes:
        seen.append(form.form._field_of(QApplication.focusWidget()).attribute.name)
        form.press(Key.Key_Tab)
    assert seen == ["a", "b", "c"]


def test_chips_are_one_stop_and_arrows_go_on_inside(filled):
    form = filled("choices", ("child", "woman", "police"))
    attributes = [form.attribute, Attribute("next", "text")]
    form.form.show_values(attributes, {}, {})
    form.form.begin()
    form.press(Key.Key_Right)
    form.press(Key.Key_Space)
    form.press(Key.Key_Right)
    form.press(Key.Key_Space)
    form.press(Key.Key_Right)
    assert QApplication.focusWidget() is form.form.rows["what"].field.chips["child"]
    assert form.told == [["woman"], ["woman", "police"]]
    form.press(Key.Key_Tab)
    assert QApplication.focusWidget() is form.form.rows["next"].field.line
    form.press(Key.Key_Backtab)
    assert form.form._field_of(QApplication.focusWidget()).attribute.name == "what"


def test_tab_goes_through_a_figure_from_words_to_qualifier(filled):
    form = filled("figure")
    seen = []
    for _ in range(5):
        seen.append(QApplication.focusWidget().property("piece"))
        form.press(Key.Key_Tab)
    assert seen == ["words", "low", "best", "high", "qualifier"]


def test_a_qualifier_that_contradicts_the_bounds_says_so_in_place(filled):
    stored = {"words": "at least 13", "qualifier": "at least", "low": 13, "best": 13, "high": None}
    form = filled("figure", value=stored)
    assert (form.row.understood.text(), form.row.problem.text()) == ("→ 13 or more", "")
    form.field.qualifier.setFocus()
    form.press(Key.Key_Down)
    assert form.told == [{**stored, "qualifier": "at most"}]
    assert (form.row.understood.text(), form.row.problem.text()) == ("", "⚠ “at most” needs a high")
    form.press(Key.Key_Up)
    assert (form.row.understood.text(), form.row.problem.text()) == ("→ 13 or more", "")


@pytest.mark.parametrize(
    "words", ["nine", "at least nine", "up to 20", "about 100", "dozens", "11 to 15", ""]
)
def test_words_that_are_understood_never_contradict_themselves(filled, words):
    form = filled("figure")
    form.type(words)
    form.press(Key.Key_Return)
    assert form.row.problem.text() == ""


def test_a_chosen_chip_shows_a_tick_and_keeps_its_place(filled):
    form = filled("choices", ("child", "woman"))
    child, woman = form.field.chips.values()
    places = child.geometry(), woman.geometry()
    form.press(Key.Key_Space)
    assert (child.geometry(), woman.geometry()) == places
    child.clearFocus()
    unlit = Look(child.theme.surface, child.theme.strong_border, child.theme.text)
    child.look = lambda: unlit
    ticked = child.grab().toImage()
    child.setChecked(False)
    assert ticked != child.grab().toImage()


def test_the_list_of_a_choice_opens_below_it_with_every_item_in_sight(filled):
    form = filled("choice", LONG)
    combo = form.field.combo
    form.press(Key.Key_Space)
    view = combo.view()
    assert view.isVisible()
    assert view.window().y() >= combo.mapToGlobal(combo.rect().bottomLeft()).y()
    assert view.verticalScrollBar().maximum() == 0
    assert view.visualRect(view.model().index(0, 0)).top() >= 0
    QTest.keyClick(view, Key.Key_Escape)
