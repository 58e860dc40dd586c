"""Importing: known articles are skipped, spans stand or are re-anchored, and it is all one change."""

import errno
import json
import os
from pathlib import Path

import pytest

from annotator.model.anchor import anchor
from annotator.model.records import Annotation, Entity, Progress
from annotator.model.span import Span
from annotator.services import importing, tagging
from annotator.services.errors import Refused
from annotator.services.remarks import PER_FILE, Remarks
from annotator.services.undoing import UndoStacks, take_back
from annotator.services.wanted import Wanted
from annotator.store import Project

TEXT = "The truce is not dead, Kerry said. The truce 👩‍👩‍👧 holds, he added. قُتل تسعة in Hama."


def jsonl(path, *records, scheme=None, entities=(), title="T"):
    head = {"format": "annotator", "version": 1, "title": title, "scheme": scheme, "entities": list(entities)}
    path.write_text("\n".join(json.dumps(row) for row in (head, *records)), encoding="utf-8")
    return path


def record(*annotations, text=TEXT, **more):
    return {"text": text, "annotations": list(annotations), **more}


def marked(words, label="claim", at=0, **more):
    start = TEXT.index(words, at)
    return {"label": label, "fragments": [[start, start + len(words)]], "exact": [words], **more}


def plan(project, *paths, **more):
    return importing.plan(project, list(paths), actor="ann", **more)


def bring(project, *paths, **more):
    planned = plan(project, *paths, **more)
    importing.apply(project, planned)
    return planned


def messages(planned):
    return [remark.message for remark in planned.remarks]


def every(project, layer=None):
    return [a for article in project.article_ids() for a in project.annotations(article, layer)]


# Files and folders


def test_a_plan_writes_nothing(project, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    before = project.mark()
    planned = plan(project, tmp_path / "a.txt")
    assert project.mark() == before
    assert [preview.article.title for preview in planned.articles] == [TEXT]
    assert planned.articles[0].text == TEXT
    assert project.article_ids() == ()


def test_a_folder_is_read_at_any_depth_without_hidden_files(project, tmp_path):
    for name in ("a.txt", "in/b.TXT", "in/deep/c.txt", ".hidden.txt", "in/.git/d.txt", "in/picture.png"):
        path = tmp_path / "news" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Article {name}")
    planned = bring(project, tmp_path / "news")
    assert [p.article.title for p in planned.articles] == [
        "Article a.txt",
        "Article in/b.TXT",
        "Article in/deep/c.txt",
    ]
    assert len(project.article_ids()) == 3


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_a_note_beside_an_export_is_no_article(project, tmp_path):
    (tmp_path / "work.json").write_text(
        '[{"id": 1, "total_annotations": 0, "data": {"text": "Kerry said."}}]'
    )
    (tmp_path / "work.import.txt").write_text("How to bring these articles into Label Studio")
    assert len(plan(project, tmp_path).articles) == 1
    assert len(plan(project, *tmp_path.iterdir()).articles) == 1


def test_links_that_lead_in_a_circle_are_followed_once(project, tmp_path):
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text("One")
    (news / "round").symlink_to(news, target_is_directory=True)
    (news / "gone.txt").symlink_to(news / "nothing.txt")
    assert len(bring(project, news).articles) == 1


def test_known_articles_are_skipped_with_a_count(project, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"One\r\ntext")
    (tmp_path / "b.txt").write_bytes(b"One\ntext")
    (tmp_path / "c.txt").write_bytes(b"Another")
    first = bring(project, tmp_path / "a.txt")
    assert (len(first.articles), first.skipped) == (1, 0)
    second = bring(project, tmp_path)
    assert (len(second.articles), second.skipped) == (1, 2)
    assert plan(project, tmp_path).is_empty
    assert importing.apply(project, plan(project, tmp_path)) is None


def test_a_removed_article_may_come_in_again(project, tmp_path):
    from annotator.services import articles

    (tmp_path / "a.txt").write_text(TEXT)
    bring(project, tmp_path / "a.txt")
    articles.remove(project, actor="ann", article=project.article_ids()[0])
    assert len(bring(project, tmp_path / "a.txt").articles) == 1
    assert len(project.article_ids()) == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", b"", "a.txt is empty"),
        ("a.txt", bytes(range(256)) * 20, "a.txt is binary data"),
        ("a.txt", "\u200b\u2060 \ufeff\n".encode(), "a.txt is empty"),
        ("a.jsonl", b"", "a.jsonl is empty"),
        ("a.jsonl", b"{}", "a.jsonl has no column with the text of articles"),
        ("a.jsonl", b"{", "a.jsonl is not JSON Lines"),
        ("a.csv", b"", "a.csv is empty"),
        ("a.csv", b"x,y\n1,2", "a.csv has no column"),
    ],
)
def test_a_single_file_of_nonsense_is_refused(project, tmp_path, name, content, words):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Refused, match=words):
        plan(project, tmp_path / name)


