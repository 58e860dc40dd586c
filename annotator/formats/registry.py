"""What can be read and written. A new format is one module here and one row in `FORMATS`."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from annotator.formats.dataset import Dataset, Header, OpenPart, Remark
from annotator.formats.errors import FormatError
from annotator.formats.extras import missing
from annotator.formats.losses import Holds, Lacks, nothing_of_header, nothing_of_record
from annotator.formats.parts.database_tables import Table, Tables
from annotator.formats.parts.file_names import part_name
from annotator.model.scheme import Scheme

NO_HEADER = Header()


@dataclass(frozen=True, slots=True)
class Format:
    """One row of the registry; its module is loaded when it is first used.

    The module has `read(path, scheme, remark) -> Dataset`, `write(dataset, open_part)`, and where it
    loses more than its flags say, `lost_of_header` and `lost_of_record`. That of a database has, in the
    place of `read`, the `TABLES` it wants and `from_tables(tables, scheme, remark) -> Dataset`. One whose
    losses depend on what is said once has `lost_of_record_in(header)`, which returns `lost_of_record`.
    """

    id: str
    title: str
    module: str
    suffixes: tuple[str, ...]
    """The endings of its files, in lower case; an export takes the first."""
    holds: Holds
    reads: bool = True
    writes: bool = True
    articles_only: bool = False
    tabular: bool = False
    """Its files hold many articles, although they hold articles only."""
    labels_only: bool = False
    """It holds a scheme's labels and no articles."""
    incidents_only: bool = False
    """It holds incidents, with what is reported of them, and no articles."""
    parts: tuple[str, ...] = ()
    """Files that may stand beside the main one: part "links" of `work.csv` is `work.links.csv`, part
    "config.xml" of `work.json` is `work.config.xml`."""
    folder: bool = False
    """It is many files in a folder, read and written as a whole."""
    with_texts: bool = True
    """Where it is a folder: plain texts in there belong to it, and are no articles of their own."""
    package: str = ""
    """It is a folder whose own name has the suffix, with a file of this name in it, which is read."""
    database: bool = False
    """Its tables are read by the store, for it."""
    textless: bool = False
    """It can do without the texts of the articles."""
    verdicts: bool = False
    """It holds what reviewers said of spans, and the answers."""
    binary: bool = False
    """A person can't read it as text."""
    needs: tuple[str, ...] = ()
    """Modules of libraries that come with an extra."""
    signature: str = ""
    """What is found, as a regular expression, in the first 64 kB of its files and of no other's with such
    a suffix. The first row that has it takes the file, else the first row of the suffix without one."""

    def read(self, path: Path, scheme: Scheme, remark: Remark) -> Dataset:
        """Read a file; raise FormatError when it is not in this format at all.

        `scheme` is that of the project, for formats that don't say what kind their values are.
        """
        reader: Callable[[Path, Scheme, Remark], Dataset] = self._module().read
        return reader(path, scheme, remark)

    def tables(self) -> Sequence[Table]:
        """Name the tables of a database that are to be read."""
        tables: Sequence[Table] = self._module().TABLES
        return tables

    def from_tables(self, tables: Tables, scheme: Scheme, remark: Remark) -> Dataset:
        """Read what the tables of a database hold."""
        reader: Callable[[Tables, Scheme, Remark], Dataset] = self._module().from_tables
        return reader(tables, scheme, remark)

    def write(self, dataset: Dataset, open_part: OpenPart) -> None:
        """Write a dataset to the main file and, as needed, to its parts."""
        writer: Callable[[Dataset, OpenPart], None] = self._module().write
        writer(dataset, open_part)

    @property
    def holds_spans(self) -> bool:
        """Say whether spans can stand in it at all."""
        return not (self.labels_only or self.incidents_only)

    @property
    def takes(self) -> Holds:
        """What a record must fit; where nothing of it is written, its module alone says what is lost."""
        return self.holds if self.holds_spans else _ALL

    def lacks(self, header: Header = NO_HEADER) -> Lacks:
        """Say what gets lost in this format, of the work in a project."""
        module = self._module()
        of_record = getattr(module, "lost_of_record", nothing_of_record)
        return Lacks(
            self.takes,
            getattr(module, "lost_of_header", nothing_of_header),
            module.lost_of_record_in(header) if hasattr(module, "lost_of_record_in") else of_record,
        )

    def beside(self, main: Path) -> list[Path]:
        """Name the files that may stand beside a main file."""
        return [main.with_name(part_name(main.name, part)) for part in self.parts]

    def main(self, path: Path) -> Path:
        """Name the file that is read of a package; another file is itself."""
        return path / self.package if self.package and path.is_dir() else path

    def main_beside(self, path: Path) -> Path | None:
        """Return the main file that a file stands beside and is read with, if that is there."""
        mains = (_main(path, part, suffix) for part in self.parts for suffix in self.suffixes)
        return next((main for main in mains if main), None)

    def is_part(self, path: Path) -> bool:
        """Say whether a file stands beside a main file that is there, and is read with it."""
        return self.main_beside(path) is not None

    def _module(self) -> Any:
        lacking = missing(self.needs)
        if lacking:
            raise FormatError(f"{self.title} needs a library that isn't installed; {lacking}")
        return import_module(f"annotator.formats.{self.module}")


