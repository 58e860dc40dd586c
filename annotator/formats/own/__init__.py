"""Our own JSON Lines, which lose nothing."""
