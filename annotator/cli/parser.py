"""What can be typed after `annotator`."""

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

from annotator import __version__
from annotator.cli import agreement, copying, judging, merging, reviewing
from annotator.cli.arguments import Commands, add_choices, add_project, positive, refuse, whole
from annotator.cli.wrong_usage import Parser, unknown_words
from annotator.formats.fitting import BROKEN, OVERLAPS
from annotator.formats.registry import FORMATS, format_by_id
from annotator.model.records import STATES

PAGES = ("annotate", "review", "agreement", "incidents", "sources", "progress", "feedback")
THEMES = ("light", "dark")
SUFFIX = ".annotator"


def parsed(argv: Sequence[str]) -> argparse.Namespace:
    """Parse arguments; leave with status 2 and the usage when they are wrong."""
    parser, commands = _build()
    args, left = parser.parse_known_args(_with_command(list(argv), commands))
    if left:
        commands[args.command].error(unknown_words(left))
    if args.command == "export" and Path(args.out).suffix in _suffixes(args.format):
        for several, option in ((args.split, "--split"), (args.file_per_label, "--file-per-label")):
            if several:
                commands["export"].error(f"{option} needs a folder, and {args.out} is one file")
    if args.command == "review":
        reviewing.check_usage(args, commands["review"])
    if problem := copying.misuse(args):
        commands[args.command].error(problem)
    return args


def build() -> argparse.ArgumentParser:
    """Build the parser of all commands."""
    return _build()[0]


def _with_command(argv: list[str], commands: dict[str, argparse.ArgumentParser]) -> list[str]:
    """Put "open" before nothing at all and before a project; `--json` may stand before the command."""
    if not argv:
        return ["open"]
    if argv[0] == "--json":
        command, *rest = _with_command(argv[1:], commands)
        return [command, "--json", *rest]
    first = argv[0]
    is_project = first.endswith(SUFFIX) or Path(first).exists() or Path(first).name != first
    is_command = first in commands or first.startswith("-")
    return argv if is_command or not is_project else ["open", *argv]


