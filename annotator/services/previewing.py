"""The first records of an export, as they will stand in its files."""

from io import BytesIO

from annotator.formats.dataset import Dataset
from annotator.formats.losses import quoted
from annotator.formats.parts.file_names import part_name
from annotator.formats.registry import Format
from annotator.services.exporting import Export

ARTICLES = 3
LINES = 60
"""Lines shown of each file."""
WIDTH = 1_500
"""Characters shown of a line."""


class _Shown(BytesIO):
    """A file in memory that can still be looked at when a format has closed it."""

    def close(self) -> None:
        """Leave it open: the memory goes with it."""


def first_records(export: Export, how: Format) -> str:
    """Write the first articles in memory, and return the beginning of each file."""
    # A row of incidents is made of all articles, so a few of them would show other figures.
    dataset = export.first(export.articles if how.incidents_only else ARTICLES)
    if how.binary:
        return _in_words(dataset)
    files: dict[str, _Shown] = {}

    def open_part(name: str) -> BytesIO:
        files[name] = _Shown()
        return files[name]

    how.write(dataset, open_part)
    shown = [_shown(name, content.getvalue(), how) for name, content in files.items() if content.getvalue()]
    return "\n\n".join(shown)


def _shown(name: str, content: bytes, how: Format) -> str:
    text = content[: LINES * 4 * WIDTH].decode("utf-8-sig", "replace")
    lines = text.splitlines()
    shown = [line if len(line) <= WIDTH else f"{line[:WIDTH]} …" for line in lines[:LINES]]
    more = ["…"] if len(lines) > LINES or len(content) > LINES * 4 * WIDTH else []
    called = name if how.folder else part_name(f"annotations{how.suffixes[0]}", name)
    return "\n".join([f"— {called} —", *shown, *more])


def _in_words(dataset: Dataset) -> str:
    """Tell of records that stand in a file nobody can read by eye."""
    lines: list[str] = []
    for record in dataset:
        lines.append(f"— {record.article.title or record.article.id} —")
        for a in record.annotations[:LINES]:
            places = ", ".join(f"{f.start}–{f.stop}" for f in a.fragments)
            lines.append(f"{quoted(a)}, {a.layer}, {places}")
    return "\n".join(lines)
