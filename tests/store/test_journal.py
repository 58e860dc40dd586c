"""The journal: chained, never altered, each feed numbered without a gap."""

import json
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from store_values import add_article, add_span, gone, marked, remove, revision, write

from annotator.model.change import Draft, Revision, chain_hash
from annotator.model.records import Entity
from annotator.store import Home, Project, ProjectError, projections


def feeds_of(project: Project) -> list[tuple[str, int]]:
    """List feed and number of each change, in the order they arrived."""
    return project._file.rows("SELECT feed, n FROM change ORDER BY arrival")


def test_each_change_names_what_it_replaces(project: Project) -> None:
    article = add_article(project)
    span = add_span(project, article)
    relabelled = write(project, replace(span, label="quote"))
    assert relabelled.revisions[0].parent == project.history("annotation", span.id)[0].change.id
    assert project.parent_bodies(relabelled) == {
        ("annotation", span.id): json.loads(json.dumps(span.to_body()))
    }
    assert project.change(relabelled.id) == relabelled


def test_the_history_tells_who_did_what_oldest_first(project: Project) -> None:
    span = add_span(project, add_article(project))
    write(project, replace(span, label="quote"), actor="noor", action="relabel as Quote")
    remove(project, span)
    steps = project.history("annotation", span.id)
    assert [(step.change.actor, step.change.action) for step in steps] == [
        ("mina", "tag as claim"),
        ("noor", "relabel as Quote"),
        ("mina", "delete"),
    ]
    assert [step.body and step.body["label"] for step in steps] == ["claim", "quote", None]
    assert project.annotation(span.id) is None


def test_changes_come_newest_first_and_by_article(project: Project) -> None:
    article, other = add_article(project), add_article(project, "Another text.")
    span = add_span(project, article)
    remove(project, span)
    assert [change.action for change in project.changes(limit=2)] == ["delete", "tag as claim"]
    assert [change.action for change in project.changes(article=article.id)] == [
        *("delete", "tag as claim", "import")
    ]
    assert [change.action for change in project.changes(article=other.id)] == ["import"]
    assert len(project.changes()) == 5


def test_own_actions_come_in_order_with_what_they_undo(project: Project) -> None:
    article = add_article(project)
    tagged = write(project, marked(article), action="tag as Claim")
    write(project, marked(article), actor="noor")
    undone = project.commit(
        Draft("undo tag as Claim", "mina", (Revision(*tagged.revisions[0].key, None),), undoes=tagged.id)
    )
    assert project.own_actions("mina")[-2:] == [
        (tagged.id, None, "tag as Claim"),
        (undone.id, tagged.id, "undo tag as Claim"),
    ]


def test_an_object_named_twice_in_a_draft_is_written_once(project: Project) -> None:
    span = marked(add_article(project))
    write(project, span, replace(span, label="quote"))
    assert project.annotation(span.id) == replace(span, label="quote")


def test_an_empty_draft_is_refused(project: Project) -> None:
    with pytest.raises(ProjectError, match="nothing to save"):
        project.commit(Draft("nothing", "mina", ()))


def test_half_characters_are_replaced_not_refused(project: Project) -> None:
    span = replace(marked(add_article(project)), note="half \ud83d", attributes={"\udc00": ["\ud800"]})
    change = write(project, span, actor="mi\ud800na", action="tag as \udfff")
    assert project.annotation(span.id) == replace(span, note="half \ufffd", attributes={"\ufffd": ["\ufffd"]})
    assert (change.actor, change.action) == ("mi\ufffdna", "tag as \ufffd")
    assert project.problems() == []


@pytest.mark.parametrize("table", ["change", "revision", "article_text"])
@pytest.mark.parametrize(
    "statement", ["DELETE FROM {}", "UPDATE {} SET rowid = 1", "REPLACE INTO {} SELECT * FROM {}"]
)
def test_rows_of_the_journal_are_never_altered(project: Project, table: str, statement: str) -> None:
    add_span(project, add_article(project))
    if table == "revision":
        statement = statement.replace("rowid = 1", "body = '{}'")
    with pytest.raises(sqlite3.IntegrityError, match="never altered"):
        project._file.execute(statement.format(table, table))


def test_a_feed_runs_without_a_gap_and_its_hashes_chain(project: Project) -> None:
    article = add_article(project)
    for _ in range(5):
        add_span(project, article)
    changes = project.changes()[:-1][::-1]
    assert [change.n for change in changes] == [1, 2, 3, 4, 5, 6]
    assert len({change.feed for change in changes}) == 1
    before = ""
    for change in changes:
        whole = project.change(change.id)
        assert whole is not None
        assert chain_hash(before, whole) == change.hash
        before = change.hash


def test_the_same_installation_continues_its_feed_in_the_same_file(project: Project, home: Home) -> None:
    add_article(project)
    project.close()
    for i in range(3):
        with Project.open(project.path, home=home) as again:
            add_article(again, f"Text {i}.")
    with Project.open(project.path, home=home) as again:
        feeds = feeds_of(again)[1:]
    assert [n for _, n in feeds] == [1, 2, 3, 4]
    assert len({feed for feed, _ in feeds}) == 1


def test_another_installation_begins_its_own_feed(project: Project, tmp_path: Path) -> None:
    add_article(project)
    project.close()
    with Project.open(project.path, home=Home(tmp_path / "elsewhere")) as again:
        add_article(again, "Text.")
        assert [n for _, n in feeds_of(again)] == [1, 1, 1]


