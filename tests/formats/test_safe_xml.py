"""XML from strangers: entities, external files and depth without end are refused in one sentence."""

import pytest

from annotator.formats.errors import FormatError
from annotator.formats.parts.safe_xml import parsed_xml

TWICE = [f'<!ENTITY l{n} "&l{n - 1};&l{n - 1};">' for n in range(1, 30)]
LAUGHS = f'<!DOCTYPE a [<!ENTITY l0 "ha">{"".join(TWICE)}]><a>&l29;</a>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


def test_plain_xml_is_read_with_its_characters():
    assert parsed_xml("<a b='é'>👩‍👩‍👧&#13;&#10;قُتل</a>".encode(), "a.xml").text == "👩‍👩‍👧\r\nقُتل"


@pytest.mark.parametrize("content", [LAUGHS, OUTSIDE, "<!DOCTYPE a><a/>"])
def test_document_types_and_entities_are_refused(content):
    with pytest.raises(FormatError, match=r"a\.xml declares a document type or entities"):
        parsed_xml(content.encode(), "a.xml")


@pytest.mark.parametrize(
    "content", [b"", b"<a>", b"\x00\x01", b"<a>&undefined;</a>", b'<?xml encoding="no-such"?><a/>']
)
def test_what_is_no_xml_is_refused(content):
    with pytest.raises(FormatError, match=r"a\.xml is not valid XML"):
        parsed_xml(content, "a.xml")


def test_depth_without_end_is_refused():
    with pytest.raises(FormatError, match="nested more than 200 levels"):
        parsed_xml(b"<a>" * 5_000 + b"</a>" * 5_000, "a.xml")
