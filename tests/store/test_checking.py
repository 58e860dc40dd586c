"""Whatever is wrong with a project is listed, and the rest stays readable."""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import store_values
from store_values import add_article, add_span, marked, write

from annotator.model.anchor import Anchor
from annotator.model.records import Annotation, Article
from annotator.store import ArticleQuery, Home, Problem, Project, ProjectError


@pytest.fixture
def article(project: Project) -> Article:
    return add_article(project)


@pytest.fixture
def span(project: Project, article: Article) -> Annotation:
    return add_span(project, article)


@pytest.fixture
def tamper(project: Project) -> Callable[..., None]:
    """Alter the project's file behind its guards."""
    return partial(store_values.tamper, project.path)


def kinds(problems: list[Problem]) -> list[str]:
    return sorted({problem.kind for problem in problems})


def test_a_sound_project_has_no_problems(project: Project, span: Annotation) -> None:
    write(project, replace(span, label="quote"))
    assert project.problems() == []
    assert project.problems(span.article) == []


def test_a_span_that_does_not_stand_is_listed_not_moved(project: Project, span: Annotation) -> None:
    wrong = replace(span, id="wrong", anchor=Anchor(("trick",)))
    write(project, wrong)
    (problem,) = project.problems()
    assert (problem.kind, problem.article, problem.annotation) == ("span", span.article, "wrong")
    assert "trick" in problem.message
    assert project.problems(span.article) == [problem]
    assert project.annotation("wrong") == wrong


def test_a_span_beyond_the_end_of_the_text_is_listed(project: Project, article: Article) -> None:
    span = marked(article)
    body = {**span.to_body(), "fragments": [[5, 10], [10_000, 10_010]], "exact": ["x", "y"]}
    write(project, Annotation.from_body(span.id, body))
    assert [(p.kind, p.annotation) for p in project.problems()] == [("span", span.id)]


def test_an_altered_text_is_found_by_its_fingerprint(
    project: Project, span: Annotation, tamper: Callable[..., None]
) -> None:
    tamper("UPDATE article_text SET text = replace(text, 'truce', 'trick')")
    found = project.problems()
    assert {("text-hash", span.article, None), ("span", span.article, span.id)} <= {
        (p.kind, p.article, p.annotation) for p in found
    }
    assert kinds(project.problems(span.article)) == ["span", "text-hash"]


def test_a_missing_text_is_listed(project: Project, span: Annotation, tamper: Callable[..., None]) -> None:
    tamper("DELETE FROM article_text")
    found = [p for p in project.problems() if p.kind == "text-hash"]
    assert [(p.article, p.message) for p in found] == [(span.article, "the text of “Aleppo” is missing")]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE revision SET body = replace(body, '\"claim\"', '\"quote\"') WHERE kind = 'annotation'",
        "UPDATE change SET actor = 'noor' WHERE action = 'tag as claim'",
        "UPDATE change SET at = '2020-01-01' WHERE action = 'tag as claim'",
        "UPDATE revision SET parent = NULL WHERE parent IS NOT NULL",
        "DELETE FROM revision WHERE kind = 'annotation'",
    ],
)
def test_an_altered_change_breaks_the_chain(
    project: Project, span: Annotation, tamper: Callable[..., None], sql: str
) -> None:
    write(project, replace(span, note="again"), action="tag as claim")
    tamper(sql)
    assert "chain" in kinds(project.problems())


def test_a_missing_change_is_a_gap(project: Project, span: Annotation, tamper: Callable[..., None]) -> None:
    write(project, replace(span, label="quote"))
    tamper("DELETE FROM change WHERE action = 'tag as claim'")
    gaps = [p for p in project.problems() if p.kind == "gap"]
    assert len(gaps) == 1
    assert gaps[0].message.startswith("1 change(s) before “write” by mina")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE tally SET n = 2",
        "DELETE FROM annotation",
        "UPDATE article SET title = 'Other'",
        "INSERT INTO winner VALUES ('annotation', 'x', 'y', 1)",
        "INSERT INTO text_search (text_search) VALUES ('delete-all')",
        "INSERT INTO annotation_search (rowid, words) VALUES (99, 'ghost')",
    ],
)
def test_a_projection_that_disagrees_is_listed_and_mended_by_rebuilding(
    project: Project, span: Annotation, tamper: Callable[..., None], sql: str
) -> None:
    tamper(sql)
    assert "projection" in kinds(project.problems())
    project.rebuild()
    assert project.problems() == []
    assert project.annotations(span.article) == (span,)
    assert len(project.search("truce")) == 2


