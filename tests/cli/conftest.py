"""The command line as a script calls it."""

import json

import pytest

from annotator import cli


class Ran:
    """What one command left behind."""

    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    """Run a command in a folder of its own, as “ann”."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ANNOTATOR_NAME", "ann")

    def run(*words, **more):
        capsys.readouterr()
        status = cli.main([str(word) for word in words], **more)
        out, err = capsys.readouterr()
        return Ran(status, out, err)

    return run


@pytest.fixture
def made(run):
    """A new project, by its path."""
    assert run("new", "p.annotator").status == 0
    return "p.annotator"
