"""Descriptions that people read, with what the format has no place for as JSON in their last line."""

import re
from collections.abc import Mapping
from typing import Any

from annotator.formats.bodies import BadRecord, row_of
from annotator.formats.strict_json import parsed
from annotator.formats.xml_writing import escaped_json, legal
from annotator.model.change import to_json

_NAME = "[Annotator]"
_KEPT = re.compile(r"\s*^\[Annotator\] (\{.*\})\s*\Z", re.MULTILINE)


def described(words: str, kept: Mapping[str, Any]) -> str:
    """Join words with what is to be kept beside them."""
    shown = _shown(words)
    whole = {**kept, "words": words} if shown != words else kept
    json = f"{_NAME} {escaped_json(to_json(whole))}" if whole else ""
    return "\n\n".join(part for part in (shown, json) if part)


def parted(description: str) -> tuple[str, dict[str, Any]]:
    """Part a description into its words and what was kept; a broken last line counts as words."""
    found = _KEPT.search(description)
    if not found:
        return description, {}
    try:
        kept = row_of(parsed(found[1], "the last line"), "the last line")
    except BadRecord:
        return description, {}
    shown, words = description[: found.start()], kept.pop("words", None)
    # Whoever changed what is shown meant it.
    return (words, kept) if isinstance(words, str) and _shown(words) == shown else (shown, kept)


def _shown(words: str) -> str:
    return legal(words).replace("\r\n", "\n").replace("\r", "\n").replace(_NAME, "(Annotator)").strip()
