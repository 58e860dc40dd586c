"""Which article a change touches."""

from annotator.model.change import ObjectKey
from annotator.model.records import Annotation, Progress
from annotator.store.project import Project


def article_of(project: Project, key: ObjectKey) -> str:
    """Name the article of an annotation, a ruling or a state, also of one that was deleted; "" for none."""
    kind, name = key
    if kind == Progress.KIND:
        return name.partition(":")[0]
    annotation = project.annotation(name) if kind == Annotation.KIND else None
    if annotation:
        return annotation.article
    bodies = (step.body for step in reversed(project.history(kind, name)))
    return next((str(body.get("article", "")) for body in bodies if body), "")
