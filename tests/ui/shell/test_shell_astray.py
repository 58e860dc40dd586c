"""Spans that don't match their text: listed, never moved in silence, put right by the annotator."""

import pytest

from annotator.model.change import Draft, Revision
from annotator.model.span import Span
from annotator.services import tagging


@pytest.fixture
def drifted(window):
    """Make a span of Ada's that was moved by something that ignored its words."""

    def make(words: str, **changes):
        session = window.session
        start = session.text.index(words)
        made = session.do(
            tagging.tag, article=session.article.id, label="claim", spans=[Span(start, start + len(words))]
        )
        body = {**made.to_body(), **changes}
        session.project.commit(Draft("drift", "Ada", (Revision("annotation", made.id, body),)))
        session.publish()
        session.open_article(session.article.id)
        return made

    return make


def test_a_drifted_span_is_said_and_not_painted(window, drifted):
    drifted("Khan Touman", fragments=[[0, 11]])
    assert "1 span doesn't match the text, first “Khan Touman”" in window.notice.sentence.text()
    assert window.session.annotations == ()
    assert len(window.article_page.view.marks) == 0


def test_its_words_are_found_again_on_demand(window, drifted):
    made = drifted("Khan Touman", fragments=[[3, 9]])
    window.notice.action.click()
    assert window.session.project.annotation(made.id).fragments == made.fragments
    assert [m.id for m in window.article_page.view.marks] == [made.id]
    window.notice.action.click()
    assert window.session.project.annotation(made.id).fragments == (Span(3, 9),)


def test_one_that_stands_in_no_one_place_is_placed_by_hand(window, drifted):
    made = drifted("Khan Touman", exact=["Khan Tuman"])
    window.notice.action.click()
    assert "select where it belongs" in window.notice.sentence.text()
    window.session.select_words(made.fragments)
    window.run("reanchor")
    assert window.session.project.annotation(made.id) == made
    assert window.session.astray == ()


def test_offsets_beyond_the_text_do_no_harm(window, drifted):
    drifted("Khan Touman", fragments=[[900_000, 900_011]])
    assert len(window.session.astray) == 1
    assert window.article_page.view.isVisible()
