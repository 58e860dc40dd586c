"""Three copies of a project, edited, reviewed, undone and merged in any order, come to hold the same."""

import shutil
import tempfile
import tomllib
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule
from store_values import TEXT, gone, marked, new_article, revision

from annotator.model.change import Change, Draft, ObjectKey, Revision, new_id
from annotator.model.records import Annotation, Article, Entity, Link, Progress
from annotator.model.review import GOLD, Assignment, Reply, Round, Ruling, Verdict
from annotator.model.scheme import Attribute, Scheme
from annotator.store import Home, Project, projections

SCHEME = Path(__file__).parents[2] / "resources" / "schemes" / "conflict-news.toml"
NAMES = ("left", "right", "third")

replicas = st.sampled_from(NAMES)
words = st.sampled_from([*{w.strip("“”.,") for w in TEXT.split()}, "four medical workers", "😀"])
labels = st.sampled_from(["claim", "quote", "casualty", "unknown label"])


class Replicas(RuleBasedStateMachine):
    """Three files of one project on three computers."""

    articles = Bundle("articles")
    spans = Bundle("spans")
    entities = Bundle("entities")
    changes = Bundle("changes")
    verdicts = Bundle("verdicts")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        scheme = Scheme.from_body(tomllib.loads(SCHEME.read_text("utf-8")))
        first = self.path(NAMES[0])
        Project.create(first, scheme=scheme, title="Replicas", home=self.home(NAMES[0])).close()
        for name in NAMES[1:]:
            shutil.copy(first, self.path(name))
        self.projects = {name: Project.open(self.path(name), home=self.home(name)) for name in NAMES}
        self.acknowledged: dict[tuple[ObjectKey, str], Any] = {}

    def path(self, name: str) -> Path:
        return self.folder / f"{name}.annotator"

    def home(self, name: str) -> Home:
        return Home(self.folder / f"home of {name}")

    def write(self, where: str, *revisions: Revision, undoes: str | None = None, text: str = "") -> Change:
        texts = (text,) if text else ()
        change = self.projects[where].commit(Draft("write", where, revisions, undoes, texts))
        self.acknowledged |= {(r.key, change.id): r.body for r in revisions}
        return change

    # --- editing -------------------------------------------------------------------------------

    @rule(target=articles, where=replicas, text=st.sampled_from([TEXT, TEXT + " More.", TEXT * 3]))
    def add_article(self, where: str, text: str) -> Article:
        article, text = new_article(text)
        self.write(where, revision(article), text=text)
        return article

    @rule(where=replicas, article=articles, title=st.text(max_size=5))
    def edit_or_remove_article(self, where: str, article: Article, title: str) -> None:
        if self.projects[where].body("article", article.id) is None:
            return  # it was added to another copy, and has not come here yet, or is gone
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

    @rule(where=replicas, label=st.sampled_from(["claim", "quote"]), name=st.sampled_from(["who", "whom"]))
    def change_the_scheme(self, where: str, label: str, name: str) -> None:
        """Add or remove an attribute that refers to entities, so that uses are to be found anew."""
        project = self.projects[where]
        attribute = Attribute(name, "entity", entity="actor")
        changed = tuple(
            replace(found, attributes=tuple(a for a in found.attributes if a.name != name) or (attribute,))
            if found.id == label
            else found
            for found in project.scheme.labels
        )
        scheme = replace(project.scheme, labels=changed)
        self.write(where, Revision("scheme", project.id, scheme.to_body()))

    @rule(where=replicas, change=consumes(changes))
    def undo(self, where: str, change: Change) -> None:
        project = self.projects[where]
        known = project.change(change.id)
        if known is not None:  # else it was written to another copy, and has not come here yet
            bodies = project.parent_bodies(known)
            undone = [Revision(*key, body) for key, body in bodies.items()]
            self.write(where, *undone, undoes=change.id)

    # --- reviewing -----------------------------------------------------------------------------

    @rule(target=verdicts, where=replicas, span=spans, decision=st.sampled_from(["accept", "reject"]))
    def judge(self, where: str, span: Annotation, decision: Any) -> Verdict:
        verdict = Verdict(new_id(), span.article, span.id, span.layer, where, decision)
        self.write(where, revision(verdict))
        return verdict

    @rule(where=replicas, verdict=verdicts, settled=st.booleans())
    def reply(self, where: str, verdict: Verdict, settled: bool) -> None:
        self.write(where, revision(Reply(verdict.id, verdict.article, verdict.layer, "yes", settled)))

    @rule(where=replicas, verdict=consumes(verdicts))
    def withdraw(self, where: str, verdict: Verdict) -> None:
        self.write(where, gone(verdict))

    @rule(target=changes, where=replicas, span=spans)
    def rule_with_gold(self, where: str, span: Annotation) -> Change:
        gold = replace(span, id=f"gold {span.id}", layer=GOLD, sources=(span.id,), origin="gold: adjudicated")
        ruling = Ruling(f"ruling {span.id}", span.article, where, {span.id: ""}, gold.id)
        return self.write(where, revision(gold), revision(ruling))

    @rule(where=replicas, article=articles, annotator=replicas)
    def deal_out(self, where: str, article: Article, annotator: str) -> None:
        dealt = Assignment(article.id, annotator, "round 1")
        self.write(where, revision(Round("round 1", "First", blind=True)), revision(dealt))

    # --- bringing together ---------------------------------------------------------------------

    @rule(where=replicas)
    def reopen(self, where: str) -> None:
        self.projects[where].close()
        self.projects[where] = Project.open(self.path(where), home=self.home(where))

    @rule(where=replicas, others=st.permutations(NAMES), n=st.sampled_from([1, 2]))
    def merge(self, where: str, others: list[str], n: int) -> None:
        """Take in what one or two other copies have."""
        paths = [self.path(other) for other in others if other != where][:n]
        project = self.projects[where]
        with project.incoming(paths, lambda _rows: None) as incoming:
            assert [brought.problems for brought in incoming.brought] == [()] * n
            project.merge(incoming, lambda _project: None)

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
            for name, *others in (*permutations(NAMES, 3), NAMES):
                self.merge(name, [*others, name], 2)
            self.hold_the_same()
        finally:
            for project in self.projects.values():
                project.close()
            shutil.rmtree(self.folder)

    def holds_what_the_journal_says(self, project: Project) -> None:
        """Compare with the simplest reading of the journal: the last body by rank stands.

        The check compares the projections, kept incrementally, with those that are built anew.
        """
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
        first, *others = self.projects.values()
        self.holds_what_the_journal_says(first)
        for other in others:
            self.holds_what_the_journal_says(other)
            for table in projections.TABLES:
                assert projections.content(first._file, table) == projections.content(other._file, table)
            assert first.changes() == other.changes()
            assert first.forks() == other.forks()
            for word in ("truce", "More", "Fighting"):
                assert {h.annotation or h.article for h in first.search(word, 999)} == {
                    h.annotation or h.article for h in other.search(word, 999)
                }
        for (key, change), body in self.acknowledged.items():
            assert {step.change.id: step.body for step in first.history(*key)}[change] == body


TestReplicas = Replicas.TestCase
TestReplicas.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
