"""Each format through the whole house: exported from one project, imported into another, and compared."""

import os
import subprocess
import sys
from pathlib import Path

import golden_project as golden
import pytest
from export_steps import export, tree

from annotator.formats.dataset import ArticleRecord
from annotator.formats.fitting import Fitting, fitted
from annotator.formats.registry import FORMATS
from annotator.services import importing
from annotator.services.checking import check
from annotator.services.importing import plan
from annotator.store import Project

sys.path.insert(0, str(Path(__file__).parents[1] / "formats"))

from dataset_values import held

BOTH_WAYS = [f for f in FORMATS if f.reads and f.writes and f.holds_spans]


@pytest.fixture
def filled(project):
    golden.fill(project)
    return project


@pytest.fixture
def other(tmp_path, home, scheme):
    with Project.create(tmp_path / "other.annotator", scheme=scheme, title="Other", home=home) as project:
        yield project


def records(project, how):
    """What a project holds of it all, in the form that formats are compared in."""
    made = []
    for article_id in project.article_ids():
        article = project.article(article_id)
        found = ArticleRecord(
            article,
            project.text(article.sha256),
            project.annotations(article_id),
            tuple(link for link in project.links(article_id)),
        )
        made.append(fitted(found, how.holds, Fitting())[0])
    return held(how, made)


@pytest.mark.parametrize("folder", [True, False], ids=["folder", "file"])
@pytest.mark.parametrize("how", BOTH_WAYS, ids=lambda how: how.id)
def test_what_a_format_holds_arrives_in_another_project(filled, other, tmp_path, how, folder):
    if how.folder and not folder:
        pytest.skip("this format is always a folder")
    out = tmp_path / ("out" if folder else f"out{how.suffixes[0]}")
    export(filled, out, how)
    importing.apply(other, plan(other, [out], actor="ann", format_id=how.id))
    wanted = records(filled, how)
    # What nobody marked, some formats don't write.
    assert [r for r in records(other, how) if r[1]] == [r for r in wanted if r[1]]
    assert check(other).is_sound


@pytest.mark.parametrize("how", BOTH_WAYS, ids=lambda how: how.id)
def test_the_format_of_an_exported_folder_is_recognised(filled, other, tmp_path, how):
    export(filled, tmp_path / "out", how)
    planned = plan(other, [tmp_path / "out"], actor="ann")
    assert planned.annotations == sum(len(r[1]) for r in records(filled, how))


@pytest.mark.parametrize("how", [f for f in FORMATS if f.writes], ids=lambda how: how.id)
def test_a_project_without_articles_is_exported_too(project, tmp_path, how):
    done = export(project, tmp_path / "out", how)
    assert (done.articles, done.annotations) == (0, 0)
    assert all(path.is_file() for path in done.files)


@pytest.mark.parametrize("how", [f for f in FORMATS if f.writes], ids=lambda how: how.id)
def test_the_same_project_gives_the_same_bytes(filled, tmp_path, how):
    trees = []
    for name in ("a", "b"):
        export(filled, tmp_path / name, how)
        files = [p for p in (tmp_path / name).rglob("*") if p.is_file()]
        trees.append({p.relative_to(tmp_path / name): p.read_bytes() for p in files})
    assert trees[0] == trees[1]


EXPORT_ALL = """
import sys
from pathlib import Path
from annotator.formats.registry import FORMATS
from annotator.services import exporting
from annotator.services.wanted import Wanted
from annotator.store import Home, Project
project, folder = map(Path, sys.argv[1:])
folder.mkdir()
with Project.open(project, home=Home(folder.with_suffix(".home")), read_only=True) as opened:
    for how in FORMATS:
        if how.writes:
            with exporting.prepared(opened, Wanted(how, split={"a": 1, "b": 1})) as export:
                export.write(folder / how.id)
"""


def test_another_process_elsewhere_gives_the_same_bytes(filled, tmp_path):
    """Sets stand in another order there, and it is another time."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", EXPORT_ALL, str(filled.path), str(tmp_path / seed)],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            cwd=Path(__file__).parents[2],
        )
        for seed, zone in (("1", "UTC"), ("77", "Asia/Tokyo"))
    ]
    assert [process.wait() for process in running] == [0, 0]
    assert tree(tmp_path / "1") == tree(tmp_path / "77")
