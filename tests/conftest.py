"""What every test stands on: no display, an app-data folder of its own, a project."""

import gc
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# γ of a few spans takes no time, but compiling its library first takes half a minute.
os.environ.setdefault("NUMBA_DISABLE_JIT", "1")

import shutil
import signal
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.model.change import new_id
from annotator.model.scheme import Scheme
from annotator.store import Home, Project, connection

RESOURCES = Path(__file__).parents[1] / "resources"


def pytest_configure() -> None:
    """Feel Ctrl+C, which tests send, also where a shell runs them in the background and would ignore it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Let garbage be collected less often, and never where all stays to the end: libraries and tests."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(10_000)
        gc.enable()


@pytest.fixture(scope="session", autouse=True)
def bytecode(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let the programs that tests start compile once for all, also where nothing may stand by the sources."""
    with pytest.MonkeyPatch.context() as patch:
        if sys.dont_write_bytecode:
            patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
            patch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path_factory.mktemp("bytecode")))
        yield


@pytest.fixture(autouse=True)
def home(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Home:
    """The app-data folder of this test, also for the programs it starts."""
    if "tmp_path" in request.fixturenames:
        folder = request.getfixturevalue("tmp_path")
    else:  # What pytest does besides for each folder takes longer than most tests.
        folder = tmp_path_factory.getbasetemp() / new_id()
        folder.mkdir()
    monkeypatch.setenv("ANNOTATOR_HOME", str(folder / "home"))
    return Home.default()


@pytest.fixture(autouse=True)
def unsynced(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for no disk, except where it is tested that projects survive: in the store and in processes."""
    if request.path.parent.name != "store":
        pragmas = ["synchronous=OFF" if "synchronous" in one else one for one in connection._PRAGMAS]
        monkeypatch.setattr(connection, "_PRAGMAS", tuple(pragmas))


@pytest.fixture(scope="session")
def scheme() -> Scheme:
    """The default scheme of conflict news."""
    body = tomllib.loads((RESOURCES / "schemes" / "conflict-news.toml").read_text("utf-8"))
    return Scheme.from_body(body)


@pytest.fixture(scope="session")
def empty_project(tmp_path_factory: pytest.TempPathFactory, scheme: Scheme) -> Path:
    """A project without articles, of which tests get copies: making one takes longer than most tests."""
    folder = tmp_path_factory.mktemp("empty")
    path = folder / "test.annotator"
    Project.create(path, scheme=scheme, title="Test", home=Home(folder / "home")).close()
    return path


@pytest.fixture
def project(tmp_path: Path, home: Home, empty_project: Path) -> Iterator[Project]:
    """A new project without articles."""
    path = Path(shutil.copyfile(empty_project, tmp_path / "test.annotator"))
    with Project.open(path, home=home) as project:
        yield project