def test_a_bad_file_among_good_ones_is_left_out_and_said(project, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_bytes(b"")
    planned = bring(project, tmp_path)
    assert len(planned.articles) == 1
    (remark,) = planned.remarks
    assert remark.file == str(tmp_path / "b.txt")
    assert remark.line is None
    assert "left out" in remark.message


@pytest.mark.parametrize(("n", "words"), [(1, "1 more remark like these"), (2, "2 more remarks like these")])
def test_remarks_beyond_the_most_are_counted(n, words):
    remarks = Remarks()
    for line in range(PER_FILE + n):
        remarks.add("a.jsonl", line, "left out")
    assert remarks.all()[-1].message == words


def test_a_remark_that_quotes_without_end_is_cut_in_its_middle():
    remarks = Remarks()
    remarks.add("a.jsonl", 1, f"“{'x' * 5_000}”\nwas left out")
    (remark,) = remarks.all()
    assert len(remark.message) < 700
    assert remark.message.endswith("x” was left out")


def test_a_file_that_is_refused_is_not_quoted_without_end(project, tmp_path):
    scheme = {"scheme": {"id": "s", "version": 1, "title": "S"}, "entity": [{"kind": "x" * 5_000}]}
    path = jsonl(tmp_path / "a.jsonl", scheme=scheme)
    with pytest.raises(Refused) as refused:
        plan(project, path)
    assert "xxx" in str(refused.value)
    assert len(str(refused.value)) < 900


def test_a_file_whose_every_line_is_bad_is_refused(project, tmp_path):
    path = jsonl(tmp_path / "a.jsonl", {"text": 3}, {"text": 4})
    with pytest.raises(Refused, match=r"nothing in a\.jsonl can be used: line 2"):
        plan(project, path)


def test_a_name_that_is_not_there_is_refused(project, tmp_path):
    with pytest.raises(Refused, match="does not exist"):
        plan(project, tmp_path / "nothing.txt")


def test_a_folder_with_nothing_to_read_is_refused(project, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(Refused, match="nothing to import"):
        plan(project, tmp_path / "empty")


@pytest.fixture
def unreadable(tmp_path, monkeypatch):
    """A folder that can't be listed, also by a superuser, beside a file that can be read."""
    folder = tmp_path / "news" / "secret"
    folder.mkdir(parents=True)
    (tmp_path / "news" / "a.txt").write_text(TEXT)
    listed = os.scandir

    def refuse(path):
        if os.fspath(path) == str(folder):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", refuse)
    return folder


def test_a_folder_that_cannot_be_listed_is_said_and_the_rest_comes_in(project, tmp_path, unreadable):
    planned = plan(project, tmp_path / "news")
    assert len(planned.articles) == 1
    (remark,) = planned.remarks
    assert (remark.file, remark.line) == (str(unreadable), None)
    assert "secret can't be read" in remark.message


def test_a_named_folder_that_cannot_be_listed_is_refused_with_the_reason(project, unreadable):
    with pytest.raises(Refused, match=r"secret can't be read \(Permission denied\)"):
        plan(project, unreadable)


@pytest.mark.skipif(os.name != "posix", reason="pipes have no names elsewhere")
@pytest.mark.parametrize("format_id", [None, "jsonl", "csv", "text"])
def test_a_pipe_is_refused_and_not_waited_for(project, tmp_path, format_id):
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(Refused, match="a device or a pipe"):
        plan(project, tmp_path / "pipe.txt", format_id=format_id)


def test_a_file_of_unknown_suffix_is_read_as_text(project, tmp_path):
    (tmp_path / "wire.story").write_text(TEXT)
    assert len(plan(project, tmp_path / "wire.story").articles) == 1


@pytest.mark.parametrize(("name", "words"), [("a.json", '{"a": 1}'), ("a.XMI", "<CodeBook/>")])
def test_what_is_of_no_format_that_ends_so_is_no_article(project, tmp_path, name, words):
    (tmp_path / name).write_text(words)
    with pytest.raises(Refused, match=f"{name} is in no format known to end in "):
        plan(project, tmp_path / name)
    assert len(plan(project, tmp_path / name, format_id="text").articles) == 1


def test_only_articles_can_be_asked_for(project, tmp_path):
    jsonl(tmp_path / "a.jsonl", record())
    with pytest.raises(Refused, match="choose one of table, text"):
        plan(project, tmp_path / "a.jsonl", format_id="jsonl", articles_only=True)


def test_tables_of_articles_come_in_from_a_folder_beside_an_export(project, tmp_path):
    (tmp_path / "news.csv").write_text("headline,content\nOne,First words\nTwo,Second words\n")
    (tmp_path / "news.links.csv").write_text("title,text\nThree,Third words\n")
    golden = Path(__file__).parents[1] / "formats" / "golden" / "csv"
    for path in golden.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    told = []
    planned = plan(project, tmp_path, tell=lambda done, total: told.append((done, total)))
    titles = {preview.article.title for preview in planned.articles}
    assert titles == {"One", "Two", "Three", "Truce “buried”, again", "Nothing"}
    assert not [m for m in messages(planned) if "the file was left out" in m]
    assert told[-1] == (5, 0)


def test_progress_is_told_and_may_cancel(project, tmp_path):
    for n in range(3):
        (tmp_path / f"{n}.txt").write_text(f"Article {n}")
    told = []
    plan(project, tmp_path, tell=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]

    def cancel(done, _total):
        if done == 2:
            raise InterruptedError

    before = project.mark()
    with pytest.raises(InterruptedError):
        plan(project, tmp_path, tell=cancel)
    assert project.mark() == before


# Annotations


def test_an_import_is_one_change_that_undo_takes_back(project, tmp_path):
    path = jsonl(tmp_path / "work.jsonl", record(marked("Kerry", "source"), marked("truce")))
    before = len(project.changes())
    bring(project, path)
    assert len(project.changes()) == before + 1
    assert project.changes(limit=1)[0].action == "import “work.jsonl”"
    take_back(project, actor="ann", action=UndoStacks(project, "ann").next_undo())
    assert project.article_ids() == ()


def test_annotations_without_a_layer_are_the_actors_and_say_where_they_are_from(project, tmp_path):
    bring(project, jsonl(tmp_path / "work.jsonl", record(marked("Kerry", "source"))))
    (found,) = every(project)
    assert (found.layer, found.origin, found.scheme) == ("ann", "import: work.jsonl", project.scheme.stamp)
    assert found.stands_in(TEXT)
    assert found.anchor == anchor(TEXT, found.fragments)


def test_work_says_which_file_it_came_from_even_if_its_article_is_in_another(project, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    jsonl(tmp_path / "work.jsonl", record(marked("Kerry", "source")))
    bring(project, tmp_path / "a.txt", tmp_path / "work.jsonl")
    assert [a.origin for a in every(project)] == ["import: work.jsonl"]


def test_an_import_of_annotations_marks_the_article_as_done(project, tmp_path):
    path = jsonl(
        tmp_path / "work.jsonl",
        record(marked("Kerry", "source", layer="bob"), marked("truce", layer="gold")),
        record(text="Nothing here."),
    )
    bring(project, path)
    assert project.counts().done == {"bob": 1}


def test_a_format_that_knows_the_progress_decides_it(project, tmp_path):
    row = record(marked("truce", layer="bob"), progress=[{"annotator": "cid", "state": "skipped"}])
    bring(project, jsonl(tmp_path / "work.jsonl", row))
    (article,) = project.article_ids()
    assert project.progress(article, "bob") is None
    assert project.progress(article, "cid").state == "skipped"


def test_progress_recorded_here_stays(project, tmp_path):
    from annotator.services import progress

    (tmp_path / "a.txt").write_text(TEXT)
    bring(project, tmp_path / "a.txt")
    (article,) = project.article_ids()
    progress.mark(project, actor="bob", article=article, state="skipped")
    bring(project, jsonl(tmp_path / "work.jsonl", record(marked("truce", layer="bob"))))
    assert project.progress(article, "bob") == Progress(article, "bob", "skipped")


def test_a_layer_takes_all_work_in(project, tmp_path):
    path = jsonl(
        tmp_path / "work.jsonl",
        record(
            marked("Kerry", "source", layer="bob", id="one"),
            marked("truce", layer="cid", id="two"),
            links=[{"id": "l", "type": "attributed-to", "source": "two", "target": "one", "layer": "bob"}],
            progress=[{"annotator": "bob", "state": "done"}],
        ),
    )
    bring(project, path)
    second = bring(project, path, layer="dora")
    assert (second.annotations, second.links) == (2, 1)
    assert {a.layer for a in every(project)} == {"bob", "cid", "dora"}
    copies = {a.id for a in every(project, "dora")}
    (article,) = project.article_ids()
    (link,) = project.links(article, "dora")
    assert {link.source, link.target} == copies
    assert project.counts().done == {"bob": 1, "dora": 1}
    again = plan(project, path, layer="dora")
    assert (again.annotations, again.links, again.known) == (0, 0, 2)


@pytest.mark.parametrize("layer", ["all", "  ", "x" * 200])
def test_a_layer_must_be_somebodys_name(project, tmp_path, layer):
    (tmp_path / "a.txt").write_text(TEXT)
    with pytest.raises(Refused):
        plan(project, tmp_path / "a.txt", layer=layer)


def test_work_on_known_articles_comes_in_and_known_work_is_left(project, tmp_path):
    path = jsonl(tmp_path / "work.jsonl", record(marked("Kerry", "source"), marked("Kerry", "source")))
    first = bring(project, path)
    assert (len(first.articles), first.annotations) == (1, 2)
    jsonl(path, record(marked("Kerry", "source"), marked("Kerry", "source"), marked("truce")))
    second = bring(project, path)
    assert (len(second.articles), second.skipped, second.annotations, second.known) == (0, 1, 1, 2)
    assert len(every(project)) == 3


def test_a_change_made_here_is_not_overwritten_by_the_file(project, tmp_path):
    path = jsonl(tmp_path / "work.jsonl", record(marked("truce", id="one", layer="ann")))
    bring(project, path)
    tagging.set_note(project, actor="ann", annotation="one", note="mine")
    jsonl(path, record(marked("truce", id="one", layer="ann", note="theirs"), marked("Kerry", id="two")))
    bring(project, path)
    assert project.annotation("one").note == "mine"


def test_a_span_that_drifted_is_reanchored_and_said(project, tmp_path):
    row = marked("truce 👩‍👩‍👧 holds")
    row["fragments"] = [[pair[0] + 7, pair[1] + 7] for pair in row["fragments"]]
    planned = bring(project, jsonl(tmp_path / "work.jsonl", record(row)))
    (found,) = every(project)
    assert found.words == "truce 👩‍👩‍👧 holds"
    assert found.stands_in(TEXT)
    assert planned.remarks[0].line == 2
    assert "re-anchored 7 characters back" in planned.remarks[0].message


@pytest.mark.parametrize(
    ("by", "words"), [(1, "re-anchored 1 character back"), (-2, "re-anchored 2 characters on")]
)
def test_how_far_a_span_drifted_is_said_in_good_grammar(project, tmp_path, by, words):
    row = marked("truce 👩‍👩‍👧 holds")
    row["fragments"] = [[pair[0] + by, pair[1] + by] for pair in row["fragments"]]
    assert words in messages(bring(project, jsonl(tmp_path / "work.jsonl", record(row))))[0]


def test_a_span_without_words_is_named_without_quotation_marks(project, tmp_path):
    row = {"label": "claim", "fragments": [[0, 500]]}
    planned = plan(project, jsonl(tmp_path / "work.jsonl", record(row, marked("Kerry"))))
    assert messages(planned)[0].startswith("the claim at 0 was left out")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([{"a": 1}], "1 value of “mood” of Claim has no place in the scheme (“{'a': 1}”); kept as it is"),
        ([1, "x"], "2 values of “mood” of Claim have no place in the scheme (“1”); kept as they are"),
    ],
)
def test_misfits_are_counted_in_good_grammar(project, tmp_path, values, words):
    rows = [marked("truce", at=4 * i, attributes={"mood": value}) for i, value in enumerate(values)]
    assert words in messages(plan(project, jsonl(tmp_path / "work.jsonl", record(*rows))))


def test_context_decides_between_two_places(project, tmp_path):
    row = marked("The truce", prefix="said. ", suffix=" 👩") | {"fragments": [[1, 10]]}
    bring(project, jsonl(tmp_path / "work.jsonl", record(row)))
    (found,) = every(project)
    assert found.hull.start == TEXT.index("The truce", 5)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"fragments": [[1, 6]], "exact": ["truce"]}, "no one place"),
        ({"fragments": [[0, 5]], "exact": ["peace"]}, "no one place"),
        ({"fragments": [[0, 500]]}, "ends after the article"),
        ({"fragments": [[3, 4]], "exact": [" "]}, "white space"),
    ],
)
def test_a_span_without_a_certain_place_is_left_out_and_said(project, tmp_path, row, words):
    planned = bring(
        project, jsonl(tmp_path / "work.jsonl", record({"label": "claim", **row}, marked("Kerry")))
    )
    assert [a.words for a in every(project)] == ["Kerry"]
    assert words in messages(planned)[0]
    assert planned.remarks[0].line == 2


