"""Commands that only read: check, stats, history, formats."""

from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from annotator.cli.failures import DONE, Failed
from annotator.cli.output import counted, moment, put, put_json, put_table
from annotator.formats.registry import FORMATS
from annotator.store.home import Home
from annotator.store.project import Project

if TYPE_CHECKING:
    from annotator.services.statistics import Statistics


def check(args: Namespace) -> int:
    """Check a project; problems are listed, and the status is 1."""
    from annotator.services import checking

    with _opened(args) as project:
        checked = checking.check(project)
    if args.json:
        problems = [
            {"kind": p.kind, "article": p.article, "annotation": p.annotation, "message": p.message}
            for p in checked.problems
        ]
        counts = {"articles": checked.articles, "annotations": checked.annotations}
        put_json({"ok": checked.is_sound, **counts, "problems": problems})
    else:
        for p in checked.problems:
            put(f"{p.kind}: {p.message}" + (f" (article {p.article})" if p.article else ""))
    if not checked.is_sound:
        found = counted(len(checked.problems), "problem")
        raise Failed(f"{args.project} has {found}; the list says what and where, a backup may be whole")
    if not args.json:
        amount = f"{counted(checked.articles, 'article')}, {counted(checked.annotations, 'annotation')}"
        put(f"{args.project} is sound: {amount}, and every span stands on its words.")
    return DONE


def stats(args: Namespace) -> int:
    """Count a project's work."""
    from annotator.services.statistics import statistics

    with _opened(args) as project:
        found = statistics(project)
    if args.json:
        layers = {
            name: {"annotations": layer.annotations, "by_label": dict(layer.by_label), "done": layer.done}
            for name, layer in found.layers.items()
        }
        put_json({"articles": found.articles, "layers": layers, "labels": dict(found.labels)})
    else:
        _put_statistics(found)
    return DONE


def history(args: Namespace) -> int:
    """List the changes."""
    from annotator.services.chronicle import chronicle, in_words

    with _opened(args) as project:
        entries = chronicle(project, article=args.article, limit=args.limit)
    if args.json:
        put_json({"changes": [asdict(entry) for entry in entries]})
    else:
        rows = [
            (moment(e.at), e.actor or "–", words, e.objects)
            for e, words in zip(entries, in_words(entries), strict=True)
        ]
        put_table(("when", "who", "what", "objects"), rows)
    return DONE


def formats(args: Namespace) -> int:
    """List the formats."""
    if args.json:
        listed = [
            {"id": f.id, "title": f.title, "reads": f.reads, "writes": f.writes, "holds": asdict(f.holds)}
            for f in FORMATS
        ]
        put_json({"formats": listed})
    else:
        rows = [(f.id, f.title, *map(_yes, (f.reads, f.writes, *asdict(f.holds).values()))) for f in FORMATS]
        heads = ("id", "format", "reads", "writes", "nested", "fragments", "attributes", "links", "layers")
        put_table(heads, rows)
    return DONE


def _opened(args: Namespace) -> Project:
    return Project.open(args.project, home=Home.default(), read_only=True)


def _put_statistics(found: "Statistics") -> None:
    put(f"{counted(found.articles, 'article')}")
    labels = [label for label, n in found.labels.items() if n]
    rows = [
        (name, layer.done, *(layer.by_label.get(label, 0) for label in labels), layer.annotations)
        for name, layer in found.layers.items()
    ]
    if rows:
        put()
        put_table(("annotator", "done", *labels, "all"), rows)


def _yes(value: bool) -> str:
    return "yes" if value else "–"


COMMANDS = {"check": check, "stats": stats, "history": history, "formats": formats}
