"""The page where work is exported."""

from annotator.ui.pages.exporting.page import ExportPage

__all__ = ["ExportPage"]
