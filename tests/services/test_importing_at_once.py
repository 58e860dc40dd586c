"""Two windows that import at once: what each brings stays."""

import json

import pytest

from annotator.model.change import Draft, Revision
from annotator.services import importing
from annotator.store import Project, Stale


@pytest.fixture
def other(project, home):
    """The same project in another window."""
    with Project.open(project.path, home=home) as other:
        yield other


def work(path, label, number, entity=""):
    head = {"format": "annotator", "version": 1}
    if entity:
        head["entities"] = [{"id": "e1", "kind": "actor", "name": entity}]
    span = {"id": f"span {number}", "label": label, "fragments": [[0, 7]]}
    row = {"text": f"Article {number} words here", "annotations": [span]}
    path.write_text("\n".join(map(json.dumps, (head, row))), encoding="utf-8")
    return path


def planned(project, file):
    return importing.plan(project, [file], actor="ann")


def labels(project):
    return {label.id for label in project.scheme.labels}


def test_imports_planned_at_once_both_leave_their_labels_in_the_scheme(project, other, tmp_path):
    first = planned(project, work(tmp_path / "1.jsonl", "new1", 1))
    second = planned(other, work(tmp_path / "2.jsonl", "new2", 2))
    version = project.scheme.version
    importing.apply(project, first)
    importing.apply(other, second)
    project.refresh()
    assert {"new1", "new2"} <= labels(project)
    assert labels(project) == labels(other)
    assert project.scheme.version == version + 2
    assert len(project.article_ids()) == 2
    assert project.problems() == []


def test_an_import_is_planned_on_the_scheme_as_it_is_now(project, other, tmp_path):
    importing.apply(other, planned(other, work(tmp_path / "1.jsonl", "new1", 1)))
    importing.apply(project, planned(project, work(tmp_path / "2.jsonl", "new2", 2)))
    assert {"new1", "new2"} <= labels(project)


def test_the_same_file_imported_at_once_comes_in_once(project, other, tmp_path):
    file = work(tmp_path / "1.jsonl", "new1", 1)
    first, second = planned(project, file), planned(other, file)
    assert importing.apply(project, first)
    assert importing.apply(other, second) is None
    assert len(project.history("annotation", "span 1")) == 1


def test_what_another_import_brought_meanwhile_is_not_overwritten(project, other, tmp_path):
    first = planned(project, work(tmp_path / "1.jsonl", "new1", 1, entity="UN"))
    second = planned(other, work(tmp_path / "2.jsonl", "new2", 2, entity="Other"))
    importing.apply(project, first)
    importing.apply(other, second)
    assert project.entity("e1").name == "UN"
    assert {a.label for i in project.article_ids() for a in project.annotations(i)} == {"new1", "new2"}


def test_a_change_made_from_what_has_changed_since_is_refused(project, other):
    since = project.mark()
    title = (Revision("project", project.id, {"title": "One"}),)
    other.commit(Draft("rename", "noor", title))
    with pytest.raises(Stale, match="changed meanwhile") as caught:
        project.commit(Draft("rename", "ann", title), since=since)
    assert caught.value.keys == {("project", project.id)}
    assert project.pending == ()
    project.commit(Draft("rename", "ann", title), since=project.refresh())


class Stopped(Exception):
    """Somebody pressed Cancel."""


@pytest.mark.parametrize("row", range(1, 9))
def test_an_import_stopped_at_any_row_leaves_nothing_and_can_be_done_later(project, tmp_path, row):
    one = planned(project, work(tmp_path / "1.jsonl", "new1", 1))
    before = project.mark()
    told = []

    def stop(done, total):
        told.append((done, total))
        if len(told) == row:
            raise Stopped

    with pytest.raises(Stopped):
        importing.apply(project, one, stop)
    assert project.mark() == before
    assert project.article_ids() == ()
    assert importing.apply(project, one, stop)
    assert all(done < total for done, total in told)
    assert len(project.article_ids()) == 1
