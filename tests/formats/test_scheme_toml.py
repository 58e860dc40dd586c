"""Scheme files: the default one is read; a broken one is refused with what and where."""

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
