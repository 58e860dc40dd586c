"""What a reader or a writer says when it can't go on."""


class FormatError(ValueError):
    """A file that can't be read or written at all; the message is one sentence for the user."""
