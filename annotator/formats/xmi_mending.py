"""Make XMI fit for dkpro-cassis, which gives up a whole file for one bad reference.

What the type system lacks is added to it, as the file shows it; what can't be used is taken out.
"""

import re
from collections import Counter
from collections.abc import Callable
from xml.etree.ElementTree import Element

from cassis.typesystem import TypeSystem

from annotator.formats.bodies import without
from annotator.formats.cas_declaring import BASE, Places, range_of, usable
from annotator.formats.cas_kinds import Kinds
from annotator.formats.cas_types import ANNOTATION
from annotator.formats.cas_values import STRING, STRINGS

Say = Callable[[str], None]

ID = "{http://www.omg.org/XMI}id"
SOFA = "{http:///uima/cas.ecore}Sofa"
VIEW = "{http:///uima/cas.ecore}View"

_TAG = re.compile(r"\{http:///([^{}]*)\.ecore\}([^{}]+)")
_NUMBER = re.compile(r"\d{1,18}")
_SOFA_FEATURES = frozenset({ID, "sofaNum", "sofaID", "mimeType", "sofaURI", "sofaArray", "sofaString"})


def mend(root: Element, kinds: Kinds, say: Say) -> bool:
    """Mend the tree of a file; say whether anything had to be changed."""
    respelled = [_respelled(element) for element in root]
    kinds.declare(_used(root))
    mending = _Mending(root, kinds.types)
    kept = []
    for element in root:
        problem = mending.problem(element)
        if problem:
            say(f"“{_short_name(element)}” was left out: {problem}")
        else:
            kept.append(element)
    taken_out = len(kept) < len(root)
    root[:] = kept
    there = {element.get(ID) for element in kept}
    cut = [mending.cut_references(element, there) for element in kept]
    return taken_out or any(respelled) or any(cut)


def _type_name(element: Element) -> str:
    """Return the name of the type that an element is of; "" when it is no feature structure."""
    match = _TAG.fullmatch(element.tag)
    return f"{match[1].replace('/', '.')}.{match[2]}".removeprefix("uima.noNamespace.") if match else ""


def _short_name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _respelled(element: Element) -> bool:
    """Spell the features of an element so that Python takes them; drop those that can be none."""
    if element.tag in (SOFA, VIEW):
        return False
    changed = False
    for name in [n for n in element.attrib if n != ID and usable(n) != n]:
        value, changed = element.attrib.pop(name), True
        if usable(name):
            element.set(usable(name), value)
    for child in list(element):
        if not usable(child.tag) or len(child):
            element.remove(child)
            changed = True
        elif usable(child.tag) != child.tag:
            child.tag, changed = usable(child.tag), True
    return changed


def _used(root: Element) -> dict[str, dict[str, str]]:
    """Map the types that a file uses to their features, and these to the type of their values."""
    used: dict[str, dict[str, str]] = {}
    for element in root:
        if element.tag not in (SOFA, VIEW):
            features = used.setdefault(_type_name(element), {})
            for name in element.attrib:
                features.setdefault(name, STRING)
            features.update((child.tag, STRINGS) for child in element)
    used.pop("", None)
    return {name: without(features, ID) for name, features in used.items()}


class _Mending:
    """What is to be known of a file to tell what can't be used in it."""

    def __init__(self, root: Element, types: TypeSystem) -> None:
        self._types = types
        self._ids = Counter(element.get(ID) for element in root)
        self._sofas = {sofa.get(ID): Places(sofa.get("sofaString", "")) for sofa in root.iter(SOFA)}
        self._views = Counter(sofa.get("sofaID") for sofa in root.iter(SOFA))

    def problem(self, element: Element) -> str:
        """Say why an element can't be used; "" when it can."""
        if element.tag == VIEW:
            return "" if element.get("sofa") in self._sofas else "its text is not in the file"
        own_id = element.get(ID, "")
        if not _NUMBER.fullmatch(own_id) or self._ids[own_id] > 1:
            return "its id is missing or not its own"
        if element.tag == SOFA:
            return self._sofa_problem(element)
        name = _type_name(element)
        if not name:
            return "it is nothing that UIMA knows"
        return self._place_problem(element) if self._types.is_instance_of(name, BASE) else ""

    def cut_references(self, element: Element, there: set[str | None]) -> bool:
        """Take out references to what isn't there; say whether there were any."""
        changed = False
        for name in ["members"] if element.tag == VIEW else self._references(element):
            parts = element.get(name, "").split()
            known = [part for part in parts if part in there]
            if len(known) < len(parts):
                element.set(name, " ".join(known))
                changed = True
                if not known:
                    del element.attrib[name]
        return changed

    def _sofa_problem(self, element: Element) -> str:
        is_sound = set(element.attrib) <= _SOFA_FEATURES and _NUMBER.fullmatch(element.get("sofaNum", ""))
        return "" if is_sound and self._views[element.get("sofaID")] == 1 else "it is not a text of UIMA's"

    def _place_problem(self, element: Element) -> str:
        places = self._sofas.get(element.get("sofa"))
        if places is None:
            return "its text is not in the file"
        if not self._types.is_instance_of(_type_name(element), ANNOTATION):
            return ""
        begin, end = (element.get(name, "0") for name in ("begin", "end"))
        if not _NUMBER.fullmatch(begin) or not _NUMBER.fullmatch(end):
            return f"“{begin}” to “{end}” are not offsets"
        return "" if places.holds(int(begin), int(end)) else f"{begin} to {end} is not in the text"

    def _references(self, element: Element) -> list[str]:
        """Name the features of an element that refer to others."""
        name = _type_name(element)
        if element.tag == SOFA or not name or self._types.is_primitive_array(name):
            return []
        ranges = {n: range_of(self._types, name, n) for n in element.attrib if n not in (ID, "sofa")}
        return [n for n, range_ in ranges.items() if not _is_plain(self._types, range_)]


def _is_plain(types: TypeSystem, range_: str) -> bool:
    return bool(types.is_primitive(range_) or types.is_primitive_collection(range_))
