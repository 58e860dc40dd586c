"""Verdicts: on others' work only, never altering it, and everything that becomes of them."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.model.change import Draft, Revision, new_id
from annotator.model.review import GOLD
from annotator.model.span import Span
from annotator.services import articles, feedback, linking, tagging, verdicts
from annotator.services.errors import Refused
from annotator.services.staleness import Staleness
from annotator.services.undoing import UndoStacks, take_back

TEXT = 'Kerry said: "The truce 👩‍👩‍👧 is not dead", he added, "yet."\n\nقُتل تسعة people in Hama.'


@pytest.fixture
def article(project):
    return articles.add(project, actor="Ada", raw=TEXT, title="Truce").id


def orders(deeds):
    """Draw, beside an order of deeds, another in which each person's own deeds come in the same order."""

    def mixed(names):
        own = {name: iter([d for d in deeds if d[1] == name]) for name in names}
        return [next(own[name]) for name in names]

    return st.tuples(st.just(deeds), st.permutations([d[1] for d in deeds]).map(mixed))


def span_of(words):
    start = TEXT.index(words)
    return Span(start, start + len(words))


def mark(project, article, words, label="claim", actor="Ada"):
    return tagging.tag(project, actor=actor, article=article, label=label, spans=[span_of(words)])


def judge(project, annotation, decision="reject", **more):
    return verdicts.give(project, actor="Bob", annotation=annotation.id, decision=decision, **more)


def the_only(project, article):
    (given,) = feedback.of_article(project, article, "Ada")
    return given


def test_a_verdict_leaves_the_annotators_work_as_it_is(project, article):
    claim = mark(project, article, "The truce")
    verdict = judge(project, claim, reason="over-marked", comment="  no claim ")
    assert project.annotation(claim.id) == claim
    assert (verdict.layer, verdict.reviewer, verdict.comment) == ("Ada", "Bob", "no claim")
    given = the_only(project, article)
    assert (given.verdict, given.annotation, given.is_open, given.is_stale) == (verdict, claim, True, False)


def test_one_reviewer_has_one_verdict_on_a_span_and_history_keeps_both(project, article):
    claim = mark(project, article, "The truce")
    judge(project, claim)
    verdict = judge(project, claim, "accept")
    assert [v.decision for v in project.verdicts(article, "Ada")] == ["accept"]
    steps = project.history("verdict", verdict.id)
    assert [step.body["decision"] for step in steps] == ["reject", "accept"]


def test_two_reviewers_each_have_theirs(project, article):
    claim = mark(project, article, "The truce")
    judge(project, claim)
    verdicts.give(project, actor="Cem", annotation=claim.id, decision="accept")
    assert sorted(v.reviewer for v in project.verdicts(article)) == ["Bob", "Cem"]


def test_ones_own_work_and_gold_get_no_verdict(project, article):
    own = mark(project, article, "The truce", actor="Bob")
    gold = mark(project, article, "The truce", actor=GOLD)
    with pytest.raises(Refused, match="your own"):
        judge(project, own)
    with pytest.raises(Refused, match="adjudicated"):
        judge(project, gold)
    with pytest.raises(Refused, match="gone"):
        verdicts.give(project, actor="Bob", annotation="nothing", decision="accept")
    with pytest.raises(Refused, match="is not a verdict"):
        judge(project, mark(project, article, "truce"), "perhaps")
    assert project.verdicts() == ()


def test_a_verdict_on_a_span_that_was_changed_since_says_so(project, article):
    claim = mark(project, article, "The truce")
    judge(project, claim)
    tagging.move(project, actor="Ada", annotation=claim.id, fragments=[span_of("truce")])
    assert the_only(project, article).is_stale


def test_a_span_that_was_brought_back_is_what_was_read(project, article):
    claim = mark(project, article, "The truce")
    verdict = judge(project, claim)
    verdicts.take_over(project, actor="Ada", verdict=verdict.id)
    assert the_only(project, article).is_stale
    take_back(project, actor="Ada", action=UndoStacks(project, "Ada").next_undo())
    assert not the_only(project, article).is_stale


