"""The command line as a process: no Qt, broken pipes, Ctrl+C, consoles of other encodings."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FULL = Path("/dev/full")
CODE = "import sys; from annotator import cli; sys.exit(cli.main())"
CLOSED = (
    "import os, sys; os.close({}); "
    f"os.execv(sys.executable, [sys.executable, '-c', {CODE!r}, *sys.argv[1:]])"
)


@pytest.fixture
def start(tmp_path):
    def start(*words, code=CODE, env=None, **more):
        return subprocess.Popen(
            [sys.executable, "-c", code, *map(str, words)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), "ANNOTATOR_NAME": "ann", **(env or {})},
            **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more},
        )

    return start


@pytest.fixture
def done(start):
    def done(*words, **more):
        process = start(*words, **more)
        out, err = process.communicate()
        return process.returncode, out, err

    return done


def write_work(path):
    """Write three articles with fifty spans each."""
    lines = [json.dumps({"format": "annotator", "version": 1})]
    for n in range(3):
        spans = [{"label": "claim", "fragments": [[i, i + 20]]} for i in range(50)]
        lines.append(json.dumps({"text": f"Article {n}. " + "The truce holds. " * 10, "annotations": spans}))
    path.write_text("\n".join(lines))


def test_no_command_imports_qt(done, tmp_path):
    (tmp_path / "a.txt").write_text("Text")
    code = (
        "import sys; from annotator import cli\n"
        "for words in (['new', 'q.annotator'], ['import', 'q.annotator', 'a.txt'],\n"
        "  ['stats', 'q.annotator'],\n"
        "  ['export', 'q.annotator', 'o.csv', '--format', 'csv'], ['check', 'q.annotator'],\n"
        "  ['history', 'q.annotator'], ['formats']):\n"
        "    assert cli.main(words) == 0, words\n"
        "print(sorted(m for m in sys.modules if 'PySide' in m or 'shiboken' in m))"
    )
    status, out, err = done(code=code)
    assert (status, err.decode()) == (0, _losses())
    assert out.decode().splitlines()[-1] == "[]"


def _losses():
    return (
        "Lost in this export (csv):\n"
        "  scheme with its rules, examples, colours and keys: 1"
        " (such as Conflict news: claims, quotes, casualty reports)\n"
    )


def test_json_is_all_that_stands_on_standard_output(done, made):
    for words in (["check"], ["stats"], ["history"]):
        status, out, err = done(words[0], made, "--json")
        assert (status, err) == (0, b"")
        assert isinstance(json.loads(out), dict)


def test_output_is_utf8_whatever_the_console(done, run, made, tmp_path):
    (tmp_path / "قتل.txt").write_text("“قُتل تسعة” 👩‍👩‍👧")
    run("import", made, "قتل.txt")
    status, out, _ = done("history", made, "--json", env={"PYTHONIOENCODING": "cp1252"})
    assert status == 0
    assert json.loads(out)["changes"][0]["action"] == "import “قتل.txt”"
    assert "“قتل.txt”" in done("history", made, env={"PYTHONIOENCODING": "ascii"})[1].decode()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no names that are not Unicode")
def test_a_file_name_that_is_no_unicode_does_no_harm(done, made, tmp_path):
    name = os.fsdecode(b"a\xff.txt")
    (tmp_path / name).write_text("Text of an article")
    status, out, _ = done("import", made, name, "--json")
    assert status == 0
    assert json.loads(out)["articles"] == 1
    (tmp_path / name).write_bytes(b"")
    status, _, err = done("import", made, name)
    assert status == 1
    assert err.startswith(b"annotator: a\\udcff.txt is empty")


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("words", [["formats", "--json"], ["history", "p.annotator"], ["--help"]])
def test_a_reader_that_leaves_early_is_no_error(start, made, words, unbuffered):
    process = start(*words, env={"PYTHONUNBUFFERED": unbuffered})
    process.stdout.close()
    with process.stderr:
        assert process.stderr.read() == b""
    assert process.wait() == 0


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_what_was_done_stays_when_it_can_not_be_told(start, done, made, tmp_path, form, unbuffered):
    write_work(tmp_path / "work.jsonl")
    with FULL.open("wb") as full:
        process = start(
            *("import", made, "work.jsonl", *form), env={"PYTHONUNBUFFERED": unbuffered}, stdout=full
        )
        _, err = process.communicate()
    assert process.returncode == 1
    assert err.decode().count("\n") == 1
    assert err.decode().startswith("annotator: standard output can't be written to its end (No space left")
    assert json.loads(done("stats", made, "--json")[1])["articles"] == 3


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a device that is always full")
def test_an_export_goes_on_when_its_losses_can_not_be_told(start, made, tmp_path):
    with FULL.open("wb") as full:
        process = start("export", made, "out.csv", "--format", "csv", stderr=full)
        out, _ = process.communicate()
    assert out.startswith(b"Exported 0 articles")
    assert (tmp_path / "out.csv").is_file()


# Runs a command that says when it is amid its work, and then waits for Ctrl+C.
AMID = """
import sys, time
from annotator import cli
from annotator.services import exporting, identifying, picking
from annotator.store import projections