def test_a_copy_begins_its_own_feed_and_the_original_continues(
    project: Project, home: Home, tmp_path: Path
) -> None:
    add_article(project)
    project.close()
    copy = Path(shutil.copy(project.path, tmp_path / "copy.annotator"))
    with Project.open(copy, home=home) as other, Project.open(project.path, home=home) as same:
        add_article(other, "In the copy.")
        add_article(same, "In the original.")
        assert feeds_of(same)[-1] == (feeds_of(same)[1][0], 2)
        assert feeds_of(other)[-1][1] == 1


@pytest.mark.parametrize("in_place", [True, False])
def test_a_restored_file_begins_a_new_feed(
    project: Project, home: Home, tmp_path: Path, in_place: bool
) -> None:
    article = add_article(project)
    project.close()
    old = Path(shutil.copy(project.path, tmp_path / "old.annotator"))
    with Project.open(project.path, home=home) as again:
        lost = add_span(again, article)
        ahead = feeds_of(again)[-1]
    shutil.copyfile(old, project.path) if in_place else old.replace(project.path)
    with Project.open(project.path, home=home) as restored:
        assert restored.annotation(lost.id) is None
        add_span(restored, article)
        assert ahead not in feeds_of(restored)
        assert restored.problems() == []


def test_a_file_put_back_and_forth_never_repeats_a_number(
    project: Project, home: Home, tmp_path: Path
) -> None:
    """Whatever way copies trade places, feed and number name one change."""
    article = add_article(project)
    project.close()
    seen: dict[tuple[str, int], str] = {}
    spare = tmp_path / "spare.annotator"
    for turn in range(12):
        if turn % 3 == 0:
            shutil.copyfile(project.path, spare)
        elif turn % 3 == 2:
            held = tmp_path / "held.annotator"
            project.path.replace(held)
            spare.replace(project.path)
            held.replace(spare)
        for path in (project.path, spare):
            with Project.open(path, home=home) as again:
                add_span(again, article)
                for feed, n, change in again._file.rows("SELECT feed, n, id FROM change"):
                    assert seen.setdefault((feed, n), change) == change


def test_a_killed_process_leaves_its_feed_behind(project: Project, home: Home) -> None:
    article = add_article(project)
    project.close()
    killed = Project.open(project.path, home=home)
    add_span(killed, article)
    assert feeds_of(killed)[-1][1] == 2
    # As after a kill: the file is let go without the head being remembered.
    killed._file.close()
    with Project.open(project.path, home=home) as again:
        add_span(again, article)
        assert feeds_of(again)[-1][1] == 1
        assert again.problems() == []


def test_a_backup_put_in_place_after_a_kill_does_not_repeat_the_numbers_of_the_killed(
    project: Project, home: Home, tmp_path: Path
) -> None:
    article = add_article(project)
    project.close()
    old = Path(shutil.copy(project.path, tmp_path / "old.annotator"))
    killed = Project.open(project.path, home=home)
    add_span(killed, article)
    lost = feeds_of(killed)[-1]
    killed._file.close()
    old.replace(project.path)
    with Project.open(project.path, home=home) as restored:
        add_span(restored, article)
        assert lost not in feeds_of(restored)


def test_a_window_that_wrote_nothing_does_not_take_the_feed_along(project: Project, home: Home) -> None:
    add_article(project)
    project.close()
    with Project.open(project.path, home=home), Project.open(project.path, home=home) as again:
        add_article(again, "Text.")
        assert feeds_of(again)[-1][1] == 2


def test_a_file_restored_under_an_open_window_begins_a_new_feed(project: Project, tmp_path: Path) -> None:
    article = add_article(project)
    old = Path(shutil.copy(project.path, tmp_path / "old.annotator"))
    add_span(project, article)
    ahead = feeds_of(project)[-1]
    before, now = sqlite3.connect(old), sqlite3.connect(project.path)
    before.backup(now)  # in place, as a careful program would
    before.close()
    now.close()
    add_span(project, article, "medics")
    assert ahead not in feeds_of(project)
    assert project.problems() == []


def test_a_ruined_memory_of_feeds_only_means_a_new_feed(project: Project, home: Home) -> None:
    add_article(project)
    project.close()
    for content in (b"", b"[]", b'{"feed": 1}', b"\xff"):
        for file in home.heads.iterdir():
            file.write_bytes(content)
        with Project.open(project.path, home=home) as again:
            add_article(again, repr(content))
            assert again.problems() == []


def test_ids_of_any_characters_stay_apart(project: Project) -> None:
    names = ["x", "x\0", "x\0y", "", "\0", "'", '"', "😀", "x" * 5000]
    for name in names:
        write(project, Entity(name, "actor", name))
    assert {entity.id for entity in project.entities()} == set(names)
    assert project.problems() == []


def test_a_change_that_is_cancelled_leaves_the_project_as_it_was(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = add_article(project)

    def cancelled(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(projections, "project", cancelled)
        with pytest.raises(KeyboardInterrupt):
            add_span(project, article)
    assert project.annotations(article.id) == ()
    assert project.pending == ()
    assert len(project.changes()) == 2
    add_span(project, article)
    assert project.problems() == []


def test_deleting_what_never_was_is_recorded(project: Project) -> None:
    span = marked(add_article(project))
    project.commit(Draft("delete", "mina", (gone(span), revision(marked(add_article(project))))))
    assert project.annotation(span.id) is None
    assert project.problems() == []
