"""The page where articles are dealt out."""

from annotator.ui.pages.assigning.page import AssignPage

__all__ = ["AssignPage"]