def test_an_id_that_is_there_twice_comes_in_once(project, tmp_path):
    planned = bring(
        project, jsonl(tmp_path / "work.jsonl", record(marked("Kerry", id="x"), marked("truce", id="x")))
    )
    assert planned.annotations == 1
    assert "was there before" in messages(planned)[0]


def test_an_id_that_stands_for_another_text_here_makes_another_article(project, tmp_path):
    from annotator.model.text import fingerprint

    bring(project, jsonl(tmp_path / "a.jsonl", record(article={"id": "one", "sha256": fingerprint(TEXT)})))
    other = "Another text."
    row = record(text=other, article={"id": "one", "sha256": fingerprint(other)})
    bring(project, jsonl(tmp_path / "b.jsonl", row))
    texts = {project.text(project.article(article).sha256) for article in project.article_ids()}
    assert texts == {TEXT, other}


def test_a_date_that_is_none_is_left_out_and_said(project, tmp_path):
    path = jsonl(tmp_path / "a.jsonl", record(article={"title": "X", "published": "last Tuesday"}))
    planned = bring(project, path)
    assert project.article(project.article_ids()[0]).published == ""
    assert "last Tuesday" in messages(planned)[0]


# Links, entities, values, schemes


def test_links_need_both_ends(project, tmp_path):
    row = record(
        marked("truce", id="c"),
        marked("Kerry", "source", id="s"),
        links=[
            {"type": "attributed-to", "source": "c", "target": "s"},
            {"type": "attributed-to", "source": "c", "target": "gone"},
        ],
    )
    planned = bring(project, jsonl(tmp_path / "work.jsonl", row))
    assert planned.links == 1
    assert "one of its spans is not there" in messages(planned)[0]
    assert [link.target for link in project.links_of("c")] == ["s"]


