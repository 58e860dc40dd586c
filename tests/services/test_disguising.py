"""Pseudonyms: a name is gone from everywhere, and every span stays on what it marked."""

import re
from dataclasses import replace
from itertools import pairwise

import golden_project as golden
import pytest
from export_steps import JSONL, export, lines
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.formats.dataset import ArticleRecord
from annotator.model.anchor import anchor
from annotator.model.change import Draft, Revision
from annotator.model.records import Annotation, Article, Entity
from annotator.model.span import Span
from annotator.model.text import fingerprint
from annotator.services import exporting
from annotator.services.disguising import (
    LEADING_BACK,
    REMAINING,
    Disguise,
    StandIn,
    _Changed,
    chosen_stand_ins,
)
from annotator.services.errors import Refused
from annotator.services.wanted import Wanted


@pytest.fixture(autouse=True)
def filled(project):
    golden.fill(project)


KERRY = StandIn("e2", "Official A")


def test_a_name_is_replaced_in_text_spans_values_and_entities(project, tmp_path):
    export(project, tmp_path / "work.jsonl", stand_ins=(KERRY,))
    head, *records = lines(tmp_path / "work.jsonl")
    assert "Kerry" not in str((head["entities"], records))
    assert {e["id"]: e["name"] for e in head["entities"]}["e1"] == "Official A"
    for record in records:
        for a in record["annotations"]:
            assert [record["text"][start:stop] for start, stop in a["fragments"]] == a["exact"]
        assert record["article"]["sha256"] == fingerprint(record["text"])
    (source,) = (a for r in records for a in r["annotations"] if a["id"] == "s1")
    assert source["exact"] == ["Official A"]
    (claim,) = (a for r in records for a in r["annotations"] if a["id"] == "c2")
    assert claim["exact"] == ["truce”, Official A"]


def test_an_export_under_pseudonyms_comes_back(project, tmp_path, home, scheme):
    from test_importing import bring

    from annotator.store import Project

    export(project, tmp_path / "work.jsonl", stand_ins=(KERRY,))
    with Project.create(tmp_path / "o.annotator", scheme=scheme, title="O", home=home) as other:
        planned = bring(other, tmp_path / "work.jsonl")
        assert planned.annotations == len(golden.ANNOTATIONS)
        assert not planned.remarks


def test_without_a_name_entities_are_numbered_by_kind(project, tmp_path):
    export(project, tmp_path / "work.jsonl", stand_ins=(StandIn("e4"), StandIn("e3"), StandIn("e2")))
    names = {e["id"]: e["name"] for e in lines(tmp_path / "work.jsonl")[0]["entities"]}
    assert (names["e4"], names["e3"], names["e2"]) == ("Actor 1", "Incident 1", "Actor 2")


def test_only_whole_words_are_replaced_longest_first(project):
    names = {"Al": "X", "Al Jazeera": "Broadcaster"}
    change = Draft("add", "", tuple(Revision("entity", n, Entity(n, "actor", n).to_body()) for n in names))
    project.commit(change)
    disguise = Disguise(project, [StandIn(name, new) for name, new in names.items()])
    assert (
        replaced(disguise, "Al Jazeera said Alan and Al met. Al’s") == "Broadcaster said Alan and X met. X’s"
    )


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("习近平说，习近平主席在北京。", "A说，A主席在北京。"),
        ("แถลงโดยประยุทธ์เมื่อวาน", "แถลงโดยAเมื่อวาน"),
        ("Kerry说 Kerrys John\nKerry John\u00a0Kerry", "A说 Kerrys A A"),
        ("قال بشار الأسد إن", "قال A إن"),
    ],
)
def test_names_are_found_in_every_script_and_over_line_ends(project, text, becomes):
    spellings = ("习近平", "ประยุทธ์", "John Kerry", "بشار الأسد")
    assert replaced(Disguise(project, [StandIn("e2", "A", spellings)]), text) == becomes


