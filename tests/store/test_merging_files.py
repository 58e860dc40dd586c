"""Merging takes in what other files hold: all of it or nothing, once, and nothing that isn't sound."""

import random
import shutil
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from killing import rest, running
from merging_steps import merge, nothing, quiet, say_and_merge
from store_values import TEXT, add_article, add_span, gone, marked, new_article, revision, tamper, write

from annotator.model.change import Change, Draft, Revision, chain_hash, new_id, to_json
from annotator.model.scheme import Scheme
from annotator.store import Home, Project, ProjectError, Stale, foreign, incoming, projections, schema


@pytest.fixture
def copy(project: Project, tmp_path: Path) -> Iterator[Project]:
    """A colleague's copy, opened on another computer; both have one article with one span."""
    add_span(project, add_article(project))
    project._feed.close()
    path = tmp_path / "copy.annotator"
    shutil.copy(project.path, path)
    with Project.open(path, home=Home(tmp_path / "other home")) as copy:
        yield copy


def content(project: Project) -> dict[str, object]:
    tables = {table: projections.content(project._file, table) for table in projections.TABLES}
    return {**tables, "changes": project.changes()}


def test_what_a_colleague_did_comes_in_and_everything_is_as_if_it_were_built_anew(
    project: Project, copy: Project
) -> None:
    (known,) = project.annotations(project.article_ids()[0])
    article = add_article(copy, "Another text with a truce.")
    span = add_span(copy, article, "truce", text="Another text with a truce.", layer="ben")
    write(copy, marked(new_article()[0], "Aleppo", layer="ben"))
    copy.commit(Draft("delete", "ben", (gone(known),)))
    (brought,) = merge(project, copy.path)
    assert (brought.new, brought.problems) == (4, ())
    assert project.annotation(span.id) == span
    assert project.annotation(known.id) is None
    assert project.search("another")[0].article == article.id
    assert project.text(article.sha256) == "Another text with a truce."
    assert content(project) == content(copy)
    assert project.problems() == []


def test_a_second_time_nothing_new_comes(project: Project, copy: Project) -> None:
    add_span(copy, add_article(copy, "Another truce."), text="Another truce.", layer="ben")
    merge(project, copy.path)
    before = content(project)
    (brought,) = merge(project, copy.path)
    assert (brought.new, brought.changes) == (0, len(project.changes()))
    assert content(project) == before
    merge(copy, project.path)
    assert content(copy) == before


def test_files_are_merged_at_once_although_they_hold_the_same(
    project: Project, copy: Project, tmp_path: Path
) -> None:
    add_span(copy, add_article(copy, "Another truce."), text="Another truce.", layer="ben")
    copy._feed.close()
    third = tmp_path / "third.annotator"
    shutil.copy(copy.path, third)
    with Project.open(third, home=Home(tmp_path / "third home")) as later:
        write(later, marked(new_article()[0], "Syria", layer="zoe"))
    first, second = merge(project, copy.path, third)
    assert (first.new, second.new) == (2, 1)
    assert {a.layer for a in project.annotations(new_article()[0].id)} == {"mina", "zoe"}


def test_the_next_change_ranks_above_all_that_came(project: Project, copy: Project) -> None:
    (known,) = project.annotations(project.article_ids()[0])
    for note in "abcdef":
        write(copy, marked(new_article()[0], note=note, layer="ben"))
    merge(project, copy.path)
    change = project.commit(Draft("delete", "mina", (gone(known),)))
    assert change.seq == max(c.seq for c in copy.changes()) + 1


def test_another_projects_scheme_and_title_do_not_touch_ours(
    project: Project, scheme: Scheme, home: Home, tmp_path: Path
) -> None:
    article = add_article(project)
    add_span(project, article)
    small = Scheme.from_body({"scheme": {"id": "small"}, "label": [{"id": "thing"}]})
    path = tmp_path / "other.annotator"
    with Project.create(path, scheme=small, title="Other", home=home) as other:
        assert add_article(other).id == article.id
        span = add_span(other, article, "Aleppo", label="thing", layer="ben")
        other_id = other.id
    (brought,) = merge(project, path)
    assert brought.project_id == other_id != project.id
    assert (project.title, project.scheme) == ("Test", scheme)
    assert {a.layer for a in project.annotations(article.id)} == {"ben", "mina"}
    assert project.annotation(span.id) == span
    assert project.problems() == []


