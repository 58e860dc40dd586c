"""XML for others to read: only characters that XML allows, the same markup for the same content."""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, tostring

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def legal(text: str) -> str:
    """Put U+FFFD in place of what XML can't hold."""
    return _ILLEGAL.sub("\ufffd", text)


def comes_back(text: str) -> bool:
    """Say whether a text is the same after it was written and parsed."""
    return "\r" not in text and not _ILLEGAL.search(text)


def escaped_json(text: str) -> str:
    """Spell what XML can't hold as JSON does."""
    return _ILLEGAL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def child(parent: Element, tag: str, attributes: Mapping[str, str] | None = None, text: str = "") -> Element:
    """Add an element to another one."""
    added = SubElement(parent, tag, {name: legal(value) for name, value in (attributes or {}).items()})
    added.text = legal(text) or None
    return added


def markup(element: Element) -> str:
    """Write an element in one line, without a declaration."""
    return tostring(element, encoding="unicode")
