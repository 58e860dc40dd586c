"""The Agreement page: what it asks, what it shows, and where its cells lead."""

import threading
import time
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.model.anchor import anchor
from annotator.model.change import Draft, Revision, new_id
from annotator.model.records import Annotation, Progress
from annotator.model.span import Span
from annotator.services import articles, progress
from annotator.services.agreement import MEASURES, Asked, confusion, drift, gathered, measured, passages
from annotator.services.errors import Refused
from annotator.ui.pages.agreement import AgreementPage
from annotator.ui.pages.agreement import confusing as confusing_module
from annotator.ui.pages.agreement import drift as drift_module
from annotator.ui.pages.agreement import measuring as measuring_module
from annotator.ui.pages.agreement import page as page_module
from annotator.ui.pages.agreement.rows import ROW_ROLE, PassageRow, PassagesModel, grouped
from annotator.ui.pages.agreement.tables import Tables
from annotator.ui.pages.agreement.wording import KINDS, SENTENCES, SHORT
from annotator.ui.plots.values import short
from annotator.ui.theme import DARK, LIGHT

Key = Qt.Key
TEXT = "Kerry said: the truce is not dead 👩‍👩‍👧. قُتل تسعة أشخاص in Hama, and 12 were hurt."


def quiet(_done: int, _total: int) -> None:
    """Hear how far the work is, and let it go on."""


def where(words: str) -> list[Span]:
    start = TEXT.index(words)
    return [Span(start, start + len(words))]


def mark(article: str, who: str, label: str, words: str) -> Annotation:
    fragments = tuple(where(words))
    return Annotation(new_id(), article, who, label, fragments, anchor(TEXT, fragments))


@pytest.fixture
def wire(project, session) -> list[str]:
    """Four articles: three done by Ada and Ben, two of them by Cem too, the last by Ada alone."""
    made = [articles.add(project, actor="Ada", raw=f"{TEXT} {i}", title=f"Report {i}").id for i in range(4)]
    work: list[Annotation | Progress] = [
        mark(made[0], "Ben", "claim", "12 were hurt"),
        mark(made[0], "Cem", "claim", "the truce is not dead"),
    ]
    for article in made:
        work.append(mark(article, "Ada", "claim", "the truce is not dead"))
        work.append(mark(article, "Ada", "casualty", "12 were hurt"))
    for article in made[:3]:
        work.append(mark(article, "Ben", "claim", "truce is not dead"))
        work.append(mark(article, "Ben", "quote", "قُتل تسعة أشخاص"))
    for who, done in (("Ada", made), ("Ben", made[:3]), ("Cem", made[:2])):
        work += [Progress(article, who, "done") for article in done]
    project.commit(Draft("import", "Ada", tuple(map(Revision.of, work))))
    session.publish()
    session.open_article(made[0])
    return made


@pytest.fixture
def page(session, wire, shown, qtbot) -> AgreementPage:
    page = shown(AgreementPage(session, LIGHT), 1100, 800)
    settle(page, qtbot)
    return page


def settle(page, qtbot) -> None:
    """Wait until all that was asked is answered."""
    qtbot.waitUntil(lambda: not page.is_busy, timeout=20_000)


def answer(project, asked=None):
    corpus = gathered(project, asked or Asked(layers=("Ada", "Ben", "Cem")), quiet)
    return corpus, measured(corpus, quiet)


def shown_words(view) -> list[list[str]]:
    model = view.table
    return [
        [model.index(row, at).data() for at in range(model.columnCount())] for row in range(model.rowCount())
    ]


def rows_of(page) -> list[PassageRow]:
    model = page.passages.model
    found = (model.index(row).data(ROW_ROLE) for row in range(model.rowCount()))
    return [row for row in found if isinstance(row, PassageRow)]


def go_to_cell(page, row: int, column: int) -> None:
    view = page.figures.measures.spans.view
    view.setFocus()
    view.setCurrentIndex(view.table.index(0, 0))
    for key, times in ((Key.Key_Down, row), (Key.Key_Right, column)):
        for _ in range(times):
            QTest.keyClick(view, key)


