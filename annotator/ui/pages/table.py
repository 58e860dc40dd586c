"""Which pages there are: a new one is one row here."""

from dataclasses import dataclass
from importlib import import_module

from PySide6.QtWidgets import QWidget

from annotator.ui.session import Session
from annotator.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class PageRow:
    """One page; its module is loaded when it is first shown."""

    id: str
    title: str
    module: str
    widget: str
    hints: str
    """The keys that matter most on it."""
    tab: bool = True
    """It can be gone to from the bar at the top; else only a command leads to it."""
    guide: str = ""
    """The page of the guide that tells of it."""

    def build(self, session: Session, theme: Theme) -> QWidget:
        made: QWidget = getattr(import_module(self.module), self.widget)(session, theme)
        return made


PAGES: tuple[PageRow, ...] = (
    PageRow(
        "annotate",
        "Annotate",
        "annotator.ui.pages.annotate",
        "AnnotatePage",
        "Space next span  ·  ↵ attributes  ·  ? keys",
    ),
    PageRow(
        "review",
        "Review",
        "annotator.ui.pages.reviewing",
        "ReviewPage",
        "1 2 3 choose  ·  ↵ accept  ·  E edit  ·  0 reject  ·  J K next, previous",
        guide="review",
    ),
    PageRow(
        "agreement",
        "Agreement",
        "annotator.ui.pages.agreement",
        "AgreementPage",
        "Arrows cells  ·  ↵ passages  ·  Esc back",
        guide="agreement-page",
    ),
    PageRow("sources", "Sources", "annotator.ui.pages.sources", "SourcesPage", "↵ opens a mention"),
    PageRow("progress", "Progress", "annotator.ui.pages.progress", "ProgressPage", "↵ opens an article"),
    PageRow(
        "feedback",
        "Feedback",
        "annotator.ui.pages.feedback",
        "FeedbackPage",
        "↵ opens a passage  ·  Esc back",
        tab=False,
        guide="verdicts",
    ),
    PageRow(
        "assign",
        "Assign",
        "annotator.ui.pages.assigning",
        "AssignPage",
        "Ctrl+↵ deal out  ·  Space gives or takes back  ·  Esc back",
        tab=False,
        guide="sharing",
    ),
    PageRow(
        "export",
        "Export",
        "annotator.ui.pages.exporting",
        "ExportPage",
        "Ctrl+↵ export  ·  Esc back",
        tab=False,
        guide="formats",
    ),
    PageRow(
        "import",
        "Import",
        "annotator.ui.pages.importing",
        "ImportPage",
        "Ctrl+↵ import  ·  Esc back",
        tab=False,
        guide="formats",
    ),
    PageRow(
        "merge",
        "Merge",
        "annotator.ui.pages.merging",
        "MergePage",
        "Ctrl+↵ merge  ·  Esc back",
        tab=False,
        guide="merge",
    ),
    PageRow(
        "forks",
        "Changes made on two machines",
        "annotator.ui.pages.forks",
        "ForksPage",
        "1 2 choose  ·  ↑ ↓ go on  ·  Esc back",
        tab=False,
        guide="merge",
    ),
)


def page_row(page: str) -> PageRow | None:
    return next((row for row in PAGES if row.id == page), None)


def guide_of(page: str) -> str:
    """Return the page of the guide that tells of a page; "" for the one that is open there."""
    row = page_row(page)
    return row.guide if row else ""
