"""Keys as they are written for people."""

import sys

_NAMES = {"Return": "Enter", "Delete": "Delete", "Esc": "Esc"}
_MAC = {"Ctrl": "⌘", "Alt": "⌥", "Shift": "⇧", "Meta": "⌃", "Up": "↑", "Down": "↓"}


def spelled(keys: str) -> str:
    """Write one combination: "Ctrl+Shift+Z", on a Mac "⌘⇧Z"."""
    head, plus, last = keys.rpartition("+")
    if not last:  # "Ctrl++" ends with the key itself
        head, last = keys[:-2] if plus else "", "+"
    held = head.split("+") if head else []
    last = _NAMES.get(last, last)
    if sys.platform == "darwin":
        return "".join(_MAC.get(name, name) for name in [*held, last])
    return "+".join([*held, last])


def spelled_all(keys: tuple[str, ...]) -> str:
    """Write the ways to give one command: "Delete or Backspace"; those that read the same once."""
    return " or ".join(dict.fromkeys(spelled(each) for each in keys))