def test_the_values_shown_are_those_of_the_service(page, project):
    _, agreement = answer(project)
    columns = page.figures.measures._tables.of_spans()
    labels = [None, *dict.fromkeys(m.label for m in agreement.measures if m.label and not m.attribute)]
    wanted = [
        [
            "—" if (one := agreement.cell(measure, label)).value is None else short(one.value)
            for measure in columns
        ]
        for label in labels
    ]
    assert shown_words(page.figures.measures.spans.view) == wanted
    assert page.figures.head.text() == "Ada, Ben and Cem on 3 articles"


def test_one_measure_is_shown_by_pair(page, project, click):
    _, agreement = answer(project)
    click(page.figures.measures.chips["overlap-f1"])
    heads = [column.spoken for column in page.figures.measures.spans.view.grid.columns]
    assert heads == ["All", "Ada · Ben", "Ada · Cem", "Ben · Cem"]
    first = [agreement.cell("overlap-f1", None, pair).value for pair in (None, ("Ada", "Ben"))]
    assert shown_words(page.figures.measures.spans.view)[0][:2] == [short(value) for value in first]


def test_cells_say_interval_and_number(page, project):
    _, agreement = answer(project)
    one = agreement.cell("overlap-f1")
    cell = page.figures.measures.spans.view.grid.cell(
        0, page.figures.measures._tables.of_spans().index("overlap-f1")
    )
    assert cell.below == (f"{short(one.low)} to {short(one.high)}", f"n {one.n:,}")
    assert "95 % interval" in cell.told


def test_undefined_cells_say_why(page, project):
    _, agreement = answer(project)
    undefined = [m for m in agreement.measures if m.value is None and m.pair is None and not m.attribute]
    assert undefined
    tables = page.figures.measures._tables
    grid = page.figures.measures.spans.view.grid
    for one in undefined:
        row = next(at for at, head in enumerate(grid.rows) if head.words == tables.label(one.label)[0])
        cell = grid.cell(row, tables.of_spans().index(one.measure))
        assert (cell.words, cell.reason) == ("—", one.undefined)
        assert one.undefined in cell.told


def test_each_measure_has_its_sentence_and_its_page_in_the_guide(page, session, qtbot, click):
    assert set(SENTENCES) == set(SHORT) == set(MEASURES)
    go_to_cell(page, 0, 1)
    assert page.figures.measures.spans.sentence.text() == SENTENCES["overlap-f1"]
    with qtbot.waitSignal(session.guide_wanted) as heard:
        click(page.figures.measures.spans.guide)
    assert heard.args[0].startswith("agreement")


def test_a_choice_is_measured_anew(page, project, click, qtbot):
    click(page.choices.layers["Cem"])
    settle(page, qtbot)
    assert page.figures.head.text() == "Ada and Ben on 3 articles"
    click(page.choices.this_one)
    settle(page, qtbot)
    assert page.figures.head.text() == "Ada and Ben on 1 article"
    page.choices.threshold.setValue(100)
    settle(page, qtbot)
    asked = Asked(layers=("Ada", "Ben"), articles=(page.session.article.id,), threshold=1.0)
    _, agreement = answer(project, asked)
    place = page.figures.measures._tables.of_spans().index("overlap-f1")
    value = agreement.cell("overlap-f1").value
    assert shown_words(page.figures.measures.spans.view)[0][place] == short(value)


def test_only_chosen_labels_are_compared(page, click, qtbot):
    click(page.choices.labels["claim"])
    settle(page, qtbot)
    assert [head.words for head in page.figures.measures.spans.view.grid.rows] == ["All labels", "Claim"]


def test_the_articles_of_the_filtered_list_can_be_taken(page, session, wire, click, qtbot):
    session.listed = lambda: (wire[1], wire[2])
    click(page.choices.listed)
    settle(page, qtbot)
    assert page.figures.head.text() == "Ada, Ben and Cem on 2 articles"


def test_one_annotator_alone_is_told_so(page, click, qtbot):
    for name in ("Ada", "Ben"):
        click(page.choices.layers[name])
    settle(page, qtbot)
    assert page.figures.views.currentWidget() is page.figures.empty
    assert page.figures.empty.sentence.text().startswith("One annotator alone can't agree")
    click(page.choices.layers["Ada"])
    settle(page, qtbot)
    assert page.figures.views.currentWidget() is page.figures.measures


def test_a_change_of_the_project_is_taken_in(page, project, session, wire, qtbot):
    progress.mark(project, actor="Ben", article=wire[3], state="done")
    session.publish()
    settle(page, qtbot)
    assert page.figures.head.text() == "Ada, Ben and Cem on 4 articles"


