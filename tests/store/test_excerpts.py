"""A part of a project as a file of its own, and what happens when it is merged back."""

import tempfile
import tomllib
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_values import add_article, add_span, gone, marked, revision, write

from annotator.model.change import Change, Draft, ObjectKey, Revision
from annotator.model.excerpts import FEED, followed, is_copy, original_id
from annotator.model.records import Annotation
from annotator.model.scheme import Scheme
from annotator.services.telling import told
from annotator.services.undoing import UndoStacks, take_back
from annotator.store import Home, Project, ProjectError, projections
from annotator.store.foreign import read_foreign

SCHEME = Path(__file__).parents[2] / "resources" / "schemes" / "conflict-news.toml"
Excerpt = Callable[..., Path]


@pytest.fixture
def excerpt(project: Project, tmp_path: Path) -> Excerpt:
    """Write some objects of the project into a file."""

    def write_part(*wanted: ObjectKey, name: str = "part.annotator") -> Path:
        out = tmp_path / name
        project.excerpt(out, wanted, lambda _done, _total: None)
        return out

    return write_part


@pytest.fixture
def elsewhere(tmp_path: Path) -> Home:
    """Another computer."""
    return Home(tmp_path / "elsewhere")


def key(thing: Annotation) -> ObjectKey:
    return Annotation.KIND, thing.id


def merge(project: Project, path: Path) -> None:
    with project.incoming([path], lambda _n: None) as incoming:
        project.merge(incoming, lambda _project: None)


def edit(project: Project, span: Annotation, note: str) -> Change:
    return project.commit(Draft("edit the note", span.layer, (revision(replace(span, note=note)),)))


def everything(project: Project) -> list[ObjectKey]:
    return [thing.of(kind) for kind in project.kinds() for thing in project.things(kind)]


def test_an_excerpt_is_a_sound_file_of_the_same_project(project, excerpt, elsewhere) -> None:
    article = add_article(project)
    kept, left = add_span(project, article, "truce"), add_span(project, article, "Aleppo")
    path = excerpt(("article", article.id), key(kept))
    with Project.open(path, home=elsewhere) as part:
        assert part.id == project.id
        assert (part.title, part.scheme) == (project.title, project.scheme)
        assert part.problems() == []
        assert part.annotations(article.id) == (kept,)
        assert part.annotation(left.id) is None
        assert part.text(article.sha256) == project.text(article.sha256)
        assert part.search("truce")
    assert read_foreign(path).problems == ()


def test_the_copied_changes_keep_who_what_when_and_their_place(project, excerpt, elsewhere) -> None:
    article = add_article(project)
    spans = [add_span(project, article, word) for word in ("truce", "Aleppo", "Syria")]
    edit(project, spans[0], "again")
    path = excerpt(*everything(project))
    with Project.open(path, home=elsewhere) as part:
        copies = part.changes()[::-1]
        assert {change.feed for change in copies} == {copies[0].feed}
        assert copies[0].feed.startswith(FEED)
        assert [change.n for change in copies] == list(range(1, len(copies) + 1))
        originals = {change.id: change for change in project.changes()}
        for copy in copies:
            was = originals[original_id(copy.id)]
            assert copy.id != was.id
            assert (copy.seq, copy.actor, copy.at, copy.action) == (was.seq, was.actor, was.at, was.action)
            revisions = part.change(copy.id).revisions
            assert {part for r in revisions for part in followed(r.parent)} <= originals.keys()
            assert all(project.body(*r.key) == r.body for r in revisions)


def test_nothing_that_is_left_out_is_in_the_bytes_of_the_file(project, excerpt) -> None:
    article = add_article(project)
    other = add_article(project, "A strictly confidential paragraph.", "Secret headline")
    span = add_span(project, article, "truce")
    edit(project, span, "an earlier, regretted note")
    edit(project, span, "final note")
    add_span(project, other, "confidential", text="A strictly confidential paragraph.", note="unsayable")
    content = excerpt(("article", article.id), key(span)).read_bytes()
    assert b"final note" in content
    for secret in ("confidential", "Secret headline", "unsayable", "regretted", other.sha256, other.id):
        assert secret.encode() not in content
        assert secret.encode() in project.path.read_bytes()


def test_names_in_the_action_of_a_change_that_comes_in_part_stay_behind(project, excerpt) -> None:
    article = add_article(project)
    one, two = marked(article, "truce"), marked(article, "Aleppo")
    write(project, one, two, action="mark “Aleppo, secretly”")
    assert b"secretly" not in excerpt(key(one)).read_bytes()
    assert b"secretly" in excerpt(key(one), key(two), name="both.annotator").read_bytes()


def test_an_excerpt_is_whole_or_absent(project, tmp_path: Path) -> None:
    class StopError(Exception):
        pass

    def stop(_done: int, _total: int) -> None:
        raise StopError

    out = tmp_path / "part.annotator"
    with pytest.raises(StopError):
        project.excerpt(out, (), stop)
    assert not out.exists()
    assert [file.name for file in tmp_path.glob("*part*")] == []
    assert [file.name for file in tmp_path.glob(".*part*")] == []


