"""Menus and shortcuts, made from the table of commands."""

from functools import partial

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget

from annotator.ui.actions import COMMANDS, all_commands, page_commands
from annotator.ui.command import MENUS, Command
from annotator.ui.context import Context
from annotator.ui.spelled_keys import spelled

REFRESH_MS = 200
PALETTE_KEYS = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_K)


class Menus(QObject):
    """Keeps an action and its shortcut for each command of the table; fills menus when they open."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.window)
        self._c = context
        self.actions: dict[str, QAction] = {}
        for command in (*page_commands(context), *COMMANDS):
            self.actions[command.id] = self._action(command, context.window)
            context.window.addAction(self.actions[command.id])
        self._late = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._late.timeout.connect(self.refresh)
        session = context.session
        for signal in (session.changed, session.person_changed, session.layer_changed):
            signal.connect(self._late.start)
        for signal in (session.project_changed, session.selection_changed):
            signal.connect(self._late.start)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._watch)

    def refresh(self) -> None:
        """Word the commands as things stand: "Undo tag as Claim"."""
        for command in (*page_commands(self._c), *COMMANDS):
            self._word(self.actions[command.id], command)

    def submenus(self, parent: QWidget) -> list[QMenu]:
        """Make all menus there are; each is filled when it opens."""
        return [self._filled_late(QMenu(title, parent), title) for title in MENUS]

    def project_menu(self, parent: QWidget) -> QMenu:
        """Make the menu behind the project's title: projects, and the article's details."""
        menu = QMenu("Project", parent)
        # The button runs the other way, to have its arrow behind the title.
        menu.setLayoutDirection(QApplication.layoutDirection())
        return self._filled_late(menu, "Project", "details")

    def person_menu(self, parent: QWidget) -> QMenu:
        """Make the menu behind the annotator's name."""
        menu = QMenu("Annotator", parent)
        menu.aboutToShow.connect(lambda: self._fill(menu, self._of_person()))
        return menu

    def _of_person(self) -> list[Command]:
        return [c for c in all_commands(self._c) if c.id == "change-annotator" or c.id.startswith("layer-")]

    def _filled_late(self, menu: QMenu, title: str, *more: str) -> QMenu:
        menu.aboutToShow.connect(
            lambda: self._fill(menu, [c for c in all_commands(self._c) if c.menu == title or c.id in more])
        )
        return menu

    def _fill(self, menu: QMenu, commands: list[Command]) -> None:
        menu.clear()
        groups: dict[str, QMenu] = {}
        for command in commands:
            target = menu
            if command.group:
                if command.group not in groups:
                    groups[command.group] = menu.addMenu(command.group)
                target = groups[command.group]
            elif command.separate and not menu.isEmpty():
                menu.addSeparator()
            target.addAction(self._current(command, target))

    def _current(self, command: Command, menu: QMenu) -> QAction:
        action = self.actions.get(command.id) or self._action(command, menu)
        self._word(action, command)
        return action

    def _word(self, action: QAction, command: Command) -> None:
        text = command.worded(self._c).replace("&", "&&")
        if command.scope == "article" and command.keys:
            text += f"\t{spelled(command.keys[0])}"
        action.setText(text)
        action.setEnabled(command.enabled(self._c))
        if command.checked:
            action.setChecked(command.checked(self._c))

    def _action(self, command: Command, parent: QObject) -> QAction:
        action = QAction(command.words.replace("&", "&&"), parent)
        action.setCheckable(command.checked is not None)
        # The system may move no command elsewhere by its name.
        action.setMenuRole(QAction.MenuRole.NoRole)
        if command.scope == "window":
            action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        action.triggered.connect(partial(self._run, command))
        return action

    def _run(self, command: Command, _checked: bool = False) -> None:
        if command.enabled(self._c):
            command.run(self._c)

    def _watch(self, before: QWidget | None, now: QWidget | None) -> None:
        """Look at the keys of the text field that has the focus, and of no other widget."""
        if isinstance(before, QLineEdit):
            before.removeEventFilter(self)
        if isinstance(now, QLineEdit):
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep Ctrl+K for the palette, though in some systems' text fields it deletes to the line's end."""
        return (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.keyCombination() == PALETTE_KEYS
        ) or super().eventFilter(watched, event)
