"""Read the CASes of a folder, a ZIP or one file, in either of their formats."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from cassis import View

from annotator.formats.cas.files import CasFile, cas_files
from annotator.formats.cas.kinds import Kinds
from annotator.formats.cas.merging import Found, merged, title_of
from annotator.formats.cas.reading import INITIAL_VIEW, Say, read_view
from annotator.formats.dataset import Dataset, Header, Remark
from annotator.formats.errors import FormatError
from annotator.model.records import Entity
from annotator.model.scheme import Label
from annotator.model.text import says_nothing

Load = Callable[[CasFile, Say], tuple[Iterable[View], Kinds]]
"""Reads the views of one file; raises FormatError when it is none."""


def read_cases(path: Path, suffix: str, load: Load, remark: Remark) -> Dataset:
    """Read every CAS, then bring together what is said of each article."""
    reader = _Reader(path, load, remark)
    found = list(reader.found(suffix))
    if not found:
        nothing = "a text that can be seen" if reader.has_files else f"a CAS ({suffix})"
        raise FormatError(next(iter(reader.problems.values()), f"{path.name} doesn't hold {nothing}"))
    for file, problem in reader.problems.items():
        reader.say(file, problem)
    entities: dict[str, Entity] = {}
    for entity in (entity for f in found for entity in f.reading.entities):
        entities.setdefault(entity.id, entity)
    header = Header(labels=reader.labels, entities=tuple(entities[key] for key in sorted(entities)))
    return Dataset(header, merged(found))


class _Reader:
    """Reads the files of one import; `problems` are what kept files out of it."""

    def __init__(self, path: Path, load: Load, remark: Remark) -> None:
        self.problems: dict[CasFile, str] = {}
        self.has_files = False
        self._path, self._load, self._remark = path, load, remark
        self._kinds: dict[int, Kinds] = {}

    @property
    def labels(self) -> tuple[Label, ...]:
        """What the type systems tell of the labels that were met."""
        labels: dict[str, Label] = {}
        for label in (label for kinds in self._kinds.values() for label in kinds.guessed):
            labels.setdefault(label.id, label)
        return tuple(labels.values())

    def found(self, suffix: str) -> Iterator[Found]:
        for file in cas_files(self._path, suffix, partial(self._remark, None)):
            self.has_files = True
            try:
                yield from self._readings(file)
            except FormatError as error:
                self.problems[file] = str(error)

    def say(self, file: CasFile, message: str) -> None:
        """Remark on a file in what is read."""
        if file.path == self._path:
            self._remark(None, message)
        else:
            self._remark(None, message, file=file.path)

    def _readings(self, file: CasFile) -> Iterator[Found]:
        say = partial(self.say, file)
        views, kinds = self._load(file, say)
        self._kinds[id(kinds)] = kinds
        for view in views:
            problem = _text_problem(view.sofa.sofaString)
            if problem:
                say(f"a text was left out: {problem}")
                continue
            text = view.sofa.sofaID
            title = title_of(file.name) if text == INITIAL_VIEW else f"{title_of(file.name)} ({text})"
            reading = read_view(view, kinds, f"{file.name}#{text}", title, say)
            yield Found(file.name, file.path, reading)


def _text_problem(text: str | None) -> str:
    if text is None:
        return "it is not in the file itself"
    return "it holds nothing but characters that can't be seen" if says_nothing(text) else ""
