"""The parts of a page; each knows the session, never another panel."""