def test_staleness_follows_every_change(project, article):
    claim = mark(project, article, "The truce")
    verdict, staleness, told = judge(project, claim), Staleness(project), []
    for note in ("a", "", "b"):
        tagging.set_note(project, actor="Ada", annotation=claim.id, note=note)
        told.append(staleness.in_article(article)(verdict))
    tagging.delete(project, actor="Ada", annotation=claim.id)
    told.append(staleness.in_article(article)(verdict))
    take_back(project, actor="Ada", action=UndoStacks(project, "Ada").next_undo())
    told.append(staleness.in_article(article)(verdict))
    assert told == [True, False, True, True, True]


def test_a_verdict_that_names_no_revision_is_stale_also_when_its_span_is_gone(project, article):
    claim = mark(project, article, "The truce")
    verdict = replace(judge(project, claim), revision="")
    project.commit(Draft("lose the revision", "Bob", (Revision.of(verdict),)))
    assert the_only(project, article).is_stale
    tagging.delete(project, actor="Ada", annotation=claim.id)
    assert the_only(project, article).is_stale


def test_a_proposal_keeps_only_what_differs(project, article):
    claim = mark(project, article, "The truce")
    same = judge(project, claim, "change", proposed={"label": "claim", "fragments": claim.fragments})
    assert same.proposed == {}
    pieces = [span_of('"The truce 👩‍👩‍👧 is not dead"'), span_of('"yet."')]
    other = judge(
        project,
        claim,
        "change",
        reason="boundary",
        proposed={"label": "quote", "fragments": pieces, "attributes": {"certainty": "certain", "type": "x"}},
    )
    assert other.proposed == {
        "label": "quote",
        "fragments": [[p.start, p.stop] for p in pieces],
        "exact": [TEXT[p.start : p.stop] for p in pieces],
        "attributes": {"type": "x"},
    }


def test_taking_over_a_change_does_it_and_settles_it_in_one_undoable_step(project, article):
    claim = mark(project, article, "The truce")
    pieces = (span_of('"The truce 👩‍👩‍👧 is not dead"'), span_of('"yet."'))
    wanted = {"label": "quote", "fragments": pieces, "attributes": {"polarity": ""}}
    verdict = judge(project, claim, "change", proposed=wanted)
    verdicts.take_over(project, actor="Ada", verdict=verdict.id)
    now = project.annotation(claim.id)
    assert (now.label, now.fragments, now.attributes) == ("quote", pieces, {"medium": "speech"})
    assert now.stands_in(TEXT)
    assert not the_only(project, article).is_open
    take_back(project, actor="Ada", action=UndoStacks(project, "Ada").next_undo())
    assert project.annotation(claim.id) == claim
    assert the_only(project, article).is_open


def test_taking_over_a_rejection_deletes_the_span_with_its_links(project, article):
    claim, source = mark(project, article, "The truce"), mark(project, article, "Kerry", "source")
    linking.link(project, actor="Ada", source=claim.id, target=source.id, type="attributed-to")
    verdict = judge(project, claim)
    verdicts.take_over(project, actor="Ada", verdict=verdict.id)
    assert [a.id for a in project.annotations(article, "Ada")] == [source.id]
    assert project.links(article) == ()
    given = the_only(project, article)
    assert (given.annotation, given.is_stale, given.is_open) == (None, True, False)


def test_what_was_missed_is_told_and_taken_over(project, article):
    verdict = verdicts.give_missed(
        project, actor="Bob", article=article, layer="Ada", spans=[span_of("قُتل تسعة")], label="casualty"
    )
    given = the_only(project, article)
    assert (given.words, given.verdict.reason, given.is_stale) == ("قُتل تسعة", "missed", False)
    verdicts.take_over(project, actor="Ada", verdict=verdict.id)
    (made,) = project.annotations(article, "Ada")
    assert (made.label, made.words) == ("casualty", "قُتل تسعة")


def test_only_the_annotator_answers_takes_over_and_only_the_reviewer_withdraws(project, article):
    verdict = judge(project, mark(project, article, "The truce"))
    for deed in (verdicts.answer, verdicts.take_over):
        with pytest.raises(Refused, match="Ada's work"):
            deed(project, actor="Bob", verdict=verdict.id)
    with pytest.raises(Refused, match="is Bob's"):
        verdicts.withdraw(project, actor="Ada", verdict=verdict.id)


