"""Refusals: what a service won't do, in one sentence for the user."""


class Refused(ValueError):
    """A request that can't be carried out; the message says what, why and what to do."""
