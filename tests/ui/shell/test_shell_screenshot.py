"""Pictures of the window, made by the command line: no display, nothing written but the picture."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from annotator.app import APT, main
from annotator.cli import parser
from annotator.model.span import Span
from annotator.services import articles, tagging
from annotator.services.errors import Refused
from annotator.services.samples import sample
from annotator.store import Project
from annotator.store.home import write_whole
from annotator.ui.screenshot import SIGNATURE, check_place

ROOT = Path(__file__).parents[3]


def run(*arguments: object, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a person would, without a display."""
    clean = {
        k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    command = [sys.executable, str(ROOT / "main.py"), *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, env={**clean, **env}, timeout=60, check=False
    )


@pytest.fixture
def here(capsys):
    """Run the program within the test, where nothing hangs on its being a process."""

    def here(*arguments: object) -> subprocess.CompletedProcess[str]:
        status = main([str(argument) for argument in arguments])
        return subprocess.CompletedProcess(arguments, status, *capsys.readouterr())

    return here


@pytest.fixture
def path(home):
    path = sample(home)
    with Project.open(path, home=home) as project:
        article = project.article_ids()[0]
        start = project.text(project.article(article).sha256).index("at least 13")
        tagging.tag(project, actor="Ada", article=article, label="casualty", spans=[Span(start, start + 23)])
        articles.add(project, actor="Ada", raw="Zebra\n\nOther words.", title="Zebra")
    return path


def digest(folder: Path) -> dict[str, str]:
    return {
        str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in folder.rglob("*")
        if p.is_file()
    }


def test_a_picture_is_painted_without_a_display_and_nothing_else_is_written(path, home, tmp_path):
    before = digest(home.folder)
    out = tmp_path / "a.png"
    done = run("screenshot", path, out)
    assert (done.returncode, done.stderr) == (0, "")
    image = QImage(str(out))
    assert (image.width(), image.height()) == (1440, 900)
    assert len({image.pixelColor(x, 450).rgb() for x in range(1440)}) > 10
    assert digest(home.folder) == before
    assert [p.name for p in tmp_path.iterdir() if p.suffix != ".png"] == ["home"]


def test_page_article_size_and_theme_can_be_chosen(path, home, tmp_path, here):
    with Project.open(path, home=home, read_only=True) as project:
        zebra = project.titles("zebra", 1)[0][0]
    pictures = {}
    for name, options in {
        "light": [],
        "dark": ["--theme", "dark"],
        "sources": ["--page", "sources"],
        "review": ["--page", "review"],
        "zebra": ["--article", zebra],
    }.items():
        out = tmp_path / f"{name}.png"
        done = here("screenshot", path, out, "--size", "1024x700", *options)
        assert (done.returncode, done.stderr) == (0, "")
        pictures[name] = QImage(str(out))
    assert {(i.width(), i.height()) for i in pictures.values()} == {(1024, 700)}
    assert len({i.pixelColor(500, 400).rgb() for i in pictures.values()}) >= 2
    assert (
        pictures["light"].pixelColor(5, 690).lightness()
        > 200
        > 60
        > pictures["dark"].pixelColor(5, 690).lightness()
    )
    assert pictures["light"] != pictures["zebra"] != pictures["sources"] != pictures["review"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--article", "nosuch"], "no article “nosuch”"),
        (["--page", "incidents"], "no page “incidents” yet"),
    ],
)
def test_what_there_is_not_is_one_sentence(path, tmp_path, here, options, words):
    done = here("screenshot", path, tmp_path / "x.png", *options)
    assert done.returncode == 1
    assert words in done.stderr
    assert done.stderr.startswith("annotator: ")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "x.png").exists()


def test_a_place_that_cannot_be_written_leaves_nothing(path, tmp_path, here):
    done = here("screenshot", path, tmp_path / "none" / "x.png")
    assert done.returncode == 1
    assert "can't be written" in done.stderr
    old = tmp_path / "old.png"
    old.write_bytes(SIGNATURE + b"old")
    assert here("screenshot", path, old, "--article", "nosuch").returncode == 1
    assert old.read_bytes() == SIGNATURE + b"old"


