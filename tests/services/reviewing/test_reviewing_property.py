"""What holds of any annotators' work: nothing is left out, twice in, or decided behind one's back."""

import tempfile
import tomllib
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from reviewing_steps import TEXT, WHO, undo

from annotator.model.anchor import anchor
from annotator.model.change import Draft, Revision
from annotator.model.records import Annotation, Progress
from annotator.model.scheme import Scheme
from annotator.model.span import Span, joined, shared, size
from annotator.services import articles, reviewing, tagging
from annotator.services.reviewing import First, Majority, Unanimous
from annotator.store import Home, Project

RESOURCES = Path(__file__).parents[3] / "resources"
SCHEME = Scheme.from_body(tomllib.loads((RESOURCES / "schemes" / "conflict-news.toml").read_text("utf-8")))

places = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 25)).map(lambda p: Span(p[0], p[0] + p[1])),
    min_size=1,
    max_size=3,
).map(joined)
said = st.tuples(
    st.sampled_from(WHO),
    st.sampled_from(["claim", "casualty", "source"]),
    places,
    st.dictionaries(st.sampled_from(["harm", "victims"]), st.sampled_from(["", "killed"]), max_size=2),
)
work = st.lists(said, min_size=1, max_size=9)
readers = st.sets(st.sampled_from(WHO))


@cache
def empty():
    """Return the bytes of a project without articles; making one takes longer than most examples."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "p.annotator")
        Project.create(path, scheme=SCHEME, title="P", home=Home(Path(folder, "home"))).close()
        return path.read_bytes()


def with_work(test):
    """Run a property on a project that holds some work on one article, by one change."""

    @settings(max_examples=40, deadline=None)
    @given(st.data(), work, readers)
    def run(data, said, readers):
        with tempfile.TemporaryDirectory() as folder:
            home = Home(Path(folder, "home"))
            path = Path(folder, "p.annotator")
            path.write_bytes(empty())
            with Project.open(path, home=home) as project:
                article = articles.add(project, actor="Zoe", raw=TEXT).id
                fill(project, article, said, readers)
                test(data, project, article)

    return run


def fill(project, article, said, readers):
    marked = [
        Annotation(f"a{n}", article, who, label, place, anchor(TEXT, place), values)
        for n, (who, label, place, values) in enumerate(said)
    ]
    read = [Progress(article, who, "done") for who in sorted(readers)]
    revisions = tuple(Revision(thing.KIND, thing.id, thing.to_body()) for thing in (*marked, *read))
    project.commit(Draft("work", "Zoe", revisions))


def state(project, article):
    return project.annotations(article), project.rulings(article), project.links(article)


def open_cases(project, article):
    return [case for case in reviewing.cases(project, article) if case.is_open]


def decide(data, project, article):
    """Decide one open case in some way."""
    case = data.draw(st.sampled_from(open_cases(project, article)))
    version = data.draw(st.sampled_from(case.versions))
    if version.annotation is None:
        reviewing.reject_all(project, actor="Eve", case=case)
    elif data.draw(st.booleans()):
        reviewing.accept(project, actor="Eve", case=case, layer=version.layer)
    else:
        span = data.draw(st.sampled_from([[Span(0, 7)], None]))
        reviewing.accept_edited(project, actor="Eve", case=case, layer=version.layer, fragments=span)


@with_work
def test_every_annotation_is_in_one_case_and_every_reader_in_each(data, project, article):
    wanted = data.draw(st.lists(st.sampled_from(WHO), unique=True))
    cases = reviewing.cases(project, article, wanted)
    found = sorted(a.id for case in cases for a in case.annotations)
    compared = wanted or WHO
    assert found == sorted(a.id for a in project.annotations(article) if a.layer in compared)
    expected = [who for who in compared if who in project.readers(article)]
    assert all([v.layer for v in case.versions] == expected for case in cases)
    assert len({case.key for case in cases}) == len(cases)
    assert [case.hull.start for case in cases] == sorted(case.hull.start for case in cases)


@with_work
def test_marked_words_are_the_version_and_what_all_share_is_not_different(data, project, article):
    for case in reviewing.cases(project, article):
        for version in case.versions:
            if version.annotation is None:
                continue
            stretches = reviewing.marked(version, case.versions)
            assert "".join(words for words, _ in stretches) == version.annotation.words
            common = version.annotation.fragments
            for other in case.annotations:
                common = shared(common, other.fragments)
            different = sum(len(words) for words, is_different in stretches if is_different)
            assert different == size(version.annotation.fragments) - size(common)


@with_work
def test_deciding_every_case_leaves_none_open_and_undo_restores(data, project, article):
    before = state(project, article)
    n = len(open_cases(project, article))
    for left in range(n, 0, -1):
        assert len(open_cases(project, article)) == left
        decide(data, project, article)
    assert open_cases(project, article) == []
    gold = project.annotations(article, "gold")
    assert len({a.id for a in gold}) == len(gold) == sum(bool(r.gold) for r in project.rulings(article))
    for _ in range(n):
        undo(project)
    assert state(project, article) == before


@with_work
def test_a_rule_decides_in_one_change_only_what_it_may(data, project, article):
    for _ in range(data.draw(st.integers(0, 2))):
        if open_cases(project, article):
            decide(data, project, article)
    before, cases = state(project, article), reviewing.cases(project, article)
    rule = data.draw(st.sampled_from([Unanimous(), Majority(), Majority(2), First("Ada")]))
    change = reviewing.accept_agreed(project, actor="Eve", articles=[article], rule=rule)
    after = {case.key: case for case in reviewing.cases(project, article)}
    for case in cases:
        assert not case.is_decided or after[case.key] == case
        if isinstance(rule, Unanimous):
            assert after[case.key].is_decided == (case.is_decided or case.is_agreed)
    if change:
        undo(project)
    assert state(project, article) == before


@with_work
def test_a_ruling_goes_stale_exactly_when_a_source_changes(data, project, article):
    while open_cases(project, article):
        decide(data, project, article)
    theirs = [a for a in project.annotations(article) if a.layer != "gold"]
    changed = data.draw(st.sampled_from(theirs))
    tagging.set_note(project, actor=changed.layer, annotation=changed.id, note="changed")
    for case in reviewing.cases(project, article):
        assert case.is_open == (bool(case.differences) and changed.id in case.sources)


@with_work
def test_a_tally_is_the_sum_of_the_cases(data, project, article):
    if open_cases(project, article):
        decide(data, project, article)
    cases = reviewing.cases(project, article)
    tally = reviewing.tally(project)
    assert (article in tally) == (len(project.readers(article)) - ("gold" in project.readers(article)) > 1)
    if article in tally:
        counted = tally[article]
        assert counted.open == len(open_cases(project, article))
        assert counted.open + counted.resolved + counted.agreed + counted.accepted == len(cases)
