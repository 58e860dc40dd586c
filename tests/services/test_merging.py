"""Merging as people know it: what will come, what becomes of labels, what is to be settled by hand."""

import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.model.anchor import anchor
from annotator.model.change import Draft, Revision, new_id
from annotator.model.records import Annotation, Entity, Link, Progress
from annotator.model.review import GOLD, Reply, Round, Ruling, Verdict
from annotator.model.scheme import Attribute, EntityKind, Label, LinkType, Scheme
from annotator.model.span import Span
from annotator.services import articles, forking, merge_words, merging, tagging
from annotator.services.errors import Refused
from annotator.services.naming import LEFT_OUT, Name
from annotator.services.undoing import Action, take_back
from annotator.store import Home, Project, ProjectError

TEXT = "Officials said the truce held. Medics said at least nine people were killed 😀 in حلب."
SMALL = Scheme.from_body(
    {
        "scheme": {"id": "small"},
        "label": [
            {"id": "claim", "title": "Claim", "key": "1"},
            {"id": "quote", "title": "Quote", "key": "2"},
        ],
        "link": [{"id": "supports", "from": [], "to": []}],
    }
)


@pytest.fixture
def make(tmp_path):
    """Make projects, each on a computer of its own."""
    opened = []

    def made(name, scheme=SMALL, copy_of=None):
        path = tmp_path / name / "news.annotator"
        path.parent.mkdir()
        home = Home(tmp_path / f"home of {name}")
        if copy_of is None:
            Project.create(path, scheme=scheme, title=name, home=home).close()
        else:
            shutil.copy(copy_of.path, path)
        opened.append(Project.open(path, home=home))
        return opened[-1]

    yield made
    for project in opened:
        project.close()


@pytest.fixture
def mina(make):
    project = make("mina")
    articles.add(project, actor="mina", raw=TEXT, title="Truce")
    return project


@pytest.fixture
def ben(make, mina):
    return make("ben", copy_of=mina)


def span(project, actor, words, label="claim", **more):
    (article,) = project.article_ids()
    start = TEXT.index(words)
    fragments = (Span(start, start + len(words)),)
    made = Annotation(new_id(), article, actor, label, fragments, anchor(TEXT, fragments), **more)
    put(project, actor, made)
    return made


def put(project, actor, *records):
    project.commit(Draft("write", actor, tuple(Revision(r.KIND, r.id, r.to_body()) for r in records)))


def set_scheme(project, scheme):
    project.commit(Draft("change the scheme", "x", (Revision("scheme", project.id, scheme.to_body()),)))


def with_label(scheme, *new, **more):
    return replace(scheme, version=scheme.version + 1, labels=(*scheme.labels, *new), **more)


def planned(project, *others, **more):
    return merging.planned(project, [other.path for other in others], **more)


def merge(project, *others, actor="mina", **more):
    with planned(project, *others, **more) as plan:
        return merging.apply(project, plan, actor=actor)


def test_a_plan_says_who_did_what_and_writes_nothing(mina, ben):
    claim, quote = span(ben, "ben", "the truce held"), span(ben, "ben", "nine people", "quote")
    gold = span(ben, GOLD, "the truce held", sources=(claim.id,))
    put(ben, "ben", Link(new_id(), "ben", "supports", claim.id, quote.id), Entity("who", "actor", "Medics"))
    put(ben, "ben", Progress(claim.article, "ben", "done"))
    verdict = Verdict(new_id(), claim.article, claim.id, "ben", "zoe", "accept")
    put(ben, "zoe", verdict, Ruling(new_id(), claim.article, "zoe", {claim.id: ""}, gold.id))
    put(ben, "ben", Reply(verdict.id, claim.article, "ben", "Thanks"))
    before = mina.changes()
    with planned(mina, ben) as plan:
        assert mina.changes() == before
    assert plan.changes == 7
    assert merge_words.counts(plan) == {
        "articles": 0,
        "annotations": 3,
        "links": 1,
        "entities": 1,
        "verdicts": 1,
        "replies": 1,
        "rulings": 1,
        "assignments": 0,
        "gold": 1,
    }
    shares = {name: merge_words.share_words(share) for name, share in plan.people.items()}
    assert shares == {
        "ben": ["2 annotations in 1 article", "1 link", "1 answer", "1 article marked as done or skipped"],
        "zoe": ["1 verdict", "1 ruling"],
        "gold": ["1 annotation in 1 article"],
    }
    assert list(shares)[-1] == GOLD


