"""The page where agreement between annotators is measured and looked into."""

from annotator.ui.pages.agreement.page import AgreementPage

__all__ = ["AgreementPage"]
