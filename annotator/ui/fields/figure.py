"""A field for a counted quantity: the words that state it, and what they mean."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QGridLayout, QWidget

from annotator.model.figure import QUALIFIERS, Figure, Qualifier, figure_doubt, figure_problem
from annotator.model.figure_words import parse
from annotator.model.scheme import Attribute
from annotator.ui.fields.base import Field, Surroundings
from annotator.ui.fields.choice import Combo
from annotator.ui.fields.typed import LineEdit
from annotator.ui.theme import Theme
from annotator.ui.widgets import words

BOUNDS = ("low", "best", "high")


class FigureField(Field):
    """Words such as "at least nine" above low, best and high, which they fill and which can be mended."""

    def __init__(self, attribute: Attribute, theme: Theme, surroundings: Surroundings) -> None:
        super().__init__(attribute, theme, surroundings)
        self.words = LineEdit()
        self.words.setProperty("piece", "words")
        self.words.setPlaceholderText("words or a number: at least nine")
        self.words.textEdited.connect(self._tell)
        self.words.settled.connect(self._read_words)
        self.bounds = {name: self._bound(name) for name in BOUNDS}
        self.qualifier = Combo(self)
        self.qualifier.addItems(["not stated", *(q for q in QUALIFIERS if q != "not stated")])
        self.qualifier.setMinimumWidth(84)
        self.qualifier.setProperty("piece", "qualifier")
        self.qualifier.activated.connect(lambda _: self._read())
        self._lay_out()

    def show_value(self, value: Any) -> None:
        self.value = value
        body: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
        self.words.show_words(str(body.get("words", "")))
        for name, line in self.bounds.items():
            bound = body.get(name)
            line.show_words("" if bound is None else f"{bound:,}" if isinstance(bound, int) else str(bound))
        found = self.qualifier.findText(str(body.get("qualifier", "not stated")))
        self.qualifier.show_choice(max(0, found))
        self._tell(self.words.text())

    def commit(self) -> None:
        for line in (self.words, *self.bounds.values()):
            line.settle()

    def revert(self) -> None:
        for line in (self.words, *self.bounds.values()):
            line.revert()
        self._tell(self.words.text())

    def inputs(self) -> list[QWidget]:
        return [self.words, *self.bounds.values(), self.qualifier]

    def set_read_only(self, read_only: bool) -> None:
        for line in (self.words, *self.bounds.values()):
            line.setReadOnly(read_only)
        self.qualifier.setEnabled(not read_only)

    def _bound(self, name: str) -> LineEdit:
        line = LineEdit()
        line.setPlaceholderText("–")
        line.setMinimumWidth(44)
        line.settled.connect(lambda _: self._read_bounds())
        line.setProperty("piece", name)
        return line

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(3)
        grid.addWidget(self.words, 0, 0, 1, 4)
        for column, (name, widget) in enumerate([*self.bounds.items(), ("qualifier", self.qualifier)]):
            caption = words(name, "caption")
            caption.setBuddy(widget)
            grid.addWidget(caption, 1, column)
            grid.addWidget(widget, 2, column)
            grid.setColumnStretch(column, 5 if widget is self.qualifier else 2)

    def _tell(self, words: str) -> None:
        """Tell what the words mean while they are typed, else what is stored."""
        figure = parse(words) if self.words.is_being_typed() else _sound(self.value)
        doubt = figure_doubt(figure) if figure else None
        self.understood.emit(figure.spelled() if figure and not doubt else "")
        self.remarked.emit(doubt or "")

    def _read_words(self, words: str) -> None:
        """Take the whole figure from words that are understood; others stand beside the bounds there are."""
        figure = parse(words)
        if figure:
            self._store(replace(figure, words=words.strip()).to_body())
        else:
            self._read()

    def _read_bounds(self) -> None:
        """Take bounds that were typed; they say what they are unless the person said otherwise."""
        body, qualifier = self._typed(), self.qualifier.currentText()
        follows = qualifier in ("not stated", _qualifier_of(self.value))
        if follows and figure_problem(body) is None:
            body["qualifier"] = _qualifier(Figure.from_body(body))
        self._keep(body)

    def _read(self) -> None:
        self._keep(self._typed())

    def _typed(self) -> dict[str, Any]:
        bounds = {name: _number(line.text()) for name, line in self.bounds.items()}
        return {"words": self.words.text().strip(), "qualifier": self.qualifier.currentText(), **bounds}

    def _keep(self, body: dict[str, Any]) -> None:
        """Store what was typed, or nothing when it says nothing."""
        said = [body[name] for name in ("words", *BOUNDS) if body[name] not in (None, "")]
        self._store(body if said or body["qualifier"] != "not stated" else None)

    def _store(self, body: dict[str, Any] | None) -> None:
        self._settle(body)
        self.show_value(self.value)


def _number(typed: str) -> int | str | None:
    """Read a bound: digits or a number word; anything else is kept as typed, to be marked."""
    words = typed.strip()
    if words in ("", "–", "-"):
        return None
    digits = words.replace(",", "").replace(" ", "")
    if digits.isdecimal():
        return int(digits)
    figure = parse(words)
    return figure.best if figure and figure.best is not None else words


def _qualifier_of(value: Any) -> Qualifier:
    figure = _sound(value)
    return _qualifier(figure) if figure else "not stated"


def _sound(value: Any) -> Figure | None:
    sound = isinstance(value, Mapping) and figure_problem(value) is None
    return Figure.from_body(value) if sound else None


def _qualifier(figure: Figure) -> Qualifier:
    """Name the bounds a person typed without saying what they are."""
    match (figure.low, figure.best, figure.high):
        case (None, None, None):
            return "not stated"
        case (low, _, high) if low is not None and high is not None:
            return "exact" if low == high else "range"
        case (None, _, None):
            return "about"
        case (_, _, None):
            return "at least"
        case _:
            return "at most"
