"""The window's commands are parsed here and carried out by whoever has a window."""

from pathlib import Path

import pytest

from annotator.services.errors import Refused


@pytest.fixture
def opened(run):
    """Run with a window that only takes note of what it is asked for."""
    asked = []

    def take_note(args):
        asked.append(args)
        return 0

    def opened(*words):
        ran = run(*words, window_commands={"open": take_note, "screenshot": take_note})
        assert ran.status == 0, ran.err
        return asked[-1]

    return opened


def test_no_arguments_open_the_window(opened):
    assert (opened().command, opened().project) == ("open", None)
    assert opened("open").project is None


@pytest.mark.parametrize("words", [["p.annotator"], ["open", "p.annotator"], ["./news/p.annotator"]])
def test_a_project_opens_the_window_on_it(opened, words):
    assert opened(*words).command == "open"
    assert opened(*words).project == Path(words[-1])


def test_a_file_that_exists_is_a_project_to_open(opened, tmp_path):
    (tmp_path / "work").write_text("x")
    assert opened("work").project == Path("work")


def test_a_screenshot_has_its_options(opened):
    args = opened("screenshot", "p.annotator", "out.png")
    assert (args.out, args.page, args.article, args.size, args.theme) == (
        Path("out.png"),
        "annotate",
        None,
        (1440, 900),
        "light",
    )
    args = opened(
        "screenshot", "p", "o.png", "--size", "1024x700", "--theme", "dark", "--article", "a", "--json"
    )
    assert (args.size, args.theme, args.article, args.json) == ((1024, 700), "dark", "a", True)


def test_what_the_window_refuses_is_one_sentence(run):
    def refuse(_args):
        raise Refused("there is no display; use screenshot")

    ran = run("open", window_commands={"open": refuse})
    assert (ran.status, ran.err) == (1, "annotator: there is no display; use screenshot\n")


def test_without_a_window_its_commands_are_refused(run):
    for words in ([], ["p.annotator"], ["screenshot", "p.annotator", "o.png"]):
        ran = run(*words)
        assert ran.status == 1
        assert ran.err.startswith("annotator: `")


def test_a_defect_is_one_sentence_and_its_report_goes_to_the_log(run, home):
    def break_down(_args):
        return {}["nothing"]

    ran = run("open", window_commands={"open": break_down})
    assert ran.status == 1
    assert ran.err.count("\n") == 1
    assert "Traceback" not in ran.err
    assert "Traceback" in (home.logs / "command-line.log").read_text()


def test_ctrl_c_is_one_line_and_a_failure(run):
    def interrupt(_args):
        raise KeyboardInterrupt

    ran = run("open", window_commands={"open": interrupt})
    assert (ran.status, ran.err) == (1, "annotator: stopped by Ctrl+C; nothing was changed\n")
