"""The log: details of what went wrong, for whoever mends it; never shown by itself."""

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from annotator.store.home import Home

log = logging.getLogger(__name__)

MAX_BYTES = 1_000_000


def log_file(home: Home) -> Path:
    return home.logs / "annotator.log"


def keep_log(home: Home) -> None:
    """Write warnings and worse to the log file, which is made when there is something to write."""
    # logging.handlers would do this, but takes longer to import than the window to open.
    path = log_file(home)
    try:
        home.logs.mkdir(parents=True, exist_ok=True)
        if path.is_file() and path.stat().st_size > MAX_BYTES:
            path.replace(path.with_suffix(".old.log"))
        handler: logging.Handler = logging.FileHandler(path, encoding="utf-8", delay=True)
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger("annotator").addHandler(handler)
    logging.getLogger("annotator").propagate = False


def catch_defects(tell: Callable[[str], None]) -> None:
    """Turn every exception that nobody caught into one sentence, with its details in the log."""

    def caught(kind: type[BaseException], defect: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, defect, trace)
            return
        log.error("a defect of the program", exc_info=(kind, defect, trace))
        tell(
            f"A defect of the program stopped this step ({kind.__name__}); what you saved is safe,"
            " and the log file, in the Help menu, says more"
        )

    sys.excepthook = caught