def test_an_answer_and_settling_don_t_take_each_other_away(project, article):
    verdict = judge(project, mark(project, article, "The truce"))
    verdicts.answer(project, actor="Ada", verdict=verdict.id, comment="I disagree")
    verdicts.answer(project, actor="Ada", verdict=verdict.id, settled=True)
    given = the_only(project, article)
    assert (given.reply.comment, given.reply.settled, given.is_open) == ("I disagree", True, False)
    verdicts.answer(project, actor="Ada", verdict=verdict.id, settled=False)
    assert the_only(project, article).is_open


def test_withdrawing_takes_the_answer_with_it_and_undo_brings_both_back(project, article):
    verdict = judge(project, mark(project, article, "The truce"))
    verdicts.answer(project, actor="Ada", verdict=verdict.id, comment="why?")
    verdicts.withdraw(project, actor="Bob", verdict=verdict.id)
    assert (project.verdicts(), project.replies()) == ((), ())
    take_back(project, actor="Bob", action=UndoStacks(project, "Bob").next_undo())
    assert the_only(project, article).reply.comment == "why?"


def test_the_rest_is_accepted_in_one_change(project, article):
    rejected, nested = mark(project, article, "The truce"), mark(project, article, "truce", "quote")
    judge(project, rejected)
    before = len(project.changes())
    verdicts.accept_rest(project, actor="Bob", article=article, layer="Ada")
    assert len(project.changes()) == before + 1
    by_span = {v.annotation: v.decision for v in project.verdicts(article)}
    assert by_span == {rejected.id: "reject", nested.id: "accept"}
    assert verdicts.accept_rest(project, actor="Bob", article=article, layer="Ada") is None


def test_what_was_missed_said_again_of_the_same_place_changes_what_was_said(project, article):
    said = {"project": project, "actor": "Bob", "article": article, "layer": "Ada"}
    first = verdicts.give_missed(**said, spans=[span_of("Hama")], label="source")
    again = verdicts.give_missed(**said, spans=[span_of("Hama")], label="place", comment="a city")
    verdicts.give_missed(**said, spans=[span_of("people")], label="place")
    assert again.id == first.id
    assert sorted(v.proposed["label"] for v in project.verdicts(article)) == ["place", "place"]


def test_what_was_missed_is_not_marked_twice(project, article):
    verdict = verdicts.give_missed(
        project, actor="Bob", article=article, layer="Ada", spans=[span_of("Hama")], label="place"
    )
    mark(project, article, "Hama", "place")
    with pytest.raises(Refused, match="already"):
        verdicts.take_over(project, actor="Ada", verdict=verdict.id)
    assert len(project.annotations(article, "Ada")) == 1


def test_a_proposal_of_another_program_that_makes_no_sense_is_refused(project, article):
    claim = mark(project, article, "The truce")
    verdict = judge(project, claim, "change", proposed={"label": "quote"})
    project.commit(
        Draft(
            "odd",
            "Bob",
            (
                Revision(
                    "verdict",
                    verdict.id,
                    {**verdict.to_body(), "proposed": {"fragments": [["a"]], "label": 7}},
                ),
            ),
        )
    )
    with pytest.raises(Refused, match="proposes nothing"):
        verdicts.take_over(project, actor="Ada", verdict=verdict.id)


def test_a_summary_says_it_in_a_sentence(project, article):
    spans = [mark(project, article, words) for words in ("Kerry", "truce", "dead", "Hama")]
    judge(project, spans[0], "change", reason="boundary")
    judge(project, spans[1], "reject", reason="boundary")
    judge(project, spans[2], "change", reason="value")
    judge(project, spans[3], "accept")
    told = feedback.summary(project, "Ada")
    assert told.sentence == "3 corrections, 2 about boundaries, 1 about values; 1 span accepted"
    assert [g.annotation.id for g in told.given] == [s.id for s in spans]
    assert told.open == 3
    assert feedback.judged(project) == ("Ada",)
    assert feedback.summary(project, "Bob").sentence == "0 corrections"


