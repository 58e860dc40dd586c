"""How far each annotator is."""

from annotator.model.span import Span
from annotator.services import articles, progress, tagging
from annotator.services.standing import standings


def test_states_add_up_for_everybody(project):
    made = [articles.add(project, actor="Ada", raw=f"Report {i}", title="R").id for i in range(5)]
    tagging.tag(project, actor="Ada", article=made[0], label="claim", spans=[Span(0, 6)])
    tagging.tag(project, actor="Ada", article=made[1], label="claim", spans=[Span(0, 6)])
    progress.mark(project, actor="Ada", article=made[1], state="done")
    progress.mark(project, actor="Ben", article=made[2], state="skipped")
    ada, ben, cy = standings(project, also="Cy")
    assert [s.annotator for s in (ada, ben, cy)] == ["Ada", "Ben", "Cy"]
    assert ada.states == {"to do": 3, "reading": 1, "done": 1, "skipped": 0}
    assert ben.states == {"to do": 4, "reading": 0, "done": 0, "skipped": 1}
    assert cy.states == {"to do": 5, "reading": 0, "done": 0, "skipped": 0}
    assert (ada.spans, ada.by_label, cy.articles) == (2, {"claim": 2}, 5)


def test_a_removed_article_counts_for_nobody(project):
    article = articles.add(project, actor="Ada", raw="Report", title="R").id
    tagging.tag(project, actor="Ada", article=article, label="claim", spans=[Span(0, 6)])
    articles.remove(project, actor="Ada", article=article)
    assert all(s.articles == 0 and s.spans == 0 for s in standings(project, also="Ada"))
