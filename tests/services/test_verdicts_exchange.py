"""Verdicts in our own JSON Lines: out with the work they are about, and in again."""

import pytest
from export_steps import export, lines

from annotator.formats.parts.json_lines import line_of
from annotator.model.anchor import Anchor
from annotator.model.change import Draft, Revision
from annotator.model.review import Reply, Verdict
from annotator.model.span import Span
from annotator.services import articles, feedback, importing, tagging, verdicts
from annotator.services.samples import built_in_scheme
from annotator.services.undoing import UndoStacks, take_back
from annotator.store import Home, Project

TEXT = 'Kerry said: "The truce 👩‍👩‍👧 is not dead", he added, "yet."\n\nقُتل تسعة people in Hama.'


def span_of(words):
    start = TEXT.index(words)
    return Span(start, start + len(words))


def mark(project, article, words, label="claim", actor="Ada"):
    return tagging.tag(project, actor=actor, article=article, label=label, spans=[span_of(words)])


def judge(project, annotation, decision="reject", **more):
    return verdicts.give(project, actor="Bob", annotation=annotation.id, decision=decision, **more)


@pytest.fixture
def other(tmp_path):
    made = tmp_path / "other.annotator"
    home = Home(tmp_path / "home of the other")
    with Project.create(made, scheme=built_in_scheme(), title="Other", home=home) as project:
        yield project


@pytest.fixture
def article(project):
    """An article with a verdict of every kind on Ada's work."""
    own = articles.add(project, actor="Ada", raw=TEXT, title="Truce").id
    claim, quote, source, gone = (
        mark(project, own, words, label)
        for words, label in (("truce", "claim"), ("dead", "quote"), ("Kerry", "source"), ("yet", "quote"))
    )
    pieces = (span_of('"The truce 👩‍👩‍👧 is not dead"'), span_of('"yet."'))
    judge(project, claim, "change", reason="boundary", comment="all", proposed={"fragments": pieces})
    judge(project, source, "accept")
    judge(project, gone)
    verdict = judge(project, quote, reason="over-marked", comment="no\nquote")
    verdicts.answer(project, actor="Ada", verdict=verdict.id, comment="yes", settled=True)
    tagging.set_note(project, actor="Ada", annotation=quote.id, note="changed since")
    tagging.delete(project, actor="Ada", annotation=gone.id)
    missed = {"layer": "Ada", "spans": [span_of("قُتل تسعة")], "label": "casualty", "comment": "!"}
    verdicts.give_missed(project, actor="Bob", article=own, **missed)
    return own


def bring(project, path, **more):
    planned = importing.plan(project, [path], actor="Zoe", **more)
    importing.apply(project, planned)
    return planned


def told(project, layer="Ada"):
    """Everything that is known of the verdicts on a layer but the names of changes, which differ."""
    return [
        (
            *(g.verdict.id, g.verdict.annotation, g.verdict.reviewer, g.verdict.decision, g.verdict.reason),
            *(g.verdict.comment, g.verdict.proposed, g.reply, g.is_stale, g.words),
        )
        for g in feedback.summary(project, layer).given
    ]


def test_verdicts_come_in_as_they_went_out(project, article, other, tmp_path):
    done = export(project, tmp_path / "work.jsonl")
    assert [(loss.what, loss.count) for loss in done.losses] == [
        ("verdicts of reviewers, which are left out", 1)
    ]
    planned = bring(other, tmp_path / "work.jsonl")
    wanted = [row for row in told(project) if row[-1]]
    assert (planned.verdicts, planned.remarks) == (4, ())
    assert told(other) == wanted
    assert sorted(row[-2] for row in wanted) == [False, False, False, True]
    assert export(other, tmp_path / "again.jsonl").losses == ()
    once, again = (lines(tmp_path / name)[1] for name in ("work.jsonl", "again.jsonl"))
    for row in (*once["verdicts"], *again["verdicts"]):
        row["revision"] = bool(row["revision"])
    assert (again["verdicts"], again["replies"]) == (once["verdicts"], once["replies"])


