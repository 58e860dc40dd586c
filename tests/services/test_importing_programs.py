"""Importing what other programs keep: project files, project folders, saved pages."""

from pathlib import Path

import pytest
from foreign_files import CONTENTS, TEXT, bytes_of, qualcoder, taguette, units_of

from annotator.services import importing
from annotator.services.errors import Refused

GOLDEN = Path(__file__).parents[1] / "formats" / "golden"


def bring(project, *paths, **more):
    planned = importing.plan(project, list(paths), actor="ann", **more)
    importing.apply(project, planned)
    return planned


def every(project):
    return [a for article in project.article_ids() for a in project.annotations(article, None)]


def project_of_qualcoder(folder):
    qualcoder(
        folder,
        {"truce.txt": TEXT},
        [
            (1, "source", *units_of("Kerry"), "Kerry", "mina", "A memo."),
            (1, "claim", 0, 3, "is not dead", "omar", ""),
        ],
    )
    (folder / "documents").mkdir()
    (folder / "documents" / "truce.txt").write_text(TEXT)
    (folder / "documents" / "truce.html").write_text("<p>Text</p>")
    return folder


def test_a_folder_of_qualcoder_is_one_source(project, tmp_path):
    planned = bring(project, project_of_qualcoder(tmp_path / "Aleppo.qda"))
    assert (len(planned.articles), planned.annotations) == (1, 2)
    spans = {a.layer: (a.label, a.words, a.origin) for a in every(project)}
    assert spans == {
        "mina": ("source", "Kerry", "import: Aleppo.qda"),
        "omar": ("claim", "is not dead", "import: Aleppo.qda"),
    }
    assert ["re-anchored" in remark.message for remark in planned.remarks] == [True]
    assert all(Path(remark.file).name == "Aleppo.qda" for remark in planned.remarks)


def test_it_is_one_source_too_among_other_files(project, tmp_path):
    project_of_qualcoder(tmp_path / "work" / "Aleppo.qda")
    (tmp_path / "work" / "other.txt").write_text("Another text.")
    planned = bring(project, tmp_path / "work")
    assert len(planned.articles) == 2
    assert len(every(project)) == 2


def test_its_texts_alone_can_be_asked_for(project, tmp_path):
    folder = project_of_qualcoder(tmp_path / "Aleppo.qda")
    assert bring(project, folder, format_id="text").annotations == 0
    assert [planned.article.title for planned in bring(project, folder).articles] == []
    assert len(every(project)) == 2


def test_a_folder_of_that_name_without_a_project_is_a_folder(project, tmp_path):
    (tmp_path / "Aleppo.qda").mkdir()
    (tmp_path / "Aleppo.qda" / "a.txt").write_text("Text.")
    assert len(bring(project, tmp_path / "Aleppo.qda").articles) == 1


def test_a_file_of_taguette_comes_in_with_its_people(project, tmp_path):
    path = tmp_path / "aleppo.taguette"
    highlights = [
        (*bytes_of("Kerry"), "Kerry", ["source"], "mina"),
        (
            *bytes_of("said, “is not\ndead.”قُتل"),
            "said, <em>“is not dead.”</em><br>قُتل",
            ["claim", "other"],
            "omar",
        ),
    ]
    taguette(path, CONTENTS, highlights, users=("mina", "omar"), tags=("claim", "source", "other"))
    planned = bring(project, path)
    assert (len(planned.articles), planned.annotations, planned.remarks) == (1, 3, ())
    assert planned.scheme == ("the label “other”",)
    assert project.scheme.label("other").rule == "What a other is."
    assert {(a.layer, a.label) for a in every(project)} == {
        ("mina", "source"),
        ("omar", "claim"),
        ("omar", "other"),
    }
    assert project.counts().done == {"mina": 1, "omar": 1}
    again = bring(project, path)
    assert (again.annotations, again.known, again.skipped) == (0, 3, 1)


def test_a_broken_project_file_is_refused_in_one_sentence(project, tmp_path):
    (tmp_path / "aleppo.sqlite3").write_bytes(b"SQLite format 3\0" + bytes(500))
    with pytest.raises(Refused, match="aleppo"):
        bring(project, tmp_path / "aleppo.sqlite3")


@pytest.mark.parametrize(
    ("name", "articles", "annotations", "links"),
    [
        ("markdown/work.md", 1, 0, 0),
        ("html/work.html", 1, 0, 0),
        ("pdf/work.pdf", 1, 0, 0),
        ("docx/work.docx", 1, 0, 0),
        ("citron/work.json", 1, 4, 3),
        ("labelbuddy/work.json", 2, 3, 0),
        ("taguette/work.sqlite3", 1, 4, 0),
        ("qualcoder/work.qda", 1, 3, 0),
    ],
)
def test_golden_files_come_in(project, name, articles, annotations, links):
    planned = bring(project, GOLDEN / name)
    assert (len(planned.articles), planned.annotations, planned.links) == (articles, annotations, links)
    assert project.problems() == []
