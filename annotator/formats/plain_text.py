"""Plain text: one file, one article."""

from pathlib import Path

from annotator.formats.dataset import ArticleRecord, Dataset, Header, Remark
from annotator.formats.decoding import read_text
from annotator.formats.errors import FormatError
from annotator.model.records import Article
from annotator.model.scheme import Scheme
from annotator.model.text import article_id, canonical, fingerprint, says_nothing

MAX_TITLE = 200


def read(path: Path, _scheme: Scheme, remark: Remark) -> Dataset:
    """Read an article in any encoding; a guessed encoding is remarked upon."""
    raw, encoding = read_text(path)
    if encoding not in ("utf-8", "utf-8-sig", "utf-16", "utf-32"):
        remark(None, f"was read as {encoding}, which is a guess; look at its accents and quotation marks")
    text = canonical(raw)
    if says_nothing(text):
        raise FormatError(f"{path.name} is empty; there is nothing to annotate in it")
    return Dataset(Header(), (ArticleRecord(_article(text, path.stem), text, line=1),))


def _article(text: str, stem: str) -> Article:
    sha256 = fingerprint(text)
    return Article(article_id(sha256), sha256, title=title_of(text) or stem)


def title_of(text: str) -> str:
    """Return the first line that says something, if it is short enough for a title, else nothing."""
    first = next((line.strip() for line in text.split("\n") if line.strip()), "")
    return first if len(first) < MAX_TITLE else ""
