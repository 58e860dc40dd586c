"""Labels as a stranger's file describes them, made such that a scheme takes them."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from annotator.model.scheme import Label, Scheme, SchemeError

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_SHORT_COLOUR = re.compile(r"#([0-9a-fA-F])([0-9a-fA-F])([0-9a-fA-F])")


def checked_label(body: Mapping[str, Any], label_id: str) -> Label | None:
    """Make a label from the body that a scheme has of one; None when no scheme would take it."""
    try:
        kinds = [{"kind": a["entity"]} for a in body.get("attributes", ()) if a.get("kind") == "entity"]
        distinct = [kind for n, kind in enumerate(kinds) if kind not in kinds[:n]]
        trial = {"scheme": {"id": "trial"}, "entity": distinct, "label": [{**body, "id": "trial"}]}
        return replace(Scheme.from_body(trial).labels[0], id=label_id)
    except (SchemeError, AttributeError, KeyError, TypeError):
        return None


def colour_of(written: str) -> str:
    """Return a colour as #rrggbb, that of a label without one if it is none."""
    short = _SHORT_COLOUR.fullmatch(written)
    if short:
        return "#" + "".join(digit * 2 for digit in short.groups())
    return written if _COLOUR.fullmatch(written) else Label("", "").colour
