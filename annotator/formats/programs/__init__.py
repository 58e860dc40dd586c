"""What other programs keep, to be read only."""
