"""What can be read and written. A new format is one module here and one row in `FORMATS`."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from annotator.formats.dataset import Dataset, OpenPart, Remark
from annotator.formats.losses import Holds, Lacks, nothing_of_header, nothing_of_record
from annotator.model.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Format:
    """One row of the registry; its module is loaded when it is first used.

    The module has `read(path, scheme, remark) -> Dataset`, `write(dataset, open_part)`, and where it
    loses more than its flags say, `lost_of_header` and `lost_of_record`. `parts` names the files that may
    stand beside the main one: part "links" of `work.csv` is `work.links.csv`.
    """

    id: str
    title: str
    module: str
    suffixes: tuple[str, ...]
    holds: Holds
    reads: bool = True
    writes: bool = True
    articles_only: bool = False
    parts: tuple[str, ...] = ()

    def read(self, path: Path, scheme: Scheme, remark: Remark) -> Dataset:
        """Read a file; raise FormatError when it is not in this format at all.

        `scheme` is that of the project, for formats that don't say what kind their values are.
        """
        reader: Callable[[Path, Scheme, Remark], Dataset] = self._module().read
        return reader(path, scheme, remark)

    def write(self, dataset: Dataset, open_part: OpenPart) -> None:
        """Write a dataset to the main file and, as needed, to its parts."""
        writer: Callable[[Dataset, OpenPart], None] = self._module().write
        writer(dataset, open_part)

    def lacks(self) -> Lacks:
        """Say what gets lost in this format."""
        module = self._module()
        return Lacks(
            self.holds,
            getattr(module, "lost_of_header", nothing_of_header),
            getattr(module, "lost_of_record", nothing_of_record),
        )

    def beside(self, main: Path) -> list[Path]:
        """Name the files that may stand beside a main file."""
        return [main.with_name(f"{main.stem}.{part}{main.suffix}") for part in self.parts]

    def is_part(self, path: Path) -> bool:
        """Say whether a file stands beside a main file that is there, and is read with it."""
        main, _, part = path.stem.rpartition(".")
        return part in self.parts and path.with_name(main + path.suffix).is_file()

    def _module(self) -> Any:
        return import_module(f"annotator.formats.{self.module}")


_ALL = Holds(nested=True, fragments=True, attributes=True, links=True, layers=True)
_NONE = Holds(nested=False, fragments=False, attributes=False, links=False, layers=False)

FORMATS: tuple[Format, ...] = (
    Format("jsonl", "JSON Lines, lossless", "jsonl", (".jsonl",), _ALL),
    Format(
        *("csv", "Long CSV, one row a span", "long_csv", (".csv",), _ALL),
        parts=("articles", "links", "entities"),
    ),
    Format("text", "Plain text", "plain_text", (".txt",), _NONE, writes=False, articles_only=True),
)


def format_by_id(format_id: str) -> Format | None:
    return next((f for f in FORMATS if f.id == format_id), None)


def format_of(path: Path) -> Format | None:
    """Guess the format of a file that is to be read from its name."""
    suffix = path.suffix.lower()
    return next((f for f in FORMATS if f.reads and suffix in f.suffixes), None)