def test_merging_backs_up_first_and_then_everything_is_there(mina, ben):
    made = span(ben, "ben", "حلب")
    report = merge(mina, ben)
    assert mina.annotation(made.id) == made
    assert (report.forks, report.fitted) == ((), None)
    (backup,) = (mina._home.backups / mina.id).glob("*merge*")
    with Project.open(backup, home=mina._home, read_only=True) as before:
        assert before.annotation(made.id) is None


def test_nothing_new_makes_no_backup_and_no_change(mina, ben):
    merge(mina, ben)
    with planned(mina, ben) as plan:
        assert plan.is_empty
    assert merge_words.amounts(plan) == []
    assert not list((mina._home.backups).rglob("*merge*"))


def test_the_project_itself_and_files_that_are_none_are_refused(mina, ben, tmp_path):
    with pytest.raises(Refused, match="this project itself"):
        planned(mina, mina)
    with pytest.raises(ProjectError, match="There is no file"):
        merging.planned(mina, [ben.path, tmp_path / "gone.annotator"])
    note = tmp_path / "note.annotator"
    note.write_bytes(b"x" * 2000)
    made = span(ben, "ben", "nine")
    with pytest.raises(ProjectError, match="not a project file"):
        merging.planned(mina, [ben.path, note])
    assert mina.annotation(made.id) is None


def test_what_was_left_out_of_a_file_is_a_remark_with_the_file(mina, ben):
    span(ben, "ben", "nine")
    ben.close()
    raw = sqlite3.connect(ben.path)
    raw.execute("DROP TRIGGER change_update")
    raw.execute("UPDATE change SET actor = 'eve' WHERE actor = 'ben'")
    raw.commit()
    raw.close()
    with planned(mina, ben) as plan:
        (remark,) = plan.remarks
    assert remark.file == str(ben.path)
    assert "by eve" in remark.message
    assert "altered after it was saved" in remark.message


def amounts(project, other):
    with planned(project, other) as plan:
        return merge_words.amounts(plan)


def test_where_nothing_else_comes_small_things_are_named(mina, ben):
    (article,) = mina.article_ids()
    put(ben, "ben", Progress(article, "ben", "done"), Round("pilot", "Pilot"))
    assert amounts(mina, ben) == ["1 mark as done or skipped", "1 round of work"]
    set_scheme(ben, replace(ben.scheme, title="Other"))
    ben.commit(Draft("rename", "ben", (Revision("project", ben.id, {"title": "New"}),)))
    made = span(ben, "ben", "nine")
    tagging.delete(ben, actor="ben", annotation=made.id)
    assert amounts(mina, ben) == [
        "1 mark as done or skipped",
        "1 round of work",
        "1 version of the scheme",
        "1 change to the project's title or settings",
        "1 thing that is the same here or was deleted",
    ]
    span(ben, "ben", "truce")
    assert amounts(mina, ben) == ["1 annotation"]


def test_what_was_changed_is_told_by_kind(mina, ben):
    made, other = span(mina, "mina", "nine"), span(mina, "mina", "truce")
    put(mina, "mina", Entity("who", "actor", "Medics"))
    merge(ben, mina)
    put(ben, "mina", replace(made, note="sure"), Entity("who", "actor", "The medics"))
    tagging.delete(ben, actor="mina", annotation=other.id)
    assert amounts(mina, ben) == ["2 annotations changed or deleted", "1 entity changed or deleted"]


# --- schemes ---------------------------------------------------------------------------------------


def test_labels_of_a_colleague_are_added_whoever_wins(mina, ben):
    set_scheme(ben, with_label(ben.scheme, Label("ORG", "Org", key="3")))
    set_scheme(mina, with_label(mina.scheme, Label("place", "Place", key="3")))
    set_scheme(mina, replace(mina.scheme, title="Mina's"))
    with planned(mina, ben) as plan:
        assert plan.scheme == ("the label “Org”",)
        assert [(u.name.name, u.count, u.becomes) for u in plan.unknown] == [("ORG", 0, None)]
        report = merging.apply(mina, plan, actor="mina")
    assert report.fitted.action == "fit what came from “news”"
    assert [label.id for label in mina.scheme.labels] == ["claim", "quote", "place", "ORG"]
    assert mina.scheme.label("ORG").key == ""
    merge(ben, mina)
    assert ben.scheme == mina.scheme
    assert merge(mina, ben).fitted is None
    assert mina.problems() == []


