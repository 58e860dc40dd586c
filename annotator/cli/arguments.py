"""Arguments that several commands have in common."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from annotator.services.naming import Name


MOST_DIGITS = 18
"""What a number may have and still fit into a file."""


class Commands:
    """The subcommands of a parser, by name."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self._adder = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
        self.parsers: dict[str, argparse.ArgumentParser] = {}

    def add(self, name: str, words: str, *, json: bool = True) -> argparse.ArgumentParser:
        """Add a command; `words` say what it does."""
        sentence = words[0].upper() + words[1:] + "."
        added = self._adder.add_parser(name, help=words, description=sentence, allow_abbrev=False)
        if json:
            added.add_argument("--json", action="store_true", help="one JSON object on standard output")
        self.parsers[name] = added
        return added


def add_project(parser: argparse.ArgumentParser, words: str = "the project file") -> None:
    """Add the project as the first argument."""
    parser.add_argument("project", metavar="PROJECT", type=Path, help=words)


def add_choices(parser: argparse.ArgumentParser, more: str = "attribute:LABEL.NAME=NAME and ") -> None:
    """Add what names become that the scheme lacks; `more` are kinds of names beside labels and links."""
    parser.add_argument(
        "--map",
        metavar="NAME=LABEL",
        type=_choice,
        action="append",
        default=[],
        help="what a label becomes that the scheme lacks, nothing behind = leaves it out; also"
        f" {more}link:NAME=LINK (default: it is added to the scheme)",
    )


def refuse(message: str) -> NoReturn:
    """Leave with the usage and why an argument can't be used."""
    raise argparse.ArgumentTypeError(message)


def whole(words: str, least: int = 0) -> int:
    """Read a number of `least` or more."""
    if not words.isascii() or not words.isdigit() or int(words[:MOST_DIGITS]) < least:
        refuse(f"“{words}” is not a number of {least} or more; write one such as {least + 2}")
    if len(words) > MOST_DIGITS:
        refuse(f"“{words}” is too large a number; write one of {MOST_DIGITS} digits at most")
    return int(words)


def positive(words: str) -> int:
    """Read a number of 1 or more."""
    return whole(words, 1)


def _choice(words: str) -> "tuple[Name, str]":
    from annotator.services import naming

    try:
        return naming.parsed_choice(words)
    except ValueError as error:
        refuse(str(error))
