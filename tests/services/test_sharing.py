"""One's own work as a file, and a copy for a colleague: what is in it, and above all what isn't."""

from dataclasses import replace

import pytest

from annotator.model.change import Draft, Revision, new_id
from annotator.model.review import GOLD, Reply, Ruling, Verdict
from annotator.model.span import Span
from annotator.services import (
    articles,
    assigning,
    checking,
    entities,
    linking,
    progress,
    sharing,
    tagging,
    visible_work,
)
from annotator.services.errors import Refused
from annotator.store import Home, Project, ProjectError

TEXT = "Nine people were killed in Hama, the group said. The governor denied it."


@pytest.fixture
def elsewhere(tmp_path):
    """Another computer."""
    return Home(tmp_path / "elsewhere")


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out.annotator"


@pytest.fixture
def article(project):
    return articles.add(project, actor="Ada", raw=TEXT, title="Hama").id


@pytest.fixture
def other(project):
    return articles.add(project, actor="Ada", raw="Calm in Homs.", title="Homs").id


def tag(project, article, start, stop, actor, label="claim"):
    return tagging.tag(project, actor=actor, article=article, label=label, spans=[Span(start, stop)])


def keep(project, *things, actor):
    project.commit(Draft("write", actor, tuple(map(Revision.of, things))))


def merged(project, path):
    with project.incoming([path], lambda _n: None) as incoming:
        project.merge(incoming, lambda _project: None)


def blind(project, *articles, people=("ann", "bob"), title="Pilot"):
    pilot = assigning.make_round(project, actor="Ada", title=title, blind=True)
    assigning.assign(project, actor="Ada", articles=articles, annotators=people, a_round=pilot.id)
    return pilot


# Save my work


def test_my_work_is_mine_alone_and_sound(project, article, other, out, elsewhere):
    mine = tag(project, article, 0, 4, "ann")
    tag(project, article, 5, 11, "bob")
    tag(project, other, 0, 4, "bob")
    progress.mark(project, actor="ann", article=article, state="done")
    progress.mark(project, actor="bob", article=article, state="done")
    shared = sharing.save_mine(project, actor="ann", out=out)
    assert (shared.articles, shared.annotations, shared.left_out) == (1, {"ann": 1}, ())
    with Project.open(out, home=elsewhere) as part:
        assert checking.check(part).is_sound
        assert (part.id, part.title, part.scheme) == (project.id, project.title, project.scheme)
        assert part.annotations(article) == (mine,)
        assert part.article_ids() == (article,)
        assert part.progress(article, "ann").state == "done"
        assert part.progress(article, "bob") is None
        assert part.layers() == ("ann",)
    assert b"Homs" not in out.read_bytes()


def test_my_verdicts_answers_rulings_and_gold_are_my_work(project, article, out, elsewhere):
    mine, theirs = tag(project, article, 0, 4, "ann"), tag(project, article, 5, 11, "bob")
    my_verdict = Verdict(new_id(), article, theirs.id, "bob", "ann", "reject")
    their_verdict = Verdict(new_id(), article, mine.id, "ann", "bob", "reject", comment="by bob")
    my_reply, their_reply = Reply(their_verdict.id, article, "ann"), Reply(my_verdict.id, article, "bob")
    keep(project, my_verdict, my_reply, actor="ann")
    keep(project, their_verdict, their_reply, actor="bob")
    for who, span in (("ann", mine), ("bob", theirs)):
        gold = _gold(span)
        keep(project, gold, Ruling(new_id(), article, who, {span.id: "c"}, gold.id), actor=who)
    sharing.save_mine(project, actor="ann", out=out)
    with Project.open(out, home=elsewhere) as part:
        assert part.verdicts() == (my_verdict,)
        assert part.replies() == (my_reply,)
        assert [ruling.adjudicator for ruling in part.rulings()] == ["ann"]
        assert [a.sources for a in part.annotations(article, GOLD)] == [(mine.id,)]
        assert checking.check(part).is_sound
    assert b"by bob" not in out.read_bytes()


def _gold(span):
    return replace(span, id=new_id(), layer=GOLD, origin="gold: adjudicated", sources=(span.id,))


def test_named_things_and_links_come_with_the_work_that_uses_them(project, article, out, elsewhere):
    used = entities.create(project, actor="Ada", kind="actor", name="The group")
    entities.create(project, actor="Ada", kind="actor", name="The governor")
    own = entities.create(project, actor="ann", kind="actor", name="My find")
    mine, theirs = tag(project, article, 0, 4, "ann"), tag(project, article, 49, 61, "bob")
    tagging.set_value(project, actor="ann", annotation=mine.id, name="claimant", value=used.id)
    between = linking.link(project, actor="ann", type="supports", source=mine.id, target=theirs.id)
    linking.link(project, actor="bob", type="contradicts", source=theirs.id, target=mine.id)
    sharing.save_mine(project, actor="ann", out=out)
    with Project.open(out, home=elsewhere) as part:
        assert {entity.id for entity in part.entities()} == {used.id, own.id}
        assert part.link(between.id) == between
        assert [thing.id for thing in part.things("link")] == [between.id]
    assert b"The governor" in out.read_bytes()  # as words of the article
    assert b'"name":"The governor"' not in out.read_bytes()