def test_what_is_there_is_never_written_over(project, tmp_path: Path) -> None:
    out = tmp_path / "notes.txt"
    out.write_text("mine")
    with pytest.raises(ProjectError, match="exists already"):
        project.excerpt(out, (), lambda _done, _total: None)
    assert out.read_text() == "mine"


def test_an_excerpt_merged_back_at_once_changes_nothing(project, excerpt) -> None:
    article = add_article(project)
    span = add_span(project, article)
    before = {key: project.body(*key) for key in everything(project)}
    history, chronicle = told(project, span.id), project.changes()
    merge(project, excerpt(*everything(project)))
    assert {key: project.body(*key) for key in everything(project)} == before
    assert told(project, span.id) == history
    assert project.changes() == chronicle
    assert project.forks() == ()
    assert project.problems() == []


def test_what_the_colleague_edits_wins_over_what_they_saw(project, excerpt, elsewhere) -> None:
    article = add_article(project)
    span = add_span(project, article)
    path = excerpt(*everything(project))
    with Project.open(path, home=elsewhere) as part:
        edit(part, span, "from the colleague")
    merge(project, path)
    assert project.annotation(span.id).note == "from the colleague"
    assert project.forks() == ()
    assert [step.words for step in told(project, span.id)][:1] == ["note written"]
    assert len(told(project, span.id)) == 2


def test_the_copy_does_not_override_what_the_sender_did_later(project, excerpt, elsewhere) -> None:
    article = add_article(project)
    span, other = add_span(project, article), add_span(project, article, "Aleppo")
    path = excerpt(*everything(project))
    edit(project, span, "second thoughts")
    project.commit(Draft("delete", "mina", (gone(other),)))
    with Project.open(path, home=elsewhere) as part:
        add_span(part, article, "Syria", layer="noor")
    merge(project, path)
    assert project.annotation(span.id).note == "second thoughts"
    assert project.annotation(other.id) is None
    assert len(project.annotations(article.id)) == 2
    assert project.forks() == ()


def test_a_change_made_at_once_elsewhere_wins_as_it_would_have(project, excerpt, elsewhere) -> None:
    """The copy ranks right after its original, so it beats nothing that the original didn't beat."""
    article = add_article(project)
    span = add_span(project, article)
    whole = excerpt(*everything(project), name="whole.annotator")
    with Project.open(whole, home=elsewhere) as there:
        own = edit(project, span, "here")
        theirs = edit(there, span, "there")
        part = project.path.with_name("later.annotator")
        project.excerpt(part, everything(project), lambda _done, _total: None)
        assert own.seq == theirs.seq
    merge(project, whole)
    merge(project, part)
    wins = max((own, theirs), key=lambda change: change.rank)
    assert project.annotation(span.id).note == ("here" if wins is own else "there")


def test_excerpts_of_excerpts_are_copies_of_the_first(project, excerpt, elsewhere) -> None:
    article = add_article(project)
    span = add_span(project, article)
    first = excerpt(*everything(project))
    second = first.with_name("second.annotator")
    with Project.open(first, home=elsewhere) as part:
        part.excerpt(second, everything(part), lambda _done, _total: None)
    with Project.open(second, home=elsewhere) as part:
        copied = {original_id(change.id) for change in part.changes()}
        assert copied == {change.id for change in project.changes()}
        assert part.standing(article.id) == project.standing(article.id)
    merge(project, second)
    merge(project, first)
    assert len(told(project, span.id)) == 1


def test_a_deletion_goes_with_the_excerpt(project, excerpt, tmp_path: Path) -> None:
    article = add_article(project)
    span = add_span(project, article, note="rescinded")
    before = excerpt(*everything(project), name="before.annotator")
    project.commit(Draft("delete", "mina", (gone(span),)))
    after = excerpt(*everything(project), name="after.annotator")
    assert b"rescinded" in before.read_bytes()
    assert b"rescinded" not in after.read_bytes()
    with Project.open(before, home=Home(tmp_path / "reviewer")) as reviewer:
        assert reviewer.annotation(span.id) == span
        merge(reviewer, after)
        assert reviewer.annotation(span.id) is None


def test_undo_offers_nothing_that_only_came_as_a_copy(project, excerpt, elsewhere) -> None:
    article = add_article(project)
    span = add_span(project, article)
    path = excerpt(*everything(project))
    with Project.open(path, home=elsewhere) as part:
        assert UndoStacks(part, "mina").undo == []
        edit(part, span, "new")
        stacks = UndoStacks(part, "mina")
        assert [action.words for action in stacks.undo] == ["edit the note"]
        take_back(part, actor="mina", action=stacks.undo[-1])
        assert part.annotation(span.id) == span