def test_a_project_without_colleagues_says_what_to_do(session, article, shown, qtbot):
    page = shown(AgreementPage(session, LIGHT), 1000, 700)
    settle(page, qtbot)
    assert "bring in a colleague's" in page.figures.empty.sentence.text()


def test_the_cell_where_the_keyboard_is_stays_in_sight(page, qtbot):
    page.resize(900, 420)
    view = page.figures.measures.spans.view
    last = view.table.rowCount() - 1
    go_to_cell(page, last, 0)
    cell = view.visualRect(view.table.index(last, 0))
    seen = page.figures.measures.viewport()
    qtbot.waitUntil(lambda: seen.rect().contains(view.viewport().mapTo(seen, cell.center())))


def test_attributes_that_nobody_filled_in_are_named_together(page, project):
    _, agreement = answer(project)
    reasons = {m.undefined for m in agreement.measures if m.attribute and m.value is None}
    assert reasons
    assert all(reason in page.figures.measures.missing.text() for reason in reasons)
    assert "Claim claimant" in page.figures.measures.missing.text()


# --- long work ----------------------------------------------------------------------------------


class Slow:
    """Stands for a service that takes its time: it goes on when it is let, and can be cancelled."""

    def __init__(self, monkeypatch) -> None:
        self.let, self.begun = threading.Event(), threading.Event()
        self.asked: list[Asked] = []
        self._real = measuring_module.measured
        monkeypatch.setattr(measuring_module, "measured", self._measured)

    def _measured(self, corpus, tell):
        if not corpus.asked.resamples:
            return self._real(corpus, tell)
        self.asked.append(corpus.asked)
        self.begun.set()
        while not self.let.wait(0.005):
            tell(1, 1_000)
        return self._real(corpus, tell)


@pytest.fixture
def slow(monkeypatch):
    slow = Slow(monkeypatch)
    yield slow
    slow.let.set()


@pytest.fixture
def waiting(slow, session, wire, shown, qtbot) -> AgreementPage:
    """The page while the intervals are being worked out."""
    page = shown(AgreementPage(session, LIGHT), 1100, 800)
    qtbot.waitUntil(lambda: slow.begun.is_set() and page.figures.line.bar.isVisible())
    return page


def test_values_are_there_before_their_intervals(waiting, slow, qtbot):
    cell = waiting.figures.measures.spans.view.grid.cell(0, 0)
    assert cell.share is not None
    assert cell.below[0] == "…"
    assert waiting.figures.line.words.text().startswith("Working out intervals")
    slow.let.set()
    settle(waiting, qtbot)
    assert " to " in waiting.figures.measures.spans.view.grid.cell(0, 0).below[0]
    assert not waiting.figures.line.bar.isVisible()


def test_the_intervals_can_be_cancelled_and_gone_on_with(waiting, slow, qtbot, click):
    click(waiting.figures.line.stop)
    settle(waiting, qtbot)
    assert waiting.figures.line.words.text() == "Stopped before the intervals were worked out."
    assert waiting.figures.measures.spans.view.grid.cell(0, 0).share is not None
    slow.let.set()
    click(waiting.figures.line.go_on)
    settle(waiting, qtbot)
    assert " to " in waiting.figures.measures.spans.view.grid.cell(0, 0).below[0]


def test_a_newer_question_takes_the_place_of_an_older(waiting, slow, qtbot, click):
    click(waiting.choices.layers["Cem"])
    qtbot.waitUntil(lambda: len(slow.asked) == 2)
    slow.let.set()
    settle(waiting, qtbot)
    assert [asked.layers for asked in slow.asked] == [("Ada", "Ben", "Cem"), ("Ada", "Ben")]
    assert waiting.figures.head.text() == "Ada and Ben on 3 articles"
    assert waiting.figures.measures._tables.is_final


def test_the_project_closes_while_it_is_measured(waiting, session):
    session.close()
    assert not waiting.measuring.is_busy


def test_what_goes_wrong_is_said_in_one_sentence(session, wire, shown, qtbot, monkeypatch):
    def refuse(_corpus, _tell):
        raise Refused("the texts can't be read; check the project")

    monkeypatch.setattr(measuring_module, "measured", refuse)
    page = shown(AgreementPage(session, LIGHT), 1100, 800)
    settle(page, qtbot)
    assert page.figures.empty.sentence.text() == "The texts can't be read; check the project."


