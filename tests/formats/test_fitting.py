"""Spans that a format can't hold: chosen from, taken apart, or left out, and always said."""

from dataclasses import replace

import dataset_values as made
import pytest
from golden_dataset import ANNOTATIONS, DATASET
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.formats.fitting import BROKEN, OVERLAPS, Fitting, fitted
from annotator.formats.losses import Holds
from annotator.model.span import Span, intersection

EVERYTHING = {"nested": True, "fragments": True, "attributes": True, "links": True, "layers": True}
RECORD = DATASET.records[0]
FLAT = Holds(**{**EVERYTHING, "nested": False, "layers": False})


def ids(record):
    return [a.id for a in record.annotations]


@pytest.mark.parametrize(
    ("overlaps", "stay"),
    [("outermost", ["a-quote"]), ("innermost", ["b-nested", "g-over"]), ("none", [])],
)
def test_of_spans_that_overlap_the_chosen_one_stays(overlaps, stay):
    wanted = {"g-over", "a-quote", "b-nested", "b-same"}
    record, lost = fitted(RECORD, FLAT, Fitting(overlaps=overlaps))
    assert [a for a in ids(record) if a in wanted] == stay
    assert len(lost) == 4 - len(stay) + sum(what == "links of spans left out" for what, _ in lost)
    assert {"a-source", "a-count", "a-arabic", "a-formula"} <= set(ids(record))


def test_a_span_in_the_gap_of_another_does_not_overlap_it():
    gap = replace(RECORD, annotations=(ANNOTATIONS[1], ANNOTATIONS[0]), links=())
    assert fitted(gap, FLAT, Fitting()) == (gap, [])


def test_layers_that_are_kept_apart_do_not_compete():
    record, _ = fitted(RECORD, replace(FLAT, layers=True), Fitting())
    assert {"g-over", "a-quote"} <= set(ids(record))


@pytest.mark.parametrize(
    ("broken", "words"),
    [("apart", ["“The truce”", "“is not dead.”"]), ("whole", ["“The truce”, Kerry said, “is not dead.”"])],
)
def test_a_broken_span_is_taken_apart_or_made_whole(broken, words):
    record, lost = fitted(RECORD, Holds(**{**EVERYTHING, "fragments": False}), Fitting(broken=broken))
    pieces = [a for a in record.annotations if a.id.startswith("a-quote")]
    assert [a.words for a in pieces] == words
    assert all(a.stands_in(RECORD.text) and a.label == "claim" for a in pieces)
    assert len(lost) == 1
    assert {link.id for link in record.links} == {"l-1", "l-2"}


def test_a_fragment_of_white_space_becomes_no_span():
    spans = (Span(0, 5), Span(5, 6), Span(33, 38))
    broken = replace(RECORD, annotations=(ANNOTATIONS[0].placed(RECORD.text, spans),), links=())
    record, _ = fitted(broken, Holds(**{**EVERYTHING, "fragments": False}), Fitting())
    assert [(a.id, a.words) for a in record.annotations] == [("a-source", "Truce"), ("a-source-2", "Kerry")]


def test_what_is_left_out_takes_its_links_along():
    record, lost = fitted(RECORD, Holds(**{**EVERYTHING, "fragments": False}), Fitting(broken="none"))
    assert "a-quote" not in ids(record)
    assert [link.id for link in record.links] == ["l-2"]
    assert {what for what, _ in lost} == {"spans in several fragments, left out", "links of spans left out"}


@settings(max_examples=80, deadline=None)
@given(
    dataset=made.datasets(),
    overlaps=st.sampled_from(OVERLAPS),
    broken=st.sampled_from(BROKEN),
    layers=st.booleans(),
)
def test_whatever_is_chosen_the_result_fits(dataset, overlaps, broken, layers):
    holds = Holds(nested=False, fragments=False, attributes=True, links=True, layers=layers)
    for record in dataset:
        fit, lost = fitted(record, holds, Fitting(overlaps, broken))
        assert all(len(a.fragments) == 1 and a.stands_in(record.text) for a in fit.annotations)
        for n, a in enumerate(fit.annotations):
            for b in fit.annotations[:n]:
                assert (layers and a.layer != b.layer) or not intersection(a.fragments, b.fragments)
        assert lost or fit is record
        kept = {a.id for a in fit.annotations}
        assert all(link.source in kept for link in fit.links)
