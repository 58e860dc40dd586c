"""What formats share: names of files, names of libraries, entities that stand with their names."""

import tomllib
from pathlib import Path

import pytest

from annotator.formats import registry
from annotator.formats.errors import FormatError
from annotator.formats.extras import REQUIREMENTS, missing
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.file_names import FileNames, part_name
from annotator.formats.parts.plain_values import Shelf
from annotator.formats.registry import FORMATS
from annotator.model.records import Entity
from annotator.model.scheme import Attribute

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Raid on Hama: 9 dead?", "Raid-on-Hama-9-dead"),
        ("../../etc/passwd", "etc-passwd"),
        ("قُتل تسعة", "قُتل-تسعة"),
        ("", "x"),
        ("CON", "x-CON"),
        ("nul.txt", "x-nul.txt"),
        ("...", "x"),
        ("é" * 100, "é" * 60),
    ],
)
def test_any_words_make_a_name_that_every_system_holds(words, name):
    assert FileNames().name("k", words) == name


def test_names_are_told_apart_whatever_the_case_and_stay_the_same():
    names = FileNames()
    assert [names.name(key, words) for key, words in (("a", "Raid"), ("b", "raid"), ("c", "Raid-2"))] == [
        "Raid",
        "raid-2",
        "Raid-2-2",
    ]
    assert names.name("a", "anything") == "Raid"


def test_each_library_is_an_extra_of_the_package():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [r for name in project["optional-dependencies"] for r in project["optional-dependencies"][name]]
    for module in {module for how in FORMATS for module in how.needs}:
        assert REQUIREMENTS[module] in extras


def test_a_missing_library_is_one_sentence_with_the_command(monkeypatch):
    assert missing(()) == ""
    monkeypatch.setitem(REQUIREMENTS, "no_such_library", "no-such-library>=1")
    assert missing(["no_such_library"]) == 'install it with: python -m pip install "no-such-library>=1"'
    how = registry.Format("x", "Odd format", "jsonl", (".x",), FORMATS[0].holds, needs=("no_such_library",))
    with pytest.raises(FormatError, match="Odd format needs a library that isn't installed; install it with"):
        how.read(Path("a.x"), None, None)


def test_parts_are_named_after_the_main_file():
    assert part_name("work.csv", "") == "work.csv"
    assert part_name("work.csv", "links") == "work.links.csv"
    assert part_name("work.json", "config.xml") == "work.config.xml"


def test_an_entity_stands_with_its_name_and_comes_back():
    shelf = Shelf([Entity("e1", "actor", "John", merged_into="e2"), Entity("e2", "actor", "Kerry")])
    attributes = [Attribute("who", "entity", entity="actor"), Attribute("why", "text")]
    plain = shelf.plain(attributes, {"who": "e1", "why": "e1", "more": 1})
    assert plain == {"who": {"id": "e1", "kind": "actor", "name": "Kerry"}, "why": "e1", "more": 1}
    reading = Shelf()
    assert reading.values(plain) == {"who": "e1", "why": "e1", "more": 1}
    assert reading.entities == (Entity("e1", "actor", "Kerry"),)


def test_unknown_entities_and_odd_values_stay_as_they_are():
    attributes = [Attribute("who", "entity", entity="actor")]
    assert Shelf().plain(attributes, {"who": "gone"}) == {"who": "gone"}
    odd = {"who": {"id": 1, "kind": "actor", "name": "x"}}
    assert Shelf().values(odd) == odd
    with pytest.raises(BadRecord, match="not an object"):
        Shelf().values([])


def test_merges_in_a_circle_end():
    shelf = Shelf([Entity("a", "actor", "A", merged_into="b"), Entity("b", "actor", "B", merged_into="a")])
    assert shelf.name_of("a") in ("A", "B")