def test_what_i_was_given_is_there_with_its_rounds(project, article, other, out, elsewhere):
    pilot = blind(project, other)
    unrelated = blind(project, article, people=("bob",), title="Second")
    tag(project, article, 0, 4, "ann")
    sharing.save_mine(project, actor="ann", out=out)
    with Project.open(out, home=elsewhere) as part:
        assert part.rounds() == (pilot,)
        assert unrelated not in part.rounds()
        assert [a.annotator for a in part.assignments()] == ["ann"]
        assert set(part.article_ids()) == {article, other}


def test_my_work_handed_in_again_takes_back_what_i_deleted(project, article, out, elsewhere):
    kept, regretted = tag(project, article, 0, 4, "ann"), tag(project, article, 5, 11, "ann")
    sharing.save_mine(project, actor="ann", out=out)
    tagging.delete(project, actor="ann", annotation=regretted.id)
    again = out.with_name("again.annotator")
    sharing.save_mine(project, actor="ann", out=again)
    with Project.open(out, home=elsewhere) as reviewer:
        merged(reviewer, again)
        assert reviewer.annotations(article) == (kept,)
        assert reviewer.forks() == ()


def test_nobody_hands_in_nothing(project, article, out):
    tag(project, article, 0, 4, "bob")
    with pytest.raises(Refused, match="no work of “ann”"):
        sharing.save_mine(project, actor="ann", out=out)
    assert not out.exists()


def test_a_place_that_is_taken_is_left_alone(project, article):
    tag(project, article, 0, 4, "ann")
    before = project.path.read_bytes()
    with pytest.raises(ProjectError, match="exists already"):
        sharing.save_mine(project, actor="ann", out=project.path)
    assert project.path.read_bytes() == before


# A copy for a colleague


def test_a_copy_has_everything_where_nothing_is_blind(project, article, other, out, elsewhere):
    tag(project, article, 0, 4, "ann"), tag(project, article, 5, 11, "bob")
    entities.create(project, actor="Ada", kind="actor", name="The group")
    progress.mark(project, actor="bob", article=article, state="done")
    shared = sharing.copy_for(project, person="ann", out=out)
    assert (shared.articles, shared.annotations, shared.entities) == (2, {"ann": 1, "bob": 1}, 1)
    assert shared.left_out == ()
    with Project.open(out, home=elsewhere) as part:
        for kind in project.kinds():
            assert list(part.things(kind)) == list(project.things(kind))
        assert checking.check(part).is_sound


def test_the_others_work_in_a_blind_round_is_not_in_the_file_in_any_form(project, article, other, out):
    blind(project, article)
    incident = entities.create(project, actor="bob", kind="actor", name="Zanzibar Brigade")
    former = entities.create(project, actor="bob", kind="actor", name="Formerly Named")
    known = entities.create(project, actor="Ada", kind="actor", name="Known To All")
    mine, theirs = tag(project, article, 0, 4, "ann"), tag(project, article, 17, 23, "bob")
    for entity in (former, incident):
        tagging.set_value(project, actor="bob", annotation=theirs.id, name="claimant", value=entity.id)
    tagging.set_note(project, actor="bob", annotation=theirs.id, note="bob’s indiscreet note")
    deleted = tag(project, article, 27, 31, "bob")
    tagging.set_note(project, actor="bob", annotation=deleted.id, note="a deleted remark")
    tagging.delete(project, actor="bob", annotation=deleted.id)
    elsewhere_too = tag(project, other, 0, 4, "bob")
    linking.link(project, actor="bob", type="supports", source=theirs.id, target=mine.id)
    progress.mark(project, actor="bob", article=article, state="done")
    gold = _gold(theirs)
    keep(
        project,
        Verdict(new_id(), article, theirs.id, "bob", "Ada", "reject", comment="unjust verdict"),
        Ruling(new_id(), article, "Ada", {theirs.id: "c"}, gold.id, comment="unjust ruling"),
        gold,
        actor="Ada",
    )
    shared = sharing.copy_for(project, person="ann", out=out)
    content, whole = out.read_bytes(), project.path.read_bytes()
    secrets = (
        *(theirs.id, deleted.id, incident.id, former.id, gold.id),
        *("Zanzibar", "Formerly Named", "indiscreet", "deleted remark", "unjust"),
    )
    for secret in secrets:
        assert secret.encode() in whole
        assert secret.encode() not in content
    assert mine.id.encode() in content
    assert elsewhere_too.id.encode() in content
    assert known.name.encode() in content
    assert shared.annotations == {"ann": 1, "bob": 1}
    told = {(left.what, left.count, left.why) for left in shared.left_out}
    assert ("spans", 2, visible_work.BLIND) in told
    assert ("link", 1, visible_work.BLIND) in told
    assert ("state of an article", 1, visible_work.BLIND) in told
    assert ("persons, organisations or incidents", 2, visible_work.UNSEEN) in told


