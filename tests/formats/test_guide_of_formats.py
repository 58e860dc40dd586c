"""Each format has a page in the guide, and the Python on it reads what the format writes."""

import re
import warnings
from pathlib import Path

import pytest

from annotator.formats.registry import FORMATS

GUIDE = Path(__file__).parents[2] / "resources" / "guide"
GOLDEN = Path(__file__).parent / "golden"


def page(how):
    return (GUIDE / f"formats-{how.id}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("how", FORMATS, ids=lambda how: how.id)
def test_each_format_has_a_page(how):
    assert page(how).startswith("# ")


@pytest.mark.parametrize("how", [f for f in FORMATS if f.writes], ids=lambda how: how.id)
def test_the_python_of_the_page_loads_what_is_written(how, monkeypatch):
    """It runs beside an export called `work`; asserting what it loaded is up to the page."""
    blocks = re.findall(r"```python\n(.*?)```", page(how), re.DOTALL)
    assert blocks
    monkeypatch.chdir(GOLDEN / how.id)
    for block in blocks:
        assert "assert" in block
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # The libraries' own.
            exec(compile(block, f"formats-{how.id}.md", "exec"), {})
