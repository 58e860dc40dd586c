"""The Review page: compare annotators case by case and decide what goes into the gold layer."""

from annotator.ui.pages.reviewing.page import ReviewPage

__all__ = ["ReviewPage"]
