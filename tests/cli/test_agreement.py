"""The command `agreement`, as a script calls it."""

import shutil

import pytest

from annotator.services.samples import sample
from annotator.store import Home


@pytest.fixture
def example(tmp_path):
    """The sample project, on which two invented annotators have worked."""
    return shutil.copy(sample(Home.default()), tmp_path / "s.annotator")


def test_json_has_the_keys_that_scripts_rely_on(run, example):
    done = run("agreement", example, "--json")
    assert (done.status, done.err) == (0, "")
    assert set(done.json) == {"layers", "articles", "article_ids", "measures"}
    assert done.json["layers"] == ["Example A", "Example B"]
    assert done.json["articles"] == len(done.json["article_ids"]) == 1
    keys = {"measure", "label", "pair", "value", "low", "high", "n", "undefined"}
    for row in done.json["measures"]:
        of_value = row["measure"] in ("value-alpha", "value-f1")
        assert set(row) == keys | ({"attribute"} if of_value else set())
        assert (row["value"] is None) == bool(row["undefined"])
    names = {row["measure"] for row in done.json["measures"]}
    assert names == {
        *("exact-f1", "overlap-f1", "token-kappa", "char-kappa", "fleiss-kappa", "alpha", "alpha-u"),
        *("value-alpha", "value-f1"),
    }


def test_the_table_is_read_by_people(run, example):
    done = run("agreement", example, "--label", "claim")
    assert done.status == 0
    assert "1 article, by Example A and Example B" in done.out
    assert "exact-f1      all labels" in done.out
    assert "value-alpha   claim type" in done.out
    assert "Not defined, because all stated the same value: there is one category only" in done.out
    assert "quote" not in done.out


def test_what_is_asked_for_is_measured(run, example):
    whole = run("agreement", example, "--json").json
    strict = run("agreement", example, "--threshold", "1", "--json").json

    def overlap(of):
        return next(row["value"] for row in of["measures"] if row["measure"] == "overlap-f1")

    assert overlap(strict) < overlap(whole)
    (article,) = whole["article_ids"]
    assert run("agreement", example, "--article", article, "--json").json == whole
    turned = run("agreement", example, "--layers", "Example B,Example A", "--resamples", "0", "--json").json
    assert turned["layers"] == ["Example B", "Example A"]


def test_nothing_to_measure_is_no_failure(run, made):
    done = run("agreement", made)
    assert done.status == 0
    assert "agreement needs two annotators, and there is none" in done.out


@pytest.mark.parametrize(
    "words",
    [("--threshold", "2"), ("--threshold", "x"), ("--seed", "-1"), ("--resamples", "1.5"), ("--layers", ",")],
)
def test_wrong_usage_is_said(run, example, words):
    assert run("agreement", example, *words).status == 2


def test_what_is_not_there_is_one_line(run, example):
    done = run("agreement", example, "--layers", "Example A,Nobody")
    assert done.status == 1
    assert done.err == "annotator: the project has no annotator “Nobody”; choose from Example A, Example B\n"


def test_gamma_without_its_library_says_how_to_get_it(run, example, monkeypatch):
    from annotator.formats import extras

    monkeypatch.setattr(extras, "find_spec", lambda _name: None)
    done = run("agreement", example, "--gamma")
    assert done.status == 1
    assert "python -m pip install" in done.err
