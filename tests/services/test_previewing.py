"""The first records of an export are shown in any format, and nothing is written."""

import golden_project as golden
import pytest

from annotator.formats.registry import FORMATS
from annotator.services.exporting import prepared
from annotator.services.previewing import first_records
from annotator.services.wanted import Wanted


@pytest.mark.parametrize("how", [f for f in FORMATS if f.writes], ids=lambda how: how.id)
def test_the_first_records_are_shown(project, tmp_path, how):
    golden.fill(project)
    before = set(tmp_path.rglob("*"))
    with prepared(project, Wanted(how)) as export:
        shown = first_records(export, how)
    assert shown.startswith("— ")
    assert len(shown) > 60
    assert set(tmp_path.rglob("*")) == before
