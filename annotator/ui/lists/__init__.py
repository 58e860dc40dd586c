"""Lists of cards: how they behave and how they are painted; shared by panels and pages."""