def test_the_sender_can_still_undo_after_the_copy_came_back(project, excerpt) -> None:
    article = add_article(project)
    span = add_span(project, article)
    merge(project, excerpt(*everything(project)))
    action = UndoStacks(project, "mina").next_undo()
    assert action is not None
    take_back(project, actor="mina", action=action)
    assert project.annotation(span.id) is None
    assert project.problems() == []


def test_an_earlier_body_is_found_by_its_copy(project, excerpt, elsewhere) -> None:
    article = add_article(project)
    span = add_span(project, article)
    with Project.open(excerpt(*everything(project)), home=elsewhere) as part:
        edited = edit(part, span, "new")
        whole = part.change(edited.id)
        assert whole is not None
        assert part.parent_bodies(whole) == {key(span): span.to_body()}
        assert [is_copy(step.change.feed) for step in part.history(*key(span))] == [True, False]


steps = st.lists(
    st.tuples(
        st.sampled_from(["left", "right"]),
        st.sampled_from(["tag", "edit", "delete", "excerpt", "merge"]),
        st.integers(0, 9),
    ),
    max_size=14,
)


@settings(max_examples=30, deadline=None)
@given(steps)
def test_replicas_that_pass_excerpts_about_come_to_hold_the_same(steps: list[tuple[str, str, int]]) -> None:
    """Whatever is copied, edited and merged in which order: the last edit of each span stands everywhere."""
    with tempfile.TemporaryDirectory() as name, Couple(Path(name)) as couple:
        for who, what, which in steps:
            getattr(couple, what)(who, which)
        couple.settle()
        left, right = couple.projects["left"], couple.projects["right"]
        for table in projections.TABLES:
            assert projections.content(left._file, table) == projections.content(right._file, table)
        assert left.forks() == right.forks()
        for span, body in couple.last.items():
            assert left.body(Annotation.KIND, span) == right.body(Annotation.KIND, span) == body
        assert left.problems() == right.problems() == []


class Couple:
    """Two copies of one project, and what the last edit by rank made of each span."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.n = folder, 0
        self.ranks: dict[str, tuple[int, str]] = {}
        self.last: dict[str, Any] = {}
        scheme = Scheme.from_body(tomllib.loads(SCHEME.read_text("utf-8")))
        home = Home(folder / "left")
        project = Project.create(folder / "left.annotator", scheme=scheme, title="Copies", home=home)
        self.article = add_article(project)
        project.excerpt(folder / "right.annotator", everything(project), lambda _done, _total: None)
        right = Project.open(folder / "right.annotator", home=Home(folder / "right"))
        self.projects = {"left": project, "right": right}

    def __enter__(self) -> "Couple":
        return self

    def __exit__(self, *_error: object) -> None:
        for project in self.projects.values():
            project.close()

    def tag(self, who: str, _which: int) -> None:
        self.commit(who, marked(self.article, layer=who))

    def edit(self, who: str, which: int) -> None:
        if span := self.pick(who, which):
            self.n += 1
            self.commit(who, replace(span, note=f"{who} {self.n}"))

    def delete(self, who: str, which: int) -> None:
        if span := self.pick(who, which):
            self.commit(who, span, gone)

    def excerpt(self, who: str, which: int) -> None:
        """Let the other take in a part of what is here."""
        self.n += 1
        project, out = self.projects[who], self.folder / f"{self.n}.annotator"
        spans = [thing.of(Annotation.KIND) for thing in project.things(Annotation.KIND)]
        part = spans[: which + 1]
        project.excerpt(out, [("article", self.article.id), *part], lambda _done, _total: None)
        merge(self.other(who), out)

    def merge(self, who: str, _which: int) -> None:
        merge(self.other(who), self.projects[who].path)

    def settle(self) -> None:
        for who in ("left", "right", "left"):
            self.merge(who, 0)

    def other(self, who: str) -> Project:
        return self.projects["right" if who == "left" else "left"]

    def pick(self, who: str, which: int) -> Annotation | None:
        spans = self.projects[who].annotations(self.article.id)
        return spans[which % len(spans)] if spans else None

    def commit(self, who: str, span: Annotation, made: Callable[[Any], Revision] = revision) -> None:
        written = made(span)
        change = self.projects[who].commit(Draft("write", who, (written,)))
        if change.rank > self.ranks.get(span.id, (0, "")):
            self.ranks[span.id], self.last[span.id] = change.rank, written.body


def test_a_damaged_article_does_not_keep_the_rest_from_being_believed(project, excerpt, elsewhere) -> None:
    article = add_article(project)
    write(project, replace(article, id="lost", sha256="0" * 64))
    wanted: Collection[ObjectKey] = everything(project)
    path = excerpt(*wanted)
    assert read_foreign(path).problems == ()
    with Project.open(path, home=elsewhere) as part:
        assert part.article_ids() == (article.id,)
