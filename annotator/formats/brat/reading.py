"""Read a folder of brat's: texts, `.ann` files, and whose work they are."""

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from annotator.formats.brat.conf_reading import Configuration
from annotator.formats.brat.files import Pair, layers_of, listed, paired
from annotator.formats.brat.kept import NAME, Kept, KeptFolder, Layer, read_kept
from annotator.formats.brat.scheme import Seen, guessed_scheme
from annotator.formats.brat.sheet import Setting, Sheet
from annotator.formats.dataset import ArticleRecord, Dataset, Header, Remark
from annotator.formats.errors import FormatError
from annotator.formats.parts.bodies import BadRecord, check_layer
from annotator.formats.parts.decoding import MAX_TEXT, decoded, read_bytes
from annotator.formats.parts.lone_article import say_guess, title_of
from annotator.formats.parts.plain_values import Shelf
from annotator.formats.parts.rulers import Text
from annotator.model.records import Annotation, Article, Link, Progress
from annotator.model.scheme import Scheme
from annotator.model.text import article_id, fingerprint, says_nothing

MAX_ANN = 100_000_000


def read(path: Path, scheme: Scheme, remark: Remark) -> Dataset:
    """Read a folder at any depth, or one `.ann` file with the text beside it."""
    root = path if path.is_dir() else path.parent
    files = listed(path)
    kept = {file.parent: read_kept(file, remark) for file in files if file.name == NAME}
    pairs = [pair for pair in paired(files, root) if path == root or pair.ann == path]
    if not kept and not any(pair.ann for pair in pairs):
        raise FormatError(f"{path.name or path} holds no .ann file; choose a folder that brat can open")
    configuration = Configuration()
    for file in files:
        if file.name in ("annotation.conf", "visual.conf"):
            configuration.take(file)
    folder = _Folder(root, kept, configuration, scheme, remark)
    folder.take(pairs)
    return folder.dataset()


@dataclass(slots=True)
class _Draft:
    """One article, gathered from the files of all its layers."""

    article: Article
    text: str = ""
    annotations: list[Annotation] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    progress: list[Progress] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    local: set[str] = field(default_factory=set)

    def has_read(self, annotator: str) -> None:
        """Record who has read the article, as its `.ann` file shows."""
        if all(p.annotator != annotator for p in self.progress):
            self.progress.append(Progress(self.article.id, annotator, "done"))

    def record(self) -> ArticleRecord:
        return ArticleRecord(
            self.article,
            self.text,
            tuple(self.annotations),
            tuple(self.links),
            tuple(self.progress),
            lines=self.lines,
            files=self.files,
            local=self.local,
        )


