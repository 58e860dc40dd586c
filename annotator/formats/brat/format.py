"""brat standoff: a text, and beside it an `.ann` file with a line for each span; a folder for each layer.

The guide's page `formats-brat.md` documents it. The scheme stands in brat's own configuration files; what
brat has no place for is kept in `annotator.conf`. Offsets count code points. Reading is in
`brat_reading.py`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.formats.brat.conf import annotation_conf, visual_conf
from annotator.formats.brat.kept import NAME, article_line, header_line
from annotator.formats.brat.writing import AnnFile, brat_fragments
from annotator.formats.dataset import ArticleRecord, Dataset, Header, OpenPart, Remark
from annotator.formats.losses import Lost, quoted
from annotator.formats.parts.file_names import FileNames
from annotator.formats.parts.plain_values import Shelf
from annotator.model.records import Annotation, Link
from annotator.model.scheme import Scheme


def read(path: Path, scheme: Scheme, remark: Remark) -> Dataset:
    """Read every text and every `.ann` file in a folder; a layer may have a folder or a suffix of its own."""
    from annotator.formats.brat import reading as brat_reading

    return brat_reading.read(path, scheme, remark)


def write(dataset: Dataset, open_part: OpenPart) -> None:
    """Write the configuration, then the files of each article as it comes."""
    scheme = dataset.header.scheme or Scheme("", 1, "")
    _put(open_part, "annotation.conf", annotation_conf(scheme))
    _put(open_part, "visual.conf", visual_conf(scheme))
    folder = _Folder(dataset.header, scheme, open_part)
    with open_part(NAME) as kept:
        kept.write(header_line(dataset.header))
        for record in dataset:
            kept.write(folder.write(record))


def lost_of_record(record: ArticleRecord) -> Iterator[Lost]:
    """Name the spans that brat can't hold."""
    for a in record.annotations:
        if not brat_fragments(record.text, a.fragments):
            yield "spans of nothing but white space", quoted(a)


class _Folder:
    """Writes articles into the folder, where each layer has one of its own unless there is only one."""

    def __init__(self, header: Header, scheme: Scheme, open_part: OpenPart) -> None:
        self._scheme, self._open_part = scheme, open_part
        self._shelf = Shelf(header.entities)
        self._only = header.layers[0] if len(header.layers) == 1 else None
        self._stems, self._folders = FileNames(), FileNames()

    def write(self, record: ArticleRecord) -> bytes:
        """Write the files of an article; return the line that keeps the rest of it."""
        article = record.article
        stem = self._stems.name(article.id, article.title or "article")
        layers: dict[str, Any] = {}
        written: set[str] = set()
        for layer, marked in _by_layer(record).items():
            folder = "" if layer == self._only else self._folders.name(layer, layer)
            ann = AnnFile(self._scheme, self._shelf, record.text)
            for a in marked:
                ann.add(a)
            written |= {link.id for link in record.links if link.layer == layer and ann.link(link)}
            self._write_both(f"{folder}/{stem}" if folder else stem, record.text, ann)
            layers[folder] = {"layer": layer, "spans": ann.spans, "links": ann.links}
        if not layers:
            _put(self._open_part, f"{stem}.txt", record.text)
        rest: list[Link] = [link for link in record.links if link.id not in written]
        return article_line(stem, record, layers, rest)

    def _write_both(self, name: str, text: str, ann: AnnFile) -> None:
        _put(self._open_part, f"{name}.txt", text)
        _put(self._open_part, f"{name}.ann", "".join(f"{line}\n" for line in ann.lines))


def _by_layer(record: ArticleRecord) -> dict[str, list[Annotation]]:
    """Sort an article's spans by layer; whoever has read it and found nothing has none."""
    layers: dict[str, list[Annotation]] = {a.layer: [] for a in record.annotations}
    layers |= {p.annotator: [] for p in record.progress or () if p.state == "done"}
    for a in record.annotations:
        layers[a.layer].append(a)
    return dict(sorted(layers.items()))


def _put(open_part: OpenPart, name: str, content: str) -> None:
    # A lone surrogate, as in a note from a broken clipboard, is held by no UTF-8.
    with open_part(name) as file:
        file.write(content.encode("utf-8", "replace"))