def test_links_may_lead_to_articles_that_come_later(project, tmp_path):
    first = record(marked("truce", id="c"), links=[{"type": "repeats", "source": "c", "target": "d"}])
    second = {"text": "Truce.", "annotations": [{"id": "d", "label": "claim", "fragments": [[0, 5]]}]}
    assert bring(project, jsonl(tmp_path / "work.jsonl", first, second)).links == 1


def test_entities_come_with_the_work_that_refers_to_them(project, tmp_path):
    kerry = {"id": "e", "kind": "actor", "name": "Kerry", "attributes": {"type": "official"}, "newer": [1]}
    row = record(marked("truce", attributes={"claimant": "e"}))
    bring(project, jsonl(tmp_path / "work.jsonl", row, entities=[kerry]))
    found = Entity("e", "actor", "Kerry", {"type": "official"}, extra={"newer": [1]})
    assert project.entity("e") == found
    assert project.entity_uses("e") == 1


def test_values_the_scheme_does_not_foresee_are_kept_and_said_once(project, tmp_path):
    rows = [
        marked("truce", attributes={"type": "rumour", "mood": [n], "claimant": "nobody"}) for n in range(5)
    ]
    planned = bring(project, jsonl(tmp_path / "work.jsonl", record(*rows)))
    assert every(project)[0].attributes["type"] == "rumour"
    assert len(planned.remarks) == 3
    assert sorted(message.split(" of ")[0] for message in messages(planned)) == ["5 values"] * 3


