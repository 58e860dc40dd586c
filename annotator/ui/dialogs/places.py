"""Where a project file goes, as somebody typed it."""

from pathlib import Path

from annotator.services.sharing import SUFFIX

NOWHERE = "a place is missing; choose a folder and a name"
NO_NAME = "no file can be called so; choose a folder and a name"


def typed_place(words: str) -> Path:
    """Return the file that is meant, with its suffix; ValueError says why there can be none."""
    if not words.strip():
        raise ValueError(NOWHERE)
    try:
        typed = Path(words.strip()).expanduser()
        place = typed if typed.suffix == SUFFIX else typed.with_name(typed.name + SUFFIX)
        place.exists()
    except (OSError, RuntimeError, ValueError) as error:  # Too long, nobody's home, a folder and no name.
        raise ValueError(NO_NAME) from error
    return place
