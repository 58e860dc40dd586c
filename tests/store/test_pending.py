"""A change that can't be written stays in memory, is written aside, is said, and comes back."""

import importlib
import os
import resource
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from store_values import add_article, add_span, marked, write

from annotator.model.records import Annotation, Article, Progress
from annotator.model.scheme import Scheme
from annotator.store import ArticleQuery, Home, NotSaved, Project, ProjectError
from annotator.store.connection import COMMIT_PATIENCE, Connection

Hindrance = Callable[[Project], "Iterator[None]"]


@contextmanager
def full_disk(project: Project) -> Iterator[None]:
    """Let the database grow no further, as a full disk does."""
    pages = project._file.value("PRAGMA page_count")
    project._file.value(f"PRAGMA max_page_count = {pages}")
    filler = [project._file.value("PRAGMA freelist_count")]
    assert filler == [0]
    yield
    with suppress(sqlite3.ProgrammingError):  # The project may have been closed meanwhile.
        project._file.value("PRAGMA max_page_count = 1073741823")


@contextmanager
def size_limit(project: Project) -> Iterator[None]:
    """Let no file grow beyond the size of the project, as a quota does."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (project.path.stat().st_size, limits[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@contextmanager
def moved(project: Project) -> Iterator[None]:
    away = project.path.with_name("moved.annotator")
    project.path.rename(away)
    yield
    away.rename(project.path)


@contextmanager
def folder_gone(project: Project) -> Iterator[None]:
    """Take the whole folder away, as an unplugged disk does."""
    away = project.path.parent.with_name("unplugged")
    project.path.parent.rename(away)
    yield
    away.rename(project.path.parent)


@contextmanager
def replaced(project: Project) -> Iterator[None]:
    away = project.path.with_name("away.annotator")
    project.path.rename(away)
    shutil.copyfile(away, project.path)
    stranger = project.path.read_bytes()
    yield
    assert project.path.read_bytes() == stranger
    away.replace(project.path)


@contextmanager
def locked(project: Project) -> Iterator[None]:
    with lock(project.path, "IMMEDIATE"):
        yield


@contextmanager
def locked_for_all(project: Project) -> Iterator[None]:
    with lock(project.path, "EXCLUSIVE"):
        yield


@contextmanager
def lock(path: Path, kind: str) -> Iterator[None]:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute(f"BEGIN {kind}")
    yield
    other.close()


@contextmanager
def read_only(project: Project) -> Iterator[None]:
    """Take the right to write from the file and its folder."""
    project.path.chmod(0o444)
    project.path.parent.chmod(0o555)
    yield
    project.path.parent.chmod(0o777)
    project.path.chmod(0o666)


@pytest.fixture
def ordinary_person() -> Iterator[Path]:
    """Give up the rights of root, for whom nothing is read-only; return a folder of one's own."""
    importlib.import_module("sqlite_utils")  # an ordinary person may not be able to read root's Python
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    if os.geteuid() != 0:
        yield folder
    else:
        os.setresuid(65534, 65534, 0)
        yield folder
        os.setresuid(0, 0, 0)
    shutil.rmtree(folder)


@pytest.fixture
def project(ordinary_person: Path, scheme: Scheme) -> Iterator[Project]:
    (ordinary_person / "projects").mkdir()
    path = ordinary_person / "projects" / "test.annotator"
    home = Home(ordinary_person / "home")
    with Project.create(path, scheme=scheme, title="Test", home=home) as project:
        yield project


@pytest.fixture
def article(project: Project) -> Article:
    return add_article(project)


def big_span(article: Article) -> Annotation:
    """Make a span that needs new pages in the file."""
    return marked(article, note="long " * 5000)


HINDRANCES = {
    "the disk that holds “test.annotator” is full; free some space": full_disk,
    "or its folder can't be written; allow writing to both and check their disk": size_limit,
    "is no longer in the folder": moved,
    "“test.annotator” is no longer in the folder": folder_gone,
    "another file has taken the place of “test.annotator”; open the project again": replaced,
    "another program has locked “test.annotator”; close it there": locked,
    "“test.annotator” or its folder can't be written; allow writing to both": read_only,
}


@pytest.fixture(params=HINDRANCES.items(), ids=lambda item: item[1].__name__)
def hindrance(request: pytest.FixtureRequest) -> tuple[str, Hindrance]:
    return request.param  # type: ignore[no-any-return]


