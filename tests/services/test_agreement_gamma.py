"""γ beside pygamma-agreement itself, and without it."""

import logging

import numpy as np
import pytest
from agreement_values import article, corpus, mark, quiet
from test_agreement_unitizing import krippendorff_2004

from annotator.formats import extras
from annotator.services.agreement import measured
from annotator.services.errors import Refused


def gamma_by_hand(units):
    """Compute γ of one text by the library; a seed fixes its random texts."""
    library = pytest.importorskip("pygamma_agreement", reason="γ is an extra")
    from pyannote.core import Segment

    continuum = library.Continuum()
    for layer, label, start, stop in units:
        continuum.add(layer, Segment(start, stop), label)
    np.random.seed(0)
    logging.root.addHandler(logging.NullHandler())
    return continuum.compute_gamma(library.CombinedCategoricalDissimilarity()).gamma


def test_gamma_of_one_article_is_that_of_the_library():
    of = krippendorff_2004()
    units = [
        (layer, m.label, f.start, f.stop)
        for layer, marks in of.articles[0].marks.items()
        for m in marks
        for f in m.fragments
    ]
    expected = gamma_by_hand(units)
    found = measured(corpus(*of.articles, gamma=True), quiet)
    assert found.cell("gamma").value == pytest.approx(expected, abs=1e-6)
    assert found.cell("gamma", "quote").value == 1
    assert found.cell("gamma", "cue").undefined == "nobody used the label in the articles compared"
    assert found.cell("gamma").n == 9
    assert measured(corpus(*of.articles, gamma=True), quiet) == found


def test_gamma_of_several_articles_has_an_interval():
    pytest.importorskip("pygamma_agreement", reason="γ is an extra")
    made = [
        article(
            str(n), 40, {"a": [mark(f"a{n}", "claim", (0, 9))], "b": [mark(f"b{n}", "claim", (n, 9 + n))]}
        )
        for n in range(3)
    ]
    cell = measured(corpus(*made, gamma=True, resamples=50, labels=("claim",)), quiet).cell("gamma", "claim")
    assert cell.low <= cell.value <= cell.high


def test_without_the_library_one_sentence_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(extras.REQUIREMENTS, "pygamma_agreement", "pygamma-agreement>=0.5.9")
    monkeypatch.setattr(extras, "find_spec", lambda _name: None)
    with pytest.raises(Refused, match="python -m pip install"):
        measured(corpus(gamma=True), quiet)


def test_gamma_is_taken_only_when_asked_for():
    assert "gamma" not in {cell.measure for cell in measured(corpus(), quiet).measures}