def stopping(function, at):
    calls = []
    def stopped(*args, **more):
        calls.append(1)
        if len(calls) == at:
            print("amid", flush=True)
            while True:  # One long wait would miss a signal that comes just before it.
                time.sleep(0.05)
        return function(*args, **more)
    return stopped

match sys.argv.pop(1):
    case "reading":
        identifying.place = stopping(identifying.place, 50)
    case "committing":
        projections.project = stopping(projections.project, 1)
    case "looking over":
        picking.Picker._record = stopping(picking.Picker._record, 2)
    case "writing":
        exporting.Export._view = stopping(exporting.Export._view, 5)
sys.exit(cli.main())
"""


@pytest.mark.skipif(os.name != "posix", reason="signals are sent otherwise elsewhere")
@pytest.mark.parametrize("moment", ["reading", "committing", "looking over", "writing"])
def test_ctrl_c_leaves_everything_as_it_was(start, run, made, tmp_path, moment):
    write_work(tmp_path / "work.jsonl")
    is_import = moment in ("reading", "committing")
    if not is_import:
        assert run("import", made, "work.jsonl").status == 0
    before = (tmp_path / made).read_bytes()
    names = {path.name for path in tmp_path.iterdir()} | {"home"}
    words = ["import", made, "work.jsonl"] if is_import else ["export", made, "out", "--format", "csv"]
    process = start(moment, *words, code=AMID)
    assert process.stdout.readline() == b"amid\n"
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert process.returncode == 1, err
    assert out == b""
    assert err.decode().splitlines()[-1].startswith("annotator: stopped by Ctrl+C")
    assert (tmp_path / made).read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} | {"home"} == names
    assert run("check", made, "--json").json["ok"]


@pytest.mark.skipif(os.name != "posix", reason="signals are sent otherwise elsewhere")
@pytest.mark.parametrize(
    "module",
    [
        *("annotator.app", "argparse", "annotator.display", "annotator.cli", "annotator.cli.parser"),
        *("annotator.store.project", "annotator.formats.registry", "annotator.cli.reading"),
    ],
)
def test_ctrl_c_while_modules_load_is_one_line(done, made, module):
    code = (
        "import sys, signal, os\n"
        "class Stop:\n"
        "    def find_spec(self, name, *_):\n"
        f"        if name == {module!r}:\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Stop())\n"
        "from annotator.__main__ import main\n"
        "sys.exit(main())\n"
    )
    status, out, err = done("check", made, code=code)
    assert (status, out, err) == (1, b"", b"annotator: stopped by Ctrl+C; nothing was changed\n")


@pytest.mark.skipif(os.name != "posix", reason="only POSIX shells close streams so")
@pytest.mark.parametrize("words", [["check", "--json"], ["stats"], ["history"]])
def test_a_closed_standard_output_is_no_defect(done, made, words):
    shut = CLOSED.format(1)
    assert done(words[0], made, *words[1:], code=shut) == (0, b"", b"")


@pytest.mark.skipif(os.name != "posix", reason="only POSIX shells close streams so")
def test_errors_do_not_go_to_standard_output_when_their_own_is_closed(done):
    shut = CLOSED.format(2)
    assert done("check", "none.annotator", "--json", code=shut) == (1, b"", b"")


def test_json_may_stand_before_the_command(run, made):
    first, last = run("--json", "stats", made), run("stats", made, "--json")
    assert (first.status, first.out, first.err) == (0, last.out, last.err)
    assert run("--json", made).status == 2
    assert run("--json").status == 2


def test_help_names_every_command(done, run):
    status, out, err = done("--help")
    assert (status, err) == (0, b"")
    for command in (
        b"open",
        b"new",
        b"import",
        b"export",
        b"check",
        b"stats",
        b"history",
        b"formats",
        b"screenshot",
    ):
        assert command in out
    assert run("--version").out.startswith("annotator ")
