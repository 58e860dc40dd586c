"""Deciding a case writes gold with its sources, in one change that undo takes back."""

import pytest
from reviewing_steps import TEXT, done, only, redo, tag, undo, words

from annotator.model.change import Draft, Revision
from annotator.model.span import Span
from annotator.services import linking, reviewing, tagging
from annotator.services.errors import Refused

KILLED = words("A dozen people including four medical workers were reportedly killed")
RAIDS = (KILLED[0], words("by the intense air raids")[1])


@pytest.fixture
def disputed(project, article):
    """One case: Ada marks more than Ben, with another harm; Cem has read and has nothing."""
    tag(project, article, "Ada", RAIDS, label="casualty", harm="killed")
    tag(project, article, "Ben", KILLED, label="casualty", harm="injured")
    done(project, article, "Cem")
    return only(project, article)


def gold(project, article):
    return project.annotations(article, "gold")


def test_accepting_writes_gold_that_names_its_sources(project, article, disputed):
    made = reviewing.accept(project, actor="Eve", case=disputed, layer="Ben", comment="as he says")
    ada, ben = disputed.annotations
    assert gold(project, article) == (made,)
    assert (made.label, made.fragments, made.attributes) == (ben.label, ben.fragments, ben.attributes)
    assert (made.origin, made.sources) == ("gold: adjudicated", (ben.id, ada.id))
    case = only(project, article)
    assert case.is_decided
    assert not case.is_open
    assert (case.gold, case.key) == (made, disputed.key)
    assert (case.ruling.adjudicator, case.ruling.comment) == ("Eve", "as he says")
    assert len(project.changes(1)) == 1
    assert project.changes(1)[0].action == "accept Casualty report into gold"


def test_undo_takes_gold_and_ruling_back_and_redo_brings_them(project, article, disputed):
    reviewing.accept(project, actor="Eve", case=disputed, layer="Ben")
    decided = only(project, article)
    undo(project)
    assert gold(project, article) == ()
    assert only(project, article) == disputed
    redo(project)
    assert only(project, article) == decided


def test_accepting_again_replaces_gold_and_keeps_its_history(project, article, disputed):
    first = reviewing.accept(project, actor="Eve", case=disputed, layer="Ben")
    second = reviewing.accept(project, actor="Eve", case=only(project, article), layer="Ada")
    assert gold(project, article) == (second,)
    assert second.id == first.id
    assert len(project.history("annotation", first.id)) == 2
    assert len(project.rulings(article)) == 1
    undo(project)
    assert gold(project, article) == (first,)


def test_what_is_edited_before_it_is_accepted_is_trimmed_and_adjudicated(project, article, disputed):
    made = reviewing.accept_edited(
        project,
        actor="Eve",
        case=disputed,
        layer="Ada",
        fragments=[Span(0, 8)],
        attributes={"harm": "missing"},
        note="cut",
    )
    assert made.words == "A dozen"
    assert made.anchor.suffix == TEXT[7:39]
    assert (made.attributes, made.note, made.origin) == ({"harm": "missing"}, "cut", "gold: adjudicated")
    assert only(project, article).is_decided


def test_another_label_takes_only_the_values_it_knows(project, disputed):
    made = reviewing.accept_edited(project, actor="Eve", case=disputed, layer="Ada", label="quote")
    assert made.label == "quote"
    assert "harm" not in made.attributes
    with pytest.raises(Refused, match="no label “nonsense”"):
        reviewing.accept_edited(project, actor="Eve", case=disputed, layer="Ada", label="nonsense")


def test_gold_itself_can_be_edited_and_the_ruling_stays(project, article, disputed):
    first = reviewing.accept(project, actor="Eve", case=disputed, layer="Ben")
    case = only(project, article)
    second = reviewing.accept_edited(project, actor="Eve", case=case, layer="gold", note="checked")
    assert (second.id, second.sources, second.note) == (first.id, first.sources, "checked")
    assert only(project, article).is_decided


def test_gold_of_all_says_so_and_gold_of_one_too(project, article):
    tag(project, article, "Ada", KILLED)
    assert reviewing.accept(project, actor="Eve", case=only(project, article), layer="Ada").origin == (
        "gold: single"
    )
    undo(project)
    tag(project, article, "Ben", KILLED)
    case = only(project, article)
    assert reviewing.accept(project, actor="Eve", case=case, layer="Ada").origin == "gold: unanimous"
    edited = reviewing.accept_edited(project, actor="Eve", case=case, layer="Ada", note="")
    assert edited.origin == "gold: unanimous"