def test_where_theirs_was_changed_last_ours_is_kept_all_the_same(mina, ben):
    set_scheme(mina, with_label(mina.scheme, Label("place", "Place")))
    for title in ("one", "two"):
        set_scheme(ben, replace(with_label(ben.scheme, Label(title, title)), title=title))
    with planned(mina, ben) as plan:
        assert plan.scheme == ("the label “one”", "the label “two”")
        merging.apply(mina, plan, actor="mina")
    assert mina.scheme.title == "two"
    assert {"place", "one", "two"} <= {label.id for label in mina.scheme.labels}


def test_both_may_merge_at_once_and_still_agree_in_the_end(mina, ben):
    set_scheme(ben, with_label(ben.scheme, Label("ORG", "Org")))
    set_scheme(mina, with_label(mina.scheme, Label("place", "Place")))
    other = mina.path.with_name("before.annotator")
    shutil.copy(mina.path, other)
    merge(mina, ben)
    with merging.planned(ben, [other]) as plan:
        merging.apply(ben, plan, actor="ben")
    merge(mina, ben)
    merge(ben, mina)
    assert mina.scheme == ben.scheme
    assert {"ORG", "place"} <= {label.id for label in mina.scheme.labels}
    assert merge(mina, ben).plan.is_empty
    assert merge(ben, mina).plan.is_empty


def test_a_label_that_a_colleague_removed_stays_removed(mina, ben):
    set_scheme(ben, replace(ben.scheme, labels=ben.scheme.labels[:1]))
    with planned(mina, ben) as plan:
        assert plan.differing == ("the label “Quote”, which is no longer there",)
        assert merging.apply(mina, plan, actor="mina").fitted is None
    assert [label.id for label in mina.scheme.labels] == ["claim"]


def test_a_label_may_become_one_of_ours(mina, ben):
    org = Label("ORG", "Org", attributes=(Attribute("seat", "text"),))
    set_scheme(ben, with_label(ben.scheme, org))
    made = span(ben, "ben", "Medics", "ORG", attributes={"seat": "حلب"})
    other = span(ben, "ben", "nine", "claim")
    report = merge(mina, ben, choices={Name("label", "ORG"): "quote"})
    assert mina.annotation(made.id) == replace(made, label="quote")
    assert mina.annotation(other.id) == other
    assert [label.id for label in mina.scheme.labels] == ["claim", "quote"]
    assert mina.scheme.label("quote").attribute("seat")
    assert [step.body["label"] for step in mina.history("annotation", made.id)] == ["ORG", "quote"]
    take_back(mina, actor="mina", action=Action(report.fitted.id, report.fitted.action))
    assert mina.annotation(made.id) == made
    assert mina.scheme.label("ORG") == org


def test_only_those_attributes_come_along_that_the_spans_of_a_label_say_something_of(mina, ben):
    asked = (Attribute("seat", "text"), Attribute("size", "number", required=True), Attribute("kind", "text"))
    set_scheme(ben, with_label(ben.scheme, Label("ORG", "Org", attributes=asked)))
    span(ben, "ben", "Medics", "ORG", attributes={"seat": "حلب", "kind": ""})
    span(ben, "ben", "nine", "claim", attributes={"size": 9})
    with planned(mina, ben, choices={Name("label", "ORG"): "quote"}) as plan:
        assert plan.scheme == ("the attribute “seat” of Quote",)
        merging.apply(mina, plan, actor="mina")
    assert [(a.name, a.required) for a in mina.scheme.label("quote").attributes] == [("seat", False)]


