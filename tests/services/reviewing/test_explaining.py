"""Cases explain themselves: what annotators who marked the same thing differ in, in words."""

import pytest
from reviewing_steps import TEXT, done, only, tag, told, undo, words

from annotator.model.figure import Figure
from annotator.services import entities, reviewing, tagging

KILLED = words("A dozen people including four medical workers were reportedly killed")
RAIDS = (KILLED[0], words("by the intense air raids")[1])


def figure(words, low, best=None, high=None, qualifier="at least"):
    return Figure(words, qualifier, low, best or low, high).to_body()


def both(project, article, *places, ada=None, ben=None, **same):
    """Let Ada and Ben mark the same, with some values that differ."""
    tag(project, article, "Ada", *places, **same, **(ada or {}))
    return tag(project, article, "Ben", *places, **same, **(ben or {}))


def test_the_same_is_said_to_be_the_same(project, article):
    both(project, article, KILLED)
    case = only(project, article)
    assert case.explanation == "Both annotators say the same."
    assert case.is_agreed
    assert not case.is_open
    tag(project, article, "Cem", KILLED)
    assert told(project, article) == ["All 3 annotators say the same."]


def test_one_reader_alone_is_no_disagreement(project, article):
    tag(project, article, "Ada", KILLED)
    case = only(project, article)
    assert case.explanation == "Only one annotator has read this article."
    assert case.is_single
    assert not case.is_agreed
    assert not case.is_open


def test_boundaries_count_the_characters_that_not_all_mark(project, article):
    tag(project, article, "Ada", RAIDS)
    tag(project, article, "Ben", KILLED)
    assert told(project, article) == ["Boundaries differ by 25 characters."]
    tag(project, article, "Cem", (KILLED[0] + 2, KILLED[1]))
    assert told(project, article) == ["Boundaries differ by 27 characters."]


def test_crossing_spans_count_both_ends(project, article):
    tag(project, article, "Ada", (2, 20))
    tag(project, article, "Ben", (8, 21))
    assert told(project, article) == ["Boundaries differ by 7 characters."]


def test_an_emoji_is_one_character_and_arabic_counts_as_it_is_stored(project, article):
    start, stop = words("مقتل تسعة مقاتلين في حلب 😀")
    tag(project, article, "Ada", (start, stop))
    tag(project, article, "Ben", (start, stop - 2))
    case = only(project, article)
    assert case.explanation == "Boundaries differ by 2 characters."
    ada, ben = case.versions
    assert reviewing.marked(ada, [ben]) == (("مقتل تسعة مقاتلين في حلب", False), (" 😀", True))
    assert reviewing.marked(ben, [ada]) == (("مقتل تسعة مقاتلين في حلب", False),)


def test_one_character_is_said_in_the_singular(project, article):
    family = words("👩‍👩‍👧 fled")
    tag(project, article, "Ada", family)
    tag(project, article, "Ben", (family[0], family[1] + 1))
    assert told(project, article) == ["Boundaries differ by 1 character."]


def test_nested_spans_are_compared_each_with_its_own(project, article):
    inner = words("four medical workers")
    for who in ("Ada", "Ben"):
        tag(project, article, who, KILLED)
        tag(project, article, who, inner)
    assert told(project, article) == ["Both annotators say the same."] * 2
    assert [case.hull.start for case in reviewing.cases(project, article)] == [KILLED[0], inner[0]]


def test_identical_spans_pair_up_by_label(project, article):
    for who in ("Ada", "Ben"):
        tag(project, article, who, KILLED, label="claim")
        tag(project, article, who, KILLED, label="casualty")
    assert told(project, article) == ["Both annotators say the same."] * 2


def test_labels_of_one_family_differ_and_others_never_meet(project, article):
    tag(project, article, "Ada", KILLED, label="claim")
    tag(project, article, "Ben", KILLED, label="casualty")
    tag(project, article, "Ben", KILLED, label="source")
    assert told(project, article) == [
        "Labels differ: Claim or Casualty report.",
        "One annotator has nothing here.",
    ]


def test_fragments_differ_in_number(project, article):
    truce, dead = words("“The truce”"), words("“is not dead.”")
    tag(project, article, "Ada", truce, dead, label="quote")
    tag(project, article, "Ben", (truce[0], dead[1]), label="quote")
    case = only(project, article)
    assert case.explanation == "Fragments differ (1 or 2)."
    ada, ben = case.versions
    assert reviewing.marked(ada, [ben]) == (("“The truce”", False), (" … ", False), ("“is not dead.”", False))
    assert reviewing.marked(ben, [ada]) == (
        ("“The truce”", False),
        (", he said, ", True),
        ("“is not dead.”", False),
    )


def test_gaps_between_fragments_differ(project, article):
    truce, dead = words("“The truce”"), words("“is not dead.”")
    tag(project, article, "Ada", truce, dead, label="quote")
    tag(project, article, "Ben", (truce[0], truce[1] + 4), dead, label="quote")
    assert told(project, article) == ["The gaps between fragments differ by 4 characters."]