def test_values_stay_when_their_intervals_can_not_be_worked_out(session, wire, shown, qtbot, monkeypatch):
    real = measuring_module.measured

    def refuse(corpus, tell):
        if corpus.asked.resamples:
            raise Refused("γ found no alignment")
        return real(corpus, tell)

    monkeypatch.setattr(measuring_module, "measured", refuse)
    page = shown(AgreementPage(session, LIGHT), 1100, 800)
    settle(page, qtbot)
    assert page.figures.line.words.text() == "γ found no alignment."
    assert page.figures.measures.spans.view.grid.cell(0, 0).share is not None


# --- passages -----------------------------------------------------------------------------------


def test_enter_on_a_cell_lists_its_passages(page, project, qtbot):
    corpus, agreement = answer(project)
    go_to_cell(page, 1, 1)
    QTest.keyClick(page.figures.measures.spans.view, Key.Key_Return)
    settle(page, qtbot)
    wanted = passages(corpus, agreement.cell("overlap-f1", "claim"))
    order = list(KINDS)
    assert [row.passage for row in rows_of(page)] == sorted(wanted, key=lambda p: order.index(p.kind))
    assert wanted
    assert page.passages.list.hasFocus()
    QTest.keyClick(page.passages.list, Key.Key_Escape)
    assert page.right.currentWidget() is page.figures
    assert page.figures.measures.spans.view.hasFocus()


def test_one_kind_can_be_seen_alone(page, qtbot, click):
    go_to_cell(page, 0, 1)
    QTest.keyClick(page.figures.measures.spans.view, Key.Key_Return)
    settle(page, qtbot)
    kinds = {row.passage.kind for row in rows_of(page)}
    assert len(kinds) > 1
    click(page.passages.chips["one-sided"])
    assert {row.passage.kind for row in rows_of(page)} == {"one-sided"}
    click(page.passages.chips[""])
    assert {row.passage.kind for row in rows_of(page)} == kinds


def test_a_passage_opens_in_its_article(page, session, qtbot):
    go_to_cell(page, 0, 1)
    QTest.keyClick(page.figures.measures.spans.view, Key.Key_Return)
    settle(page, qtbot)
    sought, wanted = [], []
    session.sought.connect(sought.append)
    session.command_wanted.connect(wanted.append)
    QTest.keyClick(page.passages.list, Key.Key_End)
    row = page.passages.list.currentIndex().data(ROW_ROLE)
    QTest.keyClick(page.passages.list, Key.Key_Return)
    assert session.article.id == row.passage.article
    assert session.selected == row.passage.annotations[0]
    assert sought == [session.project.annotation(session.selected).hull]
    assert wanted[0] in ("page-review", "page-annotate")


def test_headings_are_passed_over(qtmodeltester, page, project):
    corpus, agreement = answer(project)
    found = passages(corpus, agreement.cell("overlap-f1"))
    model = PassagesModel(lambda p: PassageRow(p, "Claim", "#2f5be7", "Report"))
    model.load(grouped(found))
    qtmodeltester.check(model)
    assert model.first() == 1
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsEnabled


# --- confusion and drift ------------------------------------------------------------------------


def test_the_matrix_counts_as_the_service_does(page, project, click, qtbot):
    corpus, _ = answer(project)
    click(page.figures.tabs[page.figures.confusion])
    settle(page, qtbot)
    found = confusion(corpus, ("Ada", "Ben"))
    counts = [[f"{n:,}" for n in row] for row in found.counts]
    counts[-1][-1] = ""
    assert shown_words(page.figures.confusion.view) == counts
    assert page.figures.confusion.view.grid.rows[-1].words == "nothing"
    page.figures.confusion.pair.setCurrentIndex(1)
    settle(page, qtbot)
    assert page.figures.confusion.found.pair == ("Ada", "Cem")


def test_a_count_opens_the_spans_it_counts(page, click, qtbot):
    click(page.figures.tabs[page.figures.confusion])
    settle(page, qtbot)
    names = page.figures.confusion.found.classes
    row, column = names.index("casualty"), names.index("claim")
    view = page.figures.confusion.view
    QTest.mouseClick(
        view.viewport(),
        Qt.MouseButton.LeftButton,
        pos=view.visualRect(view.table.index(row, column)).center(),
    )
    assert [row.passage.kind for row in rows_of(page)] == ["label"]
    QTest.keyClick(page.passages.list, Key.Key_Escape)
    assert page.figures.confusion.view.hasFocus()


