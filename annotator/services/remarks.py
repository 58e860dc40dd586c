"""What an import left out or mended, by file and line."""

from dataclasses import dataclass

PER_FILE = 10_000
"""Remarks kept of one file; of further ones only the number is told."""
LONGEST = 600
"""Characters of a remark: what it quotes from a file may have no end."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark; `line` counts from 1 and is None where it is about the file as a whole."""

    file: str
    line: int | None
    message: str


class Remarks:
    """Collects remarks, on top of earlier ones, however many a file of nonsense calls for."""

    def __init__(self, earlier: "Remarks | None" = None) -> None:
        self._kept: dict[str, list[Remark]] = {}
        self._more: dict[str, int] = {}
        if earlier:
            self._kept.update((file, kept[:]) for file, kept in earlier._kept.items())
            self._more.update(earlier._more)

    def add(self, file: str, line: int | None, message: str) -> None:
        """Take in a remark; words that it quotes from a file stay on its one line."""
        kept = self._kept.setdefault(file, [])
        if len(kept) < PER_FILE:
            kept.append(Remark(file, line, brief(message)))
        else:
            self._more[file] = self._more.get(file, 0) + 1

    def of(self, file: str) -> tuple[Remark, ...]:
        return tuple(self._kept.get(file, ()))

    def all(self) -> tuple[Remark, ...]:
        """List the remarks file by file, in the order of the lines; last come those on a file as a whole."""
        result: list[Remark] = []
        for file, kept in self._kept.items():
            result.extend(sorted(kept, key=lambda one: (one.line is None, one.line or 0)))
            if file in self._more:
                more = self._more[file]
                remarks = "remark" if more == 1 else "remarks"
                result.append(Remark(file, None, f"{more:,} more {remarks} like these"))
        return tuple(result)


def brief(message: str) -> str:
    """Bring a sentence that may quote a file to one line that can be read."""
    line = " ".join(message.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST // 2]} … {line[-LONGEST // 2 :]}"
