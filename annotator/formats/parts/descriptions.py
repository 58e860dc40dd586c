"""Descriptions that people read, with what the format has no place for as JSON in their last line."""

from collections.abc import Mapping
from typing import Any

from annotator.formats.parts.bodies import MAX_DEPTH, BadRecord, check_value
from annotator.formats.parts.strict_json import parsed
from annotator.formats.parts.xml_writing import escaped_json, legal
from annotator.model.change import to_json

_NAME = "[Annotator]"
_AROUND = 4
"""How deep what is kept lies in the line."""


def described(words: str, kept: Mapping[str, Any]) -> str:
    """Join words with what is to be kept beside them."""
    shown = _shown(words)
    whole = {**kept, "words": words} if shown != words else kept
    json = f"{_NAME} {escaped_json(to_json(whole))}" if whole else ""
    return "\n\n".join(part for part in (shown, json) if part)


def parted(description: str) -> tuple[str, dict[str, Any]]:
    """Part a description into its words and what was kept; a broken last line counts as words."""
    before, _, last = description.rstrip().rpartition("\n")
    if not last.startswith(f"{_NAME} {{"):
        return description, {}
    try:
        kept: dict[str, Any] = parsed(last.removeprefix(_NAME), "the last line")
        check_value(kept, MAX_DEPTH + _AROUND)
    except BadRecord:
        return description, {}
    shown, words = before.rstrip(), kept.pop("words", None)
    # Whoever changed what is shown meant it.
    return (words, kept) if isinstance(words, str) and _shown(words) == shown else (shown, kept)


def _shown(words: str) -> str:
    return legal(words).replace("\r\n", "\n").replace("\r", "\n").replace(_NAME, "(Annotator)").strip()
