"""A release without texts: nobody's words but a few get out, and who has the articles gets all back."""

import json
import re
from dataclasses import replace

import golden_project as golden
import pytest
from export_steps import export, lines
from test_importing import bring, messages, plan

from annotator.formats.registry import FORMATS, format_by_id
from annotator.model.anchor import anchor
from annotator.model.change import Draft, Revision
from annotator.model.records import Annotation, Article
from annotator.model.span import Span
from annotator.model.text import fingerprint
from annotator.services.checking import check
from annotator.services.errors import Refused
from annotator.services.releasing import released
from annotator.store import Project

TEXTLESS = [f for f in FORMATS if f.textless]


@pytest.fixture(autouse=True)
def filled(project):
    golden.fill(project)


@pytest.fixture
def copies(tmp_path):
    """The articles as somebody else keeps them: other line ends, other names."""
    folder = tmp_path / "copies"
    folder.mkdir()
    for n, text in enumerate((golden.FIRST, golden.SECOND, "Nothing to mark.")):
        (folder / f"{n}.txt").write_bytes(text.replace("\n", "\r\n").encode())
    return folder


@pytest.fixture
def other(tmp_path, home, scheme):
    with Project.create(tmp_path / "other.annotator", scheme=scheme, title="Other", home=home) as project:
        yield project


def spans(project):
    return sorted(
        (a.id, a.label, a.layer, a.fragments, a.words, a.note)
        for article in project.article_ids()
        for a in project.annotations(article)
    )


@pytest.mark.parametrize("how", TEXTLESS, ids=lambda how: how.id)
@pytest.mark.parametrize("words", [0, 1, 3])
def test_who_has_the_articles_gets_everything_back(project, other, tmp_path, copies, how, words):
    out = tmp_path / "release"
    export(project, out, how, words=words)
    planned = bring(other, out, copies, format_id=None)
    assert spans(other) == spans(project)
    assert not [m for m in messages(planned) if "left out" in m or "re-anchored" in m]
    assert check(other).is_sound
    (one,) = (other.article(i) for i in other.article_ids() if other.article(i).title == "One")
    assert (one.outlet, one.published) == ("Daily", "2016-09-21")


@pytest.mark.parametrize("how", TEXTLESS, ids=lambda how: how.id)
def test_no_more_words_get_out_than_asked_for(project, tmp_path, how):
    export(project, tmp_path / "release", how, words=1)
    if how.binary:
        written = str(
            [(r.text, r.annotations) for r in how.read(_main(tmp_path, how), project.scheme, print)]
        )
    else:
        files = [p for p in (tmp_path / "release").iterdir() if p.name not in ("README.md", "LOSSES.json")]
        written = "".join(p.read_text("utf-8") for p in files)
    assert "An air raid" not in written
    assert "is not dead" not in written
    assert "truce”, Kerry" not in written
    assert "at\u00a0least nine" not in written


def _main(tmp_path, how):
    return tmp_path / "release" / f"annotations{how.suffixes[0]}"


def test_words_are_counted_over_fragments(project):
    from annotator.formats.dataset import ArticleRecord

    record = ArticleRecord(golden.ONE, golden.FIRST, golden.ANNOTATIONS)
    by_id = {a.id: a.anchor for a in released(record, 3)[0].annotations}
    assert by_id["q1"].exact == ("“The truce”", "“is")
    assert (by_id["q1"].prefix, by_id["q1"].suffix) == ("", "")
    assert by_id["s1"].exact == ("Kerry",)
    assert [a.anchor.exact for a in released(record, 0)[0].annotations] == [()] * len(golden.ANNOTATIONS)


def test_words_are_counted_where_no_space_sets_them_apart():
    from annotator.formats.dataset import ArticleRecord

    text = "叙利亚人权观察组织 Kerry说，一次空袭"
    spans = (Span(0, len(text)),)
    a = Annotation("x", "a", "ann", "claim", spans, anchor(text, spans))
    record, _ = released(ArticleRecord(Article("a", fingerprint(text)), text, (a,)), 4)
    assert record.annotations[0].anchor.exact == ("叙利亚人",)


