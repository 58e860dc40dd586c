"""Plain text: one file, one article."""

from pathlib import Path

from annotator.formats.dataset import Dataset, Remark
from annotator.formats.parts.lone_article import lone_article, raw_text
from annotator.model.scheme import Scheme


def read(path: Path, _scheme: Scheme, remark: Remark) -> Dataset:
    """Read an article in any encoding; a guessed encoding is remarked upon."""
    return lone_article(path, raw_text(path, remark))
