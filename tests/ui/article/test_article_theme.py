"""Colours that can be read, in light and dark; files that are found."""

import pytest
from PySide6.QtGui import QColor

from annotator import resources
from annotator.model.scheme import Scheme
from annotator.ui.article.inks import PATTERNS, Inks, pattern_number
from annotator.ui.theme import DARK, LIGHT, LINE_CONTRAST, TEXT_CONTRAST, Theme, contrast

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


@THEMES
@pytest.mark.parametrize(
    ("words", "grounds"),
    [
        (
            "text",
            ("window", "surface", "raised", "hover", "accent_soft", "selection", "match", "match_current"),
        ),
        ("heading", ("surface", "window")),
        ("muted", ("surface", "window", "raised")),
        ("accent", ("surface", "window")),
        ("on_accent", ("accent",)),
        ("note_text", ("note",)),
        ("bad", ("surface", "bad_soft", "window")),
        ("good", ("surface", "window")),
    ],
)
def test_words_stand_out_from_what_is_behind_them(theme: Theme, words: str, grounds: tuple[str, ...]) -> None:
    for ground in grounds:
        assert contrast(QColor(getattr(theme, words)), QColor(getattr(theme, ground))) >= TEXT_CONTRAST, (
            ground
        )


@THEMES
@pytest.mark.parametrize("colour", ["#ffff00", "#000000", "#ffffff", "#3d6fd9", "#d1495b", "#1f9e78"])
def test_any_colour_of_a_label_is_shaded_until_it_can_be_read(theme: Theme, colour: str) -> None:
    assert contrast(theme.ink(colour), QColor(theme.surface)) >= TEXT_CONTRAST
    assert contrast(theme.on(colour), QColor(colour)) >= TEXT_CONTRAST


@THEMES
def test_underlines_stand_out(theme: Theme, scheme: Scheme) -> None:
    inks = Inks(scheme, theme)
    for label in scheme.labels:
        assert contrast(inks.of(label.id).line, QColor(theme.surface)) >= LINE_CONTRAST


def test_no_two_main_labels_have_the_same_pattern(scheme: Scheme) -> None:
    main = [label for label in scheme.labels if not label.helper]
    assert len({pattern_number(scheme, label) for label in main}) == len(main)
    assert len(set(PATTERNS)) == len(PATTERNS)


def test_resources_are_found() -> None:
    assert resources.path("schemes", "conflict-news.toml").is_file()
    assert resources.path("samples", "aleppo.txt").is_file()


def test_resources_of_a_wheel_come_before_those_beside_it(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path_factory.mktemp("annotator")
    monkeypatch.setattr(resources, "_HERE", package)
    assert resources.path("x") == package.parent / "resources" / "x"
    (package / "resources").mkdir()
    assert resources.path("x") == package / "resources" / "x"
