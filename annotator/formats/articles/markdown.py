"""Markdown: one file, one article; its words without the markup, its paragraphs kept.

Front matter between two lines of `---` says what is known of the article, as `key: value`.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from annotator.formats.dataset import Dataset, Remark
from annotator.formats.errors import FormatError
from annotator.formats.parts.article_fields import sorted_fields
from annotator.formats.parts.html_text import HtmlText
from annotator.formats.parts.lone_article import lone_article, raw_text
from annotator.formats.parts.paragraphs import Block, joined
from annotator.model.scheme import Scheme
from annotator.model.text import canonical

MAX_MARKDOWN = 5_000_000
MAX_PARAGRAPH = 20_000
"""Characters of a paragraph in which markup is looked for: that takes time by the square of its length."""

_FRONT = re.compile(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_PAIR = re.compile(r"([A-Za-z_][\w -]{0,60}?)[ \t]*:(?:[ \t]+(.*))?")
_SPACES = re.compile(" {2,}")
_BLOCK_SCALARS = ("|", ">", "|-", ">-")

_MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
# Paragraphs are looked into one by one, so that a long one can be passed by.
_MARKDOWN.core.ruler.enableOnly(["normalize", "block"])


def read(path: Path, _scheme: Scheme, remark: Remark) -> Dataset:
    """Read an article in any encoding; its title is in the front matter, else its first main heading."""
    raw = canonical(raw_text(path, remark))
    if len(raw) > MAX_MARKDOWN:
        raise FormatError(f"{path.name} has more than {MAX_MARKDOWN:,} characters of Markdown; split it")
    front, body = _parted(raw)
    known, rest = sorted_fields(front)
    words = _Words(body)
    if words.too_long:
        remark(None, f"paragraphs of more than {MAX_PARAGRAPH:,} characters keep their markup")
    known.setdefault("title", words.heading)
    return lone_article(path, words.text, rest, **known)


def _parted(raw: str) -> tuple[dict[str, str | list[str]], str]:
    """Part front matter, if there is any, from what follows it."""
    matter = _FRONT.match(raw)
    front = _front(matter[1]) if matter else None
    return (front, raw[matter.end() :]) if matter and front else ({}, raw)


def _front(block: str) -> dict[str, str | list[str]] | None:
    """Read lines of `key: value`, whose lists and texts may go on in further lines; else None."""
    found: dict[str, list[str]] = {}
    last: list[str] | None = None
    for line in block.split("\n"):
        pair = _PAIR.fullmatch(line.rstrip())
        if pair:
            last = found.setdefault(pair[1], [])
            last += _values((pair[2] or "").strip())
        elif not line.strip() or line.startswith("#"):
            continue
        elif last is None or not line.startswith((" ", "\t", "-")):
            return None
        else:
            last += _values(line.strip().removeprefix("- "))
    return {key: values[0] if len(values) == 1 else values for key, values in found.items()}


def _values(words: str) -> list[str]:
    """Read a value, or several of them in square brackets, without quotation marks."""
    if words.startswith("[") and words.endswith("]"):
        return [value for part in words[1:-1].split(",") for value in _values(part.strip())]
    is_quoted = len(words) > 1 and words[0] == words[-1] and words[0] in "\"'"
    return [] if words in ("", *_BLOCK_SCALARS) else [words[1:-1] if is_quoted else words]


class _Words:
    """The words of Markdown without its markup."""

    def __init__(self, source: str) -> None:
        self.heading = ""
        self.too_long = False
        self._references: dict[str, Any] = {}
        self.text = joined(self._blocks(_MARKDOWN.parse(source, self._references)))

    def _blocks(self, tokens: list[Token]) -> Iterator[Block]:
        cells: list[str] | None = None
        number = ""
        for before, token in zip([None, *tokens], tokens, strict=False):
            match token.type:
                case "tr_open":
                    cells = []
                case "tr_close":
                    yield "row", "\t".join(cells or [])
                    cells = None
                case "list_item_open":
                    number = f"{token.info}. " if token.info else ""
                case "fence" | "code_block":
                    yield "", token.content
                case "html_block":
                    yield "", HtmlText(token.content).text
                case "inline":
                    words = self._inline(token.content)
                    if before and before.tag == "h1":
                        self.heading = self.heading or words
                    if cells is not None:
                        cells.append(words)
                    else:
                        yield "item" if before and before.hidden else "", number + words
                        number = ""

    def _inline(self, source: str) -> str:
        if len(source) > MAX_PARAGRAPH:
            self.too_long = True
            return source
        tokens: list[Token] = []
        _MARKDOWN.inline.parse(source, _MARKDOWN, self._references, tokens)
        return _SPACES.sub(" ", "".join(map(_shown, tokens))).strip()


def _shown(token: Token) -> str:
    """Return what of an inline token is words; pictures are none."""
    match token.type:
        case "text" | "text_special" | "code_inline":
            return token.content
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case "html_inline":
            return "\n" if token.content.lower().startswith("<br") else ""
        case _:
            return ""
