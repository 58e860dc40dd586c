"""Starting the program: the sample, the first hint, the name, coming back."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shell_steps import Key, select, tag, view

from annotator.services import articles, person
from annotator.services.samples import sample
from annotator.store import Project
from annotator.ui.dialogs.name import AskName
from annotator.ui.flows import projects


def test_the_first_start_opens_a_copy_of_the_sample(desk, home):
    window = desk.open()
    assert window.session.path == home.samples / "Sample.annotator"
    assert window.windowTitle() == "Aleppo ceasefire, Sept 2016 – Annotator"
    article = window.session.article
    assert article.title == "Fighting in Aleppo further buries hopes for Syria truce"
    assert (article.outlet, article.published, article.language) == ("Daily Sabah", "2016-09-21", "en")
    assert "killed four medical workers" in window.session.text
    assert [label.title for label in window.session.project.scheme.labels][:3] == [
        "Claim",
        "Quote",
        "Casualty report",
    ]


def test_one_line_says_what_to_do_first_until_it_was_done(desk, home):
    person.remember(home, "Ada")
    window = desk.open()
    assert window.hint.isVisible()
    assert "press 1, 2 or 3" in window.hint.sentence.text()
    tag(window, "at least 13 people dead", Key.Key_3)
    assert not window.hint.isVisible()
    assert not desk.again().hint.isVisible()


def test_the_first_line_stands_only_on_the_page_that_it_speaks_of(desk, home):
    person.remember(home, "Ada")
    window = desk.open()
    tabs = window.header._by_page
    for page in ("review", "agreement", "progress"):
        QTest.mouseClick(tabs[page], Qt.MouseButton.LeftButton)
        assert not window.hint.isVisible()
    QTest.mouseClick(tabs["review"], Qt.MouseButton.LeftButton)
    QTest.keyClick(window.review_page.view, Key.Key_Return)
    assert len(window.session.project.rulings()) == 1
    QTest.mouseClick(tabs["annotate"], Qt.MouseButton.LeftButton)
    assert window.hint.isVisible()
    window.hint.close_notice()
    QTest.mouseClick(tabs["review"], Qt.MouseButton.LeftButton)
    QTest.mouseClick(tabs["annotate"], Qt.MouseButton.LeftButton)
    assert not window.hint.isVisible()


def test_the_name_is_asked_only_when_the_first_span_is_made(desk, home, in_dialog):
    window = desk.open()
    assert QApplication.activeModalWidget() is None
    seen = []

    def answer(dialog):
        seen.append(type(dialog))
        dialog.line.setText("  Ada   Lovelace ")
        dialog.deed.click()

    in_dialog(answer)
    tag(window, "at least 13 people dead", Key.Key_3)
    assert seen == [AskName]
    assert [(a.layer, a.words) for a in window.session.annotations] == [
        ("Ada Lovelace", "at least 13 people dead")
    ]
    assert person.recall(home) == "Ada Lovelace"
    tag(window, "the truce are", Key.Key_1)
    assert len(window.session.annotations) == 2


def test_who_declines_to_give_a_name_tags_nothing(desk, in_dialog):
    window = desk.open()
    in_dialog(lambda dialog: dialog.reject())
    tag(window, "at least 13 people dead")
    assert window.session.annotations == ()
    assert window.session.passage != ()


def test_a_name_that_cannot_sign_is_explained_beneath_the_line(desk, in_dialog):
    window = desk.open()
    said = []

    def answer(dialog):
        dialog.line.setText("gold")
        dialog.deed.click()
        said.append(dialog.line.accessibleDescription())
        dialog.reject()

    in_dialog(answer)
    tag(window, "at least 13 people dead")
    assert "choose another" in said[0]


def test_the_next_start_comes_back_to_project_article_and_place(desk, home, tmp_path, scheme):
    path = tmp_path / "own.annotator"
    with Project.create(path, scheme=scheme, title="Own", home=home) as project:
        for number in (1, 2, 3):
            paragraphs = (f"Paragraph {n} of {number}. " + "Words go on. " * 60 for n in range(30))
            text = "\n\n".join(paragraphs)
            articles.add(project, actor="Ada", raw=text, title=f"Article {number}")
    window = desk.open()
    projects.open_path(window.context, path)
    second = window.session.project.titles("article 2", 1)[0][0]
    window.session.open_article(second)
    view(window).scroll_to_place(4_000, 3)
    before = view(window).scroll_place()
    window = desk.again()
    assert window.session.path == path
    assert window.session.article.id == second
    assert view(window).scroll_place() == before
    assert before[0] > 0


def test_what_was_read_is_remembered(desk, home):
    window = desk.open()
    seen = window.article_page.reading.seen
    desk.qtbot.waitUntil(lambda: bool(seen.get(window.session.article.id)))
    before = dict(seen)
    window = desk.again()
    assert window.article_page.reading.seen.keys() == before.keys()
    assert all(before[a] <= window.article_page.reading.seen[a] for a in before)


def test_size_text_size_and_theme_are_remembered(desk):
    window = desk.open()
    window.resize(1111, 777)
    window.zoom(1)
    size = view(window).text_size
    window.context.appearance.choose("dark")
    window = desk.again()
    assert view(window).text_size == size
    assert window.context.appearance.theme.name == "dark"
    assert window.settings.shape("window").size() > 0


def test_a_last_project_that_is_gone_gives_way_to_the_sample(desk, home, tmp_path, scheme):
    path = tmp_path / "gone.annotator"
    Project.create(path, scheme=scheme, title="Gone", home=home).close()
    window = desk.open()
    projects.open_path(window.context, path)
    desk.close()
    path.unlink()
    window = desk.open()
    assert window.session.path == home.samples / "Sample.annotator"


def test_a_last_project_that_is_damaged_is_explained_and_the_sample_opened(desk, home, tmp_path, scheme):
    path = tmp_path / "harmed.annotator"
    Project.create(path, scheme=scheme, title="Harmed", home=home).close()
    window = desk.open()
    projects.open_path(window.context, path)
    desk.close()
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 4000)
    window = desk.open()
    assert window.session.path == home.samples / "Sample.annotator"
    assert window.notice.isVisible()
    assert "harmed.annotator" in window.notice.sentence.text()


def test_without_any_project_the_window_shows_where_to_begin(desk, home):
    home.folder.mkdir(parents=True)
    home.samples.write_text("a file where the folder should be")
    window = desk.open()
    assert window.session.project is None
    assert window.notice.isVisible()
    assert window.stack.currentWidget().isVisible()
    assert not window.header.export.isEnabled()


def test_the_sample_is_made_once_and_kept(home):
    path = sample(home)
    before = path.read_bytes()
    assert sample(home) == path
    assert path.read_bytes() == before
    assert [p.name for p in home.samples.iterdir()] == ["Sample.annotator"]


def test_selecting_words_before_tagging_leaves_the_hint(desk):
    window = desk.open()
    select(window, "Aleppo")
    assert window.hint.isVisible()
