"""The list of articles as Qt sees it: sound, quick with fifty thousand rows, refreshed one by one."""

from collections import Counter

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QSignalSpy

from annotator.store.lists import ArticleRow
from annotator.ui.lists.articles import ArticleDelegate
from annotator.ui.lists.cards import CardList
from annotator.ui.models.articles import ArticleListModel, Filter
from annotator.ui.models.entities import EntityListModel
from annotator.ui.models.hits import Find, FindsModel
from annotator.ui.models.standings import StandingsModel
from annotator.ui.theme import LIGHT

STATES = ("to do", "reading", "done", "skipped")


def rows(number: int) -> list[ArticleRow]:
    return [
        ArticleRow(
            f"a{i}",
            f"Report {i} from the front, with a title that takes two lines",
            "Wire",
            "2016-09-21",
            STATES[i % 4],
            {"claim": i % 7, "quote": i % 3} if i % 4 == 1 else {},
        )
        for i in range(number)
    ]


@pytest.fixture
def model() -> ArticleListModel:
    model = ArticleListModel()
    model.load(rows(40))
    return model


def ids(model: ArticleListModel) -> list[str]:
    return [model.row(place).id for place in range(model.rowCount())]


def test_the_models_are_sound(qtmodeltester, model, project, scheme):
    qtmodeltester.check(model)
    model.show_only(Filter(state="done"))
    model.refresh({"a2": model.row(0)._replace(state="to do")})
    qtmodeltester.check(model)
    finds = FindsModel()
    finds.show_finds([Find("a", "Title", "snippet")])
    entities = EntityListModel(lambda _id: 0)
    standings = StandingsModel()
    standings.load([], scheme.labels, "Ada")
    for other in (finds, entities, standings):
        qtmodeltester.check(other)


def test_a_changed_row_is_told_alone(model):
    told, reset = QSignalSpy(model.dataChanged), QSignalSpy(model.modelReset)
    model.refresh({"a5": model.row(5)._replace(state="done")})
    assert (told.count(), reset.count()) == (1, 0)
    assert told.at(0)[0].row() == 5


def test_a_row_that_fits_no_longer_goes_and_comes_back_in_its_place(model):
    model.show_only(Filter(state="to do"))
    before = ids(model)
    row = model.find("a8")
    model.refresh({"a8": row._replace(state="done")})
    assert ids(model) == [name for name in before if name != "a8"]
    model.refresh({"a8": row})
    assert ids(model) == before


def test_states_are_counted_whatever_the_filter(model):
    model.show_only(Filter(state="done"))
    model.refresh({"a0": model.find("a0")._replace(state="done")})
    assert model.states == Counter({"to do": 9, "reading": 10, "done": 11, "skipped": 10})


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(), 40),
        (Filter(state="skipped"), 10),
        (Filter(mine=True), 10),
        (Filter(label="claim"), 9),
    ],
)
def test_filters_show_what_fits(model, wanted, expected):
    model.show_only(wanted)
    assert model.rowCount() == expected


def test_unknown_articles_are_left_alone(model):
    told = QSignalSpy(model.dataChanged)
    model.refresh({"zz": model.row(0)})
    assert (told.count(), model.rowCount()) == (0, 40)
    assert model.place("zz") == -1


def test_every_row_reads_aloud_title_outlet_date_and_state(model):
    said = model.index(2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.endswith("Wire, 21 Sep 2016, done")


class Counting(ArticleListModel):
    """Counts what a view asks for."""

    asked = 0

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole):
        self.asked += 1
        return super().data(index, role)


def test_fifty_thousand_articles_ask_only_for_what_is_in_sight(shown, scheme):
    model = Counting()
    model.load(rows(50_000))
    view = CardList("Articles", model)
    delegate = ArticleDelegate(LIGHT)
    delegate.labels = scheme.labels
    view.setItemDelegate(delegate)
    shown(view, 270, 800)
    view.grab()
    for place in (0, 25_000, 49_999):
        model.asked = 0
        view.scrollTo(model.index(place))
        view.grab()
        assert 0 < model.asked < 300


def test_one_change_among_fifty_thousand_is_drawn_without_asking_for_the_rest(shown):
    model = Counting()
    model.load(rows(50_000))
    view = CardList("Articles", model)
    view.setItemDelegate(ArticleDelegate(LIGHT))
    shown(view, 270, 800)
    view.grab()
    model.asked = 0
    model.refresh({"a3": model.row(3)._replace(state="to do", counts={"claim": 2})})
    view.grab()
    assert model.asked < 300