def _main(path: Path, part: str, suffix: str) -> Path | None:
    """Return the main file if a file is some part, and that file is there."""
    ending = part_name(f"x{suffix}", part)[1:]
    if not path.name.lower().endswith(ending) or len(path.name) == len(ending):
        return None
    main = path.with_name(path.name[: -len(ending)] + suffix)
    return main if main.is_file() else None


def _with_columns(*names: str) -> str:
    """Return the signature of a table whose head has some columns."""
    return r"\A" + "".join(rf"""(?=[^\r\n]*(?<![^,;\t"\xbf])(?:{name})["\r\n,;\t])""" for name in names)


_ALL = Holds(nested=True, fragments=True, attributes=True, links=True, layers=True)
_NONE = Holds(nested=False, fragments=False, attributes=False, links=False, layers=False)

# A text may be long, so the keys after it may not be in sight.
_CITRON = r'\A(?:\xef\xbb\xbf)?\s*\{\s*"(?:text|quotes|coreference_groups|source)"\s*:'
_LABEL_STUDIO = (
    r"(?s)\A(?:\xef\xbb\xbf)?\s*\[?\s*\{.*?(?:"
    r'"(?:total_annotations|completed_by|was_cancelled|from_name|annotation_id|lead_time|file_upload)"'
    r'|"labels"\s*:\s*\[\s*")'
)
_LABELBUDDY = r'"(?:utf8_text_md5_checksum|label_name)"\s*:|\A[\s\[]*\{\s*"annotations"\s*:\s*\[\]\s*,'
# What a text quotes has backslashes before its quotes.
_PRODIGY = r'"_(input|task)_hash"\s*:\s*-?\d|"answer"\s*:\s*"(accept|reject|ignore)"|"spans"\s*:\s*\['
_DOCCANO = r'"start_offset"\s*:|"Comments"\s*:\s*\[|"(labels?|entities)"\s*:\s*\[\s*(\[\s*\d|\])'
_W3C = r"w3\.org/ns/(?:anno|oa)\b|\bText(?:Quote|Position)Selector\b|\bAnnotation(?:Page|Collection)\b"

