"""Handing work out and in: assign articles, copies for colleagues, one's own work as a file."""

from annotator.ui.command import Command, has_project
from annotator.ui.context import Context
from annotator.ui.flows import sharing


def _assign(c: Context) -> None:
    c.stage.show_page("assign")


COMMANDS: tuple[Command, ...] = (
    Command("assign", "Assign articles…", "Project", _assign, (), has_project, separate=True),
    Command(
        "copy-for-colleague",
        "Make a copy for a colleague…",
        "Project",
        sharing.copy_for_colleague,
        (),
        has_project,
    ),
    Command("save-mine", "Save my work as…", "Project", sharing.save_mine, (), has_project),
)
