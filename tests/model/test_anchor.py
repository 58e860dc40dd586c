"""Quotes with context: proving and finding again where an annotation stands."""

from hypothesis import assume, given
from hypothesis import strategies as st

from annotator.model.anchor import CONTEXT, Anchor, anchor, reanchored, stands
from annotator.model.span import Fragments, Span, joined

TEXTS = st.text("ab \n😀ع", min_size=1, max_size=60)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, Fragments]:
    """Draw a text and fragments of it."""
    text = draw(TEXTS)
    starts = draw(st.lists(st.integers(0, len(text) - 1), min_size=1, max_size=3))
    return text, joined(Span(at, draw(st.integers(at + 1, len(text)))) for at in starts)


@given(marked_texts())
def test_an_anchor_holds_the_words_and_their_context(marked: tuple[str, Fragments]) -> None:
    text, fragments = marked
    held = anchor(text, fragments)
    assert stands(text, fragments, held.exact)
    assert text[: fragments[0].start].endswith(held.prefix)
    assert text[fragments[-1].stop :].startswith(held.suffix)
    assert len(held.prefix) == min(CONTEXT, fragments[0].start)
    assert len(held.suffix) == min(CONTEXT, len(text) - fragments[-1].stop)


@given(marked_texts())
def test_other_words_or_fewer_of_them_do_not_stand(marked: tuple[str, Fragments]) -> None:
    text, fragments = marked
    exact = anchor(text, fragments).exact
    assert not stands(text, fragments, (*exact[:-1], exact[-1] + "x"))
    assert not stands(text, fragments, exact[:-1])


@given(marked_texts())
def test_what_is_found_again_has_the_quoted_words(marked: tuple[str, Fragments]) -> None:
    text, fragments = marked
    held = anchor(text, fragments)
    found = reanchored(text, held)
    if found is not None:
        assert stands(text, found, held.exact)


@given(marked_texts(), st.text("xyz ", max_size=20), st.text("xyz ", max_size=20))
def test_a_single_span_is_found_after_text_was_put_around(
    marked: tuple[str, Fragments], before: str, after: str
) -> None:
    text, fragments = marked
    held = anchor(text, fragments[:1])
    assume(text.count(held.exact[0]) == 1 and held.exact[0].strip())
    moved = reanchored(before + text + after, held)
    assert moved == (Span(fragments[0].start + len(before), fragments[0].stop + len(before)),)


def test_the_context_tells_two_places_apart() -> None:
    text = "Syria said 12 died. Russia said 12 died."
    held = anchor(text, (Span(32, 34),))
    assert reanchored(text, held) == (Span(32, 34),)
    assert reanchored("New lead. " + text, held) == (Span(42, 44),)


def test_a_tie_is_ambiguous_and_never_guessed() -> None:
    assert reanchored("dead dead", Anchor(("dead",))) is None


def test_one_place_is_found_without_any_context() -> None:
    assert reanchored("13 dead", Anchor(("dead",))) == (Span(3, 7),)


def test_a_quote_broken_by_he_said_is_found_with_both_fragments() -> None:
    text = "“The ceasefire,” he said, “is not dead.”"
    held = anchor(text, (Span(0, 16), Span(26, 40)))
    assert reanchored("Kerry: " + text, held) == (Span(7, 23), Span(33, 47))


def test_fragments_in_another_order_are_not_found() -> None:
    assert reanchored("two one", Anchor(("one", "two"))) is None


def test_words_that_are_gone_or_empty_are_not_found() -> None:
    assert reanchored("the truce", Anchor(("ceasefire",))) is None
    assert reanchored("the truce", Anchor(("",))) is None
    assert reanchored("the truce", Anchor(())) is None


def test_overlapping_places_are_all_weighed() -> None:
    assert reanchored("xaaay", Anchor(("aa",), prefix="x")) == (Span(1, 3),)
    assert reanchored("xaaay", Anchor(("aa",), suffix="y")) == (Span(2, 4),)
