"""The rules of the house: arrows, sizes, words that must not be there."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "annotator").rglob("*.py"))


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_imports_follow_the_arrows():
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_file_is_one_concept_of_at_most_400_lines(path: Path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_the_main_window_is_assembly_only():
    assert len((ROOT / "annotator/ui/window.py").read_text(encoding="utf-8").splitlines()) < 350


def test_functions_are_short():
    lengths = sorted(
        (node.end_lineno - node.lineno + 1, f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
        for path in SOURCES
        for node in functions(path)
    )
    assert lengths[-1][0] <= 50, lengths[-1]
    within = [length for length, _ in lengths]
    assert within[int(len(within) * 0.95)] <= 30
    assert within[len(within) // 2] <= 9


def test_every_module_and_public_class_says_what_it_is():
    bare = []
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        nodes = [n for n in tree.body if isinstance(n, ast.ClassDef) and not n.name.startswith("_")]
        bare += [
            f"{path.relative_to(ROOT)}: {getattr(n, 'name', 'module')}"
            for n in (tree, *nodes)
            if not ast.get_docstring(n)
        ]
    assert bare == []


def test_the_top_level_holds_what_the_design_card_says():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if tracked.returncode:
        pytest.skip("not a git checkout")
    names = {name.split("/")[0] for name in tracked.stdout.split("\n") if name}
    plain = {name for name in names if not name.startswith(".")}
    wanted = {"annotator", "resources", "tests", "main.py", "pyproject.toml"}
    beside = {"README.md", "CHANGELOG.md", "LICENSE", "requirements.lock"}
    assert plain == wanted | beside
