"""Krippendorff's αU: beside its formula written out, and the example of the book."""

import pytest
from agreement_values import LABELS, article, corpora, corpus, mark, quiet, value
from hypothesis import given, settings

from annotator.services.agreement import measured


def krippendorff_2004():
    """Content Analysis, 2nd edition, figure 11.7: two observers, a continuum from 150 to 450."""
    one = {"c": [(225, 70), (370, 30)], "k": [(180, 60), (300, 50)]}
    other = {"c": [(220, 80), (355, 20), (400, 20)], "k": [(180, 60), (300, 50)]}
    label = {"c": "claim", "k": "quote"}
    marks = {
        who: [
            mark(f"{who}{c}{start}", label[c], (start - 150, start - 150 + length))
            for c, units in work.items()
            for start, length in units
        ]
        for who, work in (("i", one), ("j", other))
    }
    return corpus(article("book", 300, marks, []))


def test_krippendorff_2004_chapter_11():
    """The book rounds on the way: 0.7286 for c, 1 for k, and 0.8591 for both."""
    of = krippendorff_2004()
    assert value(of, "alpha-u", "claim") == pytest.approx(0.7286, abs=1e-4)
    assert value(of, "alpha-u", "quote") == 1
    assert value(of, "alpha-u") == pytest.approx(0.8591, abs=5e-4)


def sections(size, units):
    """Units and the gaps between them, as (start, length, whether it is a unit)."""
    found, at = [], 0
    for start, stop in units:
        if start > at:
            found.append((at, start - at, False))
        found.append((start, stop - start, True))
        at = stop
    return found + ([(at, size - at, False)] if at < size else [])


def difference(one, other):
    (b, n, v), (c, m, w) = one, other
    if v and w and -n < b - c < m:
        return (b - c) ** 2 + (b + n - c - m) ** 2
    if v and not w and m - n >= b - c >= 0:
        return n**2
    if w and not v and m - n <= b - c <= 0:
        return m**2
    return 0


def units_of(one, layer, label):
    """The units of a label, those that overlap joined."""
    found = []
    places = [f for m in one.marks[layer] if m.label == label for f in m.fragments]
    for start, stop in sorted((f.start, f.stop) for f in places):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], stop))
        else:
            found.append((start, stop))
    return found


def disagreements(of, layers, label):
    """Observed and expected disagreement, as the book has it: each layer reads one text after the other."""
    shared = [one for one in of.articles if sum(layer in one.marks for layer in layers) > 1]
    observed, continua = 0.0, []
    for one in shared:
        readers = [layer for layer in layers if layer in one.marks]
        work = [sections(one.size, units_of(one, layer, label)) for layer in readers]
        ways = [
            difference(a, b)
            for i, x in enumerate(work)
            for j, y in enumerate(work)
            if i != j
            for a in x
            for b in y
        ]
        observed += sum(ways) / (len(readers) - 1)
    for layer in layers:
        base, units = 0, []
        for one in shared:
            if layer in one.marks:
                units += [(base + start, base + stop) for start, stop in units_of(one, layer, label)]
                base += one.size
        continua.append((base, sections(base, units)))
    read = sum(size for size, _ in continua)
    flat = [section for _, found in continua for section in found]
    lengths = [n for _, n, is_unit in flat if is_unit]
    gaps = [n for _, n, is_unit in flat if not is_unit]
    chances = sum(
        (len(lengths) - 1) / 3 * (2 * n**3 - 3 * n**2 + n) + n**2 * sum(g - n + 1 for g in gaps if g >= n)
        for n in lengths
    )
    left = read * (read - 1) - sum(n * (n - 1) for n in lengths)
    return (observed / read if read else 0), (2 * chances / left if left else 0)


@settings(deadline=None, max_examples=60)
@given(corpora())
def test_alpha_u_is_its_formula(of):
    found = measured(of, quiet)
    for pair in (None, *of.pairs):
        parts = [disagreements(of, pair or of.layers, label) for label in LABELS]
        for label, (observed, expected) in zip(LABELS, parts, strict=True):
            cell = found.cell("alpha-u", label, pair)
            assert (cell.value is None) == (expected == 0)
            if expected:
                assert cell.value == pytest.approx(1 - observed / expected)
        if sum(expected for _, expected in parts):
            together = 1 - sum(o for o, _ in parts) / sum(e for _, e in parts)
            assert found.cell("alpha-u", None, pair).value == pytest.approx(together)


def test_units_that_touch_stay_two_and_those_that_overlap_are_one():
    def of(*places):
        marks = {"a": [mark(str(p), "claim", p) for p in places], "b": [mark("x", "claim", (10, 30))]}
        return corpus(article("x", 100, marks))

    assert value(of((10, 25), (20, 30)), "alpha-u", "claim") == 1
    assert value(of((10, 20), (20, 30)), "alpha-u", "claim") < 1
    assert measured(of((10, 20), (20, 30)), quiet).cell("alpha-u", "claim").n == 3


def test_fragments_are_units_of_their_own():
    marks = {
        "a": [mark("1", "claim", (0, 5), (10, 15))],
        "b": [mark("2", "claim", (0, 5)), mark("3", "claim", (10, 15))],
    }
    assert value(corpus(article("x", 50, marks)), "alpha-u", "claim") == 1


def test_units_that_leave_no_room_say_so():
    marks = {layer: [mark(layer, "claim", (0, 20))] for layer in ("a", "b")}
    cell = measured(corpus(article("x", 20, marks)), quiet).cell("alpha-u", "claim")
    assert cell.value == 1
    marks = {layer: [mark(layer, "claim", (0, 1))] for layer in ("a", "b")}
    cell = measured(corpus(article("x", 1, marks)), quiet).cell("alpha-u", "claim")
    assert (cell.value, cell.undefined) == (None, "the units leave no room to lie elsewhere")
