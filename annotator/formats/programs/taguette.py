"""Taguette's projects: documents as HTML, highlights on them, tags, and who made which highlight.

A highlight with several tags becomes a span for each of them. Its offsets count bytes of UTF-8 in the text
of the HTML, without its tags; the paragraphs of the HTML become those of the article.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from annotator.formats.dataset import ArticleRecord, Dataset, Header, Remark
from annotator.formats.parts import bodies
from annotator.formats.parts.article_fields import described_article
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.canonical import Canonical, Say, identified
from annotator.formats.parts.database_tables import Row, Table, Tables, number, tell_apart, words
from annotator.formats.parts.decoding import MAX_TEXT
from annotator.formats.parts.html_text import HtmlText
from annotator.formats.parts.strict_json import parsed
from annotator.formats.parts.utf8_offsets import Utf8Offsets
from annotator.model.records import Annotation
from annotator.model.scheme import Label, Scheme
from annotator.model.text import says_nothing

TABLES = (
    Table("projects", ("id", "name")),
    Table("documents", ("id", "name", "contents"), ("description", "filename")),
    Table("highlights", ("id", "document_id", "start_offset", "end_offset"), ("snippet",)),
    Table("tags", ("id", "path"), ("description",)),
    Table("highlight_tags", ("highlight_id", "tag_id")),
    Table("commands", ("user_login", "payload"), is_needed=False),
)

UNTAGGED = "highlight"
"""The label of a highlight that has no tag."""
NOBODY = "admin"
"""What Taguette calls whoever works alone, and everybody in a project that was exported."""


def from_tables(tables: Tables, _scheme: Scheme, remark: Remark) -> Dataset:
    """Read every document of every project in the file."""
    highlights = _Highlights(tables)
    say = partial(remark, None)
    records: list[ArticleRecord] = []
    for row in tables["documents"]:
        name = words(row, "name") or f"document {row['id']}"
        try:
            records.append(_record(row, name, highlights, say))
        except BadRecord as error:
            say(f"“{name}” was left out: {error}")
    astray = highlights.astray({row["id"] for row in tables["documents"]})
    if astray:
        say(f"highlights of documents that are not there were left out: {astray:,}")
    projects = (words(row, "name") for row in tables["projects"])
    return Dataset(Header(" and ".join(projects), labels=highlights.labels), records)


def _record(row: Row, name: str, highlights: "_Highlights", say: Say) -> ArticleRecord:
    html = words(row, "contents")
    if len(html) > MAX_TEXT:
        raise BadRecord(f"it has more than {MAX_TEXT:,} characters; split it")
    page = HtmlText(html)
    if says_nothing(page.text):
        raise BadRecord("it has no text")
    text = Canonical(page.text)
    said = {"description": words(row, "description"), "filename": words(row, "filename")}
    article = identified(described_article(said, name), text.text, say)
    units = Utf8Offsets(page.own)
    annotations: list[Annotation] = []
    for highlight in highlights.of(row["id"]):
        try:
            claims = highlights.claims(highlight, page, units)
            annotations += [bodies.annotation(claim, article.id) for claim in claims]
        except BadRecord as error:
            say(f"highlight {highlight['id']} of “{name}” was left out: {error}")
    placed = (text.placed(a, say) for a in annotations)
    return ArticleRecord(article, text.text, tuple(a for a in placed if a))


class _Highlights:
    """The highlights of a file with their tags and makers."""

    def __init__(self, tables: Tables) -> None:
        self.labels = tuple(
            Label(words(row, "path"), words(row, "path"), rule=words(row, "description"))
            for row in tables["tags"]
        )
        paths = {row["id"]: words(row, "path") for row in tables["tags"]}
        self._tags: dict[Any, list[str]] = defaultdict(list)
        for row in tables["highlight_tags"]:
            if row["tag_id"] in paths:
                self._tags[row["highlight_id"]].append(paths[row["tag_id"]])
        self._of: dict[Any, list[Row]] = defaultdict(list)
        for row in tables["highlights"]:
            self._of[row["document_id"]].append(row)
        makers = _makers(tables["commands"])
        self._makers = makers if tell_apart(makers.values(), NOBODY) else {}

    def of(self, document: Any) -> list[Row]:
        return self._of.get(document, [])

    def astray(self, documents: set[Any]) -> int:
        """Count the highlights of other documents than these."""
        return sum(len(rows) for document, rows in self._of.items() if document not in documents)

    def claims(self, row: Row, page: HtmlText, units: Utf8Offsets) -> Iterator[dict[str, Any]]:
        """Yield what a highlight says, once for each of its tags, with the words that it quotes."""
        start, stop = number(row, "start_offset"), number(row, "end_offset")
        if start is None or stop is None or not 0 <= start < stop:
            raise BadRecord("its offsets mark nothing")
        place = [page.start(units.from_utf8(start)), page.stop(units.from_utf8(stop))]
        snippet = HtmlText(words(row, "snippet")).text.strip()
        marked = page.text[slice(*place)]
        # The snippet's paragraphs may be parted in another way than those of the page.
        exact = marked if "".join(marked.split()) == "".join(snippet.split()) else snippet
        for label in sorted(self._tags.get(row["id"], [UNTAGGED])):
            yield {
                "layer": self._makers.get(row["id"], ""),
                "label": label,
                "fragments": [place],
                "exact": [exact] if exact else [],
            }


def _makers(commands: Sequence[Row]) -> dict[Any, str]:
    """Read from the history who made which highlight; a later change of it is no new one."""
    makers: dict[Any, str] = {}
    for row in commands:
        try:
            payload = bodies.row_of(parsed(words(row, "payload"), "it"), "it")
        except BadRecord:
            continue
        if payload.get("type") == "highlight_add":
            # Older versions call it “id”.
            highlight = payload.get("highlight_id", payload.get("id"))
            if isinstance(highlight, int):
                makers.setdefault(highlight, words(row, "user_login"))
    return makers
