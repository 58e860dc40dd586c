"""What annotators and adjudicators said of one article, read so that a decision costs little."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from annotator.model.change import ObjectKey
from annotator.model.records import Annotation, Progress
from annotator.model.review import GOLD, Ruling
from annotator.services.reviewing import Case
from annotator.services.reviewing.cases import compared, gathered, with_rulings
from annotator.services.reviewing.explaining import settling
from annotator.store.project import Project

FEW = 32
"""Up to how many changed annotations are reread one by one."""


class ArticleReading:
    """Holds the annotations of an article and its cases; after a decision nothing is matched anew."""

    def __init__(self, project: Project, article: str, layers: Sequence[str]) -> None:
        self._project = project
        self._work = gathered(project, article, layers)
        marked = [a for a in self._work.annotations if a.layer != GOLD]
        bare = replace(self._work, annotations=marked, rulings=())
        self._bare = compared(bare, project.scheme, settling(project)) if bare.readers else ()
        self.cases: tuple[Case, ...] = with_rulings(self._work, self._bare) if bare.readers else ()

    @property
    def annotations(self) -> Sequence[Annotation]:
        """Everybody's annotations, gold too."""
        return self._work.annotations

    def take_in(self, keys: Collection[ObjectKey]) -> bool:
        """Take in what changed; False when everything has to be read anew."""
        # That gold is done, or is not any more, changes nothing of what is compared.
        keys = {(kind, name) for kind, name in keys if kind != Progress.KIND or not name.endswith(f":{GOLD}")}
        changed = {name for kind, name in keys if kind == Annotation.KIND}
        if len(changed) > FEW or any(kind not in (Annotation.KIND, Ruling.KIND) for kind, _ in keys):
            return False
        found = [a for a in map(self._project.annotation, changed) if a and a.article == self._work.article]
        gone = [a for a in self._work.annotations if a.id in changed]
        if any(a.layer != GOLD for a in (*found, *gone)):
            return False
        kept = [a for a in self._work.annotations if a.id not in changed]
        article = self._work.article
        self._work = replace(
            self._work,
            annotations=(*kept, *found),
            standing=self._project.standing(article),
            rulings=self._project.rulings(article),
        )
        self.cases = with_rulings(self._work, self._bare)
        return True