def test_a_change_on_top_is_written_in_the_same_transaction(project: Project, copy: Project) -> None:
    span = add_span(copy, new_article()[0], "Aleppo", layer="ben")
    seen = []

    def then(merged: Project) -> Draft:
        seen.append(merged.annotation(span.id))
        return Draft(
            "relabel", "mina", (Revision("annotation", span.id, span.to_body() | {"label": "quote"}),)
        )

    with project.incoming([copy.path], quiet) as came:
        change = project.merge(came, then)
    assert seen == [span]
    assert change is not None
    assert project.body("annotation", span.id) == span.to_body() | {"label": "quote"}
    assert change.revisions[0].parent == copy.changes()[0].id
    assert project.problems() == []


def test_where_the_change_on_top_fails_nothing_is_merged(project: Project, copy: Project) -> None:
    add_span(copy, new_article()[0], "Aleppo", layer="ben")
    before = content(project)

    def then(_merged: Project) -> Draft:
        raise ProjectError("It was not wanted.")

    with project.incoming([copy.path], quiet) as came, pytest.raises(ProjectError, match="It was not wanted"):
        project.merge(came, then)
    assert content(project) == before
    assert not project._file.raw.in_transaction


class Stopped(Exception):
    """Somebody pressed Cancel."""


@pytest.mark.parametrize("after", [0, 1, 3, 7])
def test_a_merge_that_is_stopped_leaves_nothing(project: Project, copy: Project, after: int) -> None:
    add_span(copy, add_article(copy, "Another truce."), text="Another truce.", layer="ben")
    before = content(project)
    left = after

    def tick(_rows: int) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Stopped

    with project.incoming([copy.path], quiet) as came:
        with pytest.raises(Stopped), project.ticking(tick):
            project.merge(came, nothing)
        assert content(project) == before
        project.merge(came, nothing)
    assert len(project.changes()) == len(copy.changes())


