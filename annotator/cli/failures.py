"""What to say, and with which status to leave, when a command can't be carried out."""

import logging
import os
import sys
import traceback
from argparse import Namespace
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from annotator.cli.output import Unsaid, flush
from annotator.formats.errors import FormatError
from annotator.model.scheme import SchemeError
from annotator.services.errors import Refused
from annotator.store.errors import ProjectError
from annotator.store.home import Home

DONE, FAILED = 0, 1


class Failed(Exception):
    """A command that did its work and found that not all is well; the message is one sentence."""


def guarded(command: Callable[[Namespace], int], args: Namespace) -> int:
    """Run a command; whatever goes wrong becomes one line on standard error and a status."""
    logging.lastResort = None  # What a module logs is for the log file; here only one line may appear.
    try:
        status = command(args)
        flush()
    except KeyboardInterrupt:
        return _told("stopped by Ctrl+C; nothing was changed", FAILED)
    except Unsaid as unsaid:
        return unheard(unsaid.error)
    except (Refused, ProjectError, FormatError, SchemeError, Failed) as error:
        return _told(str(error), FAILED)
    except OSError as error:
        name = f"{error.filename} " if error.filename else "a file "
        return _told(f"{name}can't be used ({error.strerror or error}); check its name and place", FAILED)
    except Exception as error:  # A defect: the user gets a sentence, its report goes to the log.
        return _told(_defect(error), FAILED)
    return status


def unheard(error: OSError) -> int:
    """Leave when standard output takes no more: the work is done, and stays.

    A reader that has gone, as `head` does, has what it wanted, so that is no failure.
    """
    with suppress(OSError, ValueError):
        # Else the interpreter tries to flush once more when it ends, and complains.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return DONE
    return _told(
        f"standard output can't be written to its end ({error.strerror or error}); what was done stays, but"
        " is not told in full: free some space, or look at the project",
        FAILED,
    )


def _told(message: str, status: int) -> int:
    with suppress(OSError):  # Nobody may be listening any more.
        print("annotator:", " ".join(message.split()), file=sys.stderr, flush=True)
    return status


def _defect(error: Exception) -> str:
    words = f"this should not have happened ({type(error).__name__}: {error})"
    log = Home.default().logs / "command-line.log"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
            print(datetime.now().astimezone().isoformat(timespec="seconds"), file=file)
            traceback.print_exception(error, file=file)
    except OSError:
        return f"{words}; please report it"
    return f"{words}; please report it with the file {log}"
