"""Read TSV of WebAnno: one file, a folder as we write it, or a project that INCEpTION exported."""

from collections.abc import Iterator
from pathlib import Path

from annotator.formats.dataset import ArticleRecord, Dataset, Header, Remark
from annotator.formats.errors import FormatError
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.lone_article import title_of
from annotator.formats.parts.many_files import files_in, joined, records_of
from annotator.formats.webanno.document import Document
from annotator.formats.webanno.foreign import ForeignFile, is_of_words
from annotator.formats.webanno.own import OwnFile, said_by
from annotator.model.records import Entity
from annotator.model.scheme import Scheme
from annotator.model.text import says_nothing

_UNTOUCHED = "INITIAL_CAS"
_CURATED = "CURATION_USER"
_GOLD = "gold"


def read(path: Path, scheme: Scheme, remark: Remark) -> Dataset:
    """Read everything at once: what is said of entities stands in each file."""
    reader = _Reader(scheme, remark)
    records = tuple(joined(reader.records(path)))
    return Dataset(Header(entities=tuple(reader.entities.values())), records)


class _Reader:
    """Reads files, and gathers what they tell of entities."""

    def __init__(self, scheme: Scheme, remark: Remark) -> None:
        self.entities: dict[str, Entity] = {}
        self._scheme, self._remark = scheme, remark
        self._said: set[str] = set()

    def records(self, path: Path) -> Iterator[ArticleRecord]:
        if not path.is_dir():
            return self._read(path, self._remark)
        paths = files_in(path, (".tsv",))
        worked_on = [p for p in paths if p.stem != _UNTOUCHED]
        if not paths:
            raise FormatError(f"{path.name} holds no TSV: none of its files ends in .tsv")
        if worked_on and len(worked_on) < len(paths):
            untouched = len(paths) - len(worked_on)
            self._remark(
                None, f"{untouched:,} × {_UNTOUCHED}.tsv was left out: it is from before the work began"
            )
        return records_of(worked_on or paths, self._read, self._remark)

    def _read(self, path: Path, remark: Remark) -> Iterator[ArticleRecord]:
        document = Document(path, remark)
        if says_nothing(document.text):
            raise FormatError(f"{path.name} holds no text; there is nothing to annotate in it")
        name = f"{path.parent.name}/{path.name}"
        yield self._own(document, name, remark) or self._foreign(document, name, remark)

    def _own(self, document: Document, name: str, remark: Remark) -> ArticleRecord | None:
        """Read a file of ours; None when it is none, or what we said in it makes no sense."""
        for comment in (c for c in document.comments if not c.name):
            try:
                file = OwnFile(document, said_by(comment), name, remark)
                record = file.record()
            except BadRecord as error:
                remark(comment.line, f"what is said of the article was left out: {error}")
                continue
            for entity in file.entities():
                self.entities.setdefault(entity.id, entity)
            return record
        return None

    def _foreign(self, document: Document, name: str, remark: Remark) -> ArticleRecord:
        for layer in filter(is_of_words, document.layers):
            self._say_once(f"the layer “{layer.name}” was left out: it describes each word", remark)
        if document.has_gaps:
            self._say_once(_GAPS, remark)
        title, whose = _from_place(document.path)
        title = title or title_of(document.text) or document.path.stem
        return ForeignFile(document, title, whose, name, remark).record(self._scheme)

    def _say_once(self, message: str, remark: Remark) -> None:
        if message not in self._said:
            self._said.add(message)
            remark(None, message)


_GAPS = (
    "the file does not hold what stands between sentences; line ends and spaces were put there, and the text"
    " may differ from the original"
)


def _from_place(path: Path) -> tuple[str, str]:
    """Tell an article's title and its annotator from where INCEpTION puts the file in its exports."""
    folder = path.absolute().parent
    if folder.parent.name == "annotation":
        return folder.name, "" if path.stem == _UNTOUCHED else path.stem
    if folder.parent.name == "curation" and path.stem == _CURATED:
        return folder.name, _GOLD
    return "", ""
