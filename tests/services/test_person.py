"""The name that signs a person's work."""

import json

import pytest

from annotator.services import person
from annotator.services.errors import Refused


@pytest.fixture(autouse=True)
def nobody_named(monkeypatch):
    monkeypatch.delenv("ANNOTATOR_NAME", raising=False)
    monkeypatch.setattr("getpass.getuser", lambda: "login")


def test_a_name_is_remembered_beside_what_else_is_there(home):
    assert person.recall(home) == ""
    home.folder.mkdir()
    (home.folder / "settings.json").write_text('{"other": 1}')
    assert person.remember(home, "  Ümit \n Öz ") == "Ümit Öz"
    assert person.recall(home) == "Ümit Öz"
    assert json.loads((home.folder / "settings.json").read_text("utf-8"))["other"] == 1


def test_the_environment_comes_first_then_the_memory_then_the_login(home, monkeypatch):
    assert person.acting(home) == "login"
    person.remember(home, "ann")
    assert person.acting(home) == "ann"
    monkeypatch.setenv("ANNOTATOR_NAME", "bob")
    assert person.acting(home) == "bob"


def test_somebody_without_a_login_is_the_annotator(home, monkeypatch):
    def unknown():
        raise OSError("no such user")

    monkeypatch.setattr("getpass.getuser", unknown)
    assert person.acting(home) == "annotator"


@pytest.mark.parametrize("content", ["", "{", "[]", '{"name": 3}', "\xff"])
def test_broken_settings_are_no_settings(home, content):
    home.folder.mkdir()
    (home.folder / "settings.json").write_text(content, encoding="latin-1")
    assert person.recall(home) == ""


@pytest.mark.parametrize("name", ["", "  ", "all", "Gold", "x" * 101])
def test_names_that_are_nobodys_are_refused(home, name):
    with pytest.raises(Refused):
        person.remember(home, name)


@pytest.mark.parametrize("name", ["a\x00b", "a\x07", "\x1b[31mann"])
def test_a_name_without_control_characters_is_asked_for(name):
    with pytest.raises(Refused, match="control character"):
        person.checked(name)
