"""Scheme files: the default one is read; a broken one is refused with what and where."""

import re
from pathlib import Path

import pytest

from annotator.formats import scheme_toml
from annotator.model.scheme import Scheme, SchemeError

DEFAULT = Path(__file__).parents[2] / "resources" / "schemes" / "conflict-news.toml"


def test_the_default_scheme_is_read_whatever_the_line_ends():
    content = DEFAULT.read_bytes().replace(b"\r\n", b"\n")
    scheme = scheme_toml.read(content)
    assert scheme.label("casualty").attribute("count").kind == "figure"
    assert scheme_toml.read(b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n")) == scheme
    assert Scheme.from_body(scheme.to_body()) == scheme


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", r"\[scheme\]"),
        (b"[scheme]\nid = \n", "line 2"),
        (b"[scheme]\nid = 'x'\n\xff", "line 3"),
        (b"[scheme]\nid = 'x'", "no labels"),
        (b"[scheme]\nid='x'\n[[label]]\nid='a'\nkey='1'\n[[label]]\nid='b'\nkey='1'", "share the key “1”"),
        (
            b"[scheme]\nid='x'\n[[label]]\nid='a'\nattributes=[{name='n', kind='colour'}]",
            "unknown kind “colour”",
        ),
        (b"a = " + b"[" * 5000, "nested|TOML"),
        (b"#" * (scheme_toml.MAX_BYTES + 1), "at most"),
    ],
)
def test_a_bad_scheme_is_refused_in_one_sentence(content, words):
    with pytest.raises(SchemeError, match=words) as refused:
        scheme_toml.read(content)
    assert "\n" not in str(refused.value)


HEAD = '[scheme]\nid = "x"\n'
LABEL = '[[label]]\nid = "a"\n'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (HEAD + "made = 2016-01-01\n" + LABEL, "“made” holds the date or time 2016-01-01"),
        (HEAD + "made = [2016-01-01T10:00:00Z]\n" + LABEL, "“made” holds the date or time"),
        (HEAD + "weight = nan\n" + LABEL, "“weight” holds nan"),
        (HEAD + LABEL + "weight = -inf\n", "“weight” holds -inf"),
        (HEAD + f"version = {10**30}\n" + LABEL, "“version” holds 1000"),
        (HEAD + "version = 0\n" + LABEL, "the version 0; count versions from 1"),
        (HEAD + "version = -1\n" + LABEL, "the version -1; count versions from 1"),
        (HEAD + LABEL + 'title = "a\\u0000b"\n', "“title” holds the control character U+0000"),
        (HEAD + LABEL + 'rule = "a\\u001bb"\n', "“rule” holds the control character U+001B"),
        (HEAD + LABEL + '"a\\u0007" = 1\n', "control character U+0007"),
        (HEAD + "".join(f'[[label]]\nid = "a{n}"\n' for n in range(201)), "201 labels; at most 200"),
    ],
)
def test_what_a_project_cannot_keep_is_one_sentence(content, words):
    with pytest.raises(SchemeError, match=re.escape(words)) as caught:
        scheme_toml.read(content.encode())
    assert "\n" not in str(caught.value)


def test_two_hundred_labels_and_lines_in_a_rule_are_fine():
    content = HEAD + "".join(f'[[label]]\nid = "a{n}"\nrule = """One.\n\tTwo."""\n' for n in range(200))
    assert len(scheme_toml.read(content.encode()).labels) == 200