@pytest.mark.parametrize("is_copy", [True, False])
def test_a_label_that_became_another_does_so_again_when_more_of_it_comes(mina, ben, make, is_copy):
    other = ben if is_copy else make("other")
    if not is_copy:
        articles.add(other, actor="ben", raw=TEXT)
    kinds = (EntityKind("org", "Organisations"),)
    org = Label("ORG", "Org", attributes=(Attribute("seat", "entity", entity="org"),))
    near = LinkType("near", ("ORG",), ("ORG",))
    links = (*other.scheme.links, near)
    set_scheme(other, with_label(other.scheme, org, links=links, entities=kinds))
    first = span(other, "ben", "Medics", "ORG")
    choices = {Name("label", "ORG"): "quote", Name("link", "near"): "supports"}
    merge(mina, other, choices=choices)
    assert merge(mina, other, choices=choices).plan.is_empty
    more = span(other, "ben", "nine", "ORG")
    link = Link(new_id(), "ben", "near", first.id, more.id)
    put(other, "ben", link)
    with planned(mina, other) as plan:
        assert [(u.name.name, u.count, u.becomes) for u in plan.unknown] == [
            ("ORG", 1, None),
            ("near", 1, None),
        ]
    merge(mina, other, choices=choices)
    assert [mina.annotation(one.id).label for one in (first, more)] == ["quote", "quote"]
    assert mina.link(link.id).type == "supports"
    assert [label.id for label in mina.scheme.labels] == ["claim", "quote"]
    again = span(other, "ben", "truce", "ORG")
    merge(mina, other)
    assert mina.annotation(again.id).label == "ORG"
    assert mina.scheme.label("ORG").title == "Org"
    assert mina.problems() == []


def test_only_what_comes_in_and_is_lacking_can_become_another(mina, ben):
    set_scheme(ben, with_label(ben.scheme, Label("ORG", "Org"), Label("PER", "Person")))
    with pytest.raises(Refused, match=r"no label “NOPE” comes in, so .*; choose one of ORG, PER"):
        planned(mina, ben, choices={Name("label", "NOPE"): "quote"})
    with pytest.raises(
        Refused, match=r"“claim” can't become another label, for your scheme has it; .* ORG, PER"
    ):
        planned(mina, ben, choices={Name("label", "claim"): "quote"})
    with pytest.raises(Refused, match=r"no link “ORG” comes in.*it lacks no link of theirs"):
        planned(mina, ben, choices={Name("link", "ORG"): "supports"})


def test_a_label_that_is_left_out_takes_its_spans_with_it_and_keeps_their_history(mina, ben):
    set_scheme(ben, with_label(ben.scheme, Label("ORG", "Org")))
    made = span(ben, "ben", "Medics", "ORG")
    merge(mina, ben, choices={Name("label", "ORG"): LEFT_OUT})
    assert mina.annotation(made.id) is None
    assert mina.scheme.label("ORG") is None
    assert [step.body for step in mina.history("annotation", made.id)] == [made.to_body(), None]
    assert mina.problems() == []


def test_links_are_mapped_as_labels_are_and_attributes_are_not(mina, ben):
    set_scheme(ben, replace(ben.scheme, links=(*ben.scheme.links, SMALL.links[0].__class__("near"))))
    one, two = span(ben, "ben", "nine"), span(ben, "ben", "truce")
    link = Link(new_id(), "ben", "near", one.id, two.id)
    put(ben, "ben", link)
    merge(mina, ben, choices={Name("link", "near"): "supports"})
    assert mina.link(link.id).type == "supports"
    assert mina.scheme.link("near") is None
    with pytest.raises(Refused, match="only labels and links"):
        planned(mina, ben, choices={Name("attribute", "x", "claim"): ""})
    with pytest.raises(Refused, match="which the scheme lacks"):
        planned(mina, ben, choices={Name("label", "x"): "nothing"})


def test_another_project_with_the_same_articles_adds_its_labels_once(mina, make):
    other = make("other", with_label(SMALL, Label("place", "Place")))
    articles.add(other, actor="ben", raw=TEXT, title="The truce")
    made = span(other, "ben", "حلب", "place")
    with planned(mina, other) as plan:
        assert [remark.message for remark in plan.remarks] == [
            "a project of its own: its articles and work come in, its title and settings don't"
        ]
        merging.apply(mina, plan, actor="mina")
    assert mina.annotation(made.id) == made
    assert (mina.title, mina.scheme.label("place").title) == ("mina", "Place")
    set_scheme(mina, SMALL)
    span(other, "ben", "nine")
    merge(mina, other)
    assert mina.scheme.label("place") is None
    assert mina.problems() == []


def told(scheme, label="claim"):
    found = scheme.label(label)
    return found.title, found.rule, found.good


