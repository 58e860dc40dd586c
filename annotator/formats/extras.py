"""Libraries that only some formats and one measure need, and how to install them."""

from collections.abc import Iterable
from importlib.util import find_spec

REQUIREMENTS = {
    "cassis": "dkpro-cassis>=0.10",
    "docx": "python-docx>=1.1",
    "openpyxl": "openpyxl>=3.1",
    "pyarrow": "pyarrow>=16",
    "pygamma_agreement": "pygamma-agreement>=0.5.9",
    "pypdf": "pypdf>=6.10",
    "spacy": "spacy>=3.7",
    "trafilatura": "trafilatura>=2",
}
"""What to install for each module; `pyproject.toml` names the same under its extras."""


def missing(modules: Iterable[str]) -> str:
    """Say how to install what is missing of some modules; "" when all are there."""
    lacking = [REQUIREMENTS[module] for module in modules if find_spec(module) is None]
    quoted = " ".join(f'"{requirement}"' for requirement in lacking)
    return f"install it with: python -m pip install {quoted}" if lacking else ""
