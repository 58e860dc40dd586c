"""CoNLL columns with BIO tags."""
