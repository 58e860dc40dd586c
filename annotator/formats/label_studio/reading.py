"""Read exports of Label Studio, JSON and JSON-MIN, task by task."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from annotator.formats.dataset import ArticleRecord, Dataset, Header, Remark
from annotator.formats.errors import FormatError
from annotator.formats.label_studio.config import Controls
from annotator.formats.label_studio.format import DESCRIBED
from annotator.formats.label_studio.labels import Configuration, configuration_of
from annotator.formats.label_studio.regions import Reader, kept_of, shelved
from annotator.formats.label_studio.tasks import Task, is_cancelled, task_of, text_of
from annotator.formats.label_studio.work import Work, progress_of
from annotator.formats.parts import bodies
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.canonical import identified
from annotator.formats.parts.decoding import MAX_TEXT, read_bytes
from annotator.formats.parts.file_names import part_name
from annotator.formats.parts.json_arrays import items
from annotator.formats.parts.lone_article import title_of
from annotator.formats.parts.plain_values import Shelf
from annotator.formats.parts.quoted_places import Places
from annotator.formats.parts.safe_xml import local_names, parsed_xml
from annotator.model.records import Article
from annotator.model.scheme import Label, Scheme
from annotator.model.text import says_nothing

MAX_CONFIG = 4_000_000


def read(path: Path, scheme: Scheme, remark: Remark) -> Dataset:
    """Look through the tasks, and the configuration beside them, then read them as they are asked for."""
    configuration = _configuration(path, remark)
    shelf, several = _looked_through(path)
    reader = Reader(Controls(_known(scheme, configuration)), several | configuration.several)
    header = Header(labels=configuration.labels, entities=shelf.entities)
    return Dataset(header, _Tasks(reader, configuration.texts, remark).records(path))


def _configuration(path: Path, remark: Remark) -> Configuration:
    beside = path.with_name(part_name(path.name, "config.xml"))
    if not beside.is_file():
        return Configuration()
    try:
        return configuration_of(local_names(parsed_xml(read_bytes(beside, MAX_CONFIG), beside.name)))
    except FormatError as error:
        remark(None, f"the configuration was not used: {error}", file=beside)
        return Configuration()


def _known(scheme: Scheme, configuration: Configuration) -> Iterator[Label]:
    """Yield the labels of the project with what the configuration adds to them, then those it adds."""
    declared = {label.id: label for label in configuration.labels}
    for label in scheme.labels:
        more = declared.pop(label.id, label).attributes
        added = tuple(a for a in more if label.attribute(a.name) is None)
        yield replace(label, attributes=(*label.attributes, *added))
    yield from declared.values()


def _looked_through(path: Path) -> tuple[Shelf, set[str]]:
    """Gather the entities that regions name, and the controls in which several choices were made."""
    shelf, several = Shelf(), set[str]()
    seen = usable = 0
    try:
        for _, item in items(path):
            seen += 1
            try:
                task = task_of(item)
                usable += bool(task.annotations or isinstance(item.get("data"), dict))
                for result in _results(task):
                    _look_at(result, shelf, several)
            except BadRecord:
                continue  # Reading it says so.
    except BadRecord as error:
        if not seen:
            raise FormatError(f"{path.name} is not an export of Label Studio: {error}") from error
    if not seen and path.stat().st_size == 0:
        raise FormatError(f"{path.name} is empty; there is nothing to import in it")
    if seen and not usable:
        raise FormatError(f"{path.name} is not an export of Label Studio: there are no tasks in it")
    return shelf, several


def _results(task: Task) -> Iterator[dict[str, Any]]:
    for annotation in (*task.annotations, *task.predictions):
        for result in bodies.rows_of(annotation, "result") if isinstance(annotation, dict) else ():
            if isinstance(result, dict) and isinstance(result.get("value"), dict):
                yield result


def _look_at(result: dict[str, Any], shelf: Shelf, several: set[str]) -> None:
    choices, kept = result["value"].get("choices"), kept_of(result)
    if isinstance(choices, list) and len(choices) > 1:
        several.add(str(result.get("from_name", "")))
    if kept:
        shelf.values(shelved(kept))
        shelf.values(kept.get("attributes", {}))


def _article(task: Task, text: str) -> Article:
    kept = bodies.row_of(task.kept.get("article", {}), "the article")
    data = {name: task.data[name] for name in DESCRIBED if isinstance(task.data.get(name), str)}
    own = {name: kept[name] for name in ("id", "sha256") if name in kept}
    extra = bodies.row_of(kept.get("extra", {}), "“extra”")
    titled = data if "title" in data or own else {**data, "title": title_of(text)}
    return bodies.article({**extra, **titled, **own})


class _Tasks:
    """Reads tasks, and counts what is left out of all of them."""

    def __init__(self, reader: Reader, texts: list[str], remark: Remark) -> None:
        self._reader, self._texts, self._remark = reader, texts, remark
        self._left: Counter[str] = Counter()
        self._predicted: Counter[bool] = Counter()

    def records(self, path: Path) -> Iterator[ArticleRecord]:
        try:
            for line, item in items(path):
                try:
                    yield self._record(task_of(item), line)
                except BadRecord as error:
                    self._remark(line, f"the task was left out: {error}")
        except BadRecord as error:
            self._remark(None, f"all that follows the last task that was read was left out: {error}")
        for message in self._said():
            self._remark(None, message)

    def _said(self) -> Iterator[str]:
        if self._left:
            left = ", ".join(f"{what} ({count:,})" for what, count in sorted(self._left.items()))
            yield f"only spans of texts are read; left out: {left}"
        if self._predicted[True]:
            yield f"predictions were taken in tasks that nobody annotated ({self._predicted[True]:,})"
        if self._predicted[False]:
            yield f"predictions were left out in tasks that somebody annotated ({self._predicted[False]:,})"

    def _record(self, task: Task, line: int) -> ArticleRecord:
        say = partial(self._remark, line)
        quotes = (r["value"].get("text") for r in _results(task))
        raw = text_of(task, self._texts, (q for q in quotes if isinstance(q, str)))
        if says_nothing(raw) or len(raw) > MAX_TEXT:
            raise BadRecord(
                "its text is empty" if says_nothing(raw) else f"its text is longer than {MAX_TEXT:,}"
            )
        places = Places(raw)
        article = identified(_article(task, places.text), places.text, say)
        work = Work(self._reader, places, article.id, say)
        for number, annotation in enumerate(self._annotations(task), 1):
            work.take(annotation, number, self._left)
        work.take_links(task)
        progress = progress_of(task, article.id, say)
        return ArticleRecord(article, places.text, tuple(work.annotations), tuple(work.links), progress, line)

    def _annotations(self, task: Task) -> Iterator[Any]:
        """Yield what people did; what models did only where nobody has done anything."""
        if task.predictions:
            self._predicted[not task.annotations] += 1
        if task.annotations:
            yield from (a for a in task.annotations if not isinstance(a, dict) or not is_cancelled(a))
            return
        for prediction in task.predictions:
            if isinstance(prediction, dict):
                model = str(prediction.get("model_version") or "predictions")
                yield {**prediction, "created_username": model, "origin": f"rule: {model}"}
