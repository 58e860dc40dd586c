"""Words as HTML, underlined where others differ; whatever they hold is shown as it is."""

import html
from collections.abc import Callable, Sequence

Shorten = Callable[[str], str]


def marked(stretches: Sequence[tuple[str, bool]], style: str, shorten: Shorten = str) -> str:
    """Write stretches, of which each is marked or not; those that aren't may be shortened."""
    parts = []
    for said, differs in stretches:
        safe = html.escape(said if differs else shorten(said), quote=False)
        parts.append(_underlined(safe) if differs else safe)
    return f'<div style="{style}">{"".join(parts)}</div>'


def _underlined(said: str) -> str:
    """Underline words and not the white space around them, unless there is nothing else."""
    inner = said.strip() or said
    head, _, tail = said.partition(inner)
    return f"{head}<u>{inner}</u>{tail}"
