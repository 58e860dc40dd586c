"""Read a file in its format: by itself, or what the store reads of a database for it."""

from pathlib import Path

from annotator.formats.dataset import Dataset, Remark
from annotator.formats.errors import FormatError
from annotator.formats.registry import Format
from annotator.model.scheme import Scheme
from annotator.store.foreign_tables import TablesError, read_tables


def read(how: Format, path: Path, scheme: Scheme, remark: Remark) -> Dataset:
    """Read a file or folder; raise FormatError when it is not in this format at all."""
    if not how.database:
        return how.read(path, scheme, remark)
    try:
        tables = read_tables(how.main(path), how.tables(), how.title)
    except TablesError as error:
        raise FormatError(str(error)) from error
    return how.from_tables(tables, scheme, remark)
