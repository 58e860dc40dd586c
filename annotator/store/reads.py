"""Everything that can be read of a project."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from annotator.model.change import Change, ObjectKey
from annotator.model.records import Annotation, Article, Entity, Link, Progress
from annotator.model.review import Assignment, Reply, Round, Ruling, Verdict
from annotator.store import excerpts, forks, journal, lists, queries, search
from annotator.store.connection import Connection
from annotator.store.excerpts import Thing
from annotator.store.forks import Fork
from annotator.store.lists import ArticleQuery, ArticleRow, Counts
from annotator.store.queries import Step
from annotator.store.search import Hit

if TYPE_CHECKING:
    from annotator.store.bulk import Whole


class Reads(ABC):
    """Reads of one database, each a short query that leaves nothing open."""

    @property
    @abstractmethod
    def _db(self) -> Connection:
        """The database that is read."""

    def body(self, kind: str, object_id: str) -> Mapping[str, Any] | None:
        """Read the current body of any object."""
        return queries.body(self._db, kind, object_id)

    def article(self, article_id: str) -> Article | None:
        body = self.body(Article.KIND, article_id)
        return None if body is None else Article.from_body(article_id, body)

    def articles_of_text(self, sha256: str) -> tuple[str, ...]:
        """List the articles that have a text."""
        return tuple(row[0] for row in self._db.rows("SELECT id FROM article WHERE sha256 = ?", (sha256,)))

    def text(self, sha256: str) -> str:
        """Read an article's text; raise ProjectError when the project lacks it."""
        return queries.text(self._db, sha256)

    def annotation(self, annotation_id: str) -> Annotation | None:
        body = self.body(Annotation.KIND, annotation_id)
        return None if body is None else Annotation.from_body(annotation_id, body)

    def annotations(self, article: str, layer: str | None = None) -> tuple[Annotation, ...]:
        """Read the annotations of an article, in order of place: earlier first, then longer first."""
        return queries.annotations(self._db, article, layer)

    def wholes(
        self,
        article_ids: Sequence[str],
        *,
        layers: Sequence[str] = (),
        labels: Sequence[str] = (),
        annotators: Sequence[str] = (),
    ) -> "Iterator[Whole]":
        """Read many articles in the order asked for, with what is on them.

        Of annotations, those of some layers and labels are read, or all where none is named; of progress,
        that of the annotators.
        """
        from annotator.store import bulk  # Its library takes 15 ms to load, and only exports need it.

        return bulk.wholes(self._db, article_ids, layers, labels, annotators)

    def link(self, link_id: str) -> Link | None:
        body = self.body(Link.KIND, link_id)
        return None if body is None else Link.from_body(link_id, body)

    def links(self, article: str, layer: str | None = None) -> tuple[Link, ...]:
        """Read the links with an end in an article, both ends existing."""
        return queries.links(self._db, article, layer)

    def links_of(self, annotation: str) -> tuple[Link, ...]:
        """Read the links from or to an annotation, both ends existing."""
        return queries.links_of(self._db, annotation)

    def entity(self, entity_id: str) -> Entity | None:
        """Read an entity, or the one it was merged into at last."""
        return queries.entity(self._db, entity_id)

    def entities(self, kind: str | None = None, *, merged: bool = False) -> tuple[Entity, ...]:
        """Read the entities by name: those that weren't merged into another, or with `merged` all."""
        return queries.entities(self._db, kind, merged)

    def entity_uses(self, entity_id: str) -> int:
        """Count the annotations that refer to an entity or to one merged into it."""
        return queries.entity_uses(self._db, entity_id)

    def mentions(self, entity_id: str) -> tuple[Annotation, ...]:
        """Read the annotations that refer to an entity or to one merged into it."""
        return queries.mentions(self._db, entity_id)

    def progress(self, article: str, annotator: str) -> Progress | None:
        """Read what an annotator has recorded of an article."""
        return queries.progress(self._db, article, annotator)

    def verdicts(self, article: str | None = None, layer: str | None = None) -> tuple[Verdict, ...]:
        """Read the verdicts on one annotator's work or everybody's."""
        return queries.reviews(self._db, Verdict, article, layer)

    def corrections(self, layer: str, article: str | None = None) -> tuple[Verdict, ...]:
        """Read the verdicts that ask something of an annotator."""
        return queries.reviews(self._db, Verdict, article, layer, queries.ASKING)

    def acceptances(self, layer: str) -> int:
        """Count the verdicts that ask nothing of an annotator."""
        return queries.acceptances(self._db, layer)

    def judged(self) -> tuple[str, ...]:
        """List the annotators whose work got a verdict, by name."""
        return queries.judged(self._db)

    def replies(self, article: str | None = None, annotator: str | None = None) -> tuple[Reply, ...]:
        """Read what annotators answered to verdicts."""
        return queries.reviews(self._db, Reply, article, annotator)

    def rulings(self, article: str | None = None) -> tuple[Ruling, ...]:
        """Read what was adjudicated."""
        return queries.reviews(self._db, Ruling, article, None)

    def rounds(self) -> tuple[Round, ...]:
        """Read the rounds, oldest first."""
        return queries.reviews(self._db, Round, None, None)

    def assignments(self, article: str | None = None, annotator: str | None = None) -> tuple[Assignment, ...]:
        """Read which articles are whose."""
        return queries.reviews(self._db, Assignment, article, annotator)

    def standing(self, article: str) -> Mapping[str, str]:
        """Map each annotation of an article to the change that gave it its current body."""
        return queries.standing(self._db, article)

    def titles(self, words: str, limit: int) -> list[tuple[str, str]]:
        """List ids and titles of articles whose title holds every word, those that begin with them first."""
        return lists.titles(self._db, words, limit)

    def layers(self) -> tuple[str, ...]:
        """List whose work there is, by name."""
        return lists.layers(self._db)

    def finished(self) -> list[tuple[str, str, str]]:
        """List who has done which article, and when that was recorded (UTC): article, annotator, time."""
        return lists.finished(self._db)

    def readers(self, article: str) -> tuple[str, ...]:
        """List, by name, who marked something in an article or finished it; the gold layer counts too."""
        return lists.readers(self._db, article)

    def all_readers(self) -> Mapping[str, tuple[str, ...]]:
        """Map each article that anybody has read to its readers."""
        return lists.all_readers(self._db)

    def outlets(self) -> tuple[str, ...]:
        """List the outlets that articles name, by name."""
        return lists.outlets(self._db)

    def article_ids(self) -> tuple[str, ...]:
        """List the articles, by title."""
        return tuple(row[0] for row in self._db.rows("SELECT id FROM article ORDER BY title_key, id"))

    def articles_as_stored(self) -> tuple[str, ...]:
        """List the articles as their texts came: so what is on them lies together, and is read soonest."""
        sql = (
            "SELECT a.id FROM article a LEFT JOIN article_text x ON x.sha256 = a.sha256 ORDER BY x.pos, a.id"
        )
        return tuple(row[0] for row in self._db.rows(sql))

    def articles(self, query: ArticleQuery) -> list[ArticleRow]:
        """List articles as asked, thin."""
        return lists.articles(self._db, query)

    def counts(self) -> Counts:
        """Count articles, annotations and finished articles of the whole project."""
        return lists.counts(self._db)

    def search(self, words: str, limit: int = 50) -> list[Hit]:
        """Find articles and annotations that hold the words; any input is allowed."""
        return search.search(self._db, words, limit)

    def history(self, kind: str, object_id: str) -> tuple[Step, ...]:
        """Read every body an object has had, oldest first."""
        return queries.history(self._db, kind, object_id)

    def forks(self, keys: Sequence[ObjectKey] | None = None) -> tuple[Fork, ...]:
        """List what was changed in two places at once and isn't settled: of some objects, or of all."""
        return forks.forks(self._db, keys)

    def changes(self, limit: int | None = None, article: str | None = None) -> tuple[Change, ...]:
        """Read the changes without their revisions, newest first; of one article or all."""
        return queries.changes(self._db, limit, article)

    def change(self, change_id: str) -> Change | None:
        """Read one change with its revisions."""
        return journal.change(self._db, change_id)

    def kinds(self) -> tuple[str, ...]:
        """List of which kinds there are objects, also of kinds that this version doesn't know."""
        return excerpts.kinds(self._db)

    def things(self, kind: str) -> Iterator[Thing]:
        """Read all objects of a kind as they stand, deleted ones too, a part of them in memory at a time."""
        return excerpts.things(self._db, kind)

    def bodies_ever(self, keys: Sequence[ObjectKey]) -> Iterator[Mapping[str, Any]]:
        """Read every body that some objects have had, in no order."""
        return excerpts.bodies_ever(self._db, keys)

    def change_size(self, change_id: str) -> int:
        """Count the objects that a change touched."""
        return queries.change_size(self._db, change_id)

    def own_actions(self, actor: str) -> list[tuple[str, str | None, str]]:
        """List what a person did, oldest first: change id, the change it undoes, and its action."""
        return queries.own_actions(self._db, actor)

    def parent_bodies(self, change: Change) -> dict[ObjectKey, Mapping[str, Any] | None]:
        """Map each object of a change to the body it had before; None where there was none."""
        return queries.parent_bodies(self._db, change)
