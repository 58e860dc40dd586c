"""What files hold, read once: plans are made of it under any choices, without reading them again."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from annotator.model.change import Draft
from annotator.model.records import Article
from annotator.model.review import GOLD
from annotator.model.scheme import Scheme
from annotator.services.deciding import Decision, There
from annotator.services.drafting import Drafting
from annotator.services.errors import Refused
from annotator.services.gathering import Gathering
from annotator.services.homes import Home
from annotator.services.identifying import Identified
from annotator.services.many_values import many_values
from annotator.services.naming import Choices, Unknown, check_choices
from annotator.services.person import checked
from annotator.services.remarks import Remark
from annotator.store.project import Project

Tell = Callable[[int, int], None]
"""Is told how much is done, of how much; may raise to cancel."""


def quiet(_done: int, _total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A new article as it will come in, or a known one that gets spans; `annotations` counts new ones."""

    article: Article
    text: str
    annotations: int
    file: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import will do; nothing is written before `apply`.

    `articles` are new, `widened` known ones that get annotations.
    `layers` counts the annotations of each annotator, `progress` articles that an annotator has done or
    skipped, each annotator by themselves, `entities` people, organisations and incidents that
    are new; `incidents` are those of them that come from tables of incidents. `skipped` counts articles that
    the project knows, `known` annotations and `known_incidents` such incidents that it has. `scheme` names,
    in words, what the scheme will get, `unknown` the names that it lacked. `mark` is where the project stood
    when the files were read, `is_empty` says that there is nothing to write, `base` is the scheme that names
    can be led to.
    """

    articles: tuple[Preview, ...]
    widened: tuple[Preview, ...]
    annotations: int
    layers: Mapping[str, int]
    links: int
    verdicts: int
    replies: int
    progress: int
    entities: int
    incidents: int
    skipped: int
    known: int
    known_incidents: int
    scheme: tuple[str, ...]
    unknown: tuple[Unknown, ...]
    remarks: tuple[Remark, ...]
    mark: int
    is_empty: bool
    base: Scheme = field(repr=False)
    _action: str = field(repr=False)
    _actor: str = field(repr=False)
    _look: "Look" = field(repr=False)
    _decision: Decision = field(repr=False)

    def draft(self, project: Project, *, keep: bool, tell: Tell = quiet) -> Draft:
        """Build what will be written; without `keep` this can be done only once, in less memory."""
        decision = self._decision
        self._look.must_be_as(decision.identified, keep=keep)
        amount = max(1, len(self.articles) + self.annotations + self.links)
        texts = tuple(home.text for home in decision.gathering.new_homes())
        revisions = Drafting(decision, project, keep=keep, tick=lambda: tell(0, amount)).revisions()
        return Draft(self._action, self._actor, revisions, texts=texts, id=decision.verdicts.change)


NO_CHOICES: Choices = {}


class Look:
    """What was gathered of files. One plan is made of it at a time, and the latest can be carried out."""

    def __init__(self, gathering: Gathering, actor: str, action: str, mark: int) -> None:
        self._gathering, self._actor, self._action, self._mark = gathering, actor, action, mark
        self._identified: Identified | None = None
        self._there: There | None = None

    def plan(
        self,
        project: Project,
        *,
        layer: str | None = None,
        choices: Choices = NO_CHOICES,
        tell: Tell = quiet,
    ) -> Plan:
        """Say what importing would do under these choices; only another layer takes longer than a moment."""
        check_choices(self._gathering.scheme, choices)
        with many_values():
            identified = self._identify(project, _layer(layer), tell)
            decision = Decision(
                self._gathering, identified, self._known(project), choices, lambda: tell(0, 0)
            )
            return self._planned(decision)

    def let_go(self) -> None:
        """Forget all that was read: no plan of it can be carried out after that."""
        if self._identified is not None:
            self._identified.let_go()
            self._identified = None
        self._gathering.let_go()

    def must_be_as(self, identified: Identified, *, keep: bool) -> None:
        """Refuse what was planned for another layer, or was let go of when it was written."""
        if identified is not self._identified:
            raise Refused("the files were looked at anew since then; look at what comes in now")
        if not keep:
            self._identified = None

    def _identify(self, project: Project, layer: str | None, tell: Tell) -> Identified:
        done = self._identified
        if done is None or done.layer != layer:
            self._identified = None
            done = Identified(self._gathering.files, project, self._actor, layer, tell)
            self._identified = done
        return done

    def _known(self, project: Project) -> There:
        """Ask of the project only what was not asked before."""
        if self._there is None:
            self._there = There(project)
        self._there.project = project
        return self._there

    def _planned(self, decision: Decision) -> Plan:
        remarks = decision.remarks.all()
        homes, unknown = self._gathering.homes(), decision.naming.unknown()
        incidents = decision.incidents + decision.known_incidents
        if not homes and not decision.growth.added and not incidents and not unknown and remarks:
            others = len(remarks) - 1
            more = f" (and {others:,} more {'remark' if others == 1 else 'remarks'})" if others else ""
            raise Refused(f"there is nothing to import: {remarks[0].message}{more}")
        counts = decision.per_article()
        return Plan(
            articles=tuple(_previews((home for home in homes if home.is_new), counts)),
            widened=tuple(
                _previews((home for home in homes if not home.is_new and home.article.id in counts), counts)
            ),
            annotations=decision.annotations,
            layers=decision.per_annotator(),
            links=decision.links,
            verdicts=decision.verdicts.new,
            replies=decision.replies,
            progress=len(decision.progress),
            entities=len(decision.entities),
            incidents=decision.incidents,
            skipped=self._gathering.skipped,
            known=decision.known,
            known_incidents=decision.known_incidents,
            scheme=decision.growth.added,
            unknown=unknown,
            remarks=remarks,
            mark=self._mark,
            is_empty=not decision.brings_anything,
            base=self._gathering.scheme,
            _action=self._action,
            _actor=self._actor,
            _look=self,
            _decision=decision,
        )


def _previews(homes: Iterable[Home], counts: Mapping[str, int]) -> Iterator[Preview]:
    for home in homes:
        yield Preview(home.article, home.text, counts.get(home.article.id, 0), home.file)


def _layer(name: str | None) -> str | None:
    """Check the layer that is to take all work; adjudicated work may come in too."""
    return name if name in (None, GOLD) else checked(name)
