"""Steps that tests of exports share."""

import json

from annotator.formats.registry import format_by_id
from annotator.services import exporting
from annotator.services.wanted import Wanted

JSONL, CSV = format_by_id("jsonl"), format_by_id("csv")


def export(project, out, how=JSONL, **wanted):
    with exporting.prepared(project, Wanted(how, **wanted)) as prepared:
        return prepared.write(out)


def lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def tree(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