def test_rejecting_all_is_a_decision_and_takes_gold_away(project, article, disputed):
    reviewing.accept(project, actor="Eve", case=disputed, layer="Ben")
    ruling = reviewing.reject_all(project, actor="Eve", case=only(project, article), comment="vague")
    assert gold(project, article) == ()
    assert project.rulings(article) == (ruling,)
    assert only(project, article).is_decided
    undo(project)
    assert len(gold(project, article)) == 1


def test_reopening_takes_the_decision_back(project, article, disputed):
    with pytest.raises(Refused, match="nothing is decided"):
        reviewing.reopen(project, actor="Eve", case=disputed)
    reviewing.accept(project, actor="Eve", case=disputed, layer="Ben")
    decided = only(project, article)
    reviewing.reopen(project, actor="Eve", case=decided)
    assert only(project, article) == disputed
    undo(project)
    assert only(project, article) == decided


def test_nothing_can_not_be_accepted(project, disputed):
    for layer in ("Cem", "Dan", "gold"):
        with pytest.raises(Refused, match="nothing here to accept"):
            reviewing.accept(project, actor="Eve", case=disputed, layer=layer)


def test_what_was_changed_meanwhile_is_not_decided_unseen(project, article, disputed):
    ada = disputed.annotations[0]
    tagging.set_note(project, actor="Ada", annotation=ada.id, note="wait")
    with pytest.raises(Refused, match="changed this meanwhile"):
        reviewing.accept(project, actor="Eve", case=disputed, layer="Ben")
    assert gold(project, article) == ()


def test_a_change_by_an_annotator_reopens_the_case(project, article, disputed):
    made = reviewing.accept(project, actor="Eve", case=disputed, layer="Ben")
    ben = disputed.annotations[1]
    tagging.set_value(project, actor="Ben", annotation=ben.id, name="harm", value="missing")
    case = only(project, article)
    assert case.is_open
    assert case.is_reopened
    assert case.gold == made
    undo(project, "Ben")
    again = reviewing.accept(project, actor="Eve", case=only(project, article), layer="Ada")
    assert again.id == made.id
    assert only(project, article).is_decided


def test_a_version_that_is_added_or_removed_reopens_the_case(project, article, disputed):
    reviewing.accept(project, actor="Eve", case=disputed, layer="Ben")
    cem = tag(project, article, "Cem", KILLED, label="casualty")
    assert only(project, article).is_open
    tagging.delete(project, actor="Cem", annotation=cem.id)
    assert only(project, article).is_decided
    tagging.delete(project, actor="Ada", annotation=disputed.annotations[0].id)
    assert only(project, article).is_open


def test_a_ruling_stands_whichever_layers_are_compared(project, article, disputed):
    reviewing.accept(project, actor="Eve", case=disputed, layer="Ben")
    assert only(project, article, ["Ada", "Cem"]).is_decided
    undo(project)
    reviewing.accept(project, actor="Eve", case=only(project, article, ["Ada", "Cem"]), layer="Ada")
    assert only(project, article, ["Ada", "Cem"]).is_decided
    assert only(project, article).is_open


def test_gold_whose_versions_are_all_gone_is_left_to_be_decided(project, article, disputed):
    made = reviewing.accept(project, actor="Eve", case=disputed, layer="Ben")
    for annotation in disputed.annotations:
        tagging.delete(project, actor=annotation.layer, annotation=annotation.id)
    case = only(project, article)
    assert case.is_open
    assert case.gold == made
    assert case.explanation == "Only gold has it, no annotator has it any more."
    reviewing.accept(project, actor="Eve", case=case, layer="gold")
    assert only(project, article).is_decided
    assert gold(project, article) == (made,)
    undo(project)
    reviewing.reject_all(project, actor="Eve", case=case)
    assert gold(project, article) == ()
    assert reviewing.cases(project, article) == ()


def test_a_case_that_falls_apart_keeps_one_decision(project, article, disputed):
    made = reviewing.accept(project, actor="Eve", case=disputed, layer="Ben")
    far = Span(*words("he said"))
    tagging.move(project, actor="Ada", annotation=disputed.annotations[0].id, fragments=[far])
    left, right = reviewing.cases(project, article)
    assert [case.gold for case in (left, right)] == [made, None]
    new = reviewing.accept(project, actor="Eve", case=right, layer="Ada")
    assert new.id != made.id
    reviewing.accept(project, actor="Eve", case=left, layer="Ben")
    assert [case.is_decided for case in reviewing.cases(project, article)] == [True, True]
    assert len(gold(project, article)) == 2


