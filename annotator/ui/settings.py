"""What the window remembers: an ini file in the app-data folder, and a small file for each project."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, cast, get_args

from PySide6.QtCore import QByteArray, QSettings

from annotator.store.home import Home, write_whole

ThemeChoice = Literal["system", "light", "dark"]
RECENT = 10
READ_ARTICLES = 200
"""Of how many articles the read paragraphs are remembered, those opened last."""


@dataclass(slots=True)
class Place:
    """Where one was in a project."""

    article: str = ""
    scroll: tuple[int, int] = (0, 0)
    """What was at the top: a code point of the article's text, and pixels of its line above the edge."""
    selected: str = ""
    """The span that was selected."""
    page: str = ""
    read: dict[str, list[int]] = field(default_factory=dict)
    """For each article, where the paragraphs begin that were on the screen; the one read last is last."""

    def keep_read(self, article: str, paragraphs: list[int]) -> None:
        """Remember the read paragraphs of an article, forgetting the article opened longest ago."""
        self.read.pop(article, None)
        if paragraphs:
            self.read[article] = sorted(paragraphs)
        for old in list(self.read)[:-READ_ARTICLES]:
            del self.read[old]


class Settings:
    """What is remembered from one start to the next; reading never fails, it forgets."""

    def __init__(self, home: Home) -> None:
        self._folder = home.folder
        self._ini = QSettings(str(self._folder / "settings.ini"), QSettings.Format.IniFormat)

    def save(self) -> None:
        """Write what was changed to the disk now."""
        self._ini.sync()

    # --- words ---------------------------------------------------------------------------------

    @property
    def theme(self) -> ThemeChoice:
        word = self._words("theme")
        return cast(ThemeChoice, word) if word in get_args(ThemeChoice) else "system"

    @theme.setter
    def theme(self, choice: ThemeChoice) -> None:
        self._ini.setValue("theme", choice)

    @property
    def text_size(self) -> float:
        """Size of the article's text in points."""
        with suppress(ValueError):
            return min(40.0, max(8.0, float(self._words("text_size"))))
        return 14.0

    @text_size.setter
    def text_size(self, points: float) -> None:
        self._ini.setValue("text_size", f"{points:g}")

    @property
    def has_tagged(self) -> bool:
        """Whether a first span was made, so that the first hint has done its work."""
        return self._words("has_tagged") == "yes"

    @has_tagged.setter
    def has_tagged(self, value: bool) -> None:
        self._ini.setValue("has_tagged", "yes" if value else "no")

    @property
    def names_hidden(self) -> bool:
        """Whether the reviewer is not shown who the annotators are."""
        return self._words("names_hidden") == "yes"

    @names_hidden.setter
    def names_hidden(self, value: bool) -> None:
        self._ini.setValue("names_hidden", "yes" if value else "no")

    def _words(self, key: str) -> str:
        value = self._ini.value(key, "")
        return value if isinstance(value, str) else ""

    # --- shapes --------------------------------------------------------------------------------

    def shape(self, name: str) -> QByteArray:
        """Return the remembered shape of a window or splitter; empty when there is none."""
        value = self._ini.value(f"shapes/{name}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def keep_shape(self, name: str, shape: QByteArray) -> None:
        self._ini.setValue(f"shapes/{name}", shape)

    # --- projects ------------------------------------------------------------------------------

    def recent(self) -> list[Path]:
        """List the projects opened last, newest first, those that still exist."""
        value = self._ini.value("recent", [])
        names = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        return [path for path in map(Path, names) if path.is_file()]

    def keep_recent(self, path: Path) -> None:
        """Put a project first among the recent ones."""
        kept = [path.absolute(), *(other for other in self.recent() if other != path.absolute())]
        self._ini.setValue("recent", [str(other) for other in kept[:RECENT]])

    def place(self, project: str) -> Place:
        """Return where one was in a project; the beginning when that isn't known."""
        try:
            body = json.loads(self._place_file(project).read_text(encoding="utf-8"))
            return _place(body)
        except (OSError, ValueError, TypeError, AttributeError):
            return Place()

    def keep_place(self, project: str, place: Place) -> None:
        """Remember where one was in a project; a folder that can't be written to loses only that."""
        file = self._place_file(project)
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(file, json.dumps(asdict(place)).encode())

    def _place_file(self, project: str) -> Path:
        plain = "".join(c for c in project if c.isalnum() or c == "-")
        return self._folder / "places" / f"{plain}.json"


def _place(body: Any) -> Place:
    read = {
        str(article): [int(paragraph) for paragraph in paragraphs]
        for article, paragraphs in body.get("read", {}).items()
    }
    offset, pixels = body.get("scroll", (0, 0))
    words = {key: str(body.get(key, "")) for key in ("article", "selected", "page")}
    return Place(**words, scroll=(int(offset), int(pixels)), read=read)
