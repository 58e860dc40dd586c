"""Forks: what was changed in two places at once is found, and nothing else."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from merging_steps import merge
from store_values import add_article, add_span, gone, new_article, revision, write

from annotator.model.change import Draft, Revision
from annotator.model.records import Annotation, Progress
from annotator.model.settlement import Settlement
from annotator.store import Home, Project
from annotator.store.connection import Connection
from annotator.store.feeds import Head
from annotator.store.journal import Entry, append


@pytest.fixture
def span(project: Project) -> Annotation:
    return add_span(project, add_article(project))


@pytest.fixture
def copy(project: Project, span: Annotation, tmp_path: Path) -> Iterator[Project]:
    """The same person's copy on another machine."""
    path = tmp_path / "copy.annotator"
    shutil.copy(project.path, path)
    with Project.open(path, home=Home(tmp_path / "other home")) as copy:
        yield copy


def noted(span: Annotation, note: str) -> Annotation:
    return replace(span, note=note)


def met(project: Project, copy: Project) -> list[list[str]]:
    """Merge both ways; return the notes of the versions of each fork, which both find."""
    merge(project, copy.path)
    merge(copy, project.path)
    assert project.forks() == copy.forks()
    assert project.forks([("annotation", a.id) for a in project.annotations(new_article()[0].id)]) == tuple(
        fork for fork in project.forks() if project.body(*fork.key)
    )
    return [
        ["gone" if step.body is None else step.body["note"] for step in fork.versions]
        for fork in project.forks()
    ]


def test_two_edits_of_one_span_are_a_fork_and_the_last_stands(
    project: Project, copy: Project, span: Annotation
) -> None:
    write(project, noted(span, "one"))
    write(copy, noted(span, "two"))
    write(copy, noted(span, "three"))
    assert met(project, copy) == [["three", "one"]]
    assert project.body("annotation", span.id) == noted(span, "three").to_body()


def test_one_edit_is_none(project: Project, copy: Project, span: Annotation) -> None:
    write(copy, noted(span, "one"))
    write(copy, noted(span, "two"))
    assert met(project, copy) == []
    write(project, noted(span, "three"))
    assert met(project, copy) == []


def test_two_edits_that_say_the_same_are_none(project: Project, copy: Project, span: Annotation) -> None:
    write(project, noted(span, "same"))
    write(copy, noted(span, "same"))
    assert met(project, copy) == []


def test_an_edit_that_was_taken_back_is_none(project: Project, copy: Project, span: Annotation) -> None:
    write(project, noted(span, "one"))
    write(project, span)
    write(copy, noted(span, "two"))
    write(copy, noted(span, "three"))
    assert met(project, copy) == []


def test_a_span_that_one_deleted_and_the_other_edited_is_a_fork(
    project: Project, copy: Project, span: Annotation
) -> None:
    write(project, noted(span, "one"))
    copy.commit(Draft("write", "ben", (revision(noted(span, "two")),)))
    copy.commit(Draft("delete", "ben", (gone(span),)))
    assert met(project, copy) == [["gone", "one"]]


def test_what_both_made_alike_is_none_and_what_they_made_otherwise_is_one(
    project: Project, copy: Project
) -> None:
    """Two who import the same file make the same objects, which have no first revision in common."""
    article = new_article()[0]
    write(project, Progress(article.id, "mina", "done"))
    write(copy, Progress(article.id, "mina", "done"))
    assert met(project, copy) == []
    write(project, replace(article, title="One"))
    write(copy, replace(article, title="Two"))
    merge(project, copy.path)
    (fork,) = project.forks()
    assert fork.key == ("article", article.id)


def test_three_versions_stand_in_one_fork(
    project: Project, copy: Project, span: Annotation, tmp_path: Path
) -> None:
    third = tmp_path / "third.annotator"
    shutil.copy(copy.path, third)
    write(project, noted(span, "one"))
    write(copy, noted(span, "two"))
    with Project.open(third, home=Home(tmp_path / "third home")) as other:
        for note in ("x", "three"):
            write(other, noted(span, note))
    merge(project, third)
    (notes,) = met(project, copy)
    assert notes[0] == "three"
    assert sorted(notes[1:]) == ["one", "two"]


def test_a_settled_fork_is_listed_no_longer_even_after_later_edits(
    project: Project, copy: Project, span: Annotation
) -> None:
    write(project, noted(span, "one"))
    for note in ("two", "three"):
        write(copy, noted(span, note))
    met(project, copy)
    lost = project.forks()[0].versions[1].change.id
    settled = Settlement("annotation", span.id, lost)
    project.commit(Draft("settle", "mina", (Revision(settled.KIND, settled.id, settled.to_body()),)))
    assert met(project, copy) == []
    write(project, noted(span, "four"))
    assert met(project, copy) == []
    write(project, noted(span, "five"))
    write(copy, noted(span, "six"))
    assert len(met(project, copy)) == 1


def excerpt(db: Connection, original: Project, change: str) -> None:
    """Copy a change into a feed of its own, with its seq, as an excerpt for a colleague does."""
    known = original.change(change)
    assert known is not None
    entry = Entry.of(Draft(known.action, known.actor, known.revisions))
    made = append(db, Head("excerpt-1"), entry)
    assert made.seq == known.seq


def test_a_copy_in_an_excerpt_is_no_version_of_its_own(
    project: Project, span: Annotation, tmp_path: Path
) -> None:
    """The colleague's edit follows on the copy; what was copied is none that they didn't know."""
    path = tmp_path / "excerpt.annotator"
    home = Home(tmp_path / "other home")
    given = project.changes()[0].id
    Project.create(path, scheme=project.scheme, title="Excerpt", home=home).close()
    with Project.open(path, home=home) as other:
        add_article(other)
        with other._file.transaction():
            excerpt(other._file, project, given)
        merge(project, path)
        assert project.forks() == ()
        write(other, noted(span, "hers"))
        merge(project, path)
        assert project.forks() == ()
        assert project.body("annotation", span.id) == noted(span, "hers").to_body()
        write(project, noted(span, "ours"))
        write(other, noted(span, "hers again"))
        merge(project, path)
        assert len(project.forks()) == 1


def test_revisions_that_lead_in_a_circle_are_followed_once(project: Project, span: Annotation) -> None:
    """Only a forged file has them: nobody writes a revision before the one that it follows."""
    first = project.changes()[0].id
    with project._file.transaction():
        for n, parent in ((1, None), (2, "c"), (3, "b")):
            row = ("abc"[n - 1], "forged", n, 90 + n, "eve", "", "write", None, "")
            project._file.execute(
                "INSERT INTO change (id, feed, n, seq, actor, at, action, undoes, hash)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            )
            project._file.execute(
                "INSERT INTO revision VALUES (?, 'annotation', ?, ?, ?)", (row[0], span.id, f"[{n}]", parent)
            )
    (fork,) = project.forks()
    assert [step.change.id for step in fork.versions] == ["c", "a", first]
