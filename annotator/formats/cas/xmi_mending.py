"""Make XMI fit for dkpro-cassis, which gives up a whole file for one bad reference.

What the type system lacks is added to it, as the file shows it. What can't be used is taken out, and with
it tokens and sentences, of which nothing is read.
"""

import re
from collections import Counter
from functools import lru_cache
from xml.etree.ElementTree import Element

from annotator.formats.cas.declaring import Places, usable
from annotator.formats.cas.kinds import Kinds, is_segment
from annotator.formats.cas.reading import Say
from annotator.formats.cas.values import STRING, STRINGS
from annotator.formats.parts.bodies import without

SOFA = "{http:///uima/cas.ecore}Sofa"
VIEW = "{http:///uima/cas.ecore}View"

_ID = "{http://www.omg.org/XMI}id"
_TAG = re.compile(r"\{http:///([^{}]*)\.ecore\}([^{}]+)")
_NUMBER = re.compile(r"\d{1,18}")
_SOFA_FEATURES = frozenset({_ID, "sofaNum", "sofaID", "mimeType", "sofaURI", "sofaArray", "sofaString"})


def mend(root: Element, kinds: Kinds, say: Say) -> None:
    """Mend the tree of a file; `say` is told what was taken out."""
    root[:] = [element for element in root if not is_segment(_type_name(element.tag))]
    for element in root:
        _respell(element)
    kinds.declare(_used(root))
    mending = _Mending(root, kinds)
    kept = []
    for element in root:
        problem = mending.problem(element)
        if problem:
            say(f"“{element.tag.rpartition('}')[2]}” of id “{element.get(_ID, '')}” was left out: {problem}")
        else:
            kept.append(element)
    root[:] = kept
    there = {element.get(_ID) for element in kept}
    for element in kept:
        mending.cut_references(element, there)


@lru_cache(maxsize=1_000)
def _type_name(tag: str) -> str:
    """Return the name of the type that an element is of; "" when it is no feature structure."""
    match = _TAG.fullmatch(tag)
    return f"{match[1].replace('/', '.')}.{match[2]}".removeprefix("uima.noNamespace.") if match else ""


def _respell(element: Element) -> None:
    """Spell the features of an element so that Python takes them; drop those that can be none."""
    if element.tag in (SOFA, VIEW):
        return
    for name in [name for name in element.attrib if name != _ID and usable(name) != name]:
        value = element.attrib.pop(name)
        if usable(name):
            element.set(usable(name), value)
    for child in list(element):
        if usable(child.tag) and not len(child):
            child.tag = usable(child.tag)
        else:
            element.remove(child)


def _used(root: Element) -> dict[str, dict[str, str]]:
    """Map the types that a file uses to their features, and these to the type of their values."""
    used: dict[str, dict[str, str]] = {}
    for element in root:
        if element.tag not in (SOFA, VIEW):
            features = used.setdefault(_type_name(element.tag), {})
            for name in element.attrib:
                features.setdefault(name, STRING)
            features.update((child.tag, STRINGS) for child in element)
    used.pop("", None)
    return {name: without(features, _ID) for name, features in used.items()}


class _Mending:
    """What is to be known of a file to tell what can't be used in it."""

    def __init__(self, root: Element, kinds: Kinds) -> None:
        self._kinds = kinds
        self._ids = Counter(element.get(_ID) for element in root)
        self._texts = {sofa.get(_ID): Places(sofa.get("sofaString", "")) for sofa in root.iter(SOFA)}
        self._views = Counter(sofa.get("sofaID") for sofa in root.iter(SOFA))

    def problem(self, element: Element) -> str:
        """Say why an element can't be used; "" when it can."""
        if element.tag == VIEW:
            return "" if element.get("sofa") in self._texts else "its text is not in the file"
        own_id = element.get(_ID, "")
        if not _NUMBER.fullmatch(own_id) or self._ids[own_id] > 1:
            return "its id is missing or not its own"
        if element.tag == SOFA:
            return self._sofa_problem(element)
        name = _type_name(element.tag)
        return self._place_problem(element, name) if name else "it is nothing that UIMA knows"

    def cut_references(self, element: Element, there: set[str | None]) -> None:
        """Take out references to what isn't there."""
        for name in ["members"] if element.tag == VIEW else self._references(element):
            known = [part for part in element.attrib[name].split() if part in there]
            if known:
                element.set(name, " ".join(known))
            else:
                del element.attrib[name]

    def _sofa_problem(self, element: Element) -> str:
        is_sound = set(element.attrib) <= _SOFA_FEATURES and _NUMBER.fullmatch(element.get("sofaNum", ""))
        return "" if is_sound and self._views[element.get("sofaID")] == 1 else "it is not a text of UIMA's"

    def _place_problem(self, element: Element, name: str) -> str:
        shape = self._kinds.shape(name)
        if not shape.has_text:
            return ""
        places = self._texts.get(element.get("sofa"))
        if places is None:
            return "its text is not in the file"
        begin, end = element.get("begin", "0"), element.get("end", "0")
        if not shape.has_place:
            return ""
        if not _NUMBER.fullmatch(begin) or not _NUMBER.fullmatch(end):
            return f"“{begin}” to “{end}” are not offsets"
        return "" if places.holds(int(begin), int(end)) else f"{begin} to {end} is not in the text"

    def _references(self, element: Element) -> list[str]:
        """Name the features of an element that refer to others."""
        if element.tag == SOFA:
            return []
        references = self._kinds.shape(_type_name(element.tag)).references
        return [name for name in element.attrib if name in references]
