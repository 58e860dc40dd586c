"""Joining schemes: nothing that either has is lost, and joining once is enough."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.scheme import Attribute, EntityKind, Label, LinkType, Scheme
from annotator.services.joining import joined, led
from annotator.services.naming import LEFT_OUT, Name

BASE = Scheme("news", 1, "News", (Label("claim", "Claim", key="1"), Label("quote", "Quote", key="2")))

attributes = st.lists(
    st.builds(
        Attribute,
        st.sampled_from(["mood", "who", "form"]),
        st.sampled_from(["choice", "choices"]),
        st.lists(st.sampled_from("abcd"), min_size=1, unique=True).map(tuple),
    ),
    max_size=3,
    unique_by=lambda a: a.name,
).map(tuple)
labels = st.lists(
    st.builds(
        Label,
        st.sampled_from(["claim", "quote", "casualty", "place"]),
        st.sampled_from(["One", "Two"]),
        key=st.just(""),
        rule=st.sampled_from(["", "Do.", "Don't."]),
        attributes=attributes,
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda label: label.id,
)


@st.composite
def schemes(draw):
    held = tuple(draw(labels))
    ids = st.lists(st.sampled_from([label.id for label in held]), unique=True).map(tuple)
    links = [LinkType(name, draw(ids), draw(ids)) for name in draw(st.sets(st.sampled_from(["x", "y"])))]
    kinds = [EntityKind(k, k, draw(attributes)) for k in draw(st.sets(st.sampled_from(["actor", "event"])))]
    body = replace(BASE, labels=held, links=tuple(links), entities=tuple(kinds)).to_body()
    return Scheme.from_body(body)


def holdings(scheme):
    """List everything that a scheme allows, apart from kinds of attributes, which may contradict."""
    held = {("label", label.id) for label in scheme.labels}
    held |= {("link", link.id) for link in scheme.links} | {("kind", kind.id) for kind in scheme.entities}
    for holder in (*scheme.labels, *scheme.links, *scheme.entities):
        held |= {(type(holder).__name__, holder.id, a.name) for a in holder.attributes}
    for link in scheme.links:
        ends = [label.id for label in scheme.labels]
        held |= {("run", link.id, s, t) for s in ends for t in ends if link.allows(s, t)}
    return held


@given(schemes(), schemes())
def test_nothing_of_either_is_lost_and_once_is_enough(one, other):
    both = joined(one, other).scheme or one
    assert holdings(one) | holdings(other) <= holdings(both)
    assert joined(both, one).scheme is None
    assert joined(both, other).scheme is None


@given(schemes(), schemes())
def test_both_ways_allow_the_same(one, other):
    both, too = joined(one, other).scheme or one, joined(other, one).scheme or other
    assert holdings(both) == holdings(too)


@given(schemes())
def test_a_scheme_has_everything_of_itself(scheme):
    assert joined(scheme, scheme) == joined(scheme, BASE.from_body(scheme.to_body()))
    assert joined(scheme, scheme).scheme is None
    assert joined(scheme, scheme).differing == ()


def test_values_of_a_choice_are_added_and_the_version_rises():
    mine = replace(BASE.labels[0], attributes=(Attribute("mood", "choice", ("calm", "angry")),))
    theirs = replace(BASE.labels[0], attributes=(Attribute("mood", "choice", ("calm", "sad")),))
    found = joined(replace(BASE, labels=(mine,)), replace(BASE, version=4, labels=(theirs,)))
    assert found.added == ("the value “sad” of “mood” of Claim",)
    assert found.scheme.version == 5
    assert found.scheme.labels[0].attributes[0].values == ("calm", "angry", "sad")


def test_what_contradicts_is_said_and_ours_stays():
    mine = replace(BASE.labels[0], rule="One.", attributes=(Attribute("mood", "text"),))
    theirs = replace(BASE.labels[0], rule="Two.", title="Claims", attributes=(Attribute("mood", "flag"),))
    found = joined(replace(BASE, labels=(mine,)), replace(BASE, labels=(theirs,)))
    assert found.scheme is None
    assert found.differing == (
        "the rule of Claim",
        "the title of Claim (also “Claims”)",
        "the kind of “mood” of Claim (text or flag)",
    )


def test_a_key_that_is_taken_is_given_up():
    found = joined(
        BASE, replace(BASE, labels=(Label("place", "Place", key="1"), Label("who", "Who", key="3")))
    )
    assert [(label.id, label.key) for label in found.scheme.labels[2:]] == [("place", ""), ("who", "3")]


def test_a_label_that_becomes_another_leaves_its_attributes_there_and_its_links():
    org = Label("ORG", "Org", attributes=(Attribute("seat", "text", required=True),))
    link = LinkType("near", ("ORG",), ("ORG", "claim"))
    theirs = replace(BASE, labels=(*BASE.labels, org), links=(link, LinkType("gone", ("ORG",))))
    found = led(theirs, {Name("label", "ORG"): "quote", Name("link", "gone"): "near"}, BASE)
    assert [label.id for label in found.labels] == ["claim", "quote"]
    assert found.label("quote").attributes == (Attribute("seat", "text"),)
    assert found.links == (LinkType("near", ("quote",), ("quote", "claim")),)


def test_a_link_all_of_whose_labels_are_left_out_goes_with_them():
    theirs = replace(BASE, labels=(*BASE.labels, Label("ORG", "Org")), links=(LinkType("near", ("ORG",)),))
    assert led(theirs, {Name("label", "ORG"): LEFT_OUT}, BASE).links == ()
