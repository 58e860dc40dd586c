"""What fills the window below the header, one page at a time."""
