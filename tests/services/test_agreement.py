"""Agreement as a whole: F1, intervals, what isn't defined, passages, confusion, drift."""

import math
import random
from collections import Counter

import pytest
from agreement_values import LABELS, article, corpora, corpus, mark, quiet, value
from hypothesis import given, settings

from annotator.model.matching import pairs
from annotator.model.scheme import Scheme
from annotator.model.span import Span
from annotator.services import articles, tagging
from annotator.services.agreement import (
    MEASURES,
    NOTHING,
    Asked,
    confusion,
    drift,
    drifts,
    gathered,
    measured,
    passages,
)
from annotator.store import Project

PAIR = ("ann", "bob")


@settings(deadline=None, max_examples=60)
@given(corpora())
def test_no_number_is_ever_nan_and_none_is_without_a_reason(of):
    for cell in measured(of, quiet).measures:
        numbers = (cell.value, cell.low, cell.high)
        assert not any(number is not None and math.isnan(number) for number in numbers)
        assert (cell.value is None) == bool(cell.undefined)
        assert cell.value is None or cell.value <= 1 + 1e-12


@settings(deadline=None, max_examples=60)
@given(corpora())
def test_f1_counts_matches_of_the_same_label(of):
    found = measured(of, quiet)
    for pair in of.pairs:
        for label in (None, *LABELS):
            spans = exact = overlapping = 0
            for one in of.articles:
                if pair[0] not in one.marks or pair[1] not in one.marks:
                    continue
                placed = [
                    [(m.fragments, m.label) for m in one.marks[who] if label in (None, m.label)]
                    for who in pair
                ]
                spans += len(placed[0]) + len(placed[1])
                exact += (Counter(placed[0]) & Counter(placed[1])).total()
                overlapping += len(pairs(*placed, lambda a, b: a == b, 0.5))
            for measure, matched in (("exact-f1", exact), ("overlap-f1", overlapping)):
                cell = found.cell(measure, label, pair)
                assert cell.n == spans
                assert cell.value == (pytest.approx(2 * matched / spans) if spans else None)


@settings(deadline=None, max_examples=40)
@given(corpora())
def test_what_stands_behind_exact_f1_is_what_it_counts(of):
    found = measured(of, quiet)
    for pair in of.pairs:
        cell = found.cell("exact-f1", None, pair)
        kinds = Counter(passage.kind for passage in passages(of, cell))
        agreeing = 2 * kinds["agreement"]
        assert cell.value == (pytest.approx(agreeing / cell.n) if cell.n else None)
        assert sum(len(passage.annotations) for passage in passages(of, cell)) == cell.n


@settings(deadline=None, max_examples=40)
@given(corpora())
def test_a_confusion_matrix_counts_every_span_once(of):
    table = confusion(of, PAIR)
    assert table.classes == (*LABELS, NOTHING)
    shared = [one for one in of.articles if all(who in one.marks for who in PAIR)]
    by_row = [Counter(m.label for one in shared for m in one.marks[who]) for who in PAIR]
    for at, label in enumerate(LABELS):
        assert sum(table.counts[at]) == by_row[0][label]
        assert sum(row[at] for row in table.counts) == by_row[1][label]
    assert table.counts[-1][-1] == 0
    for at, row in enumerate(table.classes):
        for column, count in zip(table.classes, table.counts[at], strict=True):
            assert len(table.passages(row, column)) == count


def many(articles, seed=1, layers=("ann", "bob", "eve")):
    chance = random.Random(seed)
    made = []
    for number in range(articles):
        truth = [(chance.choice(LABELS), start) for start in range(0, 280, 40)]
        marks = {
            who: [
                mark(f"{number}{who}{start}", label, (start, start + chance.choice((20, 20, 25))))
                for label, start in truth
                if chance.random() < 0.8
            ]
            for who in layers
        }
        done = dict.fromkeys(layers, f"2026-01-{1 + number:02}T00:00:00+00:00")
        made.append(article(str(number), 300, marks, done=done))
    return made


def test_intervals_are_seeded_and_hold_the_value():
    of = corpus(*many(25), resamples=300)
    found = measured(of, quiet)
    assert measured(of, quiet) == found
    assert measured(corpus(*many(25), resamples=300, seed=1), quiet) != found
    for cell in found.measures:
        if cell.value is not None and cell.measure not in ("value-alpha", "value-f1"):
            assert cell.low <= cell.value <= cell.high, cell
    wider = measured(corpus(*many(25)[:8], resamples=300), quiet).cell("alpha")
    narrow = found.cell("alpha")
    assert wider.high - wider.low > narrow.high - narrow.low


