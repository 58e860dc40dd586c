"""Start-up: from the command to the window, and to the article in it, beside a bare PySide6 window."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
RUNS = 15

SAY = """
import resource, sys
def say(what):
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(what, size / (1 << 20 if sys.platform == "darwin" else 1 << 10), flush=True)
"""
BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.resize(1440, 900)
window.show()
app.processEvents()
say("shown")
"""
OURS = """
from PySide6.QtWidgets import QApplication, QFrame
import annotator.app
def painted(header, event):
    QFrame.paintEvent(header, event)
    if not shown:
        shown.append(1)
        say("shown")
def run(*_):
    QApplication.processEvents()
    say("filled")
    return 0
def make(*arguments):
    from annotator.ui.header import Header
    Header.paintEvent = painted
    QApplication.exec = run
    return real(*arguments)
shown, real = [], annotator.app._run
annotator.app._run = make
annotator.app.main([])
"""


def main() -> None:
    """Print median wall times and peak memory of both, run in turn."""
    with tempfile.TemporaryDirectory() as folder:
        # Installed programs are compiled; the first run of each makes the sample and the bytecode.
        env = {
            **{k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"},
            "PYTHONPYCACHEPREFIX": f"{folder}/bytecode",
            "PYTHONPATH": str(ROOT),
            "ANNOTATOR_HOME": f"{folder}/home",
            "QT_QPA_PLATFORM": "offscreen",
        }
        for code in (BARE, OURS):
            _start(code, env)
        runs = [(_start(BARE, env), _start(OURS, env)) for _ in range(RUNS)]
    floor = median(bare["shown"][0] for bare, _ in runs)
    for name, side, what in (
        ("bare PySide6 window, painted", 0, "shown"),
        ("Annotator's window, painted", 1, "shown"),
        ("the sample article in it", 1, "filled"),
    ):
        wall = median(run[side][what][0] for run in runs)
        size = median(run[side][what][1] for run in runs)
        print(f"  {name:<30} {wall * 1000:5.0f} ms {wall / floor:5.2f} x {size:5.0f} MB")


def _start(code: str, env: dict[str, str]) -> dict[str, tuple[float, float]]:
    """Start a program; map what it has done to the seconds since its start and its peak memory in MB."""
    begun = time.perf_counter()
    program = subprocess.Popen(
        [sys.executable, "-c", SAY + code], env=env, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert program.stdout is not None
    said = {}
    for line in program.stdout:
        what, size = line.split()
        said[what] = (time.perf_counter() - begun, float(size))
    program.wait()
    return said


if __name__ == "__main__":
    main()
