"""The page where other projects are looked at before they are merged."""

from annotator.ui.pages.merging.page import MergePage

__all__ = ["MergePage"]
