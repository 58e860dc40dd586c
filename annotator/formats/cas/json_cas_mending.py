"""Make a JSON CAS fit for dkpro-cassis, which gives up a whole file for one bad reference.

What the type system lacks is added to it, as the file shows it; what can't be used is taken out.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from annotator.formats.cas.declaring import Places, usable
from annotator.formats.cas.kinds import Kinds, is_segment
from annotator.formats.cas.reading import INITIAL_VIEW, Say
from annotator.formats.cas.types import TOP
from annotator.formats.cas.values import BOOLEAN, INTEGER, STRING

STRUCTURES, VIEWS = "%FEATURE_STRUCTURES", "%VIEWS"

_ID, _TYPE, _ELEMENTS = "%ID", "%TYPE", "%ELEMENTS"
_SOFA, _MEMBERS = "%SOFA", "%MEMBERS"
_TEXT = "uima.cas.Sofa"
_DOUBLE = "uima.cas.Double"
_RANGES = {bool: BOOLEAN, int: INTEGER, float: _DOUBLE, str: STRING}

Structure = dict[str, Any]


def mended(data: Mapping[str, Any], kinds: Kinds, say: Say) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield a CAS for each text, with its name: cassis can't read a file of several texts."""
    structures = {row[_ID]: row for row in _structures(data.get(STRUCTURES), say)}
    kinds.declare(_used(structures.values()))
    texts = [row for row in structures.values() if row[_TYPE] == _TEXT]
    places = {row[_ID]: Places(_text(row)) for row in texts}
    for row in list(structures.values()):
        problem = _place_problem(row, places, kinds)
        if problem:
            say(f"“{row[_TYPE]}” of id “{row[_ID]}” was left out: {problem}")
            del structures[row[_ID]]
    members = _members(data.get(VIEWS))
    for row in texts:
        own = {key: s for key, s in structures.items() if s[_TYPE] != _TEXT and _is_of(s, row[_ID])}
        yield str(row.get("sofaID")), _cas(row, own, members.get(row[_ID], []))


def _structures(rows: Any, say: Say) -> Iterator[Structure]:
    """Yield the structures that have an id of their own and a type, with such features as they can have."""
    if isinstance(rows, dict):
        rows = [
            {**row, _ID: int(key)} for key, row in rows.items() if isinstance(row, dict) and key.isdecimal()
        ]
    sound = [row for row in rows if _is_wanted(row)] if isinstance(rows, list) else []
    ids = Counter(row[_ID] for row in sound if type(row.get(_ID)) is int)
    for row in sound:
        own_id, name = row.get(_ID), row.get(_TYPE)
        if type(own_id) is not int or ids[own_id] > 1 or not isinstance(name, str) or not name:
            say(f"“{name}” of id “{own_id}” was left out: its id or its type is missing or not its own")
        else:
            yield {_ID: own_id, _TYPE: name, **_features(row)}


def _is_wanted(row: Any) -> bool:
    """Leave out tokens and sentences, of which nothing is read."""
    return isinstance(row, dict) and not is_segment(str(row.get(_TYPE)))


def _features(row: Structure) -> Structure:
    features: Structure = {}
    for key, value in row.items():
        mark, name = (key[0], usable(key[1:])) if key[:1] in ("@", "#") else ("", usable(key))
        is_sound = type(value) is int if mark == "@" else type(value) in _RANGES
        if name and is_sound:
            features[mark + name] = value
    if isinstance(row.get(_ELEMENTS), list | str):
        features[_ELEMENTS] = row[_ELEMENTS]
    return features


def _used(structures: Iterable[Structure]) -> dict[str, dict[str, str]]:
    """Map the types that a file uses to their features, and these to the type of their values."""
    used: dict[str, dict[str, str]] = {}
    for row in structures:
        if not row[_TYPE].endswith("[]"):
            features = used.setdefault(row[_TYPE], {})
            for key, value in row.items():
                if key[0] != "%":
                    features.setdefault(key.lstrip("@#"), _range(key, value))
    return used


def _range(key: str, value: Any) -> str:
    return {"@": TOP, "#": _DOUBLE}.get(key[0], _RANGES[type(value)])


def _text(row: Structure) -> str:
    text = row.get("sofaString", "")
    return text if isinstance(text, str) else ""


def _place_problem(row: Structure, places: Mapping[int, Places], kinds: Kinds) -> str:
    """Say why a structure stands nowhere; "" when it stands somewhere, or needn't."""
    if row[_TYPE].endswith("[]") or not kinds.shape(row[_TYPE]).has_text:
        return ""
    place = places.get(row.get("@sofa", -1))
    if place is None:
        return "its text is not in the file"
    begin, end = row.setdefault("begin", 0), row.setdefault("end", 0)
    if not kinds.shape(row[_TYPE]).has_place or place.holds(begin, end):
        return ""
    return f"{begin} to {end} is not in the text"


def _is_of(row: Structure, text: int) -> bool:
    return bool(row.get("@sofa", text) == text)


def _members(views: Any) -> dict[int, list[Any]]:
    """Map the id of each text to those of the structures that stand in its index."""
    sound = [view for view in views.values() if isinstance(view, dict)] if isinstance(views, dict) else []
    return {
        view[_SOFA]: view[_MEMBERS]
        for view in sound
        if type(view.get(_SOFA)) is int and isinstance(view.get(_MEMBERS), list)
    }


def _cas(text: Structure, structures: Mapping[int, Structure], members: Iterable[Any]) -> dict[str, Any]:
    """Put together the CAS of one text; references to what isn't there are cut."""
    sofa = {**text, "sofaID": INITIAL_VIEW, "sofaNum": 1}
    there = {text[_ID], *structures}
    index = [own_id for own_id in members if type(own_id) is int and own_id in structures]
    return {
        STRUCTURES: [sofa, *(_cut(row, there) for row in structures.values())],
        VIEWS: {INITIAL_VIEW: {_SOFA: text[_ID], _MEMBERS: index}},
    }


def _cut(row: Structure, there: set[int]) -> Structure:
    kept = {key: value for key, value in row.items() if key[0] != "@" or value in there}
    if row[_TYPE].endswith("[]") or row[_TYPE] == "uima.cas.FSArray":
        elements = row.get(_ELEMENTS, ())
        kept[_ELEMENTS] = [item for item in elements if type(item) is int and item in there]
    return kept
