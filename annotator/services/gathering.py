"""Gather what files hold, record by record: read once, whatever is chosen of it afterwards."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from annotator.formats.dataset import ArticleRecord, Header
from annotator.formats.registry import Format
from annotator.model.records import Link, Progress
from annotator.services.homes import Home, Homes, date_remark, is_textless, may_wait
from annotator.services.reading import read
from annotator.services.remarks import Remarks
from annotator.services.sorts import Incoming
from annotator.store.project import Project


@dataclass(slots=True, eq=False)
class ReadRecord:
    """What a file says of one article.

    `file` is where it stands if that isn't the file that was read, `link_files` where its links do, by
    source. `reviewed` is the whole record, where there are verdicts or answers.
    """

    number: int
    home: Home
    line: int | None
    file: Path | None
    is_cut: bool
    spans: list[Incoming]
    links: tuple[Link, ...]
    link_files: Mapping[str, Path]
    progress: tuple[Progress, ...] | None
    reviewed: ArticleRecord | None


@dataclass(slots=True, eq=False)
class ReadFile:
    """A file that was read: what it says once, and its records."""

    path: Path
    how: Format
    header: Header = field(default_factory=Header)
    records: list[ReadRecord] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return f"import: {self.path.name}"


class Gathering:
    """Reads files, and finds the article of each record. The project is only read."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self.scheme = project.scheme
        self.is_unused = not any(project.counts().layers.values())
        """Whether the project has no work yet, so that its scheme may give way to a later version."""
        self.files: list[ReadFile] = []
        self.remarks = Remarks()
        self._homes = Homes(project)
        self._waiting: list[tuple[ArticleRecord, ReadFile]] = []
        self._numbers = count()

    def take(self, path: Path, how: Format, tick: Callable[[], None]) -> int:
        """Take in one file whole, or raise FormatError; return how many of its records could be used."""
        file = ReadFile(path, how)
        dataset = read(how, path, self._project.scheme, self._saying(file))
        records = []
        with dataset.closing() as stream:
            for record in stream:
                records.append(record)
                tick()
        file.header = dataset.header
        self.files.append(file)
        if how.incidents_only:
            return len(file.header.entities)
        if how.labels_only:
            return len(file.header.labels)
        # Let go of each record as it is taken, so that a large file is not held twice.
        records.reverse()
        before = len(self._waiting)
        used = sum(self._take_record(records.pop(), file) for _ in range(len(records)))
        return used + len(self._waiting) - before

    @property
    def skipped(self) -> int:
        """How many articles came that were there already."""
        return self._homes.skipped

    def homes(self) -> tuple[Home, ...]:
        return self._homes.all()

    def new_homes(self) -> tuple[Home, ...]:
        """Return the articles that are new."""
        return tuple(home for home in self._homes.all() if home.is_new)

    def settle(self) -> None:
        """Find the articles of what had to wait until all files were read."""
        waiting, self._waiting = self._waiting, []
        for record, file in waiting:
            home = self._homes.find(record, str(file.path))
            if isinstance(home, Home):
                self._keep(record, home, file)
            else:
                self._leave_out(record, file, home)

    def let_go(self) -> None:
        """Forget all records."""
        for file in self.files:
            file.records = []

    def _saying(self, file: ReadFile) -> "Callable[..., None]":
        def say(line: int | None, message: str, /, *, file: Path | None = None) -> None:
            self.remarks.add(str(file or path), line, message)

        path = file.path
        return say

    def _take_record(self, record: ArticleRecord, file: ReadFile) -> bool:
        """Take in a record; one without its text waits for a file that has it."""
        home = self._homes.find(record, str(file.path))
        if isinstance(home, Home):
            self._keep(record, home, file)
            return True
        if may_wait(record):
            self._waiting.append((record, file))
        else:
            self._leave_out(record, file, home)
        return False

    def _leave_out(self, record: ArticleRecord, file: ReadFile, why: str) -> None:
        name = record.article.title or record.article.id
        where = str(record.file or file.path)
        self.remarks.add(where, record.line, f"the article “{name}” was left out: {why}")

    def _keep(self, record: ArticleRecord, home: Home, file: ReadFile) -> None:
        remark = date_remark(record.article) if home.is_new else ""
        if remark:
            self.remarks.add(str(record.file or file.path), record.line, remark)
        file.records.append(
            ReadRecord(
                next(self._numbers),
                home,
                record.line,
                record.file,
                is_textless(record) and home.article.sha256 == record.article.sha256,
                self._spans(record),
                record.links,
                record.files if record.links else {},
                record.progress,
                record if record.verdicts or record.replies else None,
            )
        )

    def _spans(self, record: ArticleRecord) -> list[Incoming]:
        lines, files, local, numbers = record.lines, record.files, record.local, self._numbers
        return [
            Incoming(
                claimed,
                next(numbers),
                lines.get(claimed.id, record.line),
                files.get(claimed.id, record.file),
                claimed.id in local,
            )
            for claimed in record.annotations
        ]
