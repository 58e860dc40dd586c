"""Tagging as the services see it: own layers only, spans that stand, one change each."""

import pytest

from annotator.model.span import Span
from annotator.services import articles, linking, tagging
from annotator.services.errors import Refused

TEXT = 'Kerry said: "The truce 👩‍👩‍👧 is not dead", he added, "yet."\n\nقُتل تسعة people in Hama.'


@pytest.fixture
def article(project):
    return articles.add(project, actor="Ada", raw=TEXT, title="Truce").id


def span_of(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def mark(project, article, words, label="claim", actor="Ada"):
    return tagging.tag(project, actor=actor, article=article, label=label, spans=[span_of(words)])


def test_a_tag_keeps_its_words_and_context(project, article):
    made = mark(project, article, "👩‍👩‍👧 is not dead")
    kept = project.annotation(made.id)
    assert kept == made
    assert kept.anchor.exact == ("👩‍👩‍👧 is not dead",)
    assert kept.anchor.prefix.endswith("The truce ")
    assert kept.stands_in(TEXT)
    assert kept.scheme == project.scheme.stamp
    assert kept.attributes == {"certainty": "certain", "polarity": "positive"}


def test_white_space_at_the_ends_is_left_out(project, article):
    made = tagging.tag(project, actor="Ada", article=article, label="claim", spans=[Span(5, 12)])
    assert made.words == "said:"


@pytest.mark.parametrize("spans", [[], [Span(5, 6)], [Span(0, 10_000)]])
def test_nothing_white_space_and_the_beyond_are_refused(project, article, spans):
    with pytest.raises(Refused):
        tagging.tag(project, actor="Ada", article=article, label="claim", spans=spans)
    assert project.annotations(article) == ()


def test_a_label_the_scheme_lacks_is_refused(project, article):
    with pytest.raises(Refused, match="no label “rumour”"):
        mark(project, article, "Kerry", label="rumour")


def test_a_broken_quote_is_one_annotation_with_two_fragments(project, article):
    quote = mark(project, article, '"The truce 👩‍👩‍👧 is not dead"', label="quote")
    whole = tagging.add_fragment(project, actor="Ada", annotation=quote.id, span=span_of('"yet."'))
    assert [TEXT[f.start : f.stop] for f in whole.fragments] == ['"The truce 👩‍👩‍👧 is not dead"', '"yet."']
    assert project.annotation(quote.id) == whole


def test_a_fragment_that_touches_is_joined(project, article):
    claim = mark(project, article, "Kerry")
    whole = tagging.add_fragment(project, actor="Ada", annotation=claim.id, span=Span(5, 10))
    assert whole.fragments == (Span(0, 10),)


def test_relabelling_keeps_only_values_both_labels_know(project, article):
    claim = mark(project, article, "تسعة people", label="casualty")
    tagging.set_value(project, actor="Ada", annotation=claim.id, name="harm", value="killed")
    quote = tagging.relabel(project, actor="Ada", annotation=claim.id, label="quote")
    assert quote.label == "quote"
    assert quote.attributes == {"medium": "speech"}


def test_relabelling_as_a_casualty_report_reads_the_figure(project, article):
    claim = mark(project, article, "تسعة people")
    assert (
        "count" not in tagging.relabel(project, actor="Ada", annotation=claim.id, label="casualty").attributes
    )
    other = articles.add(project, actor="Ada", raw="At least nine people died.").id
    made = tagging.tag(project, actor="Ada", article=other, label="claim", spans=[Span(0, 20)])
    count = tagging.relabel(project, actor="Ada", annotation=made.id, label="casualty").attributes["count"]
    assert (count["low"], count["high"]) == (9, None)


def test_only_its_own_annotator_changes_a_span(project, article):
    claim = mark(project, article, "Kerry")
    refused = [
        lambda: tagging.move(project, actor="Ben", annotation=claim.id, fragments=[Span(0, 3)]),
        lambda: tagging.relabel(project, actor="Ben", annotation=claim.id, label="quote"),
        lambda: tagging.delete(project, actor="Ben", annotation=claim.id),
        lambda: tagging.set_note(project, actor="Ben", annotation=claim.id, note="mine"),
        lambda: tagging.restore(project, actor="Ben", annotation=claim.id, body=claim.to_body()),
    ]
    for attempt in refused:
        with pytest.raises(Refused, match="belongs to Ada"):
            attempt()
    assert project.annotation(claim.id) == claim


def test_a_move_to_the_same_place_writes_nothing(project, article):
    claim = mark(project, article, "Kerry")
    before = len(project.changes())
    tagging.move(project, actor="Ada", annotation=claim.id, fragments=claim.fragments)
    assert len(project.changes()) == before


def test_deleting_a_span_takes_ones_own_links_with_it(project, article):
    claim, source = mark(project, article, "not dead"), mark(project, article, "Kerry", label="source")
    made = linking.link(project, actor="Ada", type="attributed-to", source=claim.id, target=source.id)
    tagging.delete(project, actor="Ada", annotation=source.id)
    assert project.link(made.id) is None
    assert project.links(article) == ()


def test_a_drifted_span_is_reanchored_only_where_its_words_stand_alone(project, article):
    claim = mark(project, article, "Hama")
    drifted = dict(claim.to_body(), fragments=[[0, 4]])
    from annotator.model.change import Draft, Revision

    project.commit(Draft("drift", "Ada", (Revision("annotation", claim.id, drifted),)))
    back = tagging.reanchor(project, actor="Ada", annotation=claim.id)
    assert back.fragments == claim.fragments
    lost = dict(claim.to_body(), exact=["Homs"])
    project.commit(Draft("drift", "Ada", (Revision("annotation", claim.id, lost),)))
    with pytest.raises(Refused, match="no one place"):
        tagging.reanchor(project, actor="Ada", annotation=claim.id)


def test_links_run_only_where_the_scheme_lets_them(project, article):
    claim, source = mark(project, article, "not dead"), mark(project, article, "Kerry", label="source")
    with pytest.raises(Refused, match="can't run from Source to Claim"):
        linking.link(project, actor="Ada", type="attributed-to", source=source.id, target=claim.id)
    with pytest.raises(Refused, match="itself"):
        linking.link(project, actor="Ada", type="contradicts", source=claim.id, target=claim.id)


def test_a_symmetric_link_is_made_once(project, article):
    a, b = mark(project, article, "not dead"), mark(project, article, "Kerry")
    linking.link(project, actor="Ada", type="contradicts", source=a.id, target=b.id)
    with pytest.raises(Refused, match="already"):
        linking.link(project, actor="Ada", type="contradicts", source=b.id, target=a.id)
    assert "contradicts" not in [kind.id for kind in linking.possible(project, b, a)]