def test_reading_can_be_stopped(project: Project, copy: Project) -> None:
    write(copy, marked(new_article()[0], layer="ben"))

    def tick(_rows: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        project.incoming([copy.path], tick)


def test_what_has_come_meanwhile_by_another_way_is_said(project: Project, copy: Project) -> None:
    write(copy, marked(new_article()[0], layer="ben"))
    with project.incoming([copy.path], quiet) as came:
        merge(project, copy.path)
        with pytest.raises(Stale):
            project.merge(came, nothing)
    assert content(project) == content(copy)


def test_own_work_between_reading_and_merging_stays(project: Project, copy: Project) -> None:
    write(copy, marked(new_article()[0], layer="ben"))
    with project.incoming([copy.path], quiet) as came:
        span = add_span(project, new_article()[0], "Syria")
        project.merge(came, nothing)
    assert project.annotation(span.id) == span
    assert {a.layer for a in project.annotations(span.article)} == {"ben", "mina"}
    assert project.problems() == []


def test_a_merge_survives_being_killed(project: Project, copy: Project, home: Home) -> None:
    """Kill -9 at any moment leaves all of it or nothing."""
    spans = [marked(new_article()[0], note="x" * 500, layer="ben") for _ in range(3000)]
    copy.commit(Draft("tag", "ben", tuple(map(revision, spans))))
    project.close()
    whole, rng, fates = project.path.read_bytes(), random.Random(4), set()
    for _ in range(12):
        project.path.write_bytes(whole)
        with running(say_and_merge, project.path, home.folder, copy.path) as (process, heard):
            assert heard.recv_bytes() == b"begins"
            # Not waiting for anything: this is the random moment within the merge at which it dies.
            time.sleep(rng.random() * 0.3)
            process.kill()
            is_said = b"merged" in rest(heard)
        with Project.open(project.path, home=home) as again:
            n = len(again.annotations(new_article()[0].id))
            assert n in ((3001,) if is_said else (1, 3001))
            assert again.problems() == []
        fates.add(n)
    assert 1 in fates, "no kill fell into a merge, so nothing was proved"


# --- what can't be believed ------------------------------------------------------------------------


def forged(
    path: Path, n: int, *, seq: int = 0, change: str = "", revisions: tuple[Revision, ...] = ()
) -> None:
    """Append a change to a file whose hashes are right, as an evil program could."""
    with Project.open(path, home=Home(path.parent / "evil home")) as project:
        last = max(project.changes(), key=lambda one: one.n)
        made = Change(
            change or new_id(), last.feed, last.n + n, seq or last.seq + 1, "eve", last.at, "forge", None, ""
        )
        ordered = sorted(revisions, key=lambda r: r.key)
        whole = Change(*(getattr(made, f) for f in Change.__slots__[:-1]), tuple(ordered))
        known = chain_hash(last.hash, whole)
    row = (made.id, made.feed, made.n, made.seq, made.actor, made.at, made.action, None, known)
    tamper(
        path,
        "INSERT INTO change (id, feed, n, seq, actor, at, action, undoes, hash) VALUES (?,?,?,?,?,?,?,?,?)",
        *row,
    )
    for r in ordered:
        body = None if r.body is None else to_json(r.body)
        tamper(path, "INSERT INTO revision VALUES (?, ?, ?, ?, ?)", made.id, r.kind, r.id, body, r.parent)


@pytest.fixture
def theirs(copy: Project) -> Path:
    """A colleague's file with a good change before what is forged."""
    write(copy, marked(new_article()[0], layer="ben"))
    copy.close()
    return copy.path


def kinds(project: Project, path: Path) -> list[str]:
    (brought,) = merge(project, path)
    assert project.problems() == []
    assert {a.layer for a in project.annotations(new_article()[0].id)} == {"ben", "mina"}
    return [problem.kind for problem in brought.problems]


def test_a_right_change_is_told_from_a_forged_one(project: Project, theirs: Path) -> None:
    """The forging above is right, so that what is refused below is refused for its reason."""
    forged(theirs, 1, revisions=(revision(marked(new_article()[0], layer="ben")),))
    assert kinds(project, theirs) == []
    assert project.changes(1)[0].actor == "eve"


def test_a_gap_is_said_and_what_stands_before_it_comes(project: Project, theirs: Path) -> None:
    forged(theirs, 2, revisions=(revision(marked(new_article()[0], layer="eve")),))
    assert kinds(project, theirs) == ["gap"]


@pytest.mark.parametrize("seq", [schema.LAST_SEQ, schema.LAST_NUMBER - 1])
def test_a_number_that_leaves_no_room_is_refused(project: Project, theirs: Path, seq: int) -> None:
    forged(theirs, 1, seq=seq, revisions=(revision(marked(new_article()[0], layer="eve")),))
    assert kinds(project, theirs) == ["body"]


@pytest.mark.parametrize("kind", ["project", "scheme"])
def test_nobody_can_remove_the_scheme_or_the_project(project: Project, theirs: Path, kind: str) -> None:
    forged(theirs, 1, revisions=(Revision(kind, project.id, None),))
    assert kinds(project, theirs) == ["body"]
    assert project.title == "Test"


def test_a_change_with_the_id_of_another_adds_nothing_to_that_one(project: Project, theirs: Path) -> None:
    victim = project.commit(Draft("tag", "mina", (revision(marked(new_article()[0])),)))
    forged(theirs, 1, change=victim.id, revisions=(revision(marked(new_article()[0], layer="eve")),))
    assert kinds(project, theirs) == ["chain"]
    assert project.change(victim.id) == victim


def test_an_article_without_its_text_is_refused(project: Project, theirs: Path) -> None:
    forged(theirs, 1, revisions=(revision(new_article("Nobody has this.")[0]),))
    assert kinds(project, theirs) == ["text-hash"]


def test_a_text_that_was_altered_is_left_out_with_its_article(project: Project, copy: Project) -> None:
    write(copy, marked(new_article()[0], layer="ben"))
    add_article(copy, "Another text.")
    copy.close()
    tamper(copy.path, "UPDATE article_text SET text = 'x' WHERE pos = 2")
    assert kinds(project, copy.path) == ["text-hash", "text-hash"]


@pytest.mark.parametrize("column", ["actor", "at", "action", "hash", "id"])
def test_values_of_impossible_types_are_refused(project: Project, theirs: Path, column: str) -> None:
    """A program that writes the file's pages itself needn't keep to the types of its tables."""
    raw = sqlite3.connect(theirs, isolation_level=None)
    raw.execute("PRAGMA writable_schema=ON")
    feed = raw.execute("SELECT feed FROM change ORDER BY arrival DESC").fetchone()[0]
    sql = raw.execute("SELECT sql FROM sqlite_schema WHERE name = 'change'").fetchone()[0]
    raw.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'change'", (sql.removesuffix(" STRICT"),))
    raw.close()
    tamper(theirs, f"UPDATE change SET {column} = x'ff00' WHERE feed = '{feed}' AND n = 1")
    raw = sqlite3.connect(theirs, isolation_level=None)
    raw.execute("PRAGMA writable_schema=ON")
    raw.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'change'", (sql,))
    raw.close()
    before = content(project)
    try:
        merge(project, theirs)
    except ProjectError:
        assert content(project) == before
    assert project.problems() == []


def test_a_feed_that_went_on_in_two_ways_keeps_ours_and_names_theirs(
    project: Project, home: Home, tmp_path: Path
) -> None:
    """A file and the app-data folder were both copied to another computer."""
    article = add_article(project)
    project.close()
    twin, twin_home = tmp_path / "twin" / project.path.name, Home(tmp_path / "twin home")
    twin.parent.mkdir()
    shutil.copy(project.path, twin)
    with Project.open(project.path, home=home) as ours:
        span = add_span(ours, article)
        with Project.open(twin, home=twin_home) as theirs:
            head = ours._feed._head
            assert head is not None
            theirs._feed._head = type(head)(head.feed, 1, ours.changes()[1].hash)
            lost = add_span(theirs, article, "Aleppo", layer="ben")
            (brought,) = merge(ours, theirs.path)
        assert [problem.kind for problem in brought.problems] == ["chain"]
        assert "tag as claim" in brought.problems[0].message
        assert brought.new == 0
        assert ours.annotation(span.id)
        assert not ours.annotation(lost.id)
        assert ours.problems() == []


def test_a_later_backup_of_ones_own_brings_back_what_the_older_one_lacks(
    project: Project, home: Home, tmp_path: Path
) -> None:
    article = add_article(project)
    older = tmp_path / "older.annotator"
    shutil.copy(project.path, older)
    span = add_span(project, article)
    with Project.open(older, home=home) as restored:
        merge(restored, project.path)
        assert restored.annotation(span.id) == span
        again = add_span(restored, article, "Aleppo")
        merge(project, restored.path)
        assert project.annotation(again.id) == again
        assert restored.problems() == project.problems() == []


def test_what_waits_to_be_written_is_written_first(project: Project, copy: Project) -> None:
    write(copy, marked(new_article()[0], layer="ben"))
    with project.incoming([copy.path], quiet) as came:
        project._file.raw.execute("PRAGMA query_only=ON")
        with pytest.raises(ProjectError):
            add_span(project, new_article()[0], "Syria")
        with pytest.raises(ProjectError, match="Nothing was merged"):
            project.merge(came, nothing)
        project._file.raw.execute("PRAGMA query_only=OFF")
        project.merge(came, nothing)
    assert project.pending == ()
    assert {a.layer for a in project.annotations(new_article()[0].id)} == {"ben", "mina"}
    assert len(project.annotations(new_article()[0].id)) == 3


def test_a_read_only_project_is_not_merged_into(project: Project, copy: Project, home: Home) -> None:
    write(copy, marked(new_article()[0], layer="ben"))
    with (
        Project.open(project.path, home=home, read_only=True) as reading,
        reading.incoming([copy.path], quiet) as came,
        pytest.raises(ProjectError, match="reading only"),
    ):
        reading.merge(came, nothing)


def test_large_changes_come_in_a_part_at_a_time(
    project: Project, copy: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foreign, "_REVISIONS", 3)
    monkeypatch.setattr(foreign, "_CHANGES", 2)
    monkeypatch.setattr(incoming, "_PAGE", 4)
    spans = [marked(new_article()[0], word, layer="ben") for word in sorted(set(TEXT.split()))]
    copy.commit(Draft("tag", "ben", tuple(map(revision, spans))))
    for span in spans[:7]:
        copy.commit(Draft("delete", "ben", (gone(span),)))
    merge(project, copy.path)
    assert content(project) == content(copy)
    assert project.problems() == []
