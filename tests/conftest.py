"""What every test stands on: no display, an app-data folder of its own, a project."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.model.scheme import Scheme
from annotator.store import Home, Project

RESOURCES = Path(__file__).parents[1] / "resources"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """The app-data folder of this test, also for the programs it starts."""
    monkeypatch.setenv("ANNOTATOR_HOME", str(tmp_path / "home"))
    return Home.default()


@pytest.fixture(scope="session")
def scheme() -> Scheme:
    """The default scheme of conflict news."""
    body = tomllib.loads((RESOURCES / "schemes" / "conflict-news.toml").read_text("utf-8"))
    return Scheme.from_body(body)


@pytest.fixture
def project(tmp_path: Path, home: Home, scheme: Scheme) -> Iterator[Project]:
    """A new project without articles."""
    path = tmp_path / "test.annotator"
    with Project.create(path, scheme=scheme, title="Test", home=home) as project:
        yield project
