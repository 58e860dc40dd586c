"""The composition root: the window when it is asked for, else the command line."""

import gc
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from annotator import display

APT = (
    "apt-get install -y libegl1 libgl1 libxkbcommon-x11-0 libdbus-1-3 libfontconfig1 libxcb-cursor0"
    " libxcb-icccm4 libxcb-keysyms1 libxcb-shape0"
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if _is_plain_start(arguments):
        return _told(lambda: open_window(Path(arguments[-1]) if _names_project(arguments) else None))
    from annotator import cli

    return cli.main(arguments, window_commands={"open": _open, "screenshot": _screenshot})


def _is_plain_start(arguments: list[str]) -> bool:
    """Say whether only the window is wanted; it opens sooner without the command line's parser."""
    return not arguments or arguments == ["open"] or _names_project(arguments)


def _names_project(arguments: list[str]) -> bool:
    names = arguments[1:] if arguments[:1] == ["open"] else arguments
    return len(names) == 1 and names[0].endswith(".annotator") and not names[0].startswith("-")


def _open(args: Namespace) -> int:
    return open_window(args.project)


def open_window(project: Path | None) -> int:
    """Open the window and stay until it is closed."""
    problem = display.problem(APT)
    if problem:
        return _fail(problem)
    return _with_qt(lambda: _run(project))


def _run(project: Path | None) -> int:
    gc.disable()  # Everything that is made at the start stays; `run` enables it again.
    from annotator.ui.start import run

    return run(project)


def _screenshot(args: Namespace) -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"

    def paint() -> int:
        from annotator.ui.screenshot import take

        return take(args)

    return _with_qt(paint)


def _with_qt(command: Callable[[], int]) -> int:
    """Run what needs Qt, and say what to install when the system lacks what Qt needs."""
    try:
        return command()
    except ImportError as missing:
        if "PySide6" in str(missing) or ".so" in str(missing):
            return _fail(f"Qt can't start ({missing}); install what it needs: {APT}")
        raise


def _told(command: Callable[[], int]) -> int:
    """Run the window, telling what keeps it from opening in one line as the command line does."""
    try:
        return command()
    except KeyboardInterrupt:
        return _fail("stopped by Ctrl+C; what was saved is in the project")
    except Exception as error:  # Whatever it is, the command line knows how to say it; loaded only now.
        from annotator.cli.failures import guarded

        failure = error

        def fail(_: Namespace) -> int:
            raise failure

        return guarded(fail, Namespace())


def _fail(sentence: str) -> int:
    print("annotator:", sentence, file=sys.stderr)
    return 1
