"""Processes to kill: each begins as a fork of one that has the program loaded, in a hundredth of the time."""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

_context = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")


@contextmanager
def running(work: Callable[..., None], *args: Any) -> Iterator[tuple[BaseProcess, Connection]]:
    """Run `work`, which gets a pipe to say things and `args`; yield the process and what hears it."""
    _context.set_forkserver_preload(["annotator.store.project"])
    heard, said = _context.Pipe(duplex=False)
    process = _context.Process(target=work, args=(said, *args))
    process.start()
    said.close()  # The only other end is now the process's, so that what is heard ends when it does.
    try:
        with heard:
            yield process, heard
    finally:
        process.kill()
        process.join()


def rest(heard: Connection) -> Iterator[bytes]:
    """Hear what is still in the pipe of a process that was killed; half a word is none."""
    try:
        while True:
            yield heard.recv_bytes()
    except (EOFError, OSError):
        return
