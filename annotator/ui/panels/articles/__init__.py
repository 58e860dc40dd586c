"""The list of articles: search, filters, and what was tagged in each."""

from annotator.ui.panels.articles.panel import ArticlesPanel

__all__ = ["ArticlesPanel"]
