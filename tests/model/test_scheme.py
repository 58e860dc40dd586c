"""Schemes: read, checked, written back; every mistake is one sentence."""

import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.model.scheme import ATTRIBUTE_KINDS, RESERVED_KEYS, Scheme, SchemeError
from annotator.model.values import problems

DEFAULT = Path(__file__).parents[2] / "resources" / "schemes" / "conflict-news.toml"
SMALL: dict[str, Any] = {
    "scheme": {"id": "small", "version": 2, "title": "Small"},
    "entity": [{"kind": "actor", "title": "Actor"}],
    "label": [
        {"id": "claim", "title": "Claim", "key": "1", "attributes": [{"name": "who", "kind": "text"}]},
        {"id": "quote", "key": "q"},
    ],
    "link": [{"id": "part-of", "from": ["claim"], "to": ["quote"]}],
}


def small(**changes: Any) -> dict[str, Any]:
    return {**deepcopy(SMALL), **changes}


def with_label(**label: Any) -> dict[str, Any]:
    return small(label=[{"id": "claim", **label}], link=[])


def with_attribute(**attribute: Any) -> dict[str, Any]:
    return with_label(attributes=[{"name": "who", "kind": "text", **attribute}])


@pytest.fixture(scope="module")
def default() -> Scheme:
    return Scheme.from_body(tomllib.loads(DEFAULT.read_text("utf-8")))


def test_the_default_scheme_has_what_a_researcher_marks(default: Scheme) -> None:
    main = [label.title for label in default.labels if not label.helper]
    assert main == ["Claim", "Quote", "Casualty report"]
    assert [label.key for label in default.labels] == ["1", "2", "3", "S", "U", "P", "T"]
    assert {kind.id for kind in default.entities} == {"actor", "incident"}
    assert default.stamp == "conflict-news@1"


def test_the_default_scheme_comes_back_from_its_body(default: Scheme) -> None:
    assert Scheme.from_body(default.to_body()) == default
    assert Scheme.from_body(default.to_body()).to_body() == default.to_body()


def test_labels_links_and_kinds_are_found_by_name_and_key(default: Scheme) -> None:
    claim = default.label("claim")
    assert claim is not None
    assert default.label_by_key("1") is claim
    assert default.label_by_key("s") is default.label_by_key("S") is default.label("source")
    assert default.label_by_key("") is None
    assert default.label("nothing") is None
    assert default.link("nothing") is None
    assert default.entity_kind("nothing") is None
    assert claim.attribute("voice") is not None
    assert claim.attribute("nothing") is None


def test_links_run_only_between_the_labels_they_name(default: Scheme) -> None:
    def between(source: str, target: str) -> set[str]:
        return {link.id for link in default.links_between(source, target)}

    assert between("casualty", "casualty") == {"part-of", "repeats", "supports", "contradicts"}
    assert between("claim", "quote") == {"supports", "contradicts"}
    assert between("claim", "source") == {"attributed-to"}
    assert between("source", "claim") == set()
    contradicts, attributed = default.link("contradicts"), default.link("attributed-to")
    assert contradicts is not None
    assert contradicts.symmetric
    assert attributed is not None
    assert attributed.title == "attributed to"


def test_a_link_that_names_no_labels_runs_between_any() -> None:
    link = Scheme.from_body(small(link=[{"id": "near"}])).links[0]
    assert link.allows("claim", "quote")
    assert link.allows("quote", "quote")


def test_what_is_left_out_gets_a_plain_meaning() -> None:
    quote = Scheme.from_body(SMALL).label("quote")
    assert quote is not None
    assert (quote.title, quote.colour, quote.helper, quote.attributes) == ("quote", "#6b7484", False, ())


def test_keys_of_a_newer_version_are_kept() -> None:
    body = small(later={"x": 1})
    body["label"][0]["icon"] = "flag"
    body["label"][0]["attributes"][0]["hint"] = "a name"
    body["link"][0]["arrow"] = "dashed"
    body["entity"][0]["plural"] = "Actors"
    again = Scheme.from_body(body).to_body()
    assert again["later"] == {"x": 1}
    assert again["label"][0]["icon"] == "flag"
    assert again["label"][0]["attributes"][0]["hint"] == "a name"
    assert again["link"][0]["arrow"] == "dashed"
    assert again["entity"][0]["plural"] == "Actors"


def test_keys_of_a_newer_version_in_the_head_are_kept() -> None:
    body = small()
    body["scheme"]["licence"] = "CC0"
    assert Scheme.from_body(body).to_body()["scheme"]["licence"] == "CC0"


def test_a_default_of_false_or_zero_is_kept() -> None:
    body = with_label(
        attributes=[
            {"name": "seen", "kind": "flag", "default": False},
            {"name": "grade", "kind": "number", "default": 0},
        ]
    )
    again = Scheme.from_body(Scheme.from_body(body).to_body())
    assert [a.default for a in again.labels[0].attributes] == [False, 0]


