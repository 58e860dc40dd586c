"""Read tables of incidents in the columns of UCDP: its own releases, excerpts of them, and ours."""

import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from annotator.formats.dataset import Dataset, Header, Remark
from annotator.formats.errors import FormatError
from annotator.formats.incidents.columns import DEATHS, OWN
from annotator.formats.incidents.kinds import PLACE, PRECISION, TYPE, IncidentKind, incident_kinds
from annotator.formats.parts import bodies
from annotator.formats.parts.bodies import MAX_NAME, BadRecord
from annotator.formats.parts.cells import unguarded
from annotator.formats.parts.decoding import encoding_of
from annotator.formats.parts.derived_ids import derived_id
from annotator.formats.parts.sheets import CsvFile
from annotator.model import date_words
from annotator.model.dates import date_problem, first_day, last_day
from annotator.model.records import Entity
from annotator.model.scheme import Attribute, EntityKind, Scheme

_BOUNDS = ("low", "best", "high")
_PRECISIONS = (
    *("not stated", "exact", "near", "district", "province", "linear or fuzzy", "country", "sea or air"),
)
_INCIDENT = IncidentKind(
    EntityKind(
        "incident",
        "Incident",
        (
            Attribute(PLACE, "text"),
            Attribute(PRECISION, "choice", _PRECISIONS),
            Attribute("date", "date"),
            Attribute(TYPE, "text"),
        ),
    ),
    "date",
)
_NUMBER = re.compile(r"(\d{1,12})(?:\.0*)?", re.ASCII)
_MAX_PLACE = 100
"""Characters of a place in the name of an incident; descriptions can be whole paragraphs."""

Row = Mapping[str, str]


def read(path: Path, scheme: Scheme, remark: Remark) -> Dataset:
    """Read each row as an incident."""
    kinds = incident_kinds(scheme)
    kind = kinds.get("incident") or next(iter(kinds.values()), None)
    with closing(CsvFile(path, encoding_of(path), "replace").lines()) as lines:
        _, head = next(lines, (1, []))
        columns = tuple(name.strip().lower() for name in head)
        missing = [name for name in _BOUNDS if name not in columns]
        if missing:
            raise FormatError(f"{path.name} has no column “{missing[0]}”; a table of incidents needs one")
        entities = tuple(_Reader(kind or _INCIDENT, columns, remark).entities(lines))
    brought = None if kind else Scheme("ucdp", 1, "UCDP", entities=(_INCIDENT.kind,))
    return Dataset(Header(scheme=brought, entities=entities), ())