FORMATS: tuple[Format, ...] = (
    Format(
        *("jsonl", "JSON Lines, lossless", "own.format", (".jsonl",), _ALL),
        textless=True,
        verdicts=True,
        signature=r'"format"\s*:\s*"annotator"|\A\{"entities":\[\{[^\n]*"merged_into":',
    ),
    Format(
        *("csv", "Long CSV, one row a span", "tables.long_csv", (".csv",), _ALL),
        parts=("articles", "links", "entities"),
        textless=True,
        signature=_with_columns("article", "label", "fragments|stop"),
    ),
    Format(
        *("xlsx", "Excel workbook", "tables.xlsx", (".xlsx",), _ALL),
        textless=True,
        binary=True,
        needs=("openpyxl",),
    ),
    Format(
        *("parquet", "Parquet, one row an article and one row a span", "tables.parquet", (".parquet",), _ALL),
        parts=("spans", "entities"),
        textless=True,
        binary=True,
        needs=("pyarrow",),
    ),
    Format("brat", "brat standoff", "brat.format", (".ann",), _ALL, folder=True),
    Format(
        *("w3c", "W3C Web Annotation, JSON-LD", "w3c.format", (".jsonld", ".json"), _ALL),
        textless=True,
        signature=_W3C,
    ),
    Format(
        *("xmi", "UIMA CAS XMI, for INCEpTION", "cas.xmi", (".xmi", ".zip"), _ALL),
        folder=True,
        needs=("cassis",),
        signature=r"http://www\.omg\.org/XMI|\.xmi|exportedproject\d*\.json",
    ),
    Format(
        *("json-cas", "UIMA JSON CAS, for INCEpTION", "cas.json_cas", (".json",), _ALL),
        folder=True,
        needs=("cassis",),
        signature=r'"%TYPES"',
    ),
    Format(
        *("label-studio", "Label Studio JSON", "label_studio.format", (".json",)),
        Holds(nested=True, fragments=False, attributes=True, links=True, layers=True),
        parts=("config.xml", "import.txt"),
        signature=_LABEL_STUDIO,
    ),
    Format(
        *("refi-qda", "REFI-QDA project", "refi.project", (".qdpx",)),
        Holds(nested=True, fragments=False, attributes=True, links=True, layers=True),
        binary=True,
    ),
    Format("codebook", "REFI-QDA codebook, labels only", "refi.codebook", (".qdc",), _NONE, labels_only=True),
    Format(
        *("ucdp", "UCDP-shaped CSV of incidents", "incidents.ucdp", (".csv",), _NONE),
        incidents_only=True,
        signature=_with_columns("low", "best", "high", "deaths_a|where_prec|date_prec"),
    ),
    Format(
        *("conll", "CoNLL-2003 columns, BIO tags", "conll.format", (".conll", ".bio", ".iob", ".iob2")),
        Holds(nested=False, fragments=False, attributes=False, links=False, layers=True),
        folder=True,
        with_texts=False,
    ),
    Format(
        *("webanno-tsv", "WebAnno TSV 3.3", "webanno.format", (".tsv",)),
        Holds(nested=True, fragments=False, attributes=True, links=True, layers=True),
        folder=True,
        with_texts=False,
        signature=r"\A(?:\xef\xbb\xbf)?#FORMAT=WebAnno TSV",
    ),
    Format(
        *("citron", "Citron JSON", "programs.citron", (".json",)),
        Holds(nested=True, fragments=True, attributes=True, links=True, layers=False),
        writes=False,
        signature=_CITRON,
    ),
    Format(
        *("labelbuddy", "labelbuddy JSON", "programs.labelbuddy", (".json", ".jsonl")),
        Holds(nested=True, fragments=False, attributes=True, links=False, layers=False),
        writes=False,
        signature=_LABELBUDDY,
    ),
    Format(
        *("taguette", "Taguette project", "programs.taguette", (".sqlite3", ".taguette", ".sqlite", ".db")),
        Holds(nested=True, fragments=False, attributes=False, links=False, layers=True),
        writes=False,
        database=True,
        binary=True,
    ),
    Format(
        *("qualcoder", "QualCoder project", "programs.qualcoder", (".qda",)),
        Holds(nested=True, fragments=False, attributes=True, links=False, layers=True),
        writes=False,
        package="data.qda",
        database=True,
        binary=True,
    ),
    Format(
        *("table", "Table with a row for each article", "tables.article_table"),
        *((".csv", ".tsv", ".jsonl", ".ndjson"), _NONE),
        writes=False,
        articles_only=True,
        tabular=True,
    ),
    Format(
        *("docbin", "spaCy DocBin", "docbin.format", (".spacy",), _ALL),
        binary=True,
        needs=("spacy",),
    ),
    Format(
        *("prodigy", "Prodigy JSON Lines", "prodigy.format", (".jsonl",), replace(_ALL, fragments=False)),
        signature=_PRODIGY,
    ),
    Format(
        *("doccano", "doccano JSON Lines", "doccano.format", (".jsonl",)),
        Holds(nested=True, fragments=False, attributes=False, links=True, layers=True),
        parts=("flat",),
        signature=_DOCCANO,
    ),
    Format("text", "Plain text", "articles.plain_text", (".txt",), _NONE, writes=False, articles_only=True),
    Format(
        "markdown",
        "Markdown",
        "articles.markdown",
        (".md", ".markdown"),
        _NONE,
        writes=False,
        articles_only=True,
    ),
    Format(
        *("html", "Web page", "articles.html", (".html", ".htm", ".xhtml", ".mhtml", ".mht"), _NONE),
        writes=False,
        articles_only=True,
        needs=("trafilatura",),
    ),
    Format(
        *("pdf", "PDF", "articles.pdf", (".pdf",), _NONE),
        writes=False,
        articles_only=True,
        binary=True,
        needs=("pypdf",),
    ),
    Format(
        *("docx", "Word document", "articles.docx", (".docx",), _NONE),
        writes=False,
        articles_only=True,
        binary=True,
        needs=("docx",),
    ),
)


def format_by_id(format_id: str) -> Format | None:
    return next((f for f in FORMATS if f.id == format_id), None)


def format_of(path: Path) -> Format | None:
    """Guess the format of a file that is to be read by its name and, if need be, its head.

    What is read with a main file has the format of that.
    """
    for f in (f for f in FORMATS if f.reads and f.parts):
        main = f.main_beside(path)
        if main and format_of(main) is f:
            return f
    suffix = path.suffix.lower()
    candidates = [f for f in FORMATS if f.reads and suffix in f.suffixes]
    if not any(f.signature for f in candidates):
        return candidates[0] if candidates else None
    head = _head(path)
    signed = (f for f in candidates if f.signature and re.search(f.signature.encode(), head))
    return next(signed, next((f for f in candidates if not f.signature), None))


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(65_536)
    except OSError:
        return b""  # Reading it says why.
