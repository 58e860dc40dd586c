"""Annotator: label claims, quotes and casualty reports in news text."""

__version__ = "0.1.0"