def test_an_interval_is_what_a_bootstrap_by_hand_gives():
    """Resample the articles themselves, and measure each resample whole."""
    made = many(12, layers=PAIR)
    chance = random.Random(3)
    found = measured(corpus(*made, resamples=2000), quiet)
    by_hand = [measured(corpus(*chance.choices(made, k=12), labels=("claim",)), quiet) for _ in range(150)]
    for measure in ("exact-f1", "token-kappa", "alpha", "alpha-u"):
        cell = found.cell(measure, "claim")
        values = sorted(one.cell(measure, "claim").value for one in by_hand)
        assert cell.low == pytest.approx(values[3], abs=0.06)
        assert cell.high == pytest.approx(values[-4], abs=0.06)


def test_one_article_gives_no_interval():
    cell = measured(corpus(*many(1), resamples=100), quiet).cell("alpha")
    assert (cell.low, cell.high) == (None, None)
    assert cell.value is not None
    lone = [mark("x", "claim", (0, 9))]
    of = corpus(article("1", 20, {"a": lone, "b": lone}), article("2", 20, {"a": [], "b": []}), resamples=50)
    assert measured(of, quiet).cell("exact-f1", "claim").low is None


def test_reading_and_finding_nothing_is_a_decision():
    lone = [mark("x", "claim", (0, 9))]
    of = corpus(article("1", 20, {"a": lone, "b": []}))
    assert value(of, "exact-f1", "claim") == 0
    assert value(of, "token-kappa", "claim") == 0
    unread = corpus(article("1", 20, {"a": lone}), layers=("a", "b"))
    found = measured(unread, quiet)
    assert {cell.value for cell in found.measures} == {None}
    assert found.cell("exact-f1").undefined == "no article was read by two annotators"
    assert found.cell("exact-f1", "claim", ("a", "b")).undefined == "no article was read by both annotators"


@pytest.mark.parametrize(
    "measure", [name for name in MEASURES if name not in ("gamma", "value-f1", "value-alpha")]
)
def test_nobody_used_the_label_is_said(measure):
    marks = {"a": [mark("1", "claim", (0, 9))], "b": [mark("2", "claim", (0, 9))]}
    found = measured(corpus(article("1", 20, marks)), quiet)
    assert found.cell(measure, "quote").undefined == "nobody used the label in the articles compared"
    empty = measured(corpus(article("1", 20, {"a": [], "b": []})), quiet)
    assert empty.cell(measure).undefined == "nobody marked anything in the articles compared"


@pytest.mark.parametrize("measure", ["token-kappa", "char-kappa", "fleiss-kappa", "alpha"])
def test_one_category_only_is_said(measure):
    marks = {layer: [mark(layer, "claim", (0, 20))] for layer in ("a", "b")}
    found = measured(corpus(article("1", 20, marks)), quiet)
    assert found.cell(measure, "claim").undefined == "everything is marked: there is one category only"


def test_one_annotator_is_said():
    found = measured(corpus(article("1", 20, {"a": [mark("1", "claim", (0, 9))]})), quiet)
    assert {cell.undefined for cell in found.measures} == {"agreement needs two annotators, and there is one"}
    found = measured(corpus(), quiet)
    assert {cell.undefined for cell in found.measures} == {
        "agreement needs two annotators, and there is none"
    }


def test_an_article_without_text_disturbs_nothing():
    of = corpus(article("0", 0, {"ann": [], "bob": []}), *many(2, layers=PAIR))
    assert value(of, "alpha") == pytest.approx(value(corpus(*many(2, layers=PAIR)), "alpha"))
    assert value(of, "alpha-u") == pytest.approx(value(corpus(*many(2, layers=PAIR)), "alpha-u"))


def test_measuring_can_be_stopped():
    class Stopped(Exception):
        pass

    def stop(done, total):
        assert 0 <= done <= total
        if done > total // 2:
            raise Stopped

    with pytest.raises(Stopped):
        measured(corpus(*many(10), resamples=50), stop)


def kinds(marks):
    of = corpus(article("1", 60, marks))
    return [(p.kind, p.note) for p in passages(of, measured(of, quiet).cell("exact-f1"))]


