"""Where the packaged files are: fonts, icons, schemes, samples, the guide."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def path(*parts: str) -> Path:
    """Return the place of a packaged file, in a checkout or in an installed wheel."""
    return _root().joinpath(*parts)


def _root() -> Path:
    # A wheel carries the folder inside the package, a checkout beside it.
    inside = _HERE / "resources"
    return inside if inside.is_dir() else _HERE.parent / "resources"
