"""One file per format: bytes to model values and back."""