def test_all_of_an_import_is_undone_at_once_and_can_be_done_again(project, article, other, tmp_path):
    export(project, tmp_path / "work.jsonl")
    planned = bring(other, tmp_path / "work.jsonl")
    before = told(other)
    take_back(other, actor="Zoe", action=UndoStacks(other, "Zoe").next_undo())
    assert other.verdicts() == other.replies() == ()
    importing.apply(other, planned)
    assert [row[:8] for row in told(other)] == [row[:8] for row in before]


def test_what_is_there_is_not_brought_again(project, article, other, tmp_path):
    export(project, tmp_path / "work.jsonl")
    bring(other, tmp_path / "work.jsonl")
    assert importing.plan(other, [tmp_path / "work.jsonl"], actor="Zoe").is_empty


def test_a_reviewers_file_brings_verdicts_on_spans_that_are_there(project, other, tmp_path):
    """Ada sends her work, Bob gives verdicts on it and sends it back; meanwhile Ada goes on."""
    own = articles.add(project, actor="Ada", raw=TEXT).id
    kept, moved = mark(project, own, "truce"), mark(project, own, "dead")
    export(project, tmp_path / "ada.jsonl")
    bring(other, tmp_path / "ada.jsonl")
    for annotation in (kept, moved):
        judge(other, annotation, reason="boundary")
    export(other, tmp_path / "bob.jsonl")
    tagging.move(project, actor="Ada", annotation=moved.id, fragments=[span_of("not dead")])
    planned = bring(project, tmp_path / "bob.jsonl")
    assert (planned.annotations, planned.verdicts) == (0, 2)
    stale = {g.verdict.annotation: g.is_stale for g in feedback.of_article(project, own, "Ada")}
    assert stale == {kept.id: False, moved.id: True}


def test_what_an_undo_brought_back_is_still_what_was_read(project, other, tmp_path):
    own = articles.add(project, actor="Ada", raw=TEXT).id
    claim = mark(project, own, "truce")
    judge(project, claim)
    tagging.set_note(project, actor="Ada", annotation=claim.id, note="changed")
    take_back(project, actor="Ada", action=UndoStacks(project, "Ada").next_undo())
    export(project, tmp_path / "work.jsonl")
    bring(other, tmp_path / "work.jsonl")
    assert [g.is_stale for g in feedback.of_article(other, own, "Ada")] == [False]


def test_an_export_of_some_work_has_the_verdicts_on_it(project, article, tmp_path):
    mark(project, article, "Hama", "place", actor="Cem")
    export(project, tmp_path / "cem.jsonl", layers=("Cem",))
    assert "verdicts" not in lines(tmp_path / "cem.jsonl")[1]
    export(project, tmp_path / "labels.jsonl", labels=("source", "casualty"))
    row = lines(tmp_path / "labels.jsonl")[1]
    assert sorted((v["decision"], v["reason"]) for v in row["verdicts"]) == [
        ("accept", ""),
        ("change", "missed"),
    ]
    export(project, tmp_path / "each", per_label=True)
    row = lines(tmp_path / "each" / "quote" / "annotations.jsonl")[1]
    assert [v["reason"] for v in row["verdicts"]] == ["over-marked"]
    assert [r["comment"] for r in row["replies"]] == ["yes"]
    row = lines(tmp_path / "each" / "casualty" / "annotations.jsonl")[1]
    assert (row["annotations"], [v["reason"] for v in row["verdicts"]]) == ([], ["missed"])


def test_as_somebody_elses_work_it_comes_without_verdicts(project, article, other, tmp_path):
    export(project, tmp_path / "work.jsonl")
    planned = bring(other, tmp_path / "work.jsonl", layer="Zoe")
    assert (other.verdicts(), other.replies()) == ((), ())
    said = {remark.message for remark in planned.remarks}
    assert "a verdict of Bob was left out: it is about Ada's work, and this comes in as Zoe's" in said