def test_only_an_earlier_picture_is_replaced(path, tmp_path, here):
    project = path.rename(tmp_path / "p.png")
    linked, other, folder = (tmp_path / name for name in ("linked.png", "other.png", "folder.png"))
    linked.symlink_to(project)
    other.write_bytes(b"my notes")
    folder.mkdir()
    before = digest(tmp_path)
    for out, words in (
        (project, "the project itself"),
        (linked, "the project itself"),
        (other, "no PNG picture"),
        (folder, "no PNG picture"),
        (tmp_path / "notes.txt", "does not end in .png"),
    ):
        with pytest.raises(Refused, match=words):
            check_place(out, project)
    assert digest(tmp_path) == before
    picture = tmp_path / "picture.png"
    picture.write_bytes(SIGNATURE)
    check_place(picture, project)
    assert words in here("screenshot", project, tmp_path / "notes.txt").stderr


def test_what_cannot_be_put_in_its_place_leaves_nothing_behind(tmp_path):
    (tmp_path / "x.png").mkdir()
    with pytest.raises(OSError, match=r"x\.png"):
        write_whole(tmp_path / "x.png", b"picture")
    assert [p.name for p in tmp_path.iterdir()] == ["x.png"]


def test_a_script_is_told_what_was_painted(path, tmp_path, here):
    out = tmp_path / "a.png"
    done = here("screenshot", path, out, "--json", "--size", "1024x700")
    assert json.loads(done.stdout) == {"file": str(out), "width": 1024, "height": 700}
    assert here("screenshot", path, out).stdout == f"Painted {out}, 1440x900 pixels.\n"


def test_a_project_on_a_read_only_disk_is_painted(path, tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    copy = folder / "copy.annotator"
    copy.write_bytes(path.read_bytes())
    copy.chmod(0o444)
    folder.chmod(0o555)
    try:
        done = run("screenshot", copy, tmp_path / "x.png")
    finally:
        folder.chmod(0o755)
    assert (done.returncode, done.stderr) == (0, "")
    assert [p.name for p in folder.iterdir()] == ["copy.annotator"]


def test_without_a_display_the_window_says_what_works_without_one():
    if sys.platform != "linux":
        pytest.skip("other systems always have a display")
    done = run()
    assert done.returncode == 1
    assert done.stderr.startswith("annotator: the window needs a display")
    _, commands = parser._build()
    assert all(command in done.stderr for command in commands if command != "open")
    assert "annotator screenshot" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_display_that_does_not_answer_is_one_sentence():
    if sys.platform != "linux":
        pytest.skip("only X servers have names")
    done = run(DISPLAY=":7777")
    assert done.returncode == 1
    assert done.stderr.startswith("annotator: ")
    assert "annotator screenshot" in done.stderr or "apt-get install" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_project_named_on_the_command_line_that_cannot_be_opened_is_one_line(tmp_path):
    done = run("open", tmp_path / "none.annotator", QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 1
    assert done.stderr.startswith("annotator: ")
    assert "none.annotator" in done.stderr
    assert done.stderr.count("\n") == 1
    assert run(tmp_path / "none.annotator", QT_QPA_PLATFORM="offscreen").returncode == 1


def test_missing_system_libraries_are_one_sentence_with_the_line_that_installs_them(tmp_path):
    package = tmp_path / "PySide6"
    package.mkdir()
    (package / "__init__.py").write_text(
        "raise ImportError('libEGL.so.1: cannot open shared object file: No such file or directory')"
    )
    done = run(QT_QPA_PLATFORM="offscreen", PYTHONPATH=str(tmp_path))
    assert done.returncode == 1
    assert "libEGL.so.1" in done.stderr
    assert "apt-get install -y libegl1" in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_line_that_installs_libraries_is_that_of_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert APT in readme
