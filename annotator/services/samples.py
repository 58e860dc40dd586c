"""The sample project: the article everybody begins with and two examples of work on it, as one's own copy."""

import tempfile
import tomllib
from pathlib import Path

from annotator import resources
from annotator.formats.errors import FormatError
from annotator.formats.own import format as jsonl
from annotator.formats.scheme_toml import read as read_scheme
from annotator.model.change import Draft, Revision
from annotator.model.records import Annotation, Link
from annotator.model.scheme import Scheme
from annotator.services import articles
from annotator.store.home import Home
from annotator.store.project import Project

NAME = "Sample.annotator"
TITLE = "Aleppo ceasefire, Sept 2016"


def sample(home: Home) -> Path:
    """Return the sample project in the app-data folder; it is made when it isn't there yet."""
    path = home.samples / NAME
    if not path.exists():
        home.samples.mkdir(parents=True, exist_ok=True)
        _make(path, home)
    return path


def built_in_scheme() -> Scheme:
    """Return the scheme that comes with the program."""
    return read_scheme(resources.path("schemes", "conflict-news.toml").read_bytes())


def _make(path: Path, home: Home) -> None:
    """Make the sample beside its place and move it there, so that it is never seen half made."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".making-") as folder:
        draft = Path(folder) / NAME
        with Project.create(draft, scheme=built_in_scheme(), title=TITLE, home=home) as project:
            described = tomllib.loads(resources.path("samples", "aleppo.toml").read_text(encoding="utf-8"))
            raw = resources.path("samples", "aleppo.txt").read_text(encoding="utf-8")
            articles.add(project, actor="", raw=raw, **described)
            _add_examples(project)
        draft.replace(path)


def _add_examples(project: Project) -> None:
    """Let two invented annotators have read the article, so that there is something to review at once."""
    path = resources.path("samples", "aleppo-examples.jsonl")
    dataset = jsonl.read(path, project.scheme, _refuse)
    (record,) = dataset
    shared = [Revision.of(entity) for entity in dataset.header.entities]
    for progress in record.progress or ():
        work: tuple[Annotation | Link, ...] = (*record.annotations, *record.links)
        own = [Revision.of(thing) for thing in work if thing.layer == progress.annotator]
        revisions = (*shared, *own, Revision.of(progress))
        project.commit(Draft("mark the sample article", "", revisions))
        shared = []


def _refuse(line: int | None, message: str, /, *, file: Path | None = None) -> None:
    """Make no sample of examples that aren't all good."""
    raise FormatError(f"{file or 'the sample'} can't be used, in line {line} {message}")
