"""What to say of the commands that need the window, where there is none."""

from argparse import Namespace

from annotator.services.errors import Refused


def refuse(args: Namespace) -> int:
    raise Refused(f"`{args.command}` needs the window; start it as `annotator {args.command}`")


COMMANDS = {"open": refuse, "screenshot": refuse}
