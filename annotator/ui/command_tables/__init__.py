"""Tables of commands, one for each subject."""
