"""Which articles an export takes: by state, outlet and date."""

import golden_project as golden
import pytest
from export_steps import export, lines

from annotator.model.change import Draft, Revision
from annotator.model.records import Progress
from annotator.model.review import GOLD


@pytest.fixture(autouse=True)
def filled(project):
    golden.fill(project)


def titles(project, tmp_path, **wanted):
    export(project, tmp_path / "out.jsonl", **wanted)
    return {row["article"]["title"] for row in lines(tmp_path / "out.jsonl")[1:]}


@pytest.mark.parametrize(
    ("wanted", "taken"),
    [
        ({"states": ("done",)}, {"One", "Three"}),
        ({"states": ("reading",)}, {"One", "Two"}),
        ({"states": ("skipped",)}, {"Three"}),
        ({"states": ("skipped", "reading")}, {"One", "Two", "Three"}),
        ({"states": ("done",), "layers": ("eve",)}, set()),
        ({"states": ("to do",), "layers": ("ann",)}, set()),
        ({"states": ("reading",), "layers": ("ann",)}, {"Two"}),
        ({"states": ("to do",), "layers": ("ann", "eve")}, {"One", "Two"}),
    ],
)
def test_an_article_has_the_states_of_the_annotators_chosen(project, tmp_path, wanted, taken):
    assert titles(project, tmp_path, **wanted) == taken


@pytest.mark.parametrize("state", ["done", "reading", "to do", "skipped"])
def test_gold_says_nothing_of_what_others_have_read(project, tmp_path, state):
    everybody = ("ann", "bob", "eve")
    taken = titles(project, tmp_path, states=(state,), layers=everybody)
    assert titles(project, tmp_path, states=(state,), layers=("gold", *everybody)) == taken
    assert titles(project, tmp_path, states=(state,)) == taken


def test_gold_alone_has_done_what_is_decided(project, tmp_path):
    decided = Progress(golden.EMPTY.id, GOLD, "done")
    project.commit(Draft("decide", "ann", (Revision.of(decided),)))
    taken = [titles(project, tmp_path, states=(s,), layers=(GOLD,)) for s in ("done", "reading", "to do")]
    assert taken == [{"Three"}, {"One"}, {"Two"}]


@pytest.mark.parametrize(
    ("wanted", "taken"),
    [
        ({"outlets": ("Daily",)}, {"One"}),
        ({"since": "2016-09-21"}, {"One"}),
        ({"since": "2016-09-22"}, set()),
        ({"until": "2016-09-21"}, {"One"}),
        ({"until": "2016-09-20"}, set()),
        ({"since": "2016", "until": "2016"}, {"One"}),
        ({"since": "2016-09", "until": "2016-09", "outlets": ("Daily",)}, {"One"}),
    ],
)
def test_outlets_and_dates_choose_articles(project, tmp_path, wanted, taken):
    assert titles(project, tmp_path, **wanted) == taken
