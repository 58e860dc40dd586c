"""What agreement is measured on, as it is read from a project."""

import threading

import golden_project as golden
import pytest

from annotator.model.anchor import anchor
from annotator.model.change import Draft, Revision
from annotator.model.records import Annotation, Progress
from annotator.model.review import GOLD, Ruling
from annotator.model.span import Span
from annotator.services import articles, progress
from annotator.services.agreement import Asked, gathered, measured, passages
from annotator.services.errors import Refused
from annotator.services.samples import sample
from annotator.store import Project

TEXT = "“نعم”, said Kerry 🕊️ of the truce. It is not dead."


def quiet(_done, _total):
    """Tell nobody."""


def made(project, *texts):
    return [articles.add(project, actor="ann", raw=text, title=f"{at}").id for at, text in enumerate(texts)]


def tag(project, article, layer, label, *places, own="", **attributes):
    fragments = tuple(Span(*place) for place in places)
    text = project.text(project.article(article).sha256)
    own = own or f"{article}-{layer}-{label}-{places}"
    added = Annotation(own, article, layer, label, fragments, anchor(text, fragments), attributes)
    project.commit(Draft("tag", layer, (Revision.of(added),)))


def test_a_corpus_is_what_two_or_more_have_done(project):
    one, two, three = made(project, TEXT, TEXT + " More.", TEXT + " Again.")
    tag(project, one, "ann", "claim", (0, 5))
    tag(project, two, "ann", "claim", (0, 5))
    for who, article in (("ann", one), ("bob", one), ("ann", two)):
        progress.mark(project, actor=who, article=article, state="done")
    progress.mark(project, actor="bob", article=three, state="skipped")
    progress.mark(project, actor="ann", article=three, state="done")
    of = gathered(project, Asked(), quiet)
    assert of.layers == ("ann", "bob")
    assert [a.id for a in of.articles] == [one]
    assert of.articles[0].marks["bob"] == []
    assert [m.words for m in of.articles[0].marks["ann"]] == [TEXT[:5]]
    assert of.articles[0].size == len(TEXT)


def test_who_has_not_read_an_article_counts_for_nothing_there(project):
    (one,) = made(project, TEXT)
    for who in ("ann", "bob", "eve"):
        tag(project, one, who, "claim", (0, 5))
    for who in ("ann", "bob"):
        progress.mark(project, actor=who, article=one, state="done")
    of = gathered(project, Asked(), quiet)
    assert set(of.articles[0].marks) == {"ann", "bob"}
    assert measured(of, quiet).cell("exact-f1", "claim", ("ann", "eve")).undefined


def test_gold_has_read_what_it_ruled_on_or_marked(project):
    one, two, three = made(project, TEXT, TEXT + " More.", TEXT + " Again.")
    for article in (one, two, three):
        progress.mark(project, actor="ann", article=article, state="done")
    tag(project, one, GOLD, "claim", (0, 5))
    ruling = Ruling("r1", two, "ann", {})
    project.commit(Draft("rule", "ann", (Revision.of(ruling),)))
    of = gathered(project, Asked(layers=("ann", GOLD)), quiet)
    assert {a.id for a in of.articles} == {one, two}
    assert GOLD not in gathered(project, Asked(), quiet).layers


def test_only_what_is_asked_for_is_read(project):
    one, two = made(project, TEXT, TEXT + " More.")
    for who in ("ann", "bob", "eve"):
        for article in (one, two):
            tag(project, article, who, "claim", (0, 5), own=f"{who}{article}c")
            tag(project, article, who, "quote", (0, 5), own=f"{who}{article}q")
            progress.mark(project, actor=who, article=article, state="done")
    of = gathered(project, Asked(layers=("eve", "ann"), labels=("quote",), articles=(two,)), quiet)
    assert of.layers == ("eve", "ann")
    assert of.pairs == (("eve", "ann"),)
    assert [a.id for a in of.articles] == [two]
    assert {m.label for marks in of.articles[0].marks.values() for m in marks} == {"quote"}
    assert measured(of, quiet).layers == ("eve", "ann")


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (Asked(layers=("ann", "nobody")), "no annotator “nobody”; choose from ann"),
        (Asked(labels=("mood",)), "no label “mood”; choose from claim, "),
        (Asked(articles=("x",)), "no article “x”"),
    ],
)
def test_what_is_not_there_is_refused(project, asked, message):
    (one,) = made(project, TEXT)
    progress.mark(project, actor="ann", article=one, state="done")
    with pytest.raises(Refused, match=message):
        gathered(project, asked, quiet)


def test_an_empty_project_has_no_agreement(project):
    found = measured(gathered(project, Asked(), quiet), quiet)
    assert found.articles == ()
    assert {cell.undefined for cell in found.measures} == {
        "agreement needs two annotators, and there is none"
    }


def test_merged_entities_lead_to_the_last_one(project):
    golden.fill(project)
    of = gathered(project, Asked(), quiet)
    into = {e.id: e.merged_into for e in project.entities(merged=True) if e.merged_into}
    assert into
    assert all(end not in into for end in of.entities.values())
    assert set(of.entities) == set(into)


def test_the_time_of_marking_as_done_is_kept(project):
    (one,) = made(project, TEXT)
    for who in ("ann", "bob"):
        change = progress.mark(project, actor=who, article=one, state="done")
    of = gathered(project, Asked(), quiet)
    assert of.articles[0].done["bob"] == change.at


def test_a_snapshot_in_a_thread_is_enough(home):
    """Read in a thread, and measure after everything is closed."""
    found = []
    with Project.open(sample(home), home=home) as project, project.snapshot() as still:
        thread = threading.Thread(target=lambda: found.append(gathered(still, Asked(), quiet)))
        thread.start()
        thread.join()
    (of,) = found
    cells = measured(of, quiet)
    assert len(cells.layers) == 2
    assert 0.5 < cells.cell("alpha").value < 1
    assert passages(of, cells.cell("exact-f1"))


def test_reading_can_be_stopped(project):
    golden.fill(project)
    for who in ("ann", "bob"):
        project.commit(Draft("done", who, (Revision.of(Progress(golden.ONE.id, who, "done")),)))

    def stop(done, total):
        raise InterruptedError(f"{done} of {total}")

    with pytest.raises(InterruptedError, match="1 of "):
        gathered(project, Asked(), stop)