def test_corrections_leave_acceptances_and_hidden_articles_out(project, article):
    other = articles.add(project, actor="Ada", raw="Another text.").id
    elsewhere = tagging.tag(project, actor="Ada", article=other, label="claim", spans=[Span(0, 7)])
    judge(project, mark(project, article, "Kerry"), "accept")
    wanted = judge(project, mark(project, article, "truce"), "reject", reason="boundary")
    judge(project, elsewhere, "reject")
    told = feedback.corrections(project, "Ada", {other}, lambda _done, _total: None)
    assert [g.verdict for g in told.given] == [wanted]
    assert told.given == tuple(
        g for g in feedback.summary(project, "Ada", [article]).given if g.verdict.decision != "accept"
    )
    assert told.sentence == "1 correction, 1 about boundaries; 1 span accepted"


def test_open_verdicts_are_those_that_ask_and_are_not_settled(project, article):
    spans = [mark(project, article, words) for words in ("Kerry", "truce", "dead")]
    judge(project, spans[0], "accept")
    settled, wanted = judge(project, spans[1]), judge(project, spans[2])
    verdicts.answer(project, actor="Ada", verdict=settled.id, settled=True)
    assert feedback.open_verdicts(project, "Ada") == (wanted,)
    assert feedback.open_verdicts(project, "Ada", article) == (wanted,)
    articles.remove(project, actor="Ada", article=article)
    assert feedback.open_verdicts(project, "Ada") == ()
    assert feedback.judged(project) == ()


DEEDS = st.one_of(
    st.tuples(st.just("give"), st.sampled_from(["Bob", "Cem"]), st.sampled_from(["accept", "reject"])),
    st.tuples(st.just("missed"), st.sampled_from(["Bob", "Cem"]), st.sampled_from(["claim", "place"])),
    st.tuples(st.just("rest"), st.sampled_from(["Bob", "Cem"]), st.none()),
    st.tuples(st.just("move"), st.just("Ada"), st.none()),
)


def do(project, article, spans, deed):
    """Carry out a deed whose outcome others' deeds don't touch; move only what nobody gives a verdict on."""
    kind, who, what = deed
    if kind == "give":
        verdicts.give(project, actor=who, annotation=spans[0].id, decision=what)
    elif kind == "missed":
        said = {"article": article, "layer": "Ada", "spans": [span_of("Hama")], "label": what}
        verdicts.give_missed(project, actor=who, **said)
    elif kind == "rest":
        verdicts.accept_rest(project, actor=who, article=article, layer="Ada")
    else:
        tagging.move(project, actor="Ada", annotation=spans[2].id, fragments=[span_of("not dead")])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(DEEDS, max_size=6, unique_by=lambda deed: deed[:2]).flatmap(orders))
def test_what_several_people_say_does_not_depend_on_who_comes_first(project, both):
    """Each person's own deeds keep their order; how they are mixed with the others' doesn't matter."""
    found = []
    for deeds in both:
        article = articles.add(project, actor="Ada", raw=f"{TEXT}\n{new_id()}").id
        spans = [mark(project, article, words) for words in ("The truce", "truce", "dead")]
        for deed in deeds:
            do(project, article, spans, deed)
        number = {span.id: n for n, span in enumerate(spans)}
        found.append(
            sorted(
                (v.reviewer, number.get(v.annotation, -1), v.decision, v.proposed.get("label", ""))
                for v in project.verdicts(article)
            )
        )
    assert found[0] == found[1]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Bob", "Cem"]),
            st.integers(0, 2),
            st.sampled_from(["accept", "reject", "change", "withdraw"]),
        ),
        max_size=8,
    )
)
def test_the_last_word_of_each_reviewer_stands(project, deeds):
    article = articles.add(project, actor="Ada", raw=TEXT).id
    for old in project.annotations(article, "Ada"):
        for verdict in project.verdicts(article):
            if verdict.annotation == old.id:
                verdicts.withdraw(project, actor=verdict.reviewer, verdict=verdict.id)
        tagging.delete(project, actor="Ada", annotation=old.id)
    spans = [mark(project, article, words) for words in ("The truce", "truce", "Hama")]
    last = {}
    for who, n, decision in deeds:
        key = f"{spans[n].id}:{who}"
        if decision != "withdraw":
            verdicts.give(project, actor=who, annotation=spans[n].id, decision=decision)
            last[key] = decision
        elif last.pop(key, None):
            verdicts.withdraw(project, actor=who, verdict=key)
    assert {v.id: v.decision for v in project.verdicts(article)} == last
    assert {a.id: a for a in project.annotations(article, "Ada")} == {s.id: s for s in spans}