BAD_BODIES = [
    "{]",
    "[]",
    "null",
    '"x"',
    "1e999999",
    "[" * 100_000,
    "{}",
    json.dumps({"article": 1, "layer": "mina", "label": "claim", "fragments": [[0, 1]], "exact": ["F"]}),
    *(
        json.dumps({"layer": "mina", "label": "claim", "exact": ["F"], "fragments": fragments})
        for fragments in (
            [],
            [[1]],
            [[0, 0]],
            [[-1, 4]],
            [[5, 2]],
            [[0, 1.5]],
            [["0", "1"]],
            7,
            [[0, 2], [1, 3]],
        )
    ),
    json.dumps({"layer": "mina", "label": "claim", "exact": "F", "fragments": [[0, 1]]}),
    json.dumps({"layer": "mina", "label": "claim", "exact": ["F"], "fragments": [[0, 1]], "attributes": []}),
    json.dumps({"layer": "mina", "label": "claim", "exact": ["F"], "fragments": [[0, 1]], "note": {}}),
    json.dumps({"layer": None, "label": ["claim"], "exact": ["F"], "fragments": [[0, 1 << 70]]}),
]


@pytest.mark.parametrize("bad", BAD_BODIES, ids=lambda bad: bad[:40])
def test_a_body_that_cant_be_read_is_listed_and_the_rest_goes_on(
    project: Project, home: Home, span: Annotation, tamper: Callable[..., None], bad: str
) -> None:
    good = add_span(project, Article(span.article, ""), "medics")
    if bad.startswith('{"layer'):
        bad = json.dumps({"article": span.article, **json.loads(bad)})
    tamper("UPDATE revision SET body = ? WHERE kind = 'annotation' AND id = ?", bad, span.id)
    project.close()
    with Project.open(project.path, home=home) as again:
        assert again.annotations(span.article) == (good,)
        assert again.annotation(span.id) is None
        found = again.problems()
        assert ("body", span.id) in {(p.kind, p.annotation) for p in found}
        again.rebuild()
        assert again.annotations(span.article) == (good,)
        assert again.counts().layers == {"mina": {"claim": 1}}
        assert len(again.history("annotation", span.id)) == 1
        assert again.changes(article=span.article)
        write(again, span)
        assert len(again.annotations(span.article)) == 2


@pytest.mark.parametrize("kind", ["article", "link", "entity", "progress", "annotation"])
@pytest.mark.parametrize("bad", ["{}", '{"sha256": 1, "kind": [], "layer": {}, "article": 0}', "nonsense"])
def test_no_kind_of_bad_body_raises(
    project: Project, span: Annotation, tamper: Callable[..., None], kind: str, bad: str
) -> None:
    tamper(
        "INSERT INTO revision (change, kind, id, body) SELECT id, ?, ?, ? FROM change WHERE n = 1 LIMIT 1",
        kind,
        f"{span.article}:mina",
        bad,
    )
    project.rebuild()
    assert len(project.articles(ArticleQuery(annotator="mina"))) == 1
    assert project.entities() == ()
    assert project.links(span.article) == ()
    assert project.progress(span.article, "mina") is None
    assert project.annotations(span.article) == (span,)
    assert "body" in kinds(project.problems())


def test_bytes_that_are_no_text_are_listed_and_the_rest_goes_on(
    project: Project, span: Annotation, tamper: Callable[..., None]
) -> None:
    good = add_span(project, Article(span.article, ""), "medics")
    tamper("UPDATE revision SET body = CAST(x'7bff7d' AS TEXT) WHERE id = ?", span.id)
    tamper("UPDATE change SET actor = CAST(x'ff' AS TEXT) WHERE action = 'import'")
    assert project.annotations(span.article) == (good,)
    assert project.annotation(span.id) is None
    assert [change.actor for change in project.changes()] == ["mina", "mina", "\ufffd", ""]
    assert {"body", "chain"} <= set(kinds(project.problems()))
    tamper("UPDATE article_text SET text = CAST(x'fffefd' AS TEXT)")
    assert "text-hash" in kinds(project.problems())


def test_projections_that_contradict_a_change_are_mended_when_it_is_written(
    project: Project, span: Annotation, tamper: Callable[..., None]
) -> None:
    tamper("DELETE FROM winner")
    relabelled = replace(span, label="quote")
    change = write(project, relabelled)
    assert project.annotations(span.article) == (relabelled,)
    assert change.revisions[0].parent is not None
    assert project.problems() == []


def test_a_locked_project_is_not_called_damaged(project: Project, span: Annotation) -> None:
    other = sqlite3.connect(project.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    project._file.wait(1)
    with pytest.raises(ProjectError, match="Another program has locked"):
        project.problems()
    other.close()
    assert project.problems(span.article) == []


def test_a_damaged_page_is_told_not_raised(project: Project, home: Home, span: Annotation) -> None:
    for i in range(30):
        write(project, replace(span, note=f"{i} " * 500))
    project.close()
    damage(project.path)
    with Project.open(project.path, home=home) as again:
        found = again.problems()
        assert "database" in kinds(found)
        assert all(p.message and "\n" not in p.message.strip() for p in found)


def damage(path: Path) -> None:
    """Overwrite the pages of a search index, which opening doesn't touch."""
    raw = sqlite3.connect(path)
    root = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'revision_object'").fetchone()[0]
    raw.close()
    with path.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\x0a" + b"\xee" * 200)