def test_values_that_differ_are_named(project, article):
    both(project, article, KILLED, label="casualty", ada={"harm": "killed"}, ben={"harm": "injured"})
    case = only(project, article)
    assert case.explanation == "“harm” differs."
    assert case.differing_attributes == {"harm"}


@pytest.mark.parametrize(
    ("ada", "ben"),
    [
        ({"harm": ""}, {}),
        ({"roles": []}, {"roles": None}),
        ({"roles": ["child", "woman"]}, {"roles": ["woman", "child"]}),
        ({"count": figure("nine", 9)}, {"count": figure("at least nine", 9)}),
    ],
)
def test_what_means_the_same_does_not_differ(project, article, ada, ben):
    both(project, article, KILLED, label="casualty", ada=ada, ben=ben)
    assert only(project, article).is_agreed


@pytest.mark.parametrize(
    ("ada", "ben"),
    [
        ({"count": figure("nine", 9)}, {"count": figure("nine", 9, qualifier="about")}),
        ({"count": figure("nine", 9)}, {"count": figure("nine", 9, high=12)}),
        ({"count": figure("nine", 9)}, {}),
        ({"count": {"low": "many"}}, {"count": {"low": "few"}}),
    ],
)
def test_figures_differ_by_bounds_and_qualifier(project, article, ada, ben):
    both(project, article, KILLED, label="casualty", ada=ada, ben=ben)
    assert told(project, article) == ["“count” differs."]


def test_merged_entities_are_one(project, article):
    kerry, john = (entities.create(project, actor="Ada", kind="actor", name=n) for n in ("Kerry", "John K."))
    both(project, article, KILLED, label="casualty", ada={"source": kerry.id}, ben={"source": john.id})
    assert told(project, article) == ["“source” differs."]
    entities.merge(project, actor="Ada", entity=kerry.id, into=john.id)
    assert only(project, article).is_agreed


def test_a_value_only_one_label_can_have_is_no_difference_of_its_own(project, article):
    tag(project, article, "Ada", KILLED, label="claim", voice="author")
    tag(project, article, "Ben", KILLED, label="casualty", harm="killed")
    assert told(project, article) == ["Labels differ: Claim or Casualty report."]


def test_notes_do_not_count(project, article):
    ben = both(project, article, KILLED)
    tagging.set_note(project, actor="Ben", annotation=ben.id, note="sure?")
    assert only(project, article).is_agreed


def test_reading_without_finding_anything_is_a_version(project, article):
    tag(project, article, "Ada", KILLED)
    done(project, article, "Ben")
    case = only(project, article)
    assert case.explanation == "One annotator has nothing here."
    assert [(v.layer, v.annotation is None, v.change == "") for v in case.versions] == [
        ("Ada", False, False),
        ("Ben", True, True),
    ]
    done(project, article, "Cem")
    assert told(project, article) == ["Only one of three annotators has it."]
    tag(project, article, "Dan", KILLED)
    assert told(project, article) == ["Two annotators have nothing here."]


def test_who_has_not_read_the_article_is_no_version(project, article):
    tag(project, article, "Ada", KILLED)
    tag(project, article, "Ben", words("he said"))
    undo(project, "Ben")
    assert only(project, article, ["Ada", "Ben", "Zoe"]).is_single


def test_only_the_layers_asked_for_are_compared(project, article):
    both(project, article, KILLED)
    tag(project, article, "Cem", RAIDS)
    assert only(project, article, ["Ben", "Ada"]).is_agreed
    assert [v.layer for v in only(project, article, ["Ben", "Ada"]).versions] == ["Ben", "Ada"]
    assert only(project, article).is_open


def test_several_differences_make_one_sentence(project, article):
    tag(project, article, "Ada", RAIDS, label="casualty", harm="killed")
    tag(project, article, "Ben", KILLED, label="casualty", harm="injured")
    done(project, article, "Cem")
    case = only(project, article)
    assert case.explanation == (
        "Boundaries differ by 25 characters; “harm” differs; one annotator has nothing here."
    )
    ada, ben, cem = case.versions
    assert reviewing.marked(ada, [ben, cem])[-1] == (" by the intense air raids", True)
    assert reviewing.marked(cem, [ada, ben]) == ()
    assert "".join(stretch for stretch, _ in reviewing.marked(ada, [ben])) == TEXT[slice(*RAIDS)]


def test_aliases_are_stable_and_do_not_follow_the_names():
    names = [f"name {n:02}" for n in range(30)]
    hidden = reviewing.aliases(names, "seed")
    assert hidden == reviewing.aliases(reversed(names), "seed")
    assert sorted(hidden) == names
    assert len(set(hidden.values())) == 30
    assert {"Annotator A", "Annotator Z", "Annotator AA", "Annotator AD"} <= set(hidden.values())
    assert [hidden[name] for name in names] != sorted(hidden.values())
    assert hidden != reviewing.aliases(names, "another")