def test_labels_the_scheme_lacks_are_added_as_its_next_version(project, tmp_path):
    other = {
        "scheme": {"id": "other", "title": "Other"},
        "entity": [{"kind": "ship", "title": "Ship"}],
        "label": [
            {
                "id": "rumour",
                "title": "Rumour",
                "key": "1",
                "rule": "Heard.",
                "attributes": [{"name": "of", "kind": "entity", "entity": "ship"}],
            },
            {"id": "unused"},
        ],
        "link": [{"id": "echoes", "from": ["rumour"], "to": ["rumour"]}],
    }
    row = record(
        marked("truce", "rumour", id="a"),
        marked("Kerry", "rumour", id="b"),
        links=[{"type": "echoes", "source": "a", "target": "b"}],
    )
    before = project.scheme
    planned = bring(project, jsonl(tmp_path / "work.jsonl", row, scheme=other))
    scheme = project.scheme
    assert scheme.version == before.version + 1
    assert scheme.labels[: len(before.labels)] == before.labels
    assert [label.id for label in scheme.labels[len(before.labels) :]] == ["rumour"]
    assert (scheme.label("rumour").rule, scheme.label("rumour").key) == ("Heard.", "")
    assert scheme.entity_kind("ship")
    assert scheme.link("echoes").sources == ("rumour",)
    assert planned.scheme == ("the kind “Ship”", "the label “Rumour”", "the link “echoes”")


