"""What an export picked waits in memory, or in a file that is gone afterwards."""

import errno

import pytest

from annotator.formats.parts.kept import KeptRecord
from annotator.services import spool
from annotator.services.errors import Refused
from annotator.services.spool import spooling


def line(n, length=40):
    return KeptRecord.of(f"{n:0{length}}\n".encode(), size=n)


@pytest.mark.parametrize("in_memory", [10, 10**6])
def test_records_come_back_in_the_order_asked_for(monkeypatch, in_memory):
    monkeypatch.setattr(spool, "_IN_MEMORY", in_memory)
    with spooling() as kept:
        for n in range(20):
            kept.keep(f"a{n}", line(n, length=n + 1))
        for ids in (["a7", "a0", "a19"], [f"a{n}" for n in range(20)]):
            found = list(kept.records(ids))
            assert [article_id for article_id, _ in found] == ids
            wanted = [line(n, length=n + 1) for n in (int(article_id[1:]) for article_id in ids)]
            assert [(r.encoded, r.size) for _, r in found] == [(r.encoded, r.size) for r in wanted]


def test_a_full_disk_is_one_sentence(monkeypatch):
    with spooling() as kept:

        def full(_):
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(kept._file, "write", full)
        with pytest.raises(Refused, match=r"No space left on device.*temporary files"):
            kept.keep("a", line(1))
