"""What the Review page can be asked: its keys are answered by the page itself."""

from collections.abc import Callable

from annotator.ui.command import Command, has_project
from annotator.ui.context import Context
from annotator.ui.pages.protocol import ReviewingPage


def _is_reviewing(c: Context) -> bool:
    return c.stage.page == "review" and c.stage.review_page is not None and has_project(c)


def _ask(deed: Callable[[ReviewingPage], object]) -> Callable[[Context], None]:
    """Ask something of the Review page."""

    def run(c: Context) -> None:
        if c.stage.review_page is not None:
            deed(c.stage.review_page)

    return run


def _are_names_hidden(c: Context) -> bool:
    return c.stage.review_page is not None and c.stage.review_page.are_names_hidden


def _row(
    id: str, words: str, deed: Callable[[ReviewingPage], object], *keys: str, separate: bool = False
) -> Command:
    return Command(id, words, "Review", _ask(deed), keys, _is_reviewing, "article", separate=separate)


COMMANDS: tuple[Command, ...] = (
    _row("choose-version", "Choose a version, by its number", lambda page: page.press("1"), "1", "2", "3"),
    _row("accept-version", "Accept the chosen version", lambda page: page.accept(), "Return"),
    _row("edit-version", "Edit the chosen version, then accept", lambda page: page.edit(), "E"),
    _row("reject-versions", "Reject all versions", lambda page: page.press("0"), "0"),
    _row("reopen-case", "Reopen a decided case", lambda page: page.press("R"), "R"),
    _row("next-case", "Next case, then the next disputed article", lambda page: page.press("J"), "J"),
    _row("previous-case", "Previous case", lambda page: page.press("K"), "K"),
    _row("undo-decision", "Undo the last decision", lambda page: page.press("U"), "U"),
    _row("accept-agreed", "Accept what all agree on", lambda page: page.press("A"), "A", separate=True),
    Command(
        "hide-names",
        "Hide the annotators’ names",
        "Review",
        _ask(lambda page: page.toggle_names()),
        enabled=_is_reviewing,
        checked=_are_names_hidden,
    ),
)
