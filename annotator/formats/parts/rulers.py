"""What the offsets of a file count, and where its quoted words stand."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.canonical import Canonical, stored_words
from annotator.model.text import Utf16Offsets

Place = tuple[int, int]
Claim = tuple[Sequence[Place], str]
"""Where a record says its span is, in the file's own offsets, and the words that it quotes."""

_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Ruler:
    """One way to count; `name` is empty for the usual one."""

    name: str
    offset: Callable[[int], int]

    def places(self, claimed: Sequence[Place]) -> list[Place]:
        """Bring offsets of the file to those of the stored text."""
        return [(self.offset(start), self.offset(stop)) for start, stop in claimed]


class Text:
    """A text as its file has it (line ends, byte order mark and all) and as it is stored."""

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self.stored = Canonical(raw).text

    def ruler(self, claims: Sequence[Claim]) -> Ruler:
        """Choose what offsets count by how many claims then stand on their words; code points if they tie."""
        best, most = None, -1
        for ruler in self._rulers():
            standing = sum(self._stands(ruler, claim) for claim in claims)
            if standing > most:
                best, most = ruler, standing
            if most == len(claims):
                break
        return best or Ruler("", int)

    def _rulers(self) -> Iterator[Ruler]:
        """Yield ways to count: with and without a byte order mark, line ends of Windows as two or as one."""
        without = self._raw.removeprefix("\ufeff")
        seen = dict.fromkeys(form for text in (without, self._raw) for form in (text, _unix(text)))
        for form in seen:
            yield Ruler("", Canonical(form).offset)
        for form in seen:
            if max(form, default="") > "\uffff":
                yield Ruler("UTF-16 units", _from_utf16(form))

    def _stands(self, ruler: Ruler, claim: Claim) -> bool:
        places, words = claim
        return bool(words) and _agree(self.slices(ruler.places(places)), words)

    def slices(self, places: Sequence[Place]) -> list[str]:
        return [self.stored[start:stop] for start, stop in places]

    def has_more(self, places: Sequence[Place], words: str) -> bool:
        """Say whether words are only the beginning of those that stand at some places."""
        there, quoted = " ".join(self.slices(places)), stored_words(words)
        return len(quoted) < len(there) and _SPACE.sub(" ", there).startswith(_SPACE.sub(" ", quoted))

    def placed(self, places: list[Place], words: str) -> tuple[list[Place], list[str], str]:
        """Return places, their words (none where the file quotes none), and what was put right if anything.

        Words that stand elsewhere are handed on, for the caller's to find; raises BadRecord for words that
        can't be parted into those of the fragments.
        """
        if not words or _agree(self.slices(places), words):
            return places, self.slices(places) if words else [], ""
        # A line of something else may have been taken for a further line of the words.
        for quoted in dict.fromkeys((stored_words(words), stored_words(words.split("\n")[0]))):
            mended = self._mended(places, quoted)
            if mended:
                return mended, self.slices(mended), _moved(places, mended) if mended != places else ""
        return places, _parted(places, stored_words(words)), ""

    def _mended(self, places: list[Place], words: str) -> list[Place] | None:
        """Mend the end of the last fragment, or the start of the only one, if its words stand right there."""
        before = "".join(f"{self.stored[start:stop]} " for start, stop in places[:-1])
        start, stop = places[-1]
        size = len(words) - len(before)
        candidates = [(start, start + size)] + [(stop - size, stop)] * (len(places) == 1)
        for first, end in candidates:
            mended = [*places[:-1], (first, end)]
            if 0 <= first < end and _agree(self.slices(mended), words):
                return mended
        return None


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n")


def _from_utf16(form: str) -> Callable[[int], int]:
    units, canonical = Utf16Offsets(form), Canonical(form)
    return lambda offset: canonical.offset(units.from_utf16(offset))


def _agree(slices: list[str], words: str) -> bool:
    """Compare words with those quoted: fragments are joined by a space, by nothing before brat 1.3.

    Line ends and other white space may have become spaces.
    """
    if words == " ".join(slices):
        return True
    quoted = _SPACE.sub(" ", stored_words(words))
    return quoted in (_SPACE.sub(" ", " ".join(slices)), _SPACE.sub(" ", "".join(slices)))


def _parted(places: list[Place], words: str) -> list[str]:
    sizes = [stop - start for start, stop in places]
    if len(places) > 1 and len(words) != sum(sizes) + len(sizes) - 1:
        raise BadRecord(f"its words “{words[:40]}” don't fit its offsets")
    parts, at = [], 0
    for size in sizes[:-1]:
        parts.append(words[at : at + size])
        at += size + 1
    return [*parts, words[at:]]


def _moved(places: list[Place], mended: list[Place]) -> str:
    (start, stop), (first, end) = places[-1], mended[-1]
    edge, by = ("end", end - stop) if start == first else ("start", first - start)
    far = "1 character" if abs(by) == 1 else f"{abs(by):,} characters"
    return f"its {edge} was moved {far} {'on' if by > 0 else 'back'}, to where its words {edge}"
