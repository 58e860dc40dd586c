"""What an export picked, kept until it is written: in memory while it is small, else in a temporary file."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile

from annotator.formats.parts.kept import KeptRecord
from annotator.services.errors import Refused

_IN_MEMORY = 16_000_000


class Spool:
    """Keeps the line of each article, and finds it by the article's id."""

    def __init__(self, file: "SpooledTemporaryFile[bytes]") -> None:
        self._file = file
        self._places: dict[str, tuple[int, int, int]] = {}
        self._end = 0

    def keep(self, article_id: str, record: KeptRecord) -> None:
        """Take in a record; all of them are taken before the first is asked for."""
        with _telling():
            self._file.write(record.encoded)
        self._places[article_id] = self._end, len(record.encoded), record.size
        self._end += len(record.encoded)

    def records(self, article_ids: Iterable[str]) -> Iterator[tuple[str, KeptRecord]]:
        """Yield records with the ids of their articles."""
        with _telling():
            self._file.flush()
        for article_id in article_ids:
            start, length, size = self._places[article_id]
            self._file.seek(start)
            yield article_id, KeptRecord.of(self._file.read(length), size=size)


@contextmanager
def _telling() -> Iterator[None]:
    """Tell in one sentence that there is no room for what is kept."""
    try:
        yield
    except OSError as error:
        raise Refused(
            f"the export can't be prepared ({error.strerror}); free some space for temporary files"
        ) from error


@contextmanager
def spooling() -> Iterator[Spool]:
    """Keep records until the end of the block."""
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
        yield Spool(file)
