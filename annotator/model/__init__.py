"""Plain immutable values and the algebra on them; standard library only."""