def test_passages_say_what_differs():
    assert kinds({"a": [mark("1", "claim", (0, 9))], "b": [mark("2", "claim", (0, 9))]}) == [
        ("agreement", "the same")
    ]
    assert kinds({"a": [mark("1", "claim", (0, 9))], "b": [mark("2", "claim", (2, 10))]}) == [
        ("boundaries", "boundaries differ by 3 characters")
    ]
    assert kinds({"a": [mark("1", "claim", (0, 9))], "b": [mark("2", "quote", (0, 9))]}) == [
        ("label", "labels differ: claim or quote")
    ]
    assert kinds({"a": [mark("1", "claim", (0, 9))], "b": [mark("2", "claim", (0, 4), (6, 9))]}) == [
        ("boundaries", "fragments differ (1 or 2)")
    ]
    assert kinds({"a": [mark("1", "claim", (0, 9))], "b": [mark("2", "cue", (0, 9))]}) == [
        ("one-sided", "only a"),
        ("one-sided", "only b"),
    ]
    three = {who: [mark(who, "claim", (0, 9))] for who in "ab"} | {"c": []}
    assert kinds(three) == [("one-sided", "a and b, not c")]


def test_passages_are_those_of_the_label_and_pair():
    marks = {
        "a": [mark("1", "claim", (0, 9)), mark("2", "quote", (20, 30))],
        "b": [mark("3", "quote", (0, 9))],
        "c": [mark("4", "cue", (40, 45))],
    }
    of = corpus(article("1", 60, marks))
    found = measured(of, quiet)
    behind = passages(of, found.cell("alpha", "claim", ("a", "b")))
    assert [p.annotations for p in behind] == [("1", "3")]
    assert [p.labels for p in behind] == [("claim", "quote")]
    assert (behind[0].words, behind[0].start, behind[0].layers) == ("words of 1", 0, ("a", "b"))
    assert [p.annotations for p in passages(of, found.cell("alpha", "cue"))] == [("4",)]


def test_drift_goes_through_the_articles_in_the_order_they_were_done():
    made = many(30)
    chance = random.Random(1)
    chance.shuffle(made)
    points = drift(corpus(*made, resamples=100), "ann")
    assert [p.done for p in points] == sorted(p.done for p in points)
    assert points[-1].done == 30
    assert points[-1].at == "2026-01-30T00:00:00+00:00"
    assert all(p.low <= p.value <= p.high for p in points)
    assert all(p.articles == 5 for p in points)


def test_drift_shows_who_gets_better():
    made = []
    for number in range(20):
        own = (0, 9) if number >= 10 else (20, 29)
        marks = {"ann": [mark(f"a{number}", "claim", own)], "bob": [mark(f"b{number}", "claim", (0, 9))]}
        made.append(article(str(number), 40, marks, done={"ann": f"2026-01-{number + 1:02}"}))
    points = drift(corpus(*made), "ann")
    assert points[0].value == 0
    assert points[-1].value == 1


def test_drift_of_nothing_is_nothing():
    assert drift(corpus(), "ann") == ()
    (point,) = drift(corpus(article("1", 20, {"ann": [], "bob": []})), "ann")
    assert (point.value, point.undefined) == (None, "nobody marked anything in the articles compared")


def test_one_annotator_alone_is_a_reason_in_every_measure_and_scale(tmp_path, home, scheme):
    ordered = scheme.to_body()
    for label in ordered["label"]:
        for attribute in label.get("attributes", ()):
            if attribute["kind"] == "choice":
                attribute["ordered"] = True
    path = tmp_path / "alone.annotator"
    with Project.create(path, scheme=Scheme.from_body(ordered), title="Alone", home=home) as project:
        article = articles.add(project, actor="Ada", raw="Kerry said so.").id
        tagging.tag(project, actor="Ada", article=article, label="claim", spans=[Span(0, 5)])
        found = measured(gathered(project, Asked(), quiet), quiet)
    assert {cell.undefined for cell in found.measures} == {"agreement needs two annotators, and there is one"}


@pytest.mark.parametrize("work", ["passages", "confusion", "drifts"])
def test_what_takes_long_is_told_article_by_article_and_may_be_stopped(work):
    made = [article(str(n), 20, {"ann": [mark(str(n), "claim", (0, 5))], "bob": []}) for n in range(3)]
    of = corpus(*made)
    ask = {
        "passages": lambda tell: passages(of, measured(of, quiet).cell("exact-f1"), tell),
        "confusion": lambda tell: confusion(of, ("ann", "bob"), tell),
        "drifts": lambda tell: drifts(of, tell),
    }[work]
    heard = []
    ask(lambda *how_far: heard.append(how_far))
    total = 6 if work == "drifts" else 3
    assert heard[0] == (0, total)
    assert heard[-1] == (total, total)
    assert heard == sorted(heard)

    class Stopped(Exception):
        pass

    def stop(done, _total):
        if done == 2:
            raise Stopped

    with pytest.raises(Stopped):
        ask(stop)
