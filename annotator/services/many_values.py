"""Handling values by the million."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def many_values() -> Iterator[None]:
    """Let the garbage collector rest while values without circles pile up: it takes a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def keep_aside() -> None:
    """Spare the garbage collector all values there are, as long as a million of them stay."""
    gc.freeze()


def take_back() -> None:
    """Let the garbage collector look at what was kept aside, now that it goes."""
    gc.unfreeze()