def test_two_decided_cases_that_become_one_leave_one_gold(project, article):
    ada = tag(project, article, "Ada", KILLED)
    ben = tag(project, article, "Ben", words("he said"))
    for case, layer in zip(reviewing.cases(project, article), ("Ada", "Ben"), strict=True):
        reviewing.accept(project, actor="Eve", case=case, layer=layer)
    assert len(gold(project, article)) == 2
    tagging.move(project, actor="Ben", annotation=ben.id, fragments=[Span(*RAIDS)])
    case = only(project, article)
    assert case.is_open
    assert len(case.overtaken) == 1
    made = reviewing.accept(project, actor="Eve", case=case, layer="Ada")
    assert gold(project, article) == (made,)
    assert made.sources == (ada.id, ben.id)
    assert len(project.rulings(article)) == 1
    undo(project)
    assert len(gold(project, article)) == 2
    reviewing.reopen(project, actor="Eve", case=only(project, article))
    assert (gold(project, article), project.rulings(article)) == ((), ())


def test_gold_brought_in_without_rulings_counts_as_decided_until_a_source_changes(project, article, disputed):
    made = reviewing.accept(project, actor="Eve", case=disputed, layer="Ben")
    [ruling] = project.rulings(article)
    project.commit(Draft("lose the ruling", "Zoe", (Revision("ruling", ruling.id, None),)))
    case = only(project, article)
    assert case.is_decided
    assert case.gold == made
    tagging.set_note(project, actor="Ben", annotation=disputed.annotations[1].id, note="new")
    case = only(project, article)
    assert case.is_open
    assert reviewing.accept(project, actor="Eve", case=case, layer="Ada").id == made.id


# Links


def linked(project, article, who):
    """Mark a claim and its source as one annotator, and link them."""
    claim, source = (
        tag(project, article, who, KILLED),
        tag(project, article, who, words("he said"), label="source"),
    )
    link = linking.link(project, actor=who, type="attributed-to", source=claim.id, target=source.id)
    return claim, source, link


def accept_all(project, article, layer):
    return [
        reviewing.accept(project, actor="Eve", case=case, layer=layer)
        for case in reviewing.cases(project, article)
    ]


def test_a_link_becomes_gold_with_its_second_end(project, article):
    _, _, link = linked(project, article, "Ada")
    claim, source = reviewing.cases(project, article)
    first = reviewing.accept(project, actor="Eve", case=claim, layer="Ada")
    assert project.links(article, "gold") == ()
    second = reviewing.accept(project, actor="Eve", case=source, layer="Ada")
    [carried] = project.links(article, "gold")
    assert (carried.type, carried.source, carried.target) == ("attributed-to", first.id, second.id)
    assert carried.extra == {"sources": [link.id]}
    undo(project)
    assert project.links(article, "gold") == ()
    assert gold(project, article) == (first,)


def test_links_that_agree_become_one(project, article):
    links = [linked(project, article, who)[2] for who in ("Ada", "Ben")]
    accept_all(project, article, "Ben")
    [carried] = project.links(article, "gold")
    assert sorted(carried.extra["sources"]) == sorted(link.id for link in links)


def test_links_of_a_version_that_was_not_taken_stay_behind(project, article):
    linked(project, article, "Ada")
    tag(project, article, "Ben", RAIDS)
    tag(project, article, "Ben", words("he said"), label="source")
    accept_all(project, article, "Ben")
    assert project.links(article, "gold") == ()
    accept_all(project, article, "Ada")
    assert len(project.links(article, "gold")) == 1
    reviewing.accept(project, actor="Eve", case=reviewing.cases(project, article)[0], layer="Ben")
    assert project.links(article, "gold") == ()


@pytest.mark.parametrize("take_away", [reviewing.reject_all, reviewing.reopen])
def test_a_gold_link_goes_with_its_end(project, article, take_away):
    linked(project, article, "Ada")
    accept_all(project, article, "Ada")
    take_away(project, actor="Eve", case=reviewing.cases(project, article)[0])
    assert project.body("link", project.links(article)[0].id) is not None
    assert project.links(article, "gold") == ()
    undo(project)
    assert len(project.links(article, "gold")) == 1


def test_links_are_carried_by_rule_too(project, article):
    for who in ("Ada", "Ben"):
        linked(project, article, who)
    reviewing.accept_agreed(project, actor="Eve", articles=[article], rule=reviewing.Unanimous())
    assert len(project.links(article, "gold")) == 1
    undo(project)
    assert (gold(project, article), project.links(article, "gold")) == ((), ())