def test_what_cant_be_written_is_said_kept_shown_and_comes_back(
    project: Project, article: Article, hindrance: tuple[str, Hindrance]
) -> None:
    sentence, hinder = hindrance
    span = big_span(article)
    with hinder(project):  # type: ignore[attr-defined]
        with pytest.raises(NotSaved) as caught:
            write(project, span, action="tag as Claim")
        said = str(caught.value)
        assert said.startswith("“tag as Claim” is kept aside and not yet saved: ")
        assert sentence in said
        assert said.endswith(".")
        assert project.annotation(span.id) == span
        assert project.annotations(article.id) == (span,)
        assert [draft.action for draft in project.pending] == ["tag as Claim"]
        with pytest.raises(NotSaved, match="tag as Claim"):
            project.retry_pending()
    assert project.retry_pending() == 1
    assert project.pending == ()
    assert project.annotations(article.id) == (span,)
    assert project._file.value("SELECT count(*) FROM change") == 3
    assert project.problems() == []
    assert not any(project._home.aside.rglob("*.jsonl"))


def test_the_next_window_writes_what_was_kept_aside(
    project: Project, article: Article, hindrance: tuple[str, Hindrance]
) -> None:
    _, hinder = hindrance
    span = big_span(article)
    with hinder(project):  # type: ignore[attr-defined]
        with pytest.raises(NotSaved):
            write(project, span)
        project.close()
    with Project.open(project.path, home=project._home) as again:
        assert again.annotation(span.id) == span
        assert again.pending == ()
        assert again.problems() == []
    assert not any(project._home.aside.rglob("*.jsonl"))


def test_work_goes_on_in_order_while_nothing_can_be_written(project: Project, article: Article) -> None:
    first = add_span(project, article, "medics")
    with locked(project):
        claim = marked(article)
        for span in (claim, replace(claim, label="quote"), replace(first, label="quote")):
            with pytest.raises(NotSaved):
                write(project, span)
        with pytest.raises(NotSaved):
            write(project, Progress(article.id, "mina", "done"))
        assert len(project.pending) == 4
        assert [a.label for a in project.annotations(article.id)] == ["quote", "quote"]
        assert project.articles(ArticleQuery(annotator="mina"))[0].state == "done"
        assert len(project.history("annotation", claim.id)) == 2
        assert project.own_actions("mina")[-1][2] == "write"
    add_span(project, article, "Aleppo")
    assert project.pending == ()
    assert [a.label for a in project.annotations(article.id)] == ["claim", "quote", "quote"]
    assert [step.body and step.body["label"] for step in project.history("annotation", claim.id)] == [
        *("claim", "quote")
    ]
    assert project.problems() == []


def test_an_undo_of_a_change_kept_aside_comes_back_with_it(project: Project, article: Article) -> None:
    from annotator.model.change import Draft

    span = marked(article)
    with locked(project):
        with pytest.raises(NotSaved):
            write(project, span)
        change_id = project.own_actions("mina")[-1][0]
        change = project.change(change_id)
        assert change is not None
        undo = tuple(replace(r, body=None) for r in change.revisions)
        with pytest.raises(NotSaved):
            project.commit(Draft("undo", "mina", undo, undoes=change_id))
        assert project.annotations(article.id) == ()
    assert project.retry_pending() == 2
    assert project.annotations(article.id) == ()
    assert [action[:2] for action in project.own_actions("mina")][-1][1] == change_id
    assert project.change(change_id) is not None


def test_an_import_that_cant_be_written_keeps_its_texts(project: Project) -> None:
    with locked(project):
        with pytest.raises(NotSaved):
            add_article(project, "A text of its own.")
        (article_id,) = project.article_ids()
        project.close()
    with Project.open(project.path, home=project._home) as again:
        article = again.article(article_id)
        assert article is not None
        assert again.text(article.sha256) == "A text of its own."