def with_words(scheme, **words):
    labels = tuple(replace(one, **words) if one.id == "claim" else one for one in scheme.labels)
    return replace(scheme, version=scheme.version + 1, labels=labels)


@pytest.fixture
def schools(mina, make):
    """Mina's project and one of its own, whose schemes say other things of a claim."""
    other = make("other")
    articles.add(other, actor="ben", raw=TEXT)
    set_scheme(mina, with_words(mina.scheme, rule="Whatever can be checked.", good="Nine died."))
    set_scheme(other, with_words(other.scheme, title="Statement", rule="What somebody says. حلب"))
    return mina, other


def test_where_schemes_of_two_projects_differ_yours_stand_until_you_choose(schools):
    mina, other = schools
    with planned(mina, other) as plan:
        assert [(c.part, c.mine, c.theirs, c.stands) for c in plan.contrasts] == [
            ("claim.title", "Claim", "Statement", "mine"),
            ("claim.rule", "Whatever can be checked.", "What somebody says. حلب", "mine"),
        ]
        merging.apply(mina, plan, actor="mina")
    assert told(mina.scheme) == ("Claim", "Whatever can be checked.", "Nine died.")


@pytest.mark.parametrize(
    ("sides", "stands"),
    [
        ({"claim.rule": "theirs"}, ("Claim", "What somebody says. حلب", "Nine died.")),
        ({"all": "theirs"}, ("Statement", "What somebody says. حلب", "Nine died.")),
        ({"all": "theirs", "claim.title": "mine"}, ("Claim", "What somebody says. حلب", "Nine died.")),
    ],
)
def test_what_is_taken_of_theirs_is_part_of_the_change_after_the_merge(schools, sides, stands):
    mina, other = schools
    before = mina.scheme
    report = merge(mina, other, sides=sides)
    assert told(mina.scheme) == stands
    take_back(mina, actor="mina", action=Action(report.fitted.id, report.fitted.action))
    assert mina.scheme == before


def test_projects_of_their_own_come_to_say_the_same(schools):
    mina, other = schools
    merge(mina, other, sides={"all": "theirs"})
    with planned(other, mina) as plan:
        assert plan.contrasts == ()
        merging.apply(other, plan, actor="ben")
    assert told(other.scheme) == told(mina.scheme)


def test_of_a_copy_ones_own_words_can_be_kept_though_theirs_are_later(mina, ben):
    set_scheme(mina, with_words(mina.scheme, rule="Mine."))
    for rule in ("One.", "Theirs."):
        set_scheme(ben, with_words(ben.scheme, rule=rule))
    with planned(mina, ben) as plan:
        (contrast,) = plan.contrasts
        assert (contrast.theirs, contrast.stands) == ("Theirs.", "theirs")
    merge(mina, ben, sides={"claim.rule": "mine"})
    assert mina.scheme.label("claim").rule == "Mine."
    merge(ben, mina)
    assert ben.scheme == mina.scheme


@pytest.mark.parametrize("part", ["claim", "claim.colour", "NOPE.rule", "rule", ""])
def test_a_part_that_no_label_has_is_refused(mina, ben, part):
    with pytest.raises(Refused, match=r"write all, or a label \(claim, quote\) with \.title"):
        planned(mina, ben, sides={part: "theirs"})


# --- forks -----------------------------------------------------------------------------------------


def test_changes_of_both_sides_are_told_before_and_after(mina, ben):
    made = span(mina, "mina", "the truce held")
    merge(ben, mina, actor="mina")
    tagging.relabel(mina, actor="mina", annotation=made.id, label="quote")
    put(ben, "mina", replace(made, note="one"))
    put(ben, "mina", replace(made, note="two"))
    with planned(mina, ben) as plan:
        assert (plan.updated, plan.over, plan.behind) == (0, 1, 0)
        (clash,) = plan.clashes
        report = merging.apply(mina, plan, actor="mina")
    (fork,) = report.forks
    assert fork.versions == clash.versions
    assert fork.title == "Span “the truce held”"
    assert fork.article_title == "Truce"
    assert fork.differing() == {"Label", "Note"}
    assert [v.words for v in fork.versions] == [
        "label: Claim; words: the truce held; place: 15–29; note: two",
        "label: Quote; words: the truce held; place: 15–29",
    ]


