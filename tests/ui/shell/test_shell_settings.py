"""What is remembered, and that damage to it is forgotten without a word."""

import pytest
from PySide6.QtCore import QByteArray

from annotator.ui.settings import READ_ARTICLES, RECENT, Place, Settings


def test_everything_comes_back(home, tmp_path):
    file = tmp_path / "a.annotator"
    file.touch()
    settings = Settings(home)
    settings.theme = "dark"
    settings.text_size = 17.5
    settings.has_tagged = True
    settings.keep_shape("window", QByteArray(b"\x01\x02"))
    settings.keep_recent(file)
    place = Place("a1", scroll=(120, 7), selected="s1", page="sources", read={"a1": [0, 40]})
    settings.keep_place("p-1", place)
    settings.save()
    again = Settings(home)
    assert (again.theme, again.text_size, again.has_tagged) == ("dark", 17.5, True)
    assert again.shape("window") == QByteArray(b"\x01\x02")
    assert again.recent() == [file]
    assert again.place("p-1") == place


def test_at_first_there_is_nothing(home):
    settings = Settings(home)
    assert (settings.theme, settings.has_tagged, settings.recent()) == ("system", False, [])
    assert settings.place("p") == Place()
    assert settings.shape("window").isEmpty()


@pytest.mark.parametrize(
    "content",
    ["", "no json", "[]", '{"scroll": 5}', '{"read": {"a": ["x"]}}', "null", '{"scroll": ["a", 1]}'],
)
def test_a_damaged_place_is_forgotten(home, content):
    settings = Settings(home)
    settings.keep_place("p", Place("a"))
    (home.folder / "places" / "p.json").write_text(content)
    assert settings.place("p") == Place()


@pytest.mark.parametrize(
    "content", ["[General]\ntheme=purple\ntext_size=abc\nrecent=@Invalid()", "\x00\xff\n[[["]
)
def test_damaged_settings_are_forgotten(home, content):
    home.folder.mkdir(parents=True)
    (home.folder / "settings.ini").write_text(content, encoding="latin-1")
    settings = Settings(home)
    assert settings.theme == "system"
    assert 8 <= settings.text_size <= 40
    assert settings.recent() == []


def test_recent_projects_are_the_newest_that_exist(home, tmp_path):
    settings = Settings(home)
    files = [tmp_path / f"{n}.annotator" for n in range(RECENT + 3)]
    for file in files:
        file.touch()
        settings.keep_recent(file)
    settings.keep_recent(files[5])
    assert settings.recent()[:2] == [files[5], files[-1]]
    assert len(settings.recent()) == RECENT
    files[5].unlink()
    assert settings.recent()[0] == files[-1]


def test_read_paragraphs_of_old_articles_are_forgotten():
    place = Place()
    for number in range(READ_ARTICLES + 5):
        place.keep_read(f"a{number}", [3, 1])
    assert len(place.read) == READ_ARTICLES
    assert "a0" not in place.read
    assert place.read[f"a{READ_ARTICLES}"] == [1, 3]


def test_a_folder_that_cannot_be_written_only_forgets(home):
    home.folder.parent.mkdir(parents=True, exist_ok=True)
    home.folder.write_text("a file in the way")
    settings = Settings(home)
    settings.keep_place("p", Place("a"))
    settings.save()
    assert settings.place("p") == Place()
