"""The page where files are looked at before they come in."""

from annotator.ui.pages.importing.page import ImportPage

__all__ = ["ImportPage"]
