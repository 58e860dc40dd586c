"""The guide's pages of the measures: there is one for each, and its example is what the program computes."""

import re
from pathlib import Path

import pytest
from agreement_values import article, quiet

from annotator.formats.parts.tokenizing import tokens
from annotator.model.span import Span
from annotator.services.agreement import MEASURES, Asked, Corpus, measured
from annotator.services.agreement.corpus import Mark
from annotator.services.samples import built_in_scheme

GUIDE = Path(__file__).parents[2] / "resources" / "guide"
SCHEME = built_in_scheme()


def page(name):
    return (GUIDE / f"{name}.md").read_text(encoding="utf-8")


def read_marks(layer, line):
    """Read a text with marks as [label attribute=value: words]; return the text and its marks."""
    text, opened, marks = "", [], []
    for piece in re.split(r"(\[[\w-]+(?: [\w-]+=[\w,-]+)*: |\])", line):
        if piece.startswith("["):
            label, *said = piece[1:-2].split(" ")
            opened.append((len(text), label, dict(one.split("=") for one in said)))
        elif piece == "]":
            start, label, said = opened.pop()
            values = {name: value_of(label, name, value) for name, value in said.items()}
            marks.append(Mark(f"{layer}-{start}", label, (Span(start, len(text)),), values, text[start:]))
        else:
            text += piece
    assert not opened
    return text, marks


def value_of(label, name, value):
    kind = SCHEME.label(label).attribute(name).kind
    return value.split(",") if kind == "choices" else value


def example(name):
    """Read the worked example of a page: blocks of indented lines, one for each article."""
    section = page(name).split("## A worked example")[1].split("\n## ")[0]
    made = []
    for number, block in enumerate(re.findall(r"((?:^    \w+: .*\n)+)", section, re.MULTILINE)):
        read = dict(line.strip().split(": ", 1) for line in block.splitlines())
        works = {layer: read_marks(layer, line) for layer, line in read.items()}
        (text,) = {text for text, _ in works.values()}
        places = [(token.start, token.stop) for token in tokens(text)]
        made.append(article(str(number), len(text), {who: m for who, (_, m) in works.items()}, places))
    layers = tuple(sorted({layer for one in made for layer in one.marks}))
    asked = Asked(resamples=0, gamma=name.endswith("gamma"))
    labels = tuple(label.id for label in SCHEME.labels)
    rows = re.findall(r"^\| ([\w-]+) \| ([\w -]+) \| (-?\d\.\d+) \|$", section, re.MULTILINE)
    return Corpus(asked, layers, labels, SCHEME, tuple(made)), rows


@pytest.mark.parametrize("measure", MEASURES)
def test_the_worked_example_is_what_the_program_computes(measure):
    if measure == "gamma":
        pytest.importorskip("pygamma_agreement", reason="γ is an extra")
    of, rows = example(f"agreement-{measure}")
    assert measure in {name for name, _, _ in rows}
    found = measured(of, quiet)
    told = {
        (cell.measure, " ".join(filter(None, (cell.label or "all labels", cell.attribute)))): cell
        for cell in found.measures
        if cell.pair is None
    }
    for name, what, value in rows:
        assert f"{told[name, what].value:.3f}" == value, (name, what)


@pytest.mark.parametrize("measure", MEASURES)
def test_every_page_gives_formula_source_and_when_to_use_it(measure):
    headings = re.findall(r"^## (.+)$", page(f"agreement-{measure}"), re.MULTILINE)
    assert {"Formula", "When to use it", "A worked example", "Source"} <= set(headings)


def test_the_pages_are_those_of_the_measures():
    there = {path.stem.removeprefix("agreement-") for path in GUIDE.glob("agreement-*.md")} - {"page"}
    assert there == set(MEASURES)
    listed = re.findall(r"^\| \[`([\w-]+)`\]\(agreement-([\w-]+)\.md\)", page("agreement"), re.MULTILINE)
    assert listed == [(measure, measure) for measure in MEASURES]


def test_links_lead_somewhere():
    for name in ("agreement", *(f"agreement-{measure}" for measure in MEASURES)):
        for target in re.findall(r"\]\(([\w-]+)\.md\)", page(name)):
            assert (GUIDE / f"{target}.md").is_file(), target
    assert "(agreement.md)" in page("index")
