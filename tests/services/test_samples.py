"""The sample: one article, and two invented annotators who read it and don't always agree."""

from annotator import resources
from annotator.model.values import problems
from annotator.services.samples import sample
from annotator.store import Home, Project

EXAMPLES = ("Example A", "Example B")


def test_two_examples_have_done_the_article(tmp_path):
    home = Home(tmp_path)
    with Project.open(sample(home), home=home) as project:
        (article,) = project.article_ids()
        assert project.layers() == EXAMPLES
        assert [project.progress(article, name).state for name in EXAMPLES] == ["done", "done"]
        assert project.problems() == []
        assert project.text(project.article(article).sha256) == resources.path(
            "samples", "aleppo.txt"
        ).read_text(encoding="utf-8")


def test_the_examples_show_every_way_to_disagree(tmp_path):
    home = Home(tmp_path)
    with Project.open(sample(home), home=home) as project:
        (article,) = project.article_ids()
        ours, theirs = (
            {(a.label, a.fragments) for a in project.annotations(article, who)} for who in EXAMPLES
        )
        assert ours & theirs
        assert ours - theirs
        assert theirs - ours
        assert any(len(fragments) > 1 for _, fragments in theirs)
        assert {label for label, _ in ours} >= {"claim", "quote", "casualty"}


def test_the_examples_keep_to_the_scheme(tmp_path):
    home = Home(tmp_path)
    with Project.open(sample(home), home=home) as project:
        (article,) = project.article_ids()
        found = [
            (a.words, name)
            for a in project.annotations(article)
            for name, problem in problems(project.scheme.label(a.label), a.attributes).items()
            if not problem.startswith("needs")
        ]
        assert found == []
