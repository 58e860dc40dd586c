"""The words of plain HTML with its paragraphs kept, every one of its own characters counted.

It is for HTML that was cleaned by the program that wrote it, and for what is mixed into Markdown; whole
pages from the web are read in `html.py`.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from html import unescape

_PARAGRAPHS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "div", "dl", "figure", "footer"),
        *("form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre"),
        *("section", "table", "ul"),
    )
)
_LINES = frozenset(("dd", "dt", "li", "tr"))
_CELLS = frozenset(("td", "th"))
_UNSEEN = frozenset(("script", "style"))

_NAME = re.compile(r"/?[a-zA-Z][^\s/>]*")
_IN_TAG = re.compile("[\"'>]")
_BLANKS = re.compile("[\t\n\f ]")


class HtmlText:
    """The text of HTML, with line ends added where its blocks begin and end.

    An offset into the HTML's own text, in code points and without tags, has its place in `text`.
    """

    def __init__(self, html: str) -> None:
        self._own: list[str] = []
        self._pieces: list[str] = []
        self._length = 0
        self._at: list[int] = []
        self._added = [0]
        self._wanted, self._trailing, self._cell = 0, 0, False
        self._preformatted = 0
        self._unseen = ""
        self._skip_line_end = False
        for is_tag, piece in _tokens(html.replace("\r\n", "\n").replace("\r", "\n")):
            if is_tag:
                self._take_tag(piece)
            elif not self._unseen:
                self._take_text(unescape(piece))
        self.own = "".join(self._own)
        self.text = "".join(self._pieces)

    def start(self, own_offset: int) -> int:
        """Return where in `text` the character at an offset stands."""
        return own_offset + self._added[bisect_right(self._at, own_offset)]

    def stop(self, own_offset: int) -> int:
        """Return where in `text` the character before an offset ends."""
        return own_offset + self._added[bisect_left(self._at, own_offset)]

    def _take_tag(self, tag: str) -> None:
        is_end, name = tag.startswith("/"), tag.removeprefix("/").lower()
        if name in _UNSEEN:
            self._unseen = "" if is_end and name == self._unseen else self._unseen or name * (not is_end)
        elif name == "br":
            self._wanted = max(self._wanted, self._trailing) + 1
        elif name in _PARAGRAPHS:
            self._wanted = max(self._wanted, 2)
        elif name in _LINES:
            self._wanted, self._cell = max(self._wanted, 1), False
        elif name in _CELLS and is_end:
            self._cell = True
        if name == "pre":
            self._preformatted = max(0, self._preformatted + (-1 if is_end else 1))
            self._skip_line_end = not is_end

    def _take_text(self, words: str) -> None:
        if self._skip_line_end:
            words = words.removeprefix("\n")
            self._skip_line_end = False
        blank = len(words) - len(words.lstrip("\t\n\f ")) if self._wanted or self._cell else 0
        if blank:
            self._trailing += words.count("\n", 0, blank)
            self._keep(words[:blank], words[:blank])
        if words[blank:]:
            self._part()
            shown = words[blank:] if self._preformatted else _BLANKS.sub(" ", words[blank:])
            self._trailing = len(shown) - len(shown.rstrip("\n"))
            self._keep(words[blank:], shown)

    def _keep(self, own: str, shown: str) -> None:
        self._own.append(own)
        self._pieces.append(shown)
        self._length += len(own)

    def _part(self) -> None:
        """Add what parts this text from the one before: line ends, or a tab between the cells of a row."""
        lacking = "\n" * (self._wanted - self._trailing) or "\t" * (self._cell and not self._wanted)
        self._wanted, self._cell = 0, False
        if lacking and self._length:
            self._pieces.append(lacking)
            self._at.append(self._length)
            self._added.append(self._added[-1] + len(lacking))


def _tokens(html: str) -> Iterator[tuple[bool, str]]:
    """Yield texts and the names of tags, a closing one with its slash."""
    at = 0
    while (found := html.find("<", at)) >= 0:
        name = _NAME.match(html, found + 1)
        if html.startswith("<!--", found):
            stop = _after(html, "-->", found + 4)
        elif html.startswith(("<!", "<?"), found):
            stop = _after(html, ">", found + 2)
        elif name:
            stop = _tag_end(html, name.end())
        else:
            yield False, html[at : found + 1]
            at = found + 1
            continue
        if found > at:
            yield False, html[at:found]
        if name:
            yield True, name[0]
        at = stop
    if at < len(html):
        yield False, html[at:]


def _after(html: str, end: str, at: int) -> int:
    found = html.find(end, at)
    return found + len(end) if found >= 0 else len(html)


def _tag_end(html: str, at: int) -> int:
    """Return where a tag ends, past any “>” in its quoted attributes; one without an end takes the rest."""
    while found := _IN_TAG.search(html, at):
        if found[0] == ">":
            return found.end()
        quote = html.find(found[0], found.end())
        if quote < 0:
            break
        at = quote + 1
    return len(html)
