"""Commands that bring work together."""

from annotator.ui.command import Command, has_project
from annotator.ui.flows import merging

COMMANDS: tuple[Command, ...] = (
    Command(
        "merge", "Merge a colleague's project…", "Project", merging.choose, (), has_project, separate=True
    ),
    Command("forks", "Changes made on two machines…", "Project", merging.show_forks, (), has_project),
)
