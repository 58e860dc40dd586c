"""UCDP-shaped CSV: one row an incident, in the columns of the Georeferenced Event Dataset.

The guide's page `formats-ucdp.md` says by which rule the reports of an incident make one row.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from annotator.formats.dataset import ArticleRecord, Dataset, Header, OpenPart
from annotator.formats.incidents.columns import GED, OWN
from annotator.formats.incidents.estimates import estimate
from annotator.formats.incidents.kinds import (
    PLACE,
    PRECISION,
    TYPE,
    IncidentKind,
    incident_kinds,
)
from annotator.formats.incidents.reading import read
from annotator.formats.incidents.reports import Named, Report, ReportsOf
from annotator.formats.losses import Lost
from annotator.formats.parts.cells import Cell, guarded, list_cell
from annotator.model.dates import date_problem, first_day, last_day
from annotator.model.records import Article, Entity

__all__ = ["lost_of_header", "lost_of_record_in", "read", "write"]

_DAYS = ((1, 1), (6, 2), (7, 3), (31, 4))
"""The most days that a date with some precision can be."""


def write(dataset: Dataset, open_part: OpenPart) -> None:
    """Write the incidents by date, then name."""
    text = io.TextIOWrapper(open_part(""), "utf-8-sig", errors="replace", newline="", write_through=False)
    writer = csv.writer(text)
    writer.writerow([*GED, *OWN])
    for row in sorted(
        _rows(dataset), key=lambda row: [str(row[key]) for key in ("date_start", "name", "id")]
    ):
        writer.writerow([guarded(row.get(name, "")) for name in (*GED, *OWN)])
    text.detach()


def lost_of_header(header: Header) -> Iterator[Lost]:
    """Name what a table of incidents has no place for."""
    if not header.scheme:
        return
    yield "scheme with its labels, rules, examples, colours and keys", header.scheme.title
    kinds = incident_kinds(header.scheme)
    for entity in header.entities:
        if entity.kind not in kinds:
            yield "people, organisations and others that are no incidents", entity.name
        elif entity.merged_into:
            yield "other names of incidents", entity.name
        else:
            yield from _lost_of_incident(entity, kinds[entity.kind])


def lost_of_record_in(header: Header) -> Callable[[ArticleRecord], Iterable[Lost]]:
    """Return what names the work that makes no row, which only scheme and entities can tell."""
    named = Named(header)

    def lost_of_record(record: ArticleRecord) -> Iterator[Lost]:
        yield "articles, of which only those that counts are from are named", _named(record.article)
        yield from ReportsOf(record, named).lost
        yield from (("links", f"{link.type}, by {link.layer}") for link in record.links)

    return lost_of_record


def _lost_of_incident(entity: Entity, kind: IncidentKind) -> Iterator[Lost]:
    if entity.note:
        yield "notes on incidents", entity.name
    when = entity.attributes.get(kind.date)
    if when is not None and date_problem(when):
        yield "dates of incidents that are none", f"{entity.name}: {when}"
    if set(entity.attributes) - {kind.date, PLACE, PRECISION, TYPE}:
        yield "incidents with further values", entity.name


def _rows(dataset: Dataset) -> Iterator[Mapping[str, Cell]]:
    """Make a row of each incident, also of those that nothing is reported of or nobody has named."""
    scheme = dataset.header.scheme
    if scheme is None:
        return
    kinds, named = incident_kinds(scheme), Named(dataset.header)
    reports: dict[str, list[Report]] = {
        e.id: [] for e in dataset.header.entities if e.kind in kinds and not e.merged_into
    }
    for record in dataset:
        for report in ReportsOf(record, named).reports:
            reports.setdefault(report.incident, []).append(report)
    for incident, told in reports.items():
        entity = named.entities.get(incident) or Entity(incident, "", "")
        yield {
            "id": incident,
            "name": entity.name,
            **_described(entity, kinds.get(entity.kind)),
            **_counted(told),
            **_sources(told, named.entities),
        }


def _described(entity: Entity, kind: IncidentKind | None) -> dict[str, Cell]:
    """Write where and when an incident was."""
    if kind is None:
        return {"date_start": ""}
    place, precision, what = (_text(entity.attributes.get(name)) for name in (PLACE, PRECISION, TYPE))
    choices = kind.values(PRECISION)
    number = choices.index(precision) if precision in choices else 0
    return {
        "where_prec": number or "",
        "where_coordinates": place,
        "where_description": place,
        "type": what,
        **_dated(entity.attributes.get(kind.date)),
    }


def _dated(value: object) -> dict[str, Cell]:
    if not isinstance(value, str) or date_problem(value):
        return {"date_start": ""}
    start, _, stop = value.partition("/")
    first, last = first_day(start), last_day(stop or start)
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    precision = next((number for most, number in _DAYS if days <= most), 5)
    return {"year": int(first[:4]), "date_prec": precision, "date_start": first, "date_end": last}


def _counted(reports: Sequence[Report]) -> dict[str, Cell]:
    ids = [r.annotation for report in reports for r in (report, *report.parts)]
    made = estimate(reports)
    figures = {"low": made.low, "best": made.best, "high": made.high, **made.deaths} if made else {}
    return {**figures, "reports": len(reports), "annotations": list_cell(ids)}


def _sources(reports: Sequence[Report], entities: Mapping[str, Entity]) -> dict[str, Cell]:
    """Name the articles, each once and in one order in all columns, and who said so in them."""
    articles = list({report.article.id: report.article for report in reports}.values())
    sources = dict.fromkeys(report.source for report in reports)
    return {
        "number_of_sources": len(articles),
        "source_article": list_cell(", ".join(filter(None, _said(article))) for article in articles),
        "source_office": list_cell(article.outlet for article in articles),
        "source_date": list_cell(article.published for article in articles),
        "source_headline": list_cell(article.title for article in articles),
        "source_original": list_cell(entities[s].name for s in sources if s in entities),
    }


def _said(article: Article) -> tuple[str, ...]:
    return article.outlet, article.published, _named(article)


def _named(article: Article) -> str:
    return article.title or article.id


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