def test_a_label_that_can_be_none_is_left_out_and_said(project, tmp_path):
    row = record(marked("truce", "!!"), marked("Kerry", "source"))
    planned = bring(project, jsonl(tmp_path / "work.jsonl", row))
    assert planned.annotations == 1
    assert "can't be a label" in messages(planned)[0]


def test_nonsense_can_not_flood_the_scheme(project, tmp_path):
    rows = [marked("truce", f"label-{n}") for n in range(1000)]
    planned = bring(project, jsonl(tmp_path / "work.jsonl", record(*rows)))
    assert len(project.scheme.labels) < 300
    assert len(planned.remarks) == 800


def test_an_unused_project_takes_a_later_version_of_its_scheme(project, tmp_path):
    body = project.scheme.to_body()
    body["scheme"] = {**body["scheme"], "version": 7}
    body["label"] = [*body["label"], {"id": "rumour"}]
    path = jsonl(tmp_path / "work.jsonl", record(marked("truce")), scheme=body)
    bring(project, path)
    assert project.scheme.version == 7
    assert project.scheme.label("rumour")


def test_a_project_in_use_keeps_its_scheme(project, tmp_path):
    bring(project, jsonl(tmp_path / "a.jsonl", record(marked("truce"))))
    body = project.scheme.to_body()
    body["scheme"] = {**body["scheme"], "version": 7}
    before = project.scheme
    bring(project, jsonl(tmp_path / "b.jsonl", record(marked("Kerry")), scheme=body))
    assert project.scheme == before


# The whole way


def test_what_is_exported_and_imported_is_an_equal_project(project, tmp_path, home, scheme):
    from golden_project import fill

    from annotator.formats.registry import format_by_id
    from annotator.services import exporting

    fill(project)
    wanted = Wanted(format_by_id("jsonl"))
    with exporting.prepared(project, wanted) as export:
        export.write(tmp_path / "one.jsonl")
    path = tmp_path / "two.annotator"
    with Project.create(path, scheme=scheme, title=project.title, home=home) as other:
        importing.apply(other, plan(other, tmp_path / "one.jsonl"))
        for kind, key in _keys(project):
            assert other.body(kind, key) == project.body(kind, key), (kind, key)
        assert other.counts() == project.counts()
        assert other.problems() == []
        with exporting.prepared(other, wanted) as export:
            export.write(tmp_path / "two.jsonl")
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()


def _keys(project):
    for article in project.article_ids():
        yield "article", article
        yield from (("annotation", a.id) for a in project.annotations(article))
        yield from (("link", link.id) for link in project.links(article))
        yield from (("progress", f"{article}:{layer}") for layer in project.layers())
    yield from (("entity", entity.id) for entity in project.entities(merged=True))


def test_a_span_over_several_paragraphs_and_one_of_everything_come_in(project, tmp_path):
    text = "One.\n\nTwo 👩‍👩‍👧.\n\nThree."
    row = {"text": text, "annotations": [{"label": "quote", "fragments": [[0, len(text)]], "exact": [text]}]}
    bring(project, jsonl(tmp_path / "work.jsonl", row))
    (found,) = every(project)
    assert found.fragments == (Span(0, len(text)),)
    assert isinstance(found, Annotation)


def test_a_file_in_no_format_among_good_ones_is_left_out_and_said(project, tmp_path):
    (tmp_path / "good.txt").write_text(TEXT)
    (tmp_path / "odd.json").write_text('{"nothing": "known"}')
    planned = bring(project, tmp_path / "odd.json", tmp_path / "good.txt")
    assert len(planned.articles) == 1
    (said,) = messages(planned)
    assert said.startswith("the file was left out: odd.json is in no format known to end in .json")
    with pytest.raises(Refused, match=r"odd\.json is in no format known"):
        plan(project, tmp_path / "odd.json")
