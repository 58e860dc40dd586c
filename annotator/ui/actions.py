"""Commands as data: menus, shortcuts, the palette and the sheet of keys all read this one table."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt

from annotator.services import tagging
from annotator.ui.blindness import round_of
from annotator.ui.command import Command, always, has_article, has_project, has_span, may_tag, press
from annotator.ui.command_tables import judging, merging, reviewing, sharing
from annotator.ui.context import Context
from annotator.ui.flows import articles, astray, help, people, projects
from annotator.ui.pages.table import guide_of
from annotator.ui.settings import ThemeChoice


def _undo_words(c: Context) -> str:
    action = c.session.stacks.next_undo() if has_project(c) and c.session.person else None
    return f"Undo {action.words}" if action else "Undo"


def _redo_words(c: Context) -> str:
    action = c.session.stacks.next_redo() if has_project(c) and c.session.person else None
    return f"Redo {action.words}" if action else "Redo"


def _add_fragment(c: Context) -> None:
    for span in c.session.passage:
        c.session.do(tagging.add_fragment, annotation=c.session.selected, span=span)
    if c.stage.article_page:
        c.stage.article_page.view.clear_selection()


def _press_label(label: str, c: Context) -> None:
    if c.stage.article_page:
        c.stage.article_page.view.setFocus(Qt.FocusReason.OtherFocusReason)
        c.stage.article_page.view.label_key.emit(label)


def _show_layer(layer: str, c: Context) -> None:
    c.session.show_layer(layer)


def _is_layer(layer: str, c: Context) -> bool:
    return c.session.layer == layer


def _open_recent(path: Path, c: Context) -> None:
    projects.open_path(c, path)


def _nothing(_: Context) -> None:
    """Stand for a command that is never enabled."""


def _never(_: Context) -> bool:
    return False


def _show_page(page: str, c: Context) -> None:
    c.stage.show_page(page)


def _is_page(page: str, c: Context) -> bool:
    return c.stage.page == page


def _choose_theme(choice: ThemeChoice, c: Context) -> None:
    c.appearance.choose(choice)


def _is_theme(choice: ThemeChoice, c: Context) -> bool:
    return c.appearance.choice == choice


def _read(deed: Callable[..., None], *arguments: int) -> Callable[[Context], None]:
    """Ask something of the page where articles are read, bringing it forward."""

    def run(c: Context) -> None:
        c.stage.show_page("annotate")
        if c.stage.article_page:
            deed(c.stage.article_page, *arguments)

    return run


def _browse(deed: Callable[..., None], *arguments: int) -> Callable[[Context], None]:
    """Ask something of the page with articles that is shown, else of the one where they are read."""

    def run(c: Context) -> None:
        if c.stage.page != "review":
            c.stage.show_page("annotate")
        if c.stage.reading_page:
            deed(c.stage.reading_page, *arguments)

    return run


def _article(
    id: str,
    words: str,
    keys: str,
    *more_keys: str,
    enabled: Callable[[Context], bool] = has_span,
    separate: bool = False,
) -> Command:
    """Make a row for what the article itself answers to."""
    all_keys = (keys, *more_keys)
    return Command(id, words, "Span", press(keys), all_keys, enabled, "article", separate=separate)


_THEMES: tuple[tuple[ThemeChoice, str], ...] = (
    ("system", "Light or dark as the system"),
    ("light", "Light"),
    ("dark", "Dark"),
)

COMMANDS: tuple[Command, ...] = (
    Command("new-project", "New project…", "Project", projects.new, ("Ctrl+N",)),
    Command("open-project", "Open project…", "Project", projects.choose, ("Ctrl+O",)),
    Command("open-sample", "Open the sample project", "Project", projects.open_sample),
    Command(
        "import-files",
        "Import files…",
        "Project",
        articles.import_files,
        ("Ctrl+I",),
        has_project,
        separate=True,
    ),
    Command("import-folder", "Import a folder…", "Project", articles.import_folder, (), has_project),
    Command("paste-article", "Paste an article…", "Project", articles.paste, ("Ctrl+Shift+V",), has_project),
    Command("export", "Export…", "Project", partial(_show_page, "export"), ("Ctrl+E",), has_project),
    *merging.COMMANDS,
    *sharing.COMMANDS,
    Command(
        "change-annotator", "Change annotator…", "Project", people.change, (), has_project, separate=True
    ),
    Command("save", "Save", "Project", projects.save, ("Ctrl+S",), has_project, separate=True),
    Command("quit", "Quit", "Project", lambda c: c.stage.close(), ("Ctrl+Q",)),
    Command(
        "undo",
        "Undo",
        "Edit",
        articles.undo,
        ("Ctrl+Z",),
        has_project,
        words_now=_undo_words,
    ),
    Command(
        "redo",
        "Redo",
        "Edit",
        articles.redo,
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        has_project,
        words_now=_redo_words,
    ),
    _article("copy", "Copy the words", "Ctrl+C", enabled=has_article),
    Command(
        "find",
        "Find in the article",
        "Edit",
        _read(lambda page: page.find_in_article()),
        ("Ctrl+F",),
        has_article,
        separate=True,
    ),
    Command(
        "find-everywhere",
        "Find in all articles and spans",
        "Edit",
        _browse(lambda page: page.find_everywhere()),
        ("Ctrl+Shift+F",),
        has_project,
    ),
    Command("palette", "Find a command or an article", "Edit", lambda c: c.stage.show_palette(), ("Ctrl+K",)),
    Command(
        "next-article",
        "Next article",
        "Article",
        _browse(lambda page, step: page.step_article(step), 1),
        ("Alt+Down",),
        has_project,
    ),
    Command(
        "previous-article",
        "Previous article",
        "Article",
        _browse(lambda page, step: page.step_article(step), -1),
        ("Alt+Up",),
        has_project,
    ),
    Command(
        "done",
        "Mark as done and go on",
        "Article",
        _read(lambda page: page.finish()),
        ("Ctrl+Enter", "Ctrl+Return"),
        lambda c: has_article(c) and c.stage.page == "annotate",
        separate=True,
    ),
    Command("nothing-here", "Mark as read, nothing here", "Article", articles.nothing_here, (), has_article),
    Command("skip", "Skip", "Article", lambda c: articles.mark(c, "skipped"), (), has_article),
    Command("to-do", "Mark as to do", "Article", lambda c: articles.mark(c, "to do"), (), has_article),
    Command("details", "Article details…", "Article", articles.details, ("F2",), has_article, separate=True),
    Command("remove", "Remove the article", "Article", articles.remove, (), has_article),
    _article("next-span", "Next span", "Space", enabled=has_article, separate=True),
    _article("previous-span", "Previous span", "Shift+Space", enabled=has_article),
    _article("attributes", "To the first attribute, and back", "Return"),
    _article("start-out", "Start a word earlier", "[", separate=True),
    _article("start-in", "Start a word later", "Shift+["),
    _article("stop-out", "End a word later", "]"),
    _article("stop-in", "End a word earlier", "Shift+]"),
    _article("start-out-exact", "Start a character earlier", "Ctrl+["),
    _article("start-in-exact", "Start a character later", "Ctrl+Shift+["),
    _article("stop-out-exact", "End a character later", "Ctrl+]"),
    _article("stop-in-exact", "End a character earlier", "Ctrl+Shift+]"),
    Command(
        "add-fragment",
        "Add the selected words to the span",
        "Span",
        _add_fragment,
        ("Ctrl+J",),
        lambda c: has_span(c) and bool(c.session.passage),
        separate=True,
    ),
    _article("link", "Link to another span", "L"),
    _article("delete", "Delete the span", "Delete", "Backspace"),
    Command(
        "reanchor",
        "Re-anchor on the selected words",
        "Span",
        astray.place_by_hand,
        (),
        lambda c: bool(c.session.astray and c.session.passage),
    ),
    _article("back-out", "Back out one step", "Esc", enabled=has_article),
    *reviewing.COMMANDS,
    *judging.COMMANDS,
    Command(
        "larger",
        "Larger text",
        "View",
        lambda c: c.stage.zoom(1),
        ("Ctrl++", "Ctrl+="),
        has_article,
        separate=True,
    ),
    Command("smaller", "Smaller text", "View", lambda c: c.stage.zoom(-1), ("Ctrl+-",), has_article),
    Command("usual-size", "Usual text size", "View", lambda c: c.stage.zoom(0), ("Ctrl+0",), has_article),
    *(
        Command(
            f"theme-{choice}",
            words,
            "View",
            partial(_choose_theme, choice),
            checked=partial(_is_theme, choice),
            lead="Theme:",
            separate=choice == "system",
        )
        for choice, words in _THEMES
    ),
    Command("menu", "Open the menu", "Help", lambda c: c.stage.open_menu(), ("F10",)),
    Command("guide", "User guide", "Help", lambda c: c.stage.show_guide(guide_of(c.stage.page)), ("F1",)),
    Command("keys", "Keys", "Help", lambda c: c.stage.show_keys(), ("?",)),
    Command("log", "Open the log file", "Help", help.open_log, separate=True),
    Command("about", "About Annotator", "Help", help.about),
)


def label_commands(c: Context) -> Iterable[Command]:
    """Make a row for each label of the scheme: tag the selected words, else relabel the selected span."""
    labels = c.session.project.scheme.labels if c.session.project else ()
    first = next(iter(labels), None)
    for label in labels:
        yield Command(
            f"label-{label.id}",
            f"Tag or relabel as {label.title}",
            "Span",
            partial(_press_label, label.id),
            (label.key.upper(),) if label.key else (),
            may_tag,
            "article",
            separate=label is first,
        )


def layer_commands(c: Context) -> Iterable[Command]:
    """Make a row for each annotator whose spans can be shown."""
    layers = c.session.project.layers() if c.session.project else ()
    blind = round_of(c.session)
    own = (c.session.person,) if c.session.person and c.session.person not in layers else ()
    for layer in (*own, *layers):
        is_own = layer == c.session.person
        hidden = f" – hidden, “{blind.title}” is a blind round" if blind and not is_own else ""
        yield Command(
            f"layer-{layer}",
            f"{layer} (you)" if is_own else f"{layer}{hidden}",
            "View",
            partial(_show_layer, layer),
            enabled=_never if hidden else always,
            checked=partial(_is_layer, layer),
            group="Show the layer of",
        )


def recent_commands(c: Context) -> Iterable[Command]:
    """Make a row for each project opened lately."""
    others = [path for path in c.settings.recent() if path != c.session.path]
    for path in others:
        yield Command(
            f"recent-{path}", path.stem, "Project", partial(_open_recent, path), group="Open recent"
        )
    if not others:
        yield Command(
            "recent-none", "No other project yet", "Project", _nothing, enabled=_never, group="Open recent"
        )


def page_commands(c: Context) -> Iterable[Command]:
    """Make a row for each page."""
    for number, (page, title) in enumerate(c.stage.pages, 1):
        yield Command(
            f"page-{page}",
            title,
            "View",
            partial(_show_page, page),
            (f"Ctrl+{number}",),
            has_project,
            checked=partial(_is_page, page),
            lead="Go to",
        )


def all_commands(c: Context) -> list[Command]:
    """Return every command there is now: the table, and what pages, scheme, layers and projects add."""
    recent_after = next(n for n, command in enumerate(COMMANDS, 1) if command.id == "open-project")
    return [
        *page_commands(c),
        *COMMANDS[:recent_after],
        *recent_commands(c),
        *COMMANDS[recent_after:],
        *label_commands(c),
        *layer_commands(c),
    ]
