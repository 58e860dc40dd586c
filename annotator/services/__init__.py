"""What the tool can do, with or without a window."""
