"""Two copies of a project, edited, undone and merged in any order, come to hold the same."""

import shutil
import tempfile
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule
from store_values import TEXT, gone, marked, new_article, revision

from annotator.model.change import Change, Draft, ObjectKey, Revision, to_json
from annotator.model.records import Annotation, Article, Entity, Link, Progress
from annotator.model.scheme import Scheme
from annotator.store import Home, Project, projections
from annotator.store.foreign import read_foreign

SCHEME = Path(__file__).parents[2] / "resources" / "schemes" / "conflict-news.toml"
NAMES = ("left", "right")

replicas = st.sampled_from(NAMES)
words = st.sampled_from([*{w.strip("“”.,") for w in TEXT.split()}, "four medical workers", "😀"])
labels = st.sampled_from(["claim", "quote", "casualty", "unknown label"])


class Replicas(RuleBasedStateMachine):
    """Two files of one project on two computers."""

    articles = Bundle("articles")
    spans = Bundle("spans")
    entities = Bundle("entities")
    changes = Bundle("changes")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        scheme = Scheme.from_body(tomllib.loads(SCHEME.read_text("utf-8")))
        first = self.path("left")
        Project.create(first, scheme=scheme, title="Replicas", home=self.home("left")).close()
        shutil.copy(first, self.path("right"))
        self.projects = {name: Project.open(self.path(name), home=self.home(name)) for name in NAMES}

    def path(self, name: str) -> Path:
        return self.folder / f"{name}.annotator"

    def home(self, name: str) -> Home:
        return Home(self.folder / f"home of {name}")

    def write(self, where: str, *revisions: Revision, undoes: str | None = None, text: str = "") -> Change:
        texts = (text,) if text else ()
        return self.projects[where].commit(Draft("write", where, revisions, undoes, texts))

    @rule(target=articles, where=replicas, text=st.sampled_from([TEXT, TEXT + " More.", TEXT * 3]))
    def add_article(self, where: str, text: str) -> Article:
        article, text = new_article(text)
        self.write(where, revision(article), text=text)
        return article

    @rule(where=replicas, article=articles, title=st.text(max_size=5))
    def edit_or_remove_article(self, where: str, article: Article, title: str) -> None:
        if self.projects[where].body("article", article.id) is None:
            return  # it was added to the other copy, and has not come here yet, or is gone
        edited = replace(article, title=title)
        self.write(where, revision(edited) if title else gone(article))

    @rule(target=spans, where=replicas, article=articles, word=words, label=labels)
    def tag(self, where: str, article: Article, word: str, label: str) -> Annotation:
        span = marked(article, word, label=label, layer=where)
        self.write(where, revision(span))
        return span

    @rule(
        target=changes,
        where=replicas,
        span=spans,
        label=labels,
        entity=entities | st.none(),
        note=st.text(max_size=3),
    )
    def edit(self, where: str, span: Annotation, label: str, entity: Entity | None, note: str) -> Change:
        attributes: dict[str, Any] = {"claimant": entity.id, "speaker": entity.id} if entity else {}
        edited = replace(span, label=label, attributes=attributes, note=note)
        return self.write(where, revision(edited))

    @rule(target=changes, where=replicas, span=spans)
    def delete(self, where: str, span: Annotation) -> Change:
        return self.write(where, gone(span))

    @rule(where=replicas, source=spans, goal=spans)
    def link(self, where: str, source: Annotation, goal: Annotation) -> None:
        self.write(where, revision(Link(f"{source.id}>{goal.id}", where, "supports", source.id, goal.id)))

    @rule(target=entities, where=replicas, name=st.text(max_size=4), into=entities | st.none())
    def name_entity(self, where: str, name: str, into: Entity | None) -> Entity:
        entity = Entity(f"entity {name}", "actor", name, merged_into=into.id if into else "")
        self.write(where, revision(entity))
        return entity

    @rule(where=replicas, article=articles, state=st.sampled_from(["done", "skipped", None]))
    def record_progress(self, where: str, article: Article, state: Any) -> None:
        progress = Progress(article.id, where, state)
        self.write(where, revision(progress) if state else gone(progress))

    @rule(where=replicas, change=consumes(changes))
    def undo(self, where: str, change: Change) -> None:
        project = self.projects[where]
        known = project.change(change.id)
        if known is not None:  # else it was written to the other copy, and has not come here yet
            bodies = project.parent_bodies(known)
            undone = [Revision(*key, body) for key, body in bodies.items()]
            self.write(where, *undone, undoes=change.id)

    @rule(where=replicas)
    def reopen(self, where: str) -> None:
        self.projects[where].close()
        self.projects[where] = Project.open(self.path(where), home=self.home(where))

    @rule(where=replicas)
    def merge(self, where: str) -> None:
        """Take in everything the other copy has, as INSERT OR IGNORE of its tables."""
        (other,) = set(NAMES) - {where}
        foreign = read_foreign(self.path(other))
        assert foreign.problems == ()
        project = self.projects[where]
        raw = project._file.raw
        with project._file.transaction():
            for c in foreign.changes:
                row = (c.id, c.feed, c.n, c.seq, c.actor, c.at, c.action, c.undoes, c.hash)
                raw.execute(
                    "INSERT OR IGNORE INTO change (id, feed, n, seq, actor, at, action, undoes, hash)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    row,
                )
                raw.executemany(
                    "INSERT OR IGNORE INTO revision (change, kind, id, body, parent) VALUES (?, ?, ?, ?, ?)",
                    [
                        (c.id, r.kind, r.id, None if r.body is None else to_json(r.body), r.parent)
                        for r in c.revisions
                    ],
                )
            for text in foreign.texts:
                sha256 = new_article(text)[0].sha256
                raw.execute("INSERT OR IGNORE INTO article_text (sha256, text) VALUES (?, ?)", (sha256, text))
        project.rebuild()

    @invariant()
    def lamport_numbers_rise_within_a_feed(self) -> None:
        for project in self.projects.values():
            rows = project._file.rows(
                "SELECT count(*) FROM change a JOIN change b"
                " ON a.feed = b.feed AND a.n < b.n AND a.seq >= b.seq"
            )
            assert rows == [(0,)]

    def teardown(self) -> None:
        try:
            for project in self.projects.values():
                self.holds_what_the_journal_says(project)
            for name in (*NAMES, NAMES[0]):
                self.merge(name)
            self.hold_the_same()
        finally:
            for project in self.projects.values():
                project.close()
            shutil.rmtree(self.folder)

    def holds_what_the_journal_says(self, project: Project) -> None:
        """Compare with the simplest reading of the journal: the last body by rank stands."""
        # Two who merge entities at once can make a circle, which is rightly listed.
        assert [problem for problem in project.problems() if problem.kind != "entity"] == []
        bodies: dict[ObjectKey, Any] = {}
        for change in project.changes()[::-1]:
            whole = project.change(change.id)
            assert whole is not None
            bodies |= {r.key: r.body for r in whole.revisions}
        assert all(project.body(*key) == body for key, body in bodies.items())
        standing = {key[1] for key, body in bodies.items() if key[0] == "annotation" and body}
        articles = {key[1] for key, body in bodies.items() if key[0] == "article" and body}
        assert set(project.article_ids()) == articles
        listed = {a.id for article in articles for a in project.annotations(article)}
        assert listed == {i for i in standing if bodies["annotation", i]["article"] in articles}
        assert sum(sum(n.values()) for n in project.counts().layers.values()) == len(listed)

    def hold_the_same(self) -> None:
        left, right = (self.projects[name] for name in NAMES)
        self.holds_what_the_journal_says(left)
        self.holds_what_the_journal_says(right)
        for table in projections.TABLES:
            assert projections.content(left._file, table) == projections.content(right._file, table)
        assert left.changes() == right.changes()
        for word in ("truce", "More", "Fighting"):
            assert {h.annotation or h.article for h in left.search(word, 999)} == {
                h.annotation or h.article for h in right.search(word, 999)
            }


TestReplicas = Replicas.TestCase
TestReplicas.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
