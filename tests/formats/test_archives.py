"""ZIP files from strangers: bombs, names that lead out, lies about sizes; and our own, byte for byte."""

import io
import zipfile

import pytest

from annotator.formats.errors import FormatError
from annotator.formats.parts import archives
from annotator.formats.parts.archives import Archive, write_zip


def packed(path, files, **info):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_the_same_files_give_the_same_bytes_and_come_back(tmp_path):
    files = {"b/two.txt": "é".encode(), "one.txt": b"1" * 1000}
    outs = [io.BytesIO(), io.BytesIO()]
    for out in outs:
        write_zip(out, files)
    assert outs[0].getvalue() == outs[1].getvalue()
    (tmp_path / "a.zip").write_bytes(outs[0].getvalue())
    with Archive(tmp_path / "a.zip") as archive:
        assert {name: archive.read(name) for name in archive.names} == files
        with pytest.raises(KeyError):
            archive.read("three")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"\x00" * 100])
def test_what_is_no_zip_is_refused(tmp_path, content):
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(FormatError, match=r"a\.zip is damaged, or is not what its name says"):
        Archive(tmp_path / "a.zip")


@pytest.mark.parametrize(
    "name", ["../evil.txt", "a/../../evil.txt", "/etc/evil", "C:/evil.txt", "..\\evil.txt"]
)
def test_names_that_lead_out_are_refused(tmp_path, name):
    with pytest.raises(FormatError, match="leads out of it"):
        Archive(packed(tmp_path / "a.zip", {name: b"x"}))


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    with pytest.raises(FormatError, match="unpacks to far too much"):
        Archive(packed(tmp_path / "a.zip", {"zeros": b"\x00" * 30_000_000}))


def test_too_many_members_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_MEMBERS", 3)
    with pytest.raises(FormatError, match="split it"):
        Archive(packed(tmp_path / "a.zip", {str(n): b"x" for n in range(4)}))


def test_a_damaged_member_is_one_sentence(tmp_path):
    path = packed(tmp_path / "a.zip", {"one.txt": bytes(range(256)) * 40})
    content = bytearray(path.read_bytes())
    content[60:90] = b"\xff" * 30
    path.write_bytes(bytes(content))
    with Archive(path) as archive, pytest.raises(FormatError, match=r"one\.txt in a\.zip can't be read"):
        archive.read("one.txt")
