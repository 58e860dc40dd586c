"""The page of what was changed on two machines."""

from annotator.ui.pages.forks.page import ForksPage

__all__ = ["ForksPage"]