def written(path, **more):
    span = {"id": "s1", "layer": "Ada", "label": "claim", "fragments": [[0, 5]], "exact": ["Kerry"]}
    rows = {"text": TEXT, "annotations": [span], **more}
    path.write_bytes(line_of({"format": "annotator", "version": 1}) + line_of(rows))
    return path


SAID = {"layer": "Ada", "annotation": "s1", "reviewer": "Bob", "decision": "reject"}


def test_a_script_needs_to_write_very_little(other, tmp_path):
    missed = {**SAID, "annotation": "", "decision": "change", "reason": "missed"}
    missed["proposed"] = {"label": "place", "fragments": [[0, 5]], "exact": ["Kerry"]}
    path = written(tmp_path / "a.jsonl", verdicts=[SAID, missed])
    assert bring(other, path).remarks == ()
    first, second = feedback.summary(other, "Ada").given
    assert {first.verdict.id, second.verdict.id} >= {"s1:Bob"}
    assert importing.plan(other, [path], actor="Zoe").is_empty


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        ({**SAID, "annotation": "s2"}, "its span is not there"),
        ({**SAID, "reviewer": "Ada"}, "their own work"),
        ({**SAID, "reviewer": ""}, "reviewer"),
        ({**SAID, "decision": "perhaps"}, "is not a verdict"),
        ({**SAID, "proposed": []}, "not an object"),
        ({**SAID, "comment": 7}, "comment"),
        ("no", "not an object"),
    ],
)
def test_a_verdict_that_can_t_be_used_is_left_out_and_said(other, tmp_path, verdict, words):
    planned = bring(other, written(tmp_path / "a.jsonl", verdicts=[verdict, {**SAID, "reviewer": "Cem"}]))
    assert [v.reviewer for v in other.verdicts()] == ["Cem"]
    assert [words in remark.message for remark in planned.remarks] == [True]


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ({"verdict": "s2:Bob", "annotator": "Ada"}, "its verdict is not there"),
        ({"verdict": "s1:Bob", "annotator": "Ada", "settled": "yes"}, "neither true nor false"),
        ({"annotator": "Ada"}, "verdict"),
    ],
)
def test_an_answer_that_can_t_be_used_is_left_out_and_said(other, tmp_path, reply, words):
    planned = bring(other, written(tmp_path / "a.jsonl", verdicts=[SAID], replies=[reply]))
    assert (len(other.verdicts()), other.replies()) == (1, ())
    assert [words in remark.message for remark in planned.remarks] == [True]


def test_proposed_words_that_stand_elsewhere_are_left_out_and_said(other, tmp_path):
    proposed = {"label": "quote", "fragments": [[0, 5]], "exact": ["Obama"]}
    said = {**SAID, "decision": "change", "proposed": proposed}
    planned = bring(other, written(tmp_path / "a.jsonl", verdicts=[said]))
    assert "don't stand there" in planned.remarks[0].message
    (verdict,) = other.verdicts()
    verdicts.take_over(other, actor="Ada", verdict=verdict.id)
    taken = other.annotation("s1")
    assert (taken.label, taken.anchor) == ("quote", Anchor(("Kerry",), "", taken.anchor.suffix))


def test_keys_and_reasons_of_a_newer_program_are_kept(project, article, other, tmp_path):
    (claim,) = (a for a in project.annotations(article) if a.label == "claim")
    new = Verdict("v9", article, claim.id, "Ada", "Cem", "reject", "tone", extra={"weight": 2})
    answer = Reply("v9", article, "Ada", "ok", extra={"mood": "calm"})
    project.commit(Draft("newer", "Cem", (Revision.of(new), Revision.of(answer))))
    export(project, tmp_path / "work.jsonl")
    bring(other, tmp_path / "work.jsonl")
    found = next(g for g in feedback.of_article(other, article, "Ada") if g.verdict.id == "v9")
    assert (found.verdict.reason, found.verdict.extra) == ("tone", {"weight": 2})
    assert found.reply.extra == {"mood": "calm"}
    assert "1 about “tone”" in feedback.summary(other, "Ada").sentence