def _build() -> tuple[Parser, dict[str, argparse.ArgumentParser]]:
    parser = Parser(
        prog="annotator",
        description="Label claims, quotes and casualty reports in news text."
        " Without a command, open the window.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"annotator {__version__}")
    commands = Commands(parser)
    _add_open(commands)
    _add_new(commands)
    _add_import(commands)
    _add_export(commands)
    agreement.add_arguments(commands)
    merging.add_arguments(commands)
    copying.add_arguments(commands)
    reviewing.add_arguments(commands)
    judging.add_arguments(commands)
    _add_reading(commands)
    _add_screenshot(commands)
    return parser, commands.parsers


def _add_open(commands: Commands) -> None:
    add = commands.add("open", "open the window (last project, else the sample)", json=False)
    add.add_argument("project", metavar="PROJECT", type=Path, nargs="?", help="the project to open")


def _add_new(commands: Commands) -> None:
    add = commands.add("new", "make a new project")
    add_project(add, "the file to make, NAME.annotator")
    add.add_argument(
        "--scheme", metavar="FILE.toml", type=Path, help="labels and attributes (default: conflict news)"
    )


def _add_import(commands: Commands) -> None:
    add = commands.add("import", "bring articles and annotations into a project")
    add_project(add)
    add.add_argument("paths", metavar="PATH", type=Path, nargs="+", help="files, and folders at any depth")
    readable = [f.id for f in FORMATS if f.reads]
    add.add_argument(
        "--format", metavar="ID", choices=readable, help=f"{_or(readable)} (default: by each file's suffix)"
    )
    add.add_argument(
        "--layer",
        metavar="NAME",
        help="whose work it is (default: what the file says, else yourself)",
    )
    add_choices(add)
    add.add_argument("--dry-run", action="store_true", help="only say what would be imported")


def _add_export(commands: Commands) -> None:
    add = commands.add("export", "write a project's work in another format")
    add_project(add)
    add.add_argument("out", metavar="OUT", type=Path, help="a file with the format's suffix, or a folder")
    writable = [f.id for f in FORMATS if f.writes]
    add.add_argument("--format", metavar="ID", choices=writable, required=True, help=_or(writable))
    add.add_argument(
        "--layer",
        metavar="NAME|gold|all",
        action="append",
        default=[],
        help="whose work; may be repeated (default: all)",
    )
    add.add_argument(
        "--label", metavar="L", action="append", default=[], help="only this label; may be repeated"
    )
    add.add_argument(
        "--split", metavar="train=80,dev=10,test=10", type=_split, help="parts with their shares, as folders"
    )
    add.add_argument("--seed", metavar="N", type=whole, default=0, help="another number splits otherwise")
    _add_filters(add)
    _add_fitting(add)


def _add_filters(add: argparse.ArgumentParser) -> None:
    add.add_argument(
        "--state",
        metavar="STATE",
        choices=STATES,
        action="append",
        default=[],
        help=f"only articles that one of the layers has {_or(STATES)}; may be repeated",
    )
    add.add_argument(
        "--outlet", metavar="NAME", action="append", default=[], help="only this outlet; may be repeated"
    )
    add.add_argument("--since", metavar="DATE", default="", help="only articles published on or after DATE")
    add.add_argument("--until", metavar="DATE", default="", help="only articles published on or before DATE")


def _add_fitting(add: argparse.ArgumentParser) -> None:
    add.add_argument(
        "--overlaps",
        choices=OVERLAPS,
        default="outermost",
        help="which of overlapping spans stay where a format can't hold them all (default: outermost)",
    )
    add.add_argument(
        "--fragments",
        choices=BROKEN,
        default="apart",
        help="a span in several fragments where a format can't hold it: each by itself, the whole with what"
        " stands between, or none (default: apart)",
    )
    add.add_argument("--file-per-label", action="store_true", help="a folder for each label")
    add.add_argument(
        "--without-texts",
        metavar="WORDS",
        type=_words,
        help="leave the articles' texts out, and at most so many words of each span in",
    )
    add.add_argument(
        "--pseudonym",
        metavar="NAME=STAND-IN",
        action="append",
        default=[],
        help="call an actor or incident otherwise, everywhere; may be repeated; NAME|SPELLING for other"
        " spellings, without =STAND-IN it gets a number",
    )


def _add_reading(commands: Commands) -> None:
    add_project(commands.add("check", "check the file, and every span against its text"))
    add_project(commands.add("stats", "count annotations by annotator and label"))
    history = commands.add("history", "list who did what when, newest first")
    add_project(history)
    history.add_argument("--article", metavar="ID", help="only what was done on this article")
    history.add_argument("--limit", metavar="N", type=positive, help="only the last N changes")
    commands.add("formats", "list what can be read and written, and what each format can hold")


def _add_screenshot(commands: Commands) -> None:
    add = commands.add("screenshot", "paint the window into a picture; needs no display")
    add_project(add)
    add.add_argument("out", metavar="OUT.png", type=Path, help="the picture to write")
    add.add_argument("--page", choices=PAGES, default="annotate", help="which page (default: annotate)")
    add.add_argument("--article", metavar="ID", help="the article to show")
    add.add_argument(
        "--size",
        metavar="WIDTHxHEIGHT",
        type=_size,
        default=(1440, 900),
        help="in pixels (default: 1440x900)",
    )
    add.add_argument("--theme", choices=THEMES, default="light", help="light or dark (default: light)")


def _split(words: str) -> dict[str, float]:
    from annotator.services import splitting

    try:
        return splitting.parsed(words)
    except ValueError as error:
        refuse(str(error))


def _size(words: str) -> tuple[int, int]:
    match = re.fullmatch(r"([1-9]\d{1,3})x([1-9]\d{1,3})", words)
    if not match:
        refuse(f"“{words}” is not a size; write 1440x900")
    return int(match[1]), int(match[2])


def _words(words: str) -> int:
    if not words.isascii() or not words.isdigit():
        refuse(f"“{words}” is not a number of words; write 0 or more")
    return int(words)


def _suffixes(format_id: str) -> tuple[str, ...]:
    found = format_by_id(format_id)
    return found.suffixes if found else ()


def _or(words: Sequence[str]) -> str:
    return " or ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]
