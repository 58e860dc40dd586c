"""When Ctrl+C comes too late to stop a command."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def unstoppable_once_done() -> Iterator[Callable[[], None]]:
    """Hand out what to call when the work is written: from then on Ctrl+C is not heard.

    Otherwise it would be told that nothing was changed.
    """
    before = signal.getsignal(signal.SIGINT)

    def done() -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    try:
        yield done
    finally:
        signal.signal(signal.SIGINT, before)
