"""The command that makes a project."""

from argparse import Namespace
from pathlib import Path

from annotator import resources
from annotator.cli.failures import DONE
from annotator.cli.output import put, put_json
from annotator.formats import scheme_toml
from annotator.formats.parts.decoding import read_bytes
from annotator.model.scheme import Scheme, SchemeError
from annotator.services.errors import Refused
from annotator.store.home import Home
from annotator.store.project import Project


def new(args: Namespace) -> int:
    """Make a project with the scheme of a file, or with the default one."""
    if args.project.name in ("", ".."):
        raise Refused("the project needs a name; write one such as news.annotator")
    scheme = _scheme(args.scheme)
    with Project.create(args.project, scheme=scheme, title=args.project.stem, home=Home.default()) as project:
        made = {"project": str(args.project), "title": project.title, "scheme": project.scheme.stamp}
    if args.json:
        put_json(made)
    else:
        put(f"Made {args.project} with the scheme “{scheme.title}”.")
    return DONE


def _scheme(path: Path | None) -> Scheme:
    chosen = path or resources.path("schemes", "conflict-news.toml")
    content = read_bytes(chosen, scheme_toml.MAX_BYTES)
    try:
        return scheme_toml.read(content)
    except SchemeError as error:
        raise SchemeError(f"{chosen} can't be used: {error}") from error


COMMANDS = {"new": new}