def test_a_lock_is_not_waited_for_again_and_again(
    project: Project, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A window must not stand still: after the first wait, reads fail at once until the lock is gone."""
    patience: list[int] = []
    wait = Connection.wait
    monkeypatch.setattr(Connection, "wait", lambda self, ms: (patience.append(ms), wait(self, ms))[1])
    with locked_for_all(project):
        for _ in range(2):
            with pytest.raises(NotSaved, match="another program has locked"):
                add_span(project, article)
        assert patience[0] == COMMIT_PATIENCE
        assert set(patience[1:]) == {0}
        with pytest.raises(ProjectError, match="Another program has locked"):
            project.annotations(article.id)
        assert project.changed_since(project_mark := 2) == (project_mark, frozenset())
    assert project.retry_pending() == 2
    assert len(project.annotations(article.id)) == 2
    assert project._file.raw.execute("PRAGMA busy_timeout").fetchone() == (5000,)
    assert COMMIT_PATIENCE < 1000


def test_a_deleted_file_comes_back_from_a_backup_with_what_was_kept_aside(
    project: Project, article: Article
) -> None:
    backup = project.backup("by hand")
    project.path.unlink()
    with pytest.raises(NotSaved, match="no longer in the folder"):
        add_span(project, article)
    assert not project.path.exists()
    shutil.copyfile(backup, project.path)
    with pytest.raises(NotSaved, match="another file has taken the place"):
        project.retry_pending()
    assert len(project.annotations(article.id)) == 1
    project.close()
    with Project.open(project.path, home=project._home) as again:
        assert len(again.annotations(article.id)) == 1


def test_nothing_is_written_to_another_project_of_the_same_name(
    project: Project, article: Article, scheme: Scheme
) -> None:
    other_path = project.path.with_name("other.annotator")
    Project.create(other_path, scheme=scheme, title="Other", home=project._home).close()
    away = project.path.with_name("away.annotator")
    project.path.rename(away)
    other_path.rename(project.path)
    before = project.path.read_bytes()
    with pytest.raises(NotSaved):
        add_span(project, article)
    project.close()
    assert project.path.read_bytes() == before
    with Project.open(project.path, home=project._home) as other:
        assert (other.title, other.pending) == ("Other", ())
    with Project.open(away, home=project._home) as mine:
        # The path it was kept for is taken by another project, so nobody else will ask for it.
        assert len(mine.annotations(article.id)) == 1


def test_another_copy_does_not_take_what_was_kept_for_this_one(project: Project, article: Article) -> None:
    copy = Path(shutil.copy(project.path, project.path.with_name("copy.annotator")))
    with locked(project):
        with pytest.raises(NotSaved):
            add_span(project, article)
        project.close()
    with Project.open(copy, home=project._home) as other:
        assert other.annotations(article.id) == ()
    with Project.open(project.path, home=project._home) as again:
        assert len(again.annotations(article.id)) == 1


def test_two_windows_write_what_was_kept_aside_once(project: Project, article: Article) -> None:
    with locked(project), pytest.raises(NotSaved):
        add_span(project, article)
    with Project.open(project.path, home=project._home) as other:
        assert len(other.annotations(article.id)) == 1
    assert project.retry_pending() == 1
    assert [change.action for change in project.changes()].count("tag as claim") == 1
    assert project.problems() == []


def test_what_was_kept_aside_shows_while_the_file_may_not_be_written(
    project: Project, article: Article
) -> None:
    with read_only(project):
        with pytest.raises(NotSaved):
            add_span(project, article)
        project.close()
        with Project.open(project.path, home=project._home) as again:
            assert again.read_only_reason.startswith("or its folder may not be written")
            assert len(again.annotations(article.id)) == 1
            assert len(again.pending) == 1


def test_a_torn_line_kept_aside_does_not_spoil_the_others(project: Project, article: Article) -> None:
    with locked(project):
        for words in ("truce", "medics"):
            with pytest.raises(NotSaved):
                add_span(project, article, words)
        project.close()
    (file,) = project._home.aside.rglob("*.jsonl")
    file.write_bytes(file.read_bytes()[:-30] + b"\n{}\n[1]\n\xff\n")
    with Project.open(project.path, home=project._home) as again:
        assert [a.words for a in again.annotations(article.id)] == ["truce"]


def test_a_change_that_cant_even_be_kept_aside_says_so(project: Project, article: Article) -> None:
    shutil.rmtree(project._home.folder, ignore_errors=True)
    project._home.folder.write_text("a file where the folder should be")
    span = marked(article)
    with locked(project), pytest.raises(NotSaved, match="kept only while this window is open"):
        write(project, span)
    assert project.annotation(span.id) == span
    assert project.retry_pending() == 1


def test_nothing_pending_is_nothing_to_retry(project: Project) -> None:
    assert project.retry_pending() == 0
