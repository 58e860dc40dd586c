"""Long work beside the window: results, failures, stopping."""

import threading

import pytest
from PySide6.QtWidgets import QWidget

from annotator.services.errors import Refused
from annotator.ui.work import Cancelled, Waiting, carry_out


@pytest.fixture
def parent(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_quick_work_gives_its_result_without_a_dialog(parent):
    work = carry_out(parent, "Counting", lambda _: 6 * 7)
    assert work.result == 42
    assert work.failure == ""


def test_work_is_done_in_another_thread(parent):
    assert carry_out(parent, "Asking", lambda _: threading.get_ident()).result != threading.get_ident()


def test_a_refusal_is_its_sentence(parent):
    def task(tell):
        raise Refused("there is nothing to import in x; choose text files")

    work = carry_out(parent, "Reading", task)
    assert work.result is None
    assert work.failure == "there is nothing to import in x; choose text files"


def test_a_defect_in_a_thread_is_a_sentence_too(parent, caplog):
    def task(tell):
        raise KeyError("what")

    work = carry_out(parent, "Reading", task)
    assert "log file" in work.failure
    assert "Traceback" in caplog.text


def test_slow_work_shows_a_count_and_can_be_stopped(parent, in_dialog):
    counted = []

    def task(tell):
        done = 0
        while True:
            done += 1
            tell(done, 0)
            threading.Event().wait(0.002)

    def stop(dialog):
        assert isinstance(dialog, Waiting)
        counted.append(dialog._bar.accessibleName())
        dialog.reject()

    in_dialog(stop)
    work = carry_out(parent, "Reading files", task)
    assert counted == ["Reading files"]
    assert work.cancelled
    assert work.result is None
    assert work.failure == ""


def test_the_window_lives_while_work_is_done(parent, in_dialog):
    go_on = threading.Event()

    def task(tell):
        go_on.wait(30)
        return "done"

    in_dialog(lambda _: go_on.set())
    assert carry_out(parent, "Waiting", task).result == "done"


def test_cancelling_is_no_failure(parent):
    def task(tell):
        raise Cancelled

    work = carry_out(parent, "Reading", task)
    assert (work.result, work.failure, work.cancelled) == (None, "", True)