class _Folder:
    """Reads pair after pair of a folder; `kept` is what exports of ours in it kept, by their folders."""

    def __init__(
        self,
        root: Path,
        kept: dict[Path, KeptFolder],
        configuration: Configuration,
        scheme: Scheme,
        remark: Remark,
    ) -> None:
        self._root, self._kept, self._configuration, self._remark = root, kept, configuration, remark
        headers = [folder.header for folder in kept.values()]
        self._header = next((header for header in headers if header.scheme), Header())
        self._shelf = Shelf([entity for header in headers for entity in header.entities])
        self._setting = Setting(self._header.scheme or scheme, configuration.roles, self._shelf)
        self._drafts: dict[str, _Draft] = {}
        self._seen = Seen()
        self._last: tuple[Path | None, Text] = (None, Text(""))

    def take(self, pairs: list[Pair]) -> None:
        """Read every pair."""
        layers = self._layers([pair for pair in pairs if not self._kept_of(pair)])
        for pair in pairs:
            try:
                text = self._text(pair.text)
                content = _content(pair.ann) if pair.ann else ""
            except FormatError as error:
                self._remark(None, f"the file was left out: {error}", file=pair.file)
                continue
            self._take(pair, text, content, layers.get(pair.file, ""))

    def dataset(self) -> Dataset:
        """Return what was read, with a scheme guessed where none was kept."""
        header = Header(
            self._header.title,
            self._header.scheme or guessed_scheme(self._configuration, self._seen),
            entities=self._shelf.entities,
        )
        return Dataset(header, tuple(draft.record() for draft in self._drafts.values()))

    def _take(self, pair: Pair, text: Text, content: str, layer: str) -> None:
        kept = self._kept_of(pair)
        if kept and text.stored and fingerprint(text.stored) != kept.article.sha256:
            what = f"the text is not the one that {NAME} names, so it counts as another article"
            self._remark(None, what, file=pair.text)
            kept = None
        if kept is None and says_nothing(text.stored):
            why = "its text is empty" if pair.text else f"there is no text {pair.stem}.txt for it"
            self._remark(None, f"the file was left out: {why}", file=pair.file)
            return
        draft = self._draft(pair, text, kept)
        if pair.ann:
            known = kept.layers.get(self._folder_of(pair)) if kept else None
            if known is None:
                draft.has_read(layer)
            self._read_ann(pair.ann, text, content, known or Layer(layer), draft)

    def _draft(self, pair: Pair, text: Text, kept: Kept | None) -> _Draft:
        article = kept.article if kept else _article(text.stored, pair.stem)
        draft = self._drafts.get(article.id)
        if draft is None:
            draft = self._drafts[article.id] = _Draft(article)
            if kept:
                draft.links.extend(kept.links)
                draft.progress.extend(kept.progress)
        draft.text = draft.text or text.stored
        return draft

    def _read_ann(self, ann: Path, text: Text, content: str, layer: Layer, draft: _Draft) -> None:
        say = partial(self._remark, file=ann)
        sheet = Sheet(str(ann), text, layer, self._setting, say)
        sheet.read(content)
        for annotation, line, is_local in sheet.found.annotations(draft.article.id, say):
            draft.annotations.append(annotation)
            draft.lines[annotation.id] = line
            draft.files[annotation.id] = ann
            if is_local:
                draft.local.add(annotation.id)
            self._seen.mark(annotation.label, annotation.attributes)
        draft.links.extend(sheet.found.made_links(say))
        for arc in sheet.found.links.values():
            self._seen.link(arc.type, is_equivalence=arc.is_equivalence)

    def _layers(self, pairs: list[Pair]) -> dict[Path, str]:
        """Name the annotator of each `.ann` file; "" where nothing tells."""
        layers, doubtful = layers_of(pairs, self._root)
        if doubtful:
            names = ", ".join(f"“{name}”" for name in doubtful[:5]) + (" …" if len(doubtful) > 5 else "")
            what = f"the folders {names} share no article and were taken for annotators; if they are parts of"
            self._remark(None, f"{what} one corpus, choose a layer for all of it")
        return {file: self._sound(layer, file) for file, layer in layers.items()}

    def _sound(self, layer: str, file: Path) -> str:
        try:
            check_layer(layer)
        except BadRecord as error:
            self._remark(None, f"its work has no annotator: {error}", file=file)
            return ""
        return layer

    def _kept_of(self, pair: Pair) -> Kept | None:
        """Return what an export of ours kept of an article."""
        folder = self._home_of(pair)
        return self._kept[folder].articles.get(pair.stem) if folder else None

    def _home_of(self, pair: Pair) -> Path | None:
        """Return the folder of the export that a pair stands in."""
        return next((at for at in pair.file.parents if at in self._kept), None)

    def _folder_of(self, pair: Pair) -> str:
        """Name the folder of a pair as our export does."""
        home = self._home_of(pair)
        name = pair.file.parent.relative_to(home).as_posix() if home else ""
        return "" if name == "." else name

    def _text(self, path: Path | None) -> Text:
        """Read a text; several `.ann` files may stand beside one."""
        if path is None:
            return Text("")
        if path != self._last[0]:
            self._last = (path, Text(self._raw(path)))
        return self._last[1]

    def _raw(self, path: Path) -> str:
        content = read_bytes(path, MAX_TEXT)
        if b"\x00" not in content:
            try:
                # Not by guess: a short text may look like binary data.
                return content.decode("utf-8")
            except UnicodeDecodeError:
                pass
        text, encoding = decoded(content, path.name)
        say_guess(encoding, partial(self._remark, file=path))
        return text


def _content(path: Path) -> str:
    """Read an `.ann` file; an empty one is a reading that found nothing."""
    content = read_bytes(path, MAX_ANN)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text, _ = decoded(content, path.name)
    return text.removeprefix("\ufeff").replace("\x00", "\ufffd")


def _article(text: str, stem: str) -> Article:
    sha256 = fingerprint(text)
    return Article(article_id(sha256), sha256, title=title_of(text) or stem)
