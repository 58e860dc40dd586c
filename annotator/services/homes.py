"""The articles of an import: each is one that the project has, one that is new, or one to wait for."""

from dataclasses import dataclass, replace

from annotator.formats.dataset import ArticleRecord
from annotator.model.dates import date_problem
from annotator.model.records import Article
from annotator.model.text import article_id
from annotator.store.project import Project

_FILLED_IN = ("outlet", "author", "published", "url", "language")


@dataclass(slots=True)
class Home:
    """One article of the import, with its text."""

    article: Article
    text: str
    is_new: bool
    file: str


class Homes:
    """Finds the article of each record. `skipped` counts texts that were there already."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._there = frozenset(project.article_ids())
        self._homes: dict[str, Home] = {}
        self._by_text: dict[str, list[str]] = {}
        self._by_address: dict[str, list[str]] | None = None
        self.skipped = 0

    def all(self) -> tuple[Home, ...]:
        return tuple(self._homes.values())

    def find(self, record: ArticleRecord, file: str) -> Home | str:
        """Find the article of a record, or make room for a new one; else say why there can be none."""
        if is_textless(record):
            return self._with_that_text(record, file) or (
                f"no copy of its text is there (SHA-256 {record.article.sha256[:12]}…); import one with it"
            )
        article = self._own_identity(record)
        if article.id in self._homes:
            self.skipped += bool(record.text)
            return self._homes[article.id]
        known = self._known(article.id, file)
        if known:
            self.skipped += bool(record.text)
            return known
        there = self._at_address(record, file)
        if there:
            return there
        if not record.text.strip():
            return "it has no text" if record.text else "it is not in the project and the file has no text"
        return self._keep(Home(_dated(article), record.text, is_new=True, file=file))

    def _at_address(self, record: ArticleRecord, file: str) -> Home | None:
        """Find the one article of an address, for work that comes without its text."""
        url = record.article.url
        if record.text or not url:
            return None
        there = {home.article.id for home in self._homes.values() if home.article.url == url}
        there.update(self._addresses().get(url, ()))
        if len(there) != 1:
            return None
        (own_id,) = there
        return self._homes.get(own_id) or self._known(own_id, file)

    def _addresses(self) -> dict[str, list[str]]:
        """Map the addresses of the project's articles to their ids; looked up once."""
        if self._by_address is None:
            self._by_address = {}
            for own_id in self._project.article_ids():
                article = self._project.article(own_id)
                if article and article.url:
                    self._by_address.setdefault(article.url, []).append(own_id)
        return self._by_address

    def _known(self, article_id: str, file: str) -> Home | None:
        known = self._article(article_id)
        if known is None:
            return None
        return self._keep(Home(known, self._project.text(known.sha256), is_new=False, file=file))

    def _article(self, article_id: str) -> Article | None:
        return self._project.article(article_id) if article_id in self._there else None

    def _keep(self, home: Home) -> Home:
        self._homes[home.article.id] = home
        self._by_text.setdefault(home.article.sha256, []).append(home.article.id)
        return home

    def _own_identity(self, record: ArticleRecord) -> Article:
        """Give an article another id if its id stands for another text here."""
        article = record.article
        home = self._homes.get(article.id)
        there = home.article if home else self._article(article.id)
        if not record.text or there is None or there.sha256 == article.sha256:
            return article
        return replace(article, id=article_id(article.sha256, article.url or article.id))

    def _with_that_text(self, record: ArticleRecord, file: str) -> Home | None:
        """Find an article with the text that a record names: of several, its own or that of its address."""
        wanted = record.article
        ids = {*self._by_text.get(wanted.sha256, ()), *self._project.articles_of_text(wanted.sha256)}
        homes = [self._homes.get(own_id) or self._known(own_id, file) for own_id in sorted(ids)]
        there = [home for home in homes if home]
        if not there:
            return None
        best = max(there, key=lambda h: (h.article.id == wanted.id, h.article.url == wanted.url))
        if best.is_new:
            best.article = _filled_in(best.article, wanted)
        return best


def is_textless(record: ArticleRecord) -> bool:
    """Say whether a record names its text without having it."""
    return not record.text and bool(record.article.sha256)


def may_wait(record: ArticleRecord) -> bool:
    """Say whether another file may have the text that a record is about."""
    return is_textless(record) or bool(not record.text and record.article.url)


def date_remark(article: Article) -> str:
    """Say what is wrong with the date of an article, if anything."""
    problem = date_problem(article.published) if article.published else None
    return f"the date of “{article.title}” was left out: {problem}" if problem else ""


def _dated(article: Article) -> Article:
    return replace(article, published="") if date_remark(article) else article


def _filled_in(article: Article, told: Article) -> Article:
    """Tell of a copy what only the release knows."""
    more = {name: getattr(told, name) for name in _FILLED_IN if not getattr(article, name)}
    return _dated(
        replace(article, title=told.title or article.title, extra={**told.extra, **article.extra}, **more)
    )