@pytest.mark.parametrize(
    "text", ["KERRY’S PLAN", "Kerrys Plan", "für Kerryn", "قال الأسد", "والأسد قال", "о Путине", "https"]
)
def test_a_part_that_remains_in_another_form_is_counted(project, text):
    spellings = ("بشار الأسد", "Владимир Путин", "John Kerry")
    disguise = Disguise(project, [StandIn("e2", "A", spellings)])
    _, lost = disguise.record(ArticleRecord(Article("a", fingerprint(text)), text))
    assert [what for what, _ in lost] == [REMAINING] * (text != "https")


def test_whatever_is_said_of_spans_links_and_people_is_searched(project, tmp_path):
    claim = next(a for a in golden.ANNOTATIONS if a.id == "c1")
    said = (
        replace(claim, note="Was it John?"),
        replace(golden.LINKS[1], attributes={"drift": "John’s"}),
        replace(golden.ENTITIES[2], attributes={"place": "John Street"}, note="Near John"),
        replace(golden.ONE, extra={"by": [{"line": "JOHN"}]}),
    )
    project.commit(Draft("say", "ann", tuple(Revision(t.KIND, t.id, t.to_body()) for t in said)))
    done = export(project, tmp_path / "out", stand_ins=(StandIn("e2", "A", ("John Kerry",)),))
    (found,) = [loss for loss in done.losses if loss.what == REMAINING]
    assert found.count == 5


def test_nothing_that_an_export_says_of_itself_has_the_name(project, tmp_path):
    """Not even the examples of what is lost, the title and the outlets that were chosen."""
    about = replace(golden.ONE, title="Kerry", outlet="Kerry News")
    gone = next(a for a in golden.ANNOTATIONS if a.id == "s1")
    moved = replace(gone, fragments=(Span(0, 5),))
    project.commit(Draft("say", "ann", tuple(Revision(t.KIND, t.id, t.to_body()) for t in (about, moved))))
    scheme = replace(project.scheme, labels=tuple(replace(lb, rule="") for lb in project.scheme.labels))
    project.commit(Draft("cut", "ann", (Revision("scheme", project.id, scheme.to_body()),)))
    done = export(project, tmp_path / "out", stand_ins=(KERRY,), outlets=("Kerry News",))
    assert any("no longer stand" in loss.what for loss in done.losses)
    assert not [path.name for path in done.files if "Kerry" in path.read_text("utf-8")]


def test_an_address_that_leads_back_to_the_names_is_counted(project, tmp_path):
    done = export(project, tmp_path / "out", stand_ins=(KERRY,))
    (found,) = [loss for loss in done.losses if loss.what == LEADING_BACK]
    assert (found.count, found.example) == (1, "Two")


def test_what_nobody_can_rebuild_is_said(project, tmp_path):
    done = export(project, tmp_path / "out", stand_ins=(KERRY,), words=2)
    (found,) = [loss for loss in done.losses if "nobody can rebuild" in loss.what]
    assert found.count == 2
    card = (tmp_path / "out" / "README.md").read_text("utf-8")
    assert "2 articles can't be rebuilt: pseudonyms stand in the text" in card


def replaced(disguise, text):
    record, _ = disguise.record(ArticleRecord(Article("a", fingerprint(text)), text))
    return record.text


def test_a_span_that_cuts_a_name_holds_all_of_the_stand_in(project):
    text = "So John Kerry said."
    spans = (Span(0, 7), Span(8, 13))
    a = Annotation("x", "a", "ann", "quote", spans, anchor(text, spans))
    disguise = Disguise(project, [StandIn("e2", "A", ("John Kerry",))])
    record, _ = disguise.record(ArticleRecord(Article("a", fingerprint(text)), text, (a,)))
    assert record.text == "So A said."
    assert record.annotations[0].words == "So A"