def test_a_merged_thing_does_not_tell_the_name_it_had_in_blind_work(project, article, out):
    blind(project, article)
    secret = entities.create(project, actor="bob", kind="actor", name="Zanzibar Brigade")
    known = entities.create(project, actor="Ada", kind="actor", name="The group")
    mine, theirs = tag(project, article, 0, 4, "ann"), tag(project, article, 17, 23, "bob")
    tagging.set_value(project, actor="ann", annotation=mine.id, name="claimant", value=known.id)
    tagging.set_value(project, actor="bob", annotation=theirs.id, name="claimant", value=secret.id)
    entities.merge(project, actor="Ada", entity=secret.id, into=known.id)
    sharing.copy_for(project, person="ann", out=out)
    assert b"The group" in out.read_bytes()
    assert b"Zanzibar" not in out.read_bytes()


def test_a_copy_is_blind_for_all_articles_of_the_round_until_it_ends(project, article, other, out, elsewhere):
    pilot = blind(project, article, people=("ann", "bob"))
    tag(project, article, 5, 11, "bob")
    shared = sharing.copy_for(project, person="noor", out=out)
    assert shared.annotations == {}
    assigning.end_round(project, actor="Ada", a_round=pilot.id)
    ended = out.with_name("ended.annotator")
    assert sharing.copy_for(project, person="noor", out=ended).annotations == {"bob": 1}
    with Project.open(out, home=elsewhere) as part:
        assert checking.check(part).is_sound
        assert {a.annotator for a in part.assignments()} == {"ann", "bob"}


def test_removed_articles_and_what_is_on_them_stay_behind(project, article, out, elsewhere):
    gone = articles.add(project, actor="Ada", raw="A withdrawn report.", title="Withdrawn").id
    tag(project, gone, 2, 11, "bob")
    articles.remove(project, actor="Ada", article=gone)
    shared = sharing.copy_for(project, person="ann", out=out)
    assert [(left.what, left.count, left.why) for left in shared.left_out] == [
        ("span", 1, visible_work.REMOVED)
    ]
    assert b"ithdrawn" not in out.read_bytes()
    assert shared.articles == 1
    with Project.open(out, home=elsewhere) as part:
        assert part.article_ids() == (article,)


def test_what_a_colleague_does_in_a_blind_copy_comes_back_whole(project, article, out, elsewhere):
    blind(project, article)
    theirs = tag(project, article, 17, 23, "bob")
    mine = tag(project, article, 0, 4, "ann")
    sharing.copy_for(project, person="ann", out=out)
    handed_in = out.with_name("handed in.annotator")
    with Project.open(out, home=elsewhere) as copy:
        tagging.set_note(copy, actor="ann", annotation=mine.id, note="seen again")
        new = tag(copy, article, 27, 31, "ann")
        progress.mark(copy, actor="ann", article=article, state="done")
        sharing.save_mine(copy, actor="ann", out=handed_in)
    tagging.set_note(project, actor="bob", annotation=theirs.id, note="meanwhile")
    for path in (handed_in, out, handed_in):
        merged(project, path)
    notes = {a.id: a.note for a in project.annotations(article)}
    assert notes == {mine.id: "seen again", theirs.id: "meanwhile", new.id: ""}
    assert project.progress(article, "ann").state == "done"
    assert project.forks() == ()
    assert checking.check(project).is_sound


def test_work_handed_in_week_after_week_is_no_fork(project, article, out, elsewhere):
    """Whoever has an earlier step of a span sees that the one handed in is later, whatever lies between."""
    mine = tag(project, article, 0, 4, "ann")
    sharing.copy_for(project, person="ann", out=out)
    with Project.open(out, home=elsewhere) as copy:
        for week in range(3):
            for note in (f"week {week}, draft", f"week {week}, edited", f"week {week}"):
                tagging.set_note(copy, actor="ann", annotation=mine.id, note=note)
            handed_in = out.with_name(f"week {week}.annotator")
            sharing.save_mine(copy, actor="ann", out=handed_in)
            with project.incoming([handed_in], lambda _n: None) as incoming:
                assert incoming.keys("over") == []
                project.merge(incoming, lambda _project: None)
            assert project.annotation(mine.id).note == f"week {week}"
            assert project.forks() == ()


def test_what_two_machines_changed_at_once_is_a_fork_also_when_handed_in(project, article, out, elsewhere):
    mine = tag(project, article, 0, 4, "ann")
    sharing.copy_for(project, person="ann", out=out)
    tagging.set_note(project, actor="ann", annotation=mine.id, note="here")
    handed_in = out.with_name("handed in.annotator")
    with Project.open(out, home=elsewhere) as copy:
        tagging.set_note(copy, actor="ann", annotation=mine.id, note="there")
        tagging.set_note(copy, actor="ann", annotation=mine.id, note="there, later")
        sharing.save_mine(copy, actor="ann", out=handed_in)
    merged(project, handed_in)
    (fork,) = project.forks()
    assert [step.body["note"] for step in fork.versions] == ["there, later", "here"]
    merged(project, out)
    assert [step.body["note"] for step in project.forks()[0].versions] == ["there, later", "here"]
