"""The page of people, organisations and incidents that spans refer to."""

from annotator.ui.pages.sources.page import SourcesPage

__all__ = ["SourcesPage"]