class _Reader:
    """Makes an incident of each row."""

    def __init__(self, kind: IncidentKind, columns: tuple[str, ...], remark: Remark) -> None:
        self._kind, self._columns, self._remark = kind, columns, remark
        self._is_own = set(OWN) <= set(columns)
        self._seen: set[str] = set()

    def entities(self, lines: Iterator[tuple[int, list[str]]]) -> Iterator[Entity]:
        for line, cells in lines:
            if not any(cells):
                continue
            try:
                yield self._entity(line, cells)
            except BadRecord as error:
                self._remark(line, f"the incident was left out: {error}")

    def _entity(self, line: int, cells: list[str]) -> Entity:
        row = self._row(cells)
        own_id = self._id(row)
        attributes = self._attributes(row)
        name = self._name(row, attributes)
        body = {
            "id": own_id,
            "kind": self._kind.kind.id,
            "name": name,
            "attributes": attributes,
            "note": _figures_in_words(row),
            "ucdp": {key: cell for key, cell in row.items() if key not in OWN},
        }
        entity = bodies.entity(body)
        self._seen.add(own_id)
        for doubt in self._doubts(row, attributes):
            self._remark(line, f"“{name}” was taken, but {doubt}")
        return entity

    def _row(self, cells: list[str]) -> dict[str, str]:
        if any(cells[len(self._columns) :]):
            raise BadRecord(f"it has {len(cells):,} cells and the head {len(self._columns):,}")
        # An apostrophe may begin the name of a place; only our own is a guard.
        own = [unguarded(cell) if self._is_own else cell for cell in cells]
        pairs = zip(self._columns, (cell.strip() for cell in own), strict=False)
        return {key: cell for key, cell in pairs if key and cell}

    def _id(self, row: Row) -> str:
        """Keep an id of our own; of a stranger's make one that no other file's number can be."""
        given = bodies.name_of(row, "id")
        own_id = given if self._is_own and given else derived_id("ucdp", given or sorted(row.items()))
        if own_id in self._seen:
            raise BadRecord(f"“{given}” was there before" if given else "the same row was there before")
        return own_id

    def _attributes(self, row: Row) -> dict[str, Any]:
        choices = self._kind.values(PRECISION)
        number = _number(row.get("where_prec", ""))
        known = {
            PLACE: _place(row),
            PRECISION: choices[number] if number is not None and number < len(choices) else "",
            self._kind.date: _date(row),
            TYPE: row.get("type", "") if self._is_own else "",
        }
        return {name: value for name, value in known.items() if value}

    def _name(self, row: Row, attributes: Mapping[str, Any]) -> str:
        if self._is_own and row.get("name"):
            return row["name"][:MAX_NAME]
        what = _place(row) or row.get("dyad_name") or row.get("conflict_name") or row.get("id", "")
        short = what if len(what) <= _MAX_PLACE else f"{what[: _MAX_PLACE - 1]}…"
        when = attributes.get(self._kind.date, "").replace("/", " to ")
        return ", ".join(filter(None, (short, when))) or "Incident"

    def _doubts(self, row: Row, attributes: Mapping[str, Any]) -> Iterator[str]:
        """Say what is odd in a row that was taken all the same."""
        for name in (*_BOUNDS, *DEATHS):
            if row.get(name) and _number(row[name]) is None:
                yield f"its {name} “{row[name][:40]}” is no whole number"
        known = [n for name in _BOUNDS if (n := _number(row.get(name, ""))) is not None]
        if known != sorted(known):
            yield f"its figures break low ≤ best ≤ high: {_spelled(row, _BOUNDS)}"
        if not attributes.get(PLACE) and not attributes.get(self._kind.date):
            yield "it has neither a date nor a place"
        precision = row.get("where_prec", "")
        if precision and not attributes.get(PRECISION):
            yield f"its where_prec “{precision[:40]}” is none of 0 to {len(self._kind.values(PRECISION)) - 1}"
        written = row.get("date_start") or row.get("date") or ""
        if written and not attributes.get(self._kind.date):
            yield f"its date “{written[:40]}” is not certain; write 2016-09-20"


def _place(row: Row) -> str:
    names = ("where_coordinates", "where_description", "adm_2", "adm_1", "country")
    return next((row[name] for name in names if row.get(name)), "")


def _date(row: Row) -> str:
    """Read a day or a range, which may be a whole month or year; where there is no day, the year."""
    start = date_words.parse(row.get("date_start") or row.get("date", "")) or ""
    stop = date_words.parse(row.get("date_end", "")) or ""
    if start and stop and start != stop and date_problem(f"{start}/{stop}") is None:
        whole = (
            part for part in (start[:7], start[:4]) if (first_day(part), last_day(part)) == (start, stop)
        )
        return next(whole, f"{start}/{stop}")
    year = "" if row.get("date_start") or row.get("date") else row.get("year", "")
    return start or (year if date_problem(year) is None else "")


def _number(cell: str) -> int | None:
    """Read a whole number, also as statistics programs write it: 12.0."""
    match = _NUMBER.fullmatch(cell)
    return int(match[1]) if match else None


def _figures_in_words(row: Row) -> str:
    told = [part for names in (_BOUNDS, DEATHS) if (part := _spelled(row, names))]
    return f"Figures: {'; '.join(told)}" if told else ""


def _spelled(row: Row, names: tuple[str, ...]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {row[name]}" for name in names if row.get(name))
