"""Gold's own progress: an article is done in gold once nothing is left to decide of it."""

from collections.abc import Iterator

from annotator.model.change import Revision
from annotator.model.records import Progress, progress_id
from annotator.model.review import GOLD
from annotator.services.reviewing.cases import Case, compared, gathered
from annotator.services.reviewing.explaining import settling
from annotator.store.project import Project


def progress_of_gold(project: Project, article: str, *, is_over: bool) -> Iterator[Revision]:
    """Record that the adjudication of an article is over, or that it is not any more."""
    recorded = project.progress(article, GOLD)
    if is_over and (recorded is None or recorded.state != "done"):
        yield Revision.of(Progress(article, GOLD, "done"))
    elif recorded and not is_over:
        yield Revision(Progress.KIND, progress_id(article, GOLD), None)


def after_deciding(project: Project, case: Case) -> Iterator[Revision]:
    """Record what becomes of gold's progress when one more case is decided."""
    yield from progress_of_gold(project, case.article, is_over=_is_last(project, case))


def _is_last(project: Project, case: Case) -> bool:
    """Say whether nothing but a case is undecided, of all who have read the article."""
    work = gathered(project, case.article)
    if {version.layer for version in case.versions} != set(work.readers):
        return False
    # Matching takes its time, so it is left until every annotation was ruled on.
    ruled = {own_id for ruling in work.rulings for own_id in ruling.sources}
    ruled.update(own_id for a in work.annotations if a.layer == GOLD for own_id in a.sources)
    if any(a.layer != GOLD and a.id not in ruled and a.id not in case.sources for a in work.annotations):
        return False
    found = compared(work, project.scheme, settling(project))
    return all(other.is_decided or other.key == case.key for other in found)