def test_parts_of_a_name_that_remain_are_counted(project, tmp_path):
    with exporting.prepared(
        project, Wanted(JSONL, stand_ins=(StandIn("e2", "A", ("John Kerry",)),))
    ) as found:
        assert not [loss for loss in found.losses if "part of a replaced name" in loss.what]
    title = Article(golden.ONE.id, golden.ONE.sha256, title="Kerry’s John", url="https://x.org/john-speaks")
    project.commit(Draft("describe", "", (Revision("article", title.id, title.to_body()),)))
    with exporting.prepared(
        project, Wanted(JSONL, stand_ins=(StandIn("e2", "A", ("John Kerry",)),))
    ) as found:
        (loss,) = [loss for loss in found.losses if "part of a replaced name" in loss.what]
    assert (loss.count, loss.example) == (2, "“John” in “A’s John”")


@pytest.mark.parametrize(
    ("words", "stand_in"),
    [
        ("Kerry=Official A", StandIn("e2", "Official A")),
        ("Kerry|the Secretary = A", StandIn("e2", "A", ("the Secretary",))),
        ("e3", StandIn("e3")),
    ],
)
def test_a_pseudonym_is_read_from_words(project, words, stand_in):
    assert chosen_stand_ins(project, [words]) == (stand_in,)


def test_unknown_names_and_twins_are_refused(project):
    with pytest.raises(Refused, match="no one actor or incident is “Nobody”"):
        chosen_stand_ins(project, ["Nobody=A"])
    with pytest.raises(Refused, match="two pseudonyms are “A”"):
        Disguise(project, [StandIn("e2", "A"), StandIn("e3", "A")])
    with pytest.raises(Refused, match="not in the project"):
        Disguise(project, [StandIn("gone", "A")])


PIECES = st.sampled_from(["Kerry", "John", " ", "\n\n", "👩‍👩‍👧", "قُتل", "said", "e\u0301", "Kerryx", "."])


NAME = re.compile(r"(?<!\w)Kerry(?!\w)")
STAND_IN = "Official 👩 A"


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_any_span_keeps_the_words_that_were_not_replaced(data):
    text = "".join(data.draw(st.lists(PIECES, min_size=1, max_size=25)))
    changed = _Changed(text, NAME, lambda _: STAND_IN)
    assert changed.text == NAME.sub(STAND_IN, text)
    edges = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=4, unique=True)))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    moved = changed.moved(tuple(Span(a, b) for a, b in pairs))
    assert all(0 <= f.start < f.stop <= len(changed.text) for f in moved)
    assert all(a.stop <= b.start for a, b in pairwise(moved))
    for start, stop in pairs:
        touched = [m for m in NAME.finditer(text) if m.start() < stop and m.end() > start]
        if touched:
            start, stop = min(start, touched[0].start()), max(stop, touched[-1].end())
        words = text[start:stop]
        for m in reversed(touched):
            words = words[: m.start() - start] + STAND_IN + words[m.end() - start :]
        assert any(words in changed.text[f.start : f.stop] for f in moved)


def test_an_entity_gets_one_pseudonym_only(project, tmp_path):
    with pytest.raises(Refused, match="“Kerry” is to get two pseudonyms"):
        export(project, tmp_path / "work.jsonl", stand_ins=(KERRY, StandIn("e2", "Official B")))


def test_the_name_of_another_is_no_pseudonym(project, tmp_path):
    name = next(e.name for e in golden.ENTITIES if e.id == "e3")
    with pytest.raises(Refused, match=f"“{re.escape(name)}” is the name of another"):
        export(project, tmp_path / "work.jsonl", stand_ins=(StandIn("e2", name),))


def test_a_name_in_the_rules_is_counted(project, tmp_path):
    done = export(project, tmp_path / "work.jsonl", stand_ins=(KERRY,))
    assert "Kerry stated" in project.scheme.label("claim").rule
    examples = [loss.example for loss in done.losses if "remain in the scheme's rules" in loss.what]
    assert examples == ["“Kerry” in Claim"]
