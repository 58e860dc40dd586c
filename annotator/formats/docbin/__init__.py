"""spaCy DocBin."""
