"""What to say when a command is typed wrongly: what, why, and what to do."""

import re
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from typing import NoReturn

from annotator.cli.output import listed, shown

WRONG_USAGE = 2


class Parser(ArgumentParser):
    """A parser that says in our sentences what it can't read."""

    def error(self, message: str) -> NoReturn:
        """Leave with status 2, after the usage and one line."""
        self.print_usage(sys.stderr)
        self.exit(WRONG_USAGE, f"annotator: {shown(_sentence(message))}\n")


def unknown_words(words: list[str]) -> str:
    """Say that a command has no place for some words."""
    named = listed([f"“{word}”" for word in words])
    return (
        f"{named} can't be used here; leave {'it' if len(words) == 1 else 'them'} out, or see the usage above"
    )


def _sentence(message: str) -> str:
    """Say what argparse says of wrong arguments; a message of our own stays as it is."""
    for pattern, said in _SENTENCES:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return said(*found.groups())
    return message


def _missing(names: str) -> str:
    words = names.split(", ")
    verb = "is" if len(words) == 1 else "are"
    return f"{listed(words)} {verb} missing; write the command as the usage above shows"


def _no_choice(name: str, value: str, choices: str) -> str:
    known = re.sub(r"['\"]", "", choices)
    if name == "COMMAND":
        return f"there is no command “{_bare(value)}”; choose one of {known}"
    return f"{name} can't be “{_bare(value)}”; choose one of {known}"


def _none_of(names: str) -> str:
    words = names.split(" ")
    return f"{' or '.join(words)} is missing; write one of them"


def _bare(value: str) -> str:
    """Take a word out of the quotes that Python puts around it."""
    return value[1:-1] if value[:1] in ("'", '"') else value


_ARGUMENT = r"argument (\S+): "
_SENTENCES: tuple[tuple[str, Callable[..., str]], ...] = (
    (r"the following arguments are required: (.+)", _missing),
    (r"one of the arguments (.+) is required", _none_of),
    (rf"{_ARGUMENT}invalid choice: (.+?) \((?:choose from |maybe )(.+)\)", _no_choice),
    (
        rf"{_ARGUMENT}expected (?:one|at least one) argument",
        lambda name: f"{name} needs a value behind it; write the command as the usage above shows",
    ),
    (
        rf"{_ARGUMENT}not allowed with argument (\S+)",
        lambda name, other: f"{other} and {name} don't go together; leave one of them out",
    ),
    (
        rf"{_ARGUMENT}ignored explicit argument (.+)",
        lambda name, value: f"{name} takes no value; leave “{_bare(value)}” out",
    ),
    (rf"{_ARGUMENT}(.+)", lambda name, why: f"{name}: {why}"),
)
"""What argparse says, by pattern, and what we say."""