@pytest.mark.parametrize("kind", ATTRIBUTE_KINDS)
def test_every_kind_of_attribute_comes_back(kind: str) -> None:
    values = ["a", "b"] if kind in ("choice", "choices") else []
    entity = "actor" if kind == "entity" else ""
    body = with_attribute(kind=kind, values=values, entity=entity, required=True)
    scheme = Scheme.from_body(body)
    assert Scheme.from_body(scheme.to_body()) == scheme
    assert problems(scheme.labels[0], {}) == {"who": "needs a value"}


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({}, "the table [scheme] is missing; a scheme file begins with it"),
        (small(scheme={}), "the table [scheme] has the id “”; use letters, digits and hyphens"),
        (small(scheme={"id": "a b"}), "the table [scheme] has the id “a b”; use letters, digits and hyphens"),
        (
            small(scheme={"id": "a", "version": "2"}),
            "“version” of the table [scheme] must be a whole number, not “2”",
        ),
        (small(label=[], link=[]), "the scheme has no labels; add at least one [[label]]"),
        (small(label="claim"), "“label” must be a list of tables"),
        (
            small(label=[{"id": "a"}, {"id": "a"}], link=[]),
            "the scheme has the label “a” twice; rename or remove one",
        ),
        (small(link=[{"id": "a"}, {"id": "a"}]), "the scheme has the link “a” twice; rename or remove one"),
        (
            small(label=[{"id": "a", "key": "x"}, {"id": "b", "key": "X"}], link=[]),
            "the labels “a” and “b” share the key “X”; give one another key",
        ),
        (with_label(colour="red"), "the label “claim” has the colour “red”; write it as #rrggbb"),
        (
            with_label(key="12"),
            "the label “claim” has the key “12”; choose one digit from 1 to 9 or a free letter",
        ),
        (
            with_label(key=" "),
            "the label “claim” has the key “ ”; choose one digit from 1 to 9 or a free letter",
        ),
        (with_label(key=1), "“key” of the label “claim” must be text, not “1”"),
        (with_label(helper="yes"), "“helper” of the label “claim” must be true or false, not “yes”"),
        (
            with_attribute(kind="colour"),
            "the attribute “who” of the label “claim” has the unknown kind “colour”;",
        ),
        (with_attribute(kind=None), "the attribute “who” of the label “claim” has the unknown kind “None”;"),
        (
            with_attribute(kind=["text"]),
            "the attribute “who” of the label “claim” has the unknown kind “['text']”;",
        ),
        (with_attribute(name=" "), "the label “claim” has an attribute without a name; give it one"),
        (with_attribute(kind="choice"), "the attribute “who” of the label “claim” offers nothing to choose;"),
        (
            with_attribute(kind="choice", values=["a", "a"]),
            "the attribute “who” of the label “claim” has the value “a” twice; rename or remove one",
        ),
        (
            with_attribute(kind="choice", values=["a"], default="b"),
            "the attribute “who” of the label “claim” has the default “b”, which is not one of its values",
        ),
        (
            with_attribute(values="a"),
            "“values” of the attribute “who” of the label “claim” must be a list of words",
        ),
        (
            with_attribute(kind="entity", entity="place"),
            "the attribute “who” refers to the entity kind “place”, which the scheme lacks",
        ),
        (
            small(link=[{"id": "near", "to": ["place"]}]),
            "the link “near” names the label “place”, which the scheme lacks",
        ),
        (
            small(entity=[{"kind": "no name"}]),
            "an entity has the kind “no name”; use letters, digits and hyphens",
        ),
    ],
)
def test_a_mistake_is_one_sentence(body: dict[str, Any], sentence: str) -> None:
    with pytest.raises(SchemeError) as refused:
        Scheme.from_body(body)
    assert str(refused.value).startswith(sentence)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("key", [*sorted(RESERVED_KEYS), "l"])
def test_keys_that_the_window_answers_to_are_not_for_labels(key: str) -> None:
    with pytest.raises(SchemeError, match="choose one digit"):
        Scheme.from_body(with_label(key=key))


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)
PLACES = [
    *(("scheme",), ("scheme", "id"), ("scheme", "version"), ("scheme", "title"), ("label",), ("label", 0)),
    *(("label", 0, name) for name in ("id", "title", "key", "colour", "helper", "rule", "attributes")),
    *(
        ("label", 0, "attributes", 0, name)
        for name in ("name", "kind", "values", "entity", "required", "default")
    ),
    *(("link", 0, name) for name in ("id", "from", "to", "same_label", "symmetric", "attributes")),
    *(("entity", 0, name) for name in ("kind", "title", "attributes")),
]


@given(st.sampled_from(PLACES), JUNK)
@example(("label", 0, "title"), "")
def test_junk_anywhere_is_refused_with_a_sentence_or_read(place: tuple[Any, ...], junk: Any) -> None:
    body = small()
    holder: Any = body
    for step in place[:-1]:
        holder = holder[step]
    holder[place[-1]] = junk
    try:
        scheme = Scheme.from_body(body)
    except SchemeError:
        return
    assert Scheme.from_body(scheme.to_body()) == scheme