@pytest.mark.parametrize("n", [0, 1])
def test_a_fork_is_settled_by_one_change_that_can_be_undone(mina, ben, n):
    made = span(mina, "mina", "the truce held")
    merge(ben, mina)
    put(mina, "mina", replace(made, note="mine"))
    for note in ("x", "theirs"):
        put(ben, "ben", replace(made, note=note))
    (fork,) = merge(mina, ben).forks
    wanted = fork.versions[n]
    change = forking.settle(mina, actor="zoe", chosen={fork.key: wanted.change})
    assert mina.annotation(made.id).note == ("theirs", "mine")[n]
    assert (change.action, forking.forks(mina)) == ("settle the versions of one span", ())
    merge(ben, mina)
    assert forking.forks(ben) == ()
    assert ben.annotation(made.id) == mina.annotation(made.id)
    take_back(mina, actor="zoe", action=Action(change.id, change.action))
    (again,) = forking.forks(mina)
    assert [v.body["note"] for v in again.versions] == ["theirs", "mine"]
    assert mina.annotation(made.id).note == "theirs"


def test_several_are_settled_at_once_and_a_settled_one_is_refused(mina, ben):
    made = [span(mina, "mina", word) for word in ("nine", "truce")]
    merge(ben, mina)
    for project, note in ((mina, "a"), (ben, "b"), (ben, "c")):
        put(project, "mina", *(replace(one, note=note) for one in made))
    merge(mina, ben)
    forks = forking.forks(mina)
    chosen = {fork.key: fork.versions[1].change for fork in forks}
    assert forking.settle(mina, actor="mina", chosen=chosen).action == "settle the versions of 2 things"
    assert {mina.annotation(one.id).note for one in made} == {"a"}
    with pytest.raises(Refused, match="settled or changed meanwhile"):
        forking.settle(mina, actor="mina", chosen=chosen)


def test_a_deleted_version_and_things_of_other_kinds_are_told(mina, ben):
    made = span(mina, "mina", "nine", attributes={"x": "y"})
    (article,) = mina.article_ids()
    put(mina, "mina", Entity("e", "actor", "Medics"), Progress(article, "mina", "done"))
    merge(ben, mina)
    put(mina, "mina", Entity("e", "actor", "The medics"), Progress(article, "mina", "skipped"))
    put(mina, "mina", replace(made, label="quote"))
    put(ben, "mina", Entity("e", "actor", "Doctors"), Progress(article, "mina", "done", {"x": 1}))
    articles.describe(mina, actor="mina", article=article, title="One")
    articles.describe(ben, actor="ben", article=article, title="Two")
    tagging.delete(ben, actor="mina", annotation=made.id)
    forks = merge(mina, ben).forks
    titles = {fork.kind: fork.title for fork in forks}
    assert titles["annotation"] == "Span “nine”"
    assert titles["progress"] == "State “mina”"
    assert titles["entity"].startswith("Person, organisation or incident “")
    assert titles["article"].startswith("Article details “")
    assert "deleted" in [v.words for fork in forks for v in fork.versions]


def test_progress_is_told_and_may_cancel(mina, ben):
    made = span(ben, "ben", "nine")
    told = []
    with planned(mina, ben, tell=lambda done, total: told.append((done, total))) as plan:
        assert told[-1] == (1, 0)

        class Stopped(Exception):
            pass

        def stop(_done, _total):
            raise Stopped

        with pytest.raises(Stopped):
            merging.apply(mina, plan, actor="mina", tell=stop)
    assert mina.annotation(made.id) is None
    assert mina.problems() == []


def test_what_came_meanwhile_is_read_again(mina, ben, tmp_path):
    span(ben, "ben", "nine")
    with planned(mina, ben) as plan:
        with Project.open(mina.path, home=Home(tmp_path / "another window")) as window:
            merge(window, ben)
        made = span(ben, "ben", "truce")
        merging.apply(mina, plan, actor="mina")
    assert mina.annotation(made.id) == made
    assert mina.problems() == []


def test_a_path_that_is_named_twice_is_merged_once(mina, ben):
    span(ben, "ben", "nine")
    with merging.planned(mina, [ben.path, Path(ben.path.parent / "." / ben.path.name)]) as plan:
        assert len(plan.brought) == 1
