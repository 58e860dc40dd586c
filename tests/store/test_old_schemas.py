"""One file of each released schema opens for ever, and loses nothing."""

import shutil
from pathlib import Path

import pytest
from store_values import TEXT, add_span

from annotator.store import ArticleQuery, Home, Project, schema
from annotator.store.foreign import read_foreign

FILES = Path(__file__).parent / "schemas"


@pytest.fixture(params=range(1, schema.VERSION + 1))
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return Path(shutil.copy(FILES / f"v{request.param}.annotator", tmp_path / "old.annotator"))


def test_every_released_schema_opens_and_holds_what_it_held(path: Path, home: Home) -> None:
    with Project.open(path, home=home) as project:
        assert not project.read_only
        assert project.title.startswith("Schema ")
        assert project.scheme.stamp == "conflict-news@1"
        (row,) = project.articles(ArticleQuery(annotator="mina"))
        assert (row.title, row.outlet, row.published, row.state) == ("Aleppo", "AP", "2016-09-21", "done")
        assert row.counts == {"quote": 1, "source": 1}
        article = project.article(row.id)
        assert article is not None
        assert project.text(article.sha256) == TEXT
        claim, source = project.annotations(article.id)
        assert (claim.id, claim.label, claim.words, claim.extra) == (
            "span-claim",
            "quote",
            "truce",
            {"of tomorrow": 1},
        )
        assert [link.target for link in project.links(article.id)] == [source.id]
        assert project.mentions("actor-kerry") == (claim,)
        assert [step.change.actor for step in project.history("annotation", "span-claim")] == ["mina", "noor"]
        assert [step.body is None for step in project.history("annotation", "span-gone")] == [False, True]
        assert {hit.annotation for hit in project.search("truce")} == {None, claim.id}
        assert project.problems() == []


def test_every_released_schema_can_be_written_and_rebuilt(path: Path, home: Home) -> None:
    with Project.open(path, home=home) as project:
        (row,) = project.articles(ArticleQuery())
        article = project.article(row.id)
        assert article is not None
        add_span(project, article, "Aleppo")
        project.rebuild()
        assert len(project.annotations(article.id)) == 3
        assert project.problems() == []


def test_every_released_schema_can_be_read_as_a_strangers_file(path: Path) -> None:
    found = read_foreign(path)
    assert found.problems == ()
    assert [change.actor for change in found.changes][-1] == "noor"


def test_the_newest_schema_has_its_file() -> None:
    assert (FILES / f"v{schema.VERSION}.annotator").is_file()


def test_what_reviewing_added_is_read_back(tmp_path: Path, home: Home) -> None:
    path = Path(shutil.copy(FILES / "v2.annotator", tmp_path / "old.annotator"))
    with Project.open(path, home=home) as project:
        (article,) = project.article_ids()
        assert [(v.decision, v.reason, v.proposed) for v in project.verdicts(article, "mina")] == [
            ("change", "boundary", {"label": "claim"})
        ]
        assert [(r.comment, r.settled) for r in project.replies(article)] == [("you are right", True)]
        assert [r.sources for r in project.rulings(article)] == [
            {"span-claim": project.standing(article)["span-claim"]}
        ]
        assert [(r.title, r.blind) for r in project.rounds()] == [("First round", True)]
        assert [a.round for a in project.assignments(annotator="mina")] == ["round-1"]
        assert project.verdicts(layer="noor") == project.assignments(annotator="noor") == ()
