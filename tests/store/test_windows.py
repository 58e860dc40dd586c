"""Two windows on one file write safely and hear of each other."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from store_values import add_article, add_span, marked, remove, write

from annotator.model.change import Draft, Revision
from annotator.store import Home, Project
from annotator.store.errors import NotSaved


@pytest.fixture
def other(project: Project, home: Home) -> Iterator[Project]:
    with Project.open(project.path, home=home) as other:
        yield other


def test_each_window_hears_what_the_other_wrote_and_not_its_own(project: Project, other: Project) -> None:
    mark, others_mark = project.mark(), other.mark()
    article = add_article(project)
    assert project.changed_since(mark)[1] == frozenset()
    others_mark, heard = other.changed_since(others_mark)
    assert heard == {("article", article.id)}
    assert other.article(article.id) == article
    assert other.changed_since(others_mark) == (others_mark, frozenset())
    span = add_span(other, article, layer="noor")
    remove(other, span)
    add_span(project, article)
    mark, heard = project.changed_since(mark)
    assert heard == {("annotation", span.id)}
    assert project.changed_since(mark) == (mark, frozenset())


def test_a_mark_taken_long_ago_tells_everything_since(project: Project, other: Project) -> None:
    mark = project.mark()
    articles = [add_article(other, f"Text {i}.") for i in range(3)]
    later, heard = project.changed_since(mark)
    assert heard == {("article", article.id) for article in articles}
    assert project.changed_since(mark)[1] == heard
    assert project.changed_since(later)[1] == frozenset()


def test_windows_never_share_a_feed_and_lamport_numbers_rise(project: Project, other: Project) -> None:
    article = add_article(project)
    for _ in range(5):
        add_span(project, article)
        add_span(other, article, layer="noor")
    changes = project.changes()[::-1][1:]
    assert [change.seq for change in changes] == list(range(2, 13))
    by_feed = {feed: [c.n for c in changes if c.feed == feed] for feed in {c.feed for c in changes}}
    assert sorted(by_feed.values()) == [[1, 2, 3, 4, 5], [1, 2, 3, 4, 5, 6]]
    assert project.problems() == []


def test_the_later_write_wins_and_knows_what_it_replaced(project: Project, other: Project) -> None:
    article = add_article(project)
    span = add_span(project, article)
    first = write(other, span, actor="noor")
    second = write(project, span)
    assert second.revisions[0].parent == first.id
    assert other.body("annotation", span.id) == second.revisions[0].body


def test_a_new_title_and_scheme_reach_the_other_window(project: Project, other: Project) -> None:
    mark = other.mark()
    body = project.scheme.to_body()
    body["scheme"]["version"] = 7
    project.commit(
        Draft(
            "rename",
            "mina",
            (Revision("project", project.id, {"title": "New"}), Revision("scheme", project.id, body)),
        )
    )
    assert (project.title, project.scheme.version) == ("New", 7)
    other.changed_since(mark)
    assert (other.title, other.scheme.version) == ("New", 7)


def test_many_windows_writing_at_once_lose_nothing(project: Project, tmp_path: Path) -> None:
    article = add_article(project)
    homes = [Home(tmp_path / who) for who in ("a", "b", "c", "d")]

    def work(own: Home) -> list[str]:
        spans = [marked(article, layer=own.folder.name) for _ in range(25)]
        with Project.open(project.path, home=own) as mine:
            for span in spans:
                with suppress(NotSaved):  # Where others write for too long, it is kept aside.
                    write(mine, span, actor=span.layer)
        return [span.id for span in spans]

    with ThreadPoolExecutor(4) as pool:
        written = [span for spans in pool.map(work, homes) for span in spans]
    for own in homes:
        Project.open(project.path, home=own).close()
    assert {a.id for a in project.annotations(article.id)} == set(written)
    assert len(written) == 100
    assert project.problems() == []
