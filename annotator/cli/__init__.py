"""The command line: everything the window does, without one. No Qt here."""

import sys
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module

from annotator.cli.failures import guarded
from annotator.cli.output import use_utf8
from annotator.cli.parser import parsed

Command = Callable[[Namespace], int]
"""Runs one command with its parsed arguments and returns the exit status."""


def main(argv: Sequence[str] | None = None, window_commands: Mapping[str, Command] | None = None) -> int:
    """Run one command and return its exit status.

    `window_commands` has those that need Qt, "open" and "screenshot"; whatever they raise is told the same
    way as for the others.
    """
    use_utf8()
    try:
        args = parsed(sys.argv[1:] if argv is None else argv)
    except SystemExit as leaving:  # argparse leaves after --help and after wrong usage
        status = int(leaving.code or 0)
        return guarded(lambda _: status, Namespace())
    of_window = (window_commands or {}).get(args.command)
    return guarded(of_window or _command(args.command), args)


def _command(name: str) -> Command:
    command: Command = import_module(f"annotator.cli.{_MODULES[name]}").COMMANDS[name]
    return command


_MODULES = {
    "new": "making",
    "import": "transfers",
    "export": "transfers",
    "agreement": "agreement",
    "merge": "merging",
    "verdicts": "judging",
    "copy": "copying",
    "assign": "copying",
    "check": "reading",
    "stats": "reading",
    "history": "reading",
    "formats": "reading",
    "review": "reviewing",
    "open": "windowless",
    "screenshot": "windowless",
}
