"""Which articles an export takes: by state, outlet and date."""

import golden_project as golden
import pytest
from export_steps import export, lines


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
def test_gold_has_the_states_of_all_who_read(project, tmp_path, state):
    everybody = ("ann", "bob", "eve")
    taken = titles(project, tmp_path, states=(state,), layers=everybody)
    assert titles(project, tmp_path, states=(state,), layers=("gold",)) == taken
    assert titles(project, tmp_path, states=(state,), layers=("gold", *everybody)) == taken
    assert titles(project, tmp_path, states=(state,)) == taken


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
