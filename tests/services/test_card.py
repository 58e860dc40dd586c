"""The dataset card and the agreement on it."""

from dataclasses import replace

import golden_project as golden
import pytest
from export_steps import CSV, export

from annotator.formats.dataset import ArticleRecord
from annotator.model.change import Draft, Revision
from annotator.model.records import Progress
from annotator.services.agreement.streaming import ExactAgreement
from annotator.services.disguising import StandIn


@pytest.fixture(autouse=True)
def filled(project):
    golden.fill(project)


def record(spans, done=("ann", "bob")):
    """An article in which annotators marked the quotes and claims named by the golden annotations' ids."""
    by_id = {a.id: a for a in golden.ANNOTATIONS}
    marked = tuple(replace(by_id[own], id=f"{who}-{own}", layer=who) for who, own in spans)
    progress = tuple(Progress(golden.ONE.id, who, "done") for who in done)
    return ArticleRecord(golden.ONE, golden.FIRST, marked, progress=progress)


def f1(*records):
    agreement = ExactAgreement()
    for number, one in enumerate(records):
        agreement.add(f"{number:02}", one)
    return agreement.result()[0]


def test_f1_counts_label_and_boundaries_over_all_pairs():
    found = f1(record([("ann", "q1"), ("ann", "s1"), ("bob", "q1"), ("bob", "c2")]))
    assert (found.value, found.n) == (0.5, 4)
    assert (found.low, found.high) == (None, None)
    three = record([("ann", "q1"), ("bob", "q1"), ("eve", "c1")], done=("ann", "bob", "eve"))
    assert f1(three).value == pytest.approx(2 / 6)


def test_the_interval_does_not_depend_on_the_order_in_which_articles_come():
    both, one = [("ann", "q1"), ("bob", "q1")], [("ann", "c1")]
    articles = [(f"{n:02}", record(both * n + one * (n * n % 7))) for n in range(1, 20)]
    found = []
    for order in (articles, articles[::-1]):
        agreement = ExactAgreement()
        for own_id, of_article in order:
            agreement.add(own_id, of_article)
        found += [agreement.result(seed=3), agreement.result(seed=3)]
    assert found == [found[0]] * 4
    assert found[0][0].low < found[0][0].high


def test_identical_spans_agree_with_one_each():
    spans = [("ann", "q1"), ("ann", "q1"), ("bob", "q1")]
    assert f1(record(spans)).value == pytest.approx(2 / 3)


def test_read_and_nothing_found_counts_and_unread_does_not():
    assert f1(record([("ann", "q1")])).value == 0
    assert f1(record([("ann", "q1"), ("bob", "q1")], done=("ann",))).undefined


def test_not_defined_is_said_with_its_reason():
    assert f1().undefined == "no article was read by two annotators"
    assert f1(record([])).undefined == "nobody marked anything in the articles compared"


def test_gold_is_no_annotator():
    assert f1(record([("ann", "q1"), ("gold", "q1")], done=("ann", "gold"))).value is None


def test_the_interval_is_seeded_and_holds_the_value():
    same, other = record([("ann", "q1"), ("bob", "q1")]), record([("ann", "q1"), ("bob", "c2")])
    found = f1(*[same] * 30, *[other] * 10)
    assert found.value == 0.75
    assert found.low < 0.75 < found.high
    assert found == f1(*[same] * 30, *[other] * 10)


def test_the_card_tells_f1_of_each_label(project, tmp_path):
    tagged = golden.ANNOTATIONS[0]
    work = [replace(tagged, id=f"{who}-copy", layer=who) for who in ("mina", "nura")]
    done = [Progress(tagged.article, who, "done") for who in ("mina", "nura")]
    project.commit(Draft("work", "mina", tuple(Revision.of(one) for one in (*work, *done))))
    export(project, tmp_path / "out", CSV, layers=("mina", "nura"))
    card = (tmp_path / "out" / "README.md").read_text("utf-8")
    assert "Exact-span F1 between annotators: 1.00, over 1 article that two or more have done." in card
    assert f"| {tagged.label} | 1.00 | 2 |" in card


def test_the_card_counts_and_explains(project, tmp_path):
    export(project, tmp_path / "out", CSV)
    card = (tmp_path / "out" / "README.md").read_text("utf-8")
    assert "# Test\n" in card
    assert "7 spans in 3 articles, by ann, bob, gold." in card
    assert "| ann | 0 | 2 | 1 | 1 | 4 | 2 |" in card
    assert "Not defined: no article was read by two annotators." in card
    assert "the layer `gold` holds what was decided" in card
    assert "Its spans are 1 of unstated origin." in card
    assert "### Quote (`quote`)" in card
    assert "Good: " in card
    assert "To be filled in by whoever publishes" in card


def test_one_of_a_thing_is_told_as_one(project, tmp_path):
    wanted = {"labels": ("source",), "words": 1, "stand_ins": (StandIn("e2", "Official A"),)}
    export(project, tmp_path / "out", CSV, **wanted)
    card = (tmp_path / "out" / "README.md").read_text("utf-8")
    assert "1 span in 3 articles, by ann." in card
    assert "at most 1 word of each span" in card
    assert "Pseudonyms stand for 1 person or incident," in card
    assert "* scheme with its rules, examples, colours and keys: 1 (such as " in card
