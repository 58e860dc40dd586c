"""The guide says what the commands and formats are: no more, no less."""

import argparse
import re
from dataclasses import asdict
from pathlib import Path

import pytest

from annotator.cli.parser import build
from annotator.formats.dataset import Header
from annotator.formats.own import format as jsonl
from annotator.formats.parts import json_lines
from annotator.formats.parts.decoding import MAX_TEXT
from annotator.formats.registry import FORMATS
from annotator.formats.tables import columns as table_columns

GUIDE = Path(__file__).parents[2] / "resources" / "guide"


def page(name):
    return (GUIDE / f"{name}.md").read_text(encoding="utf-8")


def code(name):
    return set(re.findall(r"`([^`\n]+)`", page(name)))


def commands():
    (adder,) = (a for a in build()._actions if isinstance(a, argparse._SubParsersAction))
    return adder.choices


def usage(name, command):
    """Spell a command as the guide does."""
    words = ["annotator", name]
    for action in command._actions:
        if action.dest in ("help", "json"):
            continue
        values = "|".join(action.choices) if action.choices and not action.metavar else action.metavar
        if not action.option_strings:
            word = f"[{values}]" if action.nargs == "?" else values + ("..." if action.nargs == "+" else "")
        else:
            spelt = " ".join(filter(None, (action.option_strings[0], values if action.nargs != 0 else "")))
            word = spelt if action.required else f"[{spelt}]"
            word += "..." if isinstance(action, argparse._AppendAction) else ""
        words.append(word)
    # Positional words come before options.
    return words[:2] + sorted(words[2:], key=lambda word: word.lstrip("[").startswith("--"))


def test_the_guide_lists_exactly_the_commands_and_their_options():
    (block,) = re.findall(r"```\n(annotator .*?)```", page("command-line"), re.DOTALL)
    said = {line.split()[1]: line for line in block.splitlines()}
    assert said == {name: " ".join(usage(name, command)) for name, command in commands().items()}


def test_every_command_but_open_has_json_and_a_section():
    headings = re.findall(r"^## (\w+)$", page("command-line"), re.MULTILINE)
    for name, command in commands().items():
        has_json = any(action.dest == "json" for action in command._actions)
        assert has_json == (name != "open")
        assert name == "open" or name in headings
    assert set(headings) - {"Manners"} == set(commands()) - {"open"}


def test_the_table_of_formats_is_the_registry():
    rows = re.findall(r"^\| `([\w-]+)` \| \[(.+?)\]\((.+?)\.md\) \| (.+) \|$", page("formats"), re.MULTILINE)
    told = {(f, title): [cell.strip() == "yes" for cell in cells.split("|")] for f, title, _, cells in rows}
    assert told == {(f.id, f.title): [f.reads, f.writes, *asdict(f.holds).values()] for f in FORMATS}
    for _, _, name, _ in rows:
        assert page(name)


@pytest.mark.parametrize(
    "name",
    [
        "formats",
        "formats-jsonl",
        "formats-csv",
        "formats-xlsx",
        "formats-parquet",
        "formats-table",
        "command-line",
    ],
)
def test_links_of_the_guide_lead_somewhere(name):
    for target in re.findall(r"\]\(([\w-]+\.md)\)", page(name)):
        assert (GUIDE / target).is_file(), target


def test_the_guide_names_every_key_of_json_lines():
    from annotator.model.anchor import Anchor
    from annotator.model.records import Annotation, Article, Entity, Link, Progress

    bodies = [
        Article("", "").to_body(),
        Annotation("", "", "", "", (), Anchor(())).to_body(),
        Link("", "", "", "", "").to_body(),
        Entity("", "", "").to_body(),
        Progress("", "", "done").to_body(),
        jsonl._header_row(Header()),
        {"id": 1, "text": 1, "annotations": 1, "links": 1},
    ]
    assert {key for body in bodies for key in body} - code("formats-jsonl") == set()


def test_the_guide_names_every_column_of_csv():
    of = table_columns
    columns = {*of.SPANS, *of.SPANS_END, *of.ARTICLES, *of.LINKS, *of.ENTITIES}
    assert columns - code("formats-csv") == set()


def test_the_examples_of_the_guide_are_read(tmp_path, scheme):
    lines = re.findall(r"```\n(\{.*?)\n```", page("formats-jsonl"))
    path = tmp_path / "work.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    remarks = []
    (record,) = jsonl.read(path, scheme, lambda *remark: remarks.append(remark))
    assert remarks == []
    (fragment,) = record.annotations[0].fragments
    assert record.text[fragment.start : fragment.stop] == "The truce is not dead"


def test_the_limits_of_the_guide_are_those_of_the_program():
    assert f"{MAX_TEXT // 1_000_000} million characters" in page("formats")
    assert f"{json_lines.MAX_LINE // 1_000_000} MB" in page("formats")
