"""Who sits here: the name that signs a person's work, remembered in the app-data folder."""

import getpass
import json
import os
import unicodedata
from typing import Any

from annotator.services.errors import Refused
from annotator.store.home import Home, write_whole

RESERVED = ("all", "gold")
"""Names of layers that are nobody's own."""

MAX_NAME = 100


def recall(home: Home) -> str:
    """Return the name remembered; empty when nobody has given one."""
    name = _settings(home).get("name", "")
    return name if isinstance(name, str) else ""


def remember(home: Home, name: str) -> str:
    """Remember a name and return it as it will be used."""
    name = checked(name)
    home.folder.mkdir(parents=True, exist_ok=True)
    settings = {**_settings(home), "name": name}
    write_whole(home.folder / "settings.json", json.dumps(settings, ensure_ascii=False).encode())
    return name


def acting(home: Home) -> str:
    """Return who acts on the command line: ANNOTATOR_NAME, the name remembered, else the login name."""
    named = os.environ.get("ANNOTATOR_NAME", "").strip() or recall(home)
    return checked(named or _login())


def checked(name: str) -> str:
    """Bring a name into the form that signs work, or refuse it."""
    name = " ".join(name.split())
    if not name:
        raise Refused("a name is missing; type the one you want to sign your work with")
    if name.casefold() in RESERVED:
        raise Refused(f"“{name}” is not a person's name here; choose another")
    if any(unicodedata.category(ch) == "Cc" for ch in name):
        raise Refused("the name holds a control character; type it anew")
    if len(name) > MAX_NAME:
        raise Refused(f"the name is longer than {MAX_NAME} characters; choose a shorter one")
    return name


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "annotator"


def _settings(home: Home) -> dict[str, Any]:
    try:
        settings = json.loads((home.folder / "settings.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return settings if isinstance(settings, dict) else {}
