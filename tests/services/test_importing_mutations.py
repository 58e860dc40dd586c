"""Whatever a file says, a plan can be made and carried out, or is refused, and the project stays sound."""

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.services import importing
from annotator.services.errors import Refused
from annotator.store import Home, Project

GOLDEN = Path(__file__).parents[1] / "formats" / "golden" / "jsonl" / "work.jsonl"
ROWS = [json.loads(row) for row in GOLDEN.read_text("utf-8").splitlines()]
ODD = st.sampled_from(
    [
        None,
        True,
        -1,
        2**60,
        1.5,
        "",
        "x" * 900,
        "\ud800",
        [],
        {},
        [[]],
        {"a": {}},
        [1, 2],
        "claim",
        "actor",
        "ann",
    ]
)


def replaced(value, path, new):
    if not path or not isinstance(value, dict | list) or not value:
        return new
    keys = sorted(value) if isinstance(value, dict) else range(len(value))
    key = keys[path[0] % len(value)]
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[key] = replaced(value[key], path[1:], new)
    return copy


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """One project for all examples: each import meets what the ones before left there."""
    from annotator.formats import scheme_toml

    folder = tmp_path_factory.mktemp("shared")
    default = Path(__file__).parents[2] / "resources" / "schemes" / "conflict-news.toml"
    scheme = scheme_toml.read(default.read_bytes())
    with Project.create(
        folder / "p.annotator", scheme=scheme, title="P", home=Home(folder / "home")
    ) as project:
        yield project


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    changes=st.lists(
        st.tuples(st.integers(0, 2), st.lists(st.integers(0, 40), min_size=1, max_size=7), ODD),
        min_size=1,
        max_size=3,
    )
)
def test_any_value_in_any_place_leaves_the_project_sound(shared, changes):
    rows = list(ROWS)
    for line, path, new in changes:
        rows[line] = replaced(rows[line], path, new)
    file = Path(shared.path).with_name("work.jsonl")
    file.write_text("\n".join(json.dumps(row) for row in rows))
    with contextlib.suppress(Refused):
        plan = importing.plan(shared, [file], actor="ann")
        assert all("\n" not in remark.message for remark in plan.remarks)
        importing.apply(shared, plan)
    assert shared.problems() == []
