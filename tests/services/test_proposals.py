"""What a verdict proposes, told beside what there is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.model.anchor import anchor
from annotator.model.records import Annotation
from annotator.model.review import Verdict
from annotator.model.span import Span, joined
from annotator.services import articles, feedback, tagging, verdicts
from annotator.services.feedback import Given
from annotator.services.proposals import boundary_pieces, boundary_words, proposal

TEXT = "A dozen 👩‍👩‍👧 people were killed by the raids near حلب on Tuesday."

places = st.lists(st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 9)), min_size=1, max_size=4).map(
    lambda found: joined(Span(at, min(len(TEXT), at + more)) for at, more in found)
)


def verdict_on(before, after):
    own = Annotation("a", "x", "Ada", "claim", before, anchor(TEXT, before))
    proposed = {"fragments": [[s.start, s.stop] for s in after]}
    return Given(Verdict("v", "x", "a", "Ada", "Bob", "change", proposed=proposed), None, own, False)


def covered(fragments):
    return {at for span in fragments for at in range(span.start, span.stop)}


@settings(deadline=None)
@given(places, places)
def test_pieces_say_what_stays_what_comes_and_what_goes(before, after):
    pieces = boundary_pieces(TEXT, verdict_on(before, after))
    said = {
        fate: "".join(words for words, own in pieces if own == fate and words != " … ")
        for fate in ("kept", "added", "dropped")
    }
    old, new = covered(before), covered(after)
    wanted = {"kept": old & new, "added": new - old, "dropped": old - new}
    assert said == {fate: "".join(TEXT[at] for at in sorted(places)) for fate, places in wanted.items()}


def test_boundaries_in_words_name_only_what_differs():
    before, after = (Span(2, 7),), (Span(2, 7), Span(TEXT.index("حلب"), TEXT.index("حلب") + 3))
    pieces = boundary_pieces(TEXT, verdict_on(before, after))
    assert pieces == (("dozen", "kept"), (" … ", "kept"), ("حلب", "added"))
    assert boundary_words(pieces) == "adds “حلب”"
    assert boundary_words(boundary_pieces(TEXT, verdict_on(after, before))) == "drops “حلب”"


@pytest.mark.parametrize("fragments", [[["a"]], [[5, 2]], [[0, 10_000]], "no"])
def test_boundaries_that_make_no_sense_are_not_shown(fragments):
    given = verdict_on((Span(2, 7),), (Span(2, 7),))
    odd = Verdict("v", "x", "a", "Ada", "Bob", "change", proposed={"fragments": fragments})
    assert boundary_pieces(TEXT, Given(odd, None, given.annotation, False)) == ()


def test_a_change_of_label_and_value_says_from_what_to_what(project):
    article = articles.add(project, actor="Ada", raw=TEXT).id
    span = tagging.tag(project, actor="Ada", article=article, label="claim", spans=[Span(0, 7)])
    tagging.set_value(project, actor="Ada", annotation=span.id, name="polarity", value="positive")
    wanted = {"label": "quote", "attributes": {"polarity": "negative", "form": "direct", "a": "x"}}
    verdicts.give(project, actor="Bob", annotation=span.id, decision="change", proposed=wanted)
    (given,) = feedback.of_article(project, article, "Ada")
    told = proposal(project, TEXT, given)
    assert told.lines == (
        "Claim → Quote",
        "form: nothing → direct",
        "a: nothing → x",
        "polarity: positive → negative",
    )
    assert told.pieces == ()
    assert told.spoken == told.lines


def test_what_was_missed_says_as_what_to_mark_it(project):
    article = articles.add(project, actor="Ada", raw=TEXT).id
    missed = {"article": article, "layer": "Ada", "spans": [Span(0, 7)], "label": "claim"}
    verdicts.give_missed(project, actor="Bob", **missed)
    (given,) = feedback.of_article(project, article, "Ada")
    assert proposal(project, TEXT, given).spoken == ("mark as Claim",)