def test_each_annotator_has_a_line_over_time(page, project, click, qtbot):
    corpus, _ = answer(project)
    click(page.figures.tabs[page.figures.drift])
    settle(page, qtbot)
    for series in page.figures.drift.chart.lines.series:
        wanted = [(point.value, point.low, point.high) for point in drift(corpus, series.name)]
        assert [(spot.value, spot.low, spot.high) for spot in series.spots] == wanted
    assert [series.name for series in page.figures.drift.chart.lines.series] == ["Ada", "Ben", "Cem"]
    if page.figures.drift.by_date.isEnabled():
        click(page.figures.drift.by_date)
        assert all(spot.at > 1e9 for series in page.figures.drift.chart.lines.series for spot in series.spots)


@pytest.mark.parametrize("what", ["passages", "confusion", "drift"])
def test_long_work_can_be_cancelled_and_gone_on_with(page, click, qtbot, monkeypatch, what):
    module, name = {
        "passages": (page_module, "passages"),
        "confusion": (confusing_module, "confusion"),
        "drift": (drift_module, "drifts"),
    }[what]

    def endless(*args):
        while True:
            args[-1](1, 3)
            time.sleep(0.002)

    monkeypatch.setattr(module, name, endless)
    if what == "passages":
        go_to_cell(page, 1, 1)
        QTest.keyClick(page.figures.measures.spans.view, Key.Key_Return)
        line = page.passages.line
    else:
        view = getattr(page.figures, what)
        click(page.figures.tabs[view])
        line = view.line
    qtbot.waitUntil(lambda: line.stop.isVisible() and line.words.text().endswith(" 1 of 3"))
    click(line.stop)
    qtbot.waitUntil(lambda: not page.is_busy)
    assert line.words.text().startswith("Stopped before")
    assert (line.stop.isVisible(), line.bar.isVisible(), line.go_on.isVisible()) == (False, False, True)
    monkeypatch.undo()
    click(line.go_on)
    settle(page, qtbot)
    assert (line.words.text(), line.go_on.isVisible()) == ("", False)
    assert {
        "passages": lambda: rows_of(page),
        "confusion": lambda: page.figures.confusion.found,
        "drift": lambda: page.figures.drift.chart.lines.series,
    }[what]()


# --- looks --------------------------------------------------------------------------------------


def test_the_theme_reaches_every_part(page, click, qtbot):
    for tab in page.figures.tabs.values():
        click(tab)
        settle(page, qtbot)
        light = page.grab().toImage()
        page.set_theme(DARK)
        QApplication.processEvents()
        assert page.grab().toImage() != light
        page.set_theme(LIGHT)


def test_a_measure_that_is_not_taken_for_all_labels_says_so(page, project):
    corpus, agreement = answer(project)
    fewer = tuple(m for m in agreement.measures if (m.measure, m.label) != ("alpha-u", None))
    table = Tables(replace(agreement, measures=fewer), corpus.scheme, "", is_final=True).overview()
    column = [head.words for head in table.grid.columns].index(SHORT["alpha-u"])
    assert table.grid.cell(0, column).reason == "taken by label only"
    assert table.measured(0, column) is None
    assert table.grid.cell(1, column).words != ""


def test_another_open_article_is_another_question(page, session, wire, click, qtbot):
    click(page.choices.this_one)
    settle(page, qtbot)
    before = page._asked
    session.open_article(wire[2])
    settle(page, qtbot)
    assert page._asked.articles == (wire[2],) != before.articles
    assert page.figures.head.text() == "Ada, Ben and Cem on 1 article"


def test_a_list_filtered_elsewhere_is_another_question(page, session, wire, click, qtbot):
    click(page.choices.listed)
    settle(page, qtbot)
    page.hide()
    session.listed = lambda: (wire[1],)
    page.show()
    settle(page, qtbot)
    assert page.figures.head.text() == "Ada, Ben and Cem on 1 article"


def test_a_question_that_can_not_be_answered_drops_the_one_before(waiting, slow, qtbot, click):
    for name in ("Ada", "Ben"):
        click(waiting.choices.layers[name])
    settle(waiting, qtbot)
    assert waiting.figures.empty.sentence.text().startswith("One annotator alone")
    assert waiting.figures.line.words.text() == ""