def test_what_may_be_the_text_once_more_stays_here(project, tmp_path):
    """A table of articles may have had a second column of text, or an abstract."""
    kept = {"Body": golden.FIRST * 3, "wire": {"lead": ["word " * 30]}, "desk": "foreign", "pages": 3}
    one = replace(golden.ONE, extra=kept)
    project.commit(Draft("say", "ann", (Revision("article", one.id, one.to_body()),)))
    done = export(project, tmp_path / "out.jsonl", words=2)
    row = next(r["article"] for r in lines(tmp_path / "out.jsonl")[1:] if r["article"]["title"] == "One")
    assert ("desk" in row, "pages" in row, "Body" in row, "wire" in row) == (True, True, False, False)
    (loss,) = [loss for loss in done.losses if "further keys" in loss.what]
    assert (loss.count, loss.example) == (2, "“Body” of One")


def test_what_is_said_of_losses_holds_no_more_words(project, tmp_path):
    moved = replace(golden.ANNOTATIONS[-2], fragments=(Span(0, 5),))
    project.commit(Draft("move", "ann", (Revision("annotation", moved.id, moved.to_body()),)))
    done = export(project, tmp_path / "out", words=1)
    (loss,) = [loss for loss in done.losses if "no longer stand" in loss.what]
    assert loss.example == "quote ““The”"


def test_copies_may_be_there_before_and_after(project, other, tmp_path, copies):
    export(project, tmp_path / "work.jsonl", words=0)
    bring(other, copies)
    bring(other, tmp_path / "work.jsonl")
    assert spans(other) == spans(project)


def test_a_copy_with_another_text_is_named_and_left_out(project, other, tmp_path, copies):
    export(project, tmp_path / "work.jsonl", words=2)
    (copies / "1.txt").write_text(golden.SECOND + " Changed.")
    planned = bring(other, tmp_path / "work.jsonl", copies)
    assert {a[0] for a in spans(other)} == {a.id for a in golden.ANNOTATIONS} - {"q2"}
    (said,) = [m for m in messages(planned) if "“Two”" in m]
    assert re.search(r"no copy of its text is there \(SHA-256 [0-9a-f]{12}…\)", said)


def test_a_release_alone_says_what_it_lacks(project, other, tmp_path):
    export(project, tmp_path / "work.jsonl", words=2)
    with pytest.raises(Refused, match=r"no copy of its text is there .* \(and 2 more remarks\)"):
        plan(other, tmp_path / "work.jsonl")


def test_a_release_that_was_tampered_with_is_caught(project, other, tmp_path, copies):
    export(project, tmp_path / "work.jsonl", words=8)
    head, *records = lines(tmp_path / "work.jsonl")
    for record in records:
        for a in record["annotations"]:
            a["fragments"] = [[f[0] + 1, f[1] + 1] for f in a["fragments"]]
    text = "\n".join(json.dumps(row) for row in (head, *records))
    (tmp_path / "bad.jsonl").write_text(text)
    planned = plan(other, tmp_path / "bad.jsonl", copies)
    assert planned.annotations == 0
    assert sum("its first words don't stand there" in m for m in messages(planned)) == 6
    assert sum("it ends after the article" in m for m in messages(planned)) == 1


@pytest.mark.parametrize("words", [-1, 5_000])
def test_an_absurd_number_of_words_is_refused(project, tmp_path, words):
    with pytest.raises(Refused, match="choose 0 to"):
        export(project, tmp_path / "work.jsonl", words=words)


def test_a_format_that_needs_the_texts_is_refused(project, tmp_path):
    how = next((f for f in FORMATS if f.writes and not f.textless and not f.needs), None)
    if how is not None:
        with pytest.raises(Refused, match="can't do without the texts; choose one of jsonl"):
            export(project, tmp_path / "work", how, words=2)


def test_the_card_tells_how_to_rebuild(project, tmp_path):
    export(project, tmp_path / "out", words=4)
    card = (tmp_path / "out" / "README.md").read_text("utf-8")
    assert "at most 4 words of each span" in card
    assert "annotator import rebuilt.annotator THIS-EXPORT YOUR-COPIES" in card
    assert format_by_id("jsonl").title in card
