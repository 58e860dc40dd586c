"""Which rows of the list a change concerns, read anew one by one."""

from collections import Counter
from collections.abc import Mapping

from annotator.model.change import ObjectKey
from annotator.model.records import Annotation, Article, Progress
from annotator.model.review import Assignment
from annotator.store.lists import ArticleRow
from annotator.store.project import Project
from annotator.ui.models.articles import ArticleListModel
from annotator.ui.session import Session
from annotator.ui.touched import article_of

MOST = 50
"""Objects after which reading the whole list again is quicker than row by row."""


def changed_rows(
    session: Session, model: ArticleListModel, keys: frozenset[ObjectKey]
) -> Mapping[str, ArticleRow] | None:
    """Read the rows that changed; None when the whole list has to be read."""
    project = session.project
    if project is None:
        return {}
    touching = [key for key in keys if key[0] in (Annotation.KIND, Progress.KIND)]
    if len(touching) > MOST or any(kind in (Article.KIND, Assignment.KIND, "scheme") for kind, _ in keys):
        return None
    ids = {article for key in touching if (article := article_of(project, key))}
    rows = {article: model.find(article) for article in ids}
    return {article: _reread(session, project, row) for article, row in rows.items() if row}


def _reread(session: Session, project: Project, row: ArticleRow) -> ArticleRow:
    is_open = session.article is not None and session.article.id == row.id
    annotations = session.annotations if is_open else project.annotations(row.id, session.layer)
    counts = Counter(annotation.label for annotation in annotations)
    recorded = project.progress(row.id, session.layer)
    state = recorded.state if recorded else "reading" if counts else "to do"
    return row._replace(state=state, counts=dict(counts))
