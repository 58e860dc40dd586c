"""UIMA CAS XMI: a file for each article and annotator, in a folder for each annotator.

`TypeSystem.xml` at the top says which types there are. The guide's page `formats-xmi.md` documents both.
"""

import re
from io import BytesIO
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import tostring

from cassis import Cas, TypeSystem, View, load_cas_from_xmi, load_typesystem

from annotator.formats.cas.declaring import DAMAGED, quiet, usable
from annotator.formats.cas.files import CasFile
from annotator.formats.cas.importing import read_cases
from annotator.formats.cas.kinds import Kinds
from annotator.formats.cas.reading import Say
from annotator.formats.cas.values import is_legal
from annotator.formats.cas.writing import CasWriter, lost_of_header, lost_of_record
from annotator.formats.cas.xmi_mending import SOFA, mend
from annotator.formats.dataset import Dataset, OpenPart, Remark
from annotator.formats.errors import FormatError
from annotator.formats.parts.safe_xml import parsed_xml
from annotator.model.scheme import Scheme

__all__ = ["lost_of_header", "lost_of_record", "read", "write"]

TYPES = "TypeSystem.xml"
SUFFIX = ".xmi"

_ROOT = "{http://www.omg.org/XMI}XMI"
_VERSION = re.compile(rb"^(\s*<\?xml version=[\"'])1\.1")
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:x0*([0-9a-fA-F]{1,6})|0*([0-9]{1,7}));")
_REPLACEMENT = "\ufffd".encode()


def write(dataset: Dataset, open_part: OpenPart) -> None:
    """Write a CAS for each article and layer, and at last the type system that all of them have."""
    writer = CasWriter(dataset.header)
    for name, cas in writer.cases(dataset):
        with open_part(f"{name}{SUFFIX}") as file:
            file.write(cas.to_xmi(pretty_print=True).encode())
    with open_part(TYPES) as file:
        file.write(writer.types.system.to_xml().encode())


def read(path: Path, scheme: Scheme, remark: Remark) -> Dataset:
    """Read all CASes of a folder or a ZIP, or one."""
    return read_cases(path, SUFFIX, _Loader(scheme), remark)


class _Loader:
    """Loads files, and each type system once."""

    def __init__(self, scheme: Scheme) -> None:
        self._scheme = scheme
        self._known: dict[PurePosixPath | None, Kinds] = {}

    def __call__(self, file: CasFile, say: Say) -> tuple[list[View], Kinds]:
        name = file.name.name
        root = parsed_xml(_readable(file.read()), name)
        if root.tag != _ROOT:
            raise FormatError(
                f"{name} is not XMI: it begins with “{root.tag[:60]}”; export it as UIMA CAS XMI"
            )
        kinds = self._kinds(file, say)
        try:
            with quiet():
                mend(root, kinds, say)
                # What is dangerous was refused above; what is not trusted may have no long text.
                cas: Cas = load_cas_from_xmi(BytesIO(tostring(root, "utf-8")), kinds.types, trusted=True)
        except DAMAGED as error:
            raise FormatError(f"{name} can't be read as UIMA CAS XMI ({error}); export it anew") from error
        if not root.findall(SOFA):
            raise FormatError(f"{name} holds no text (Sofa), so there is nothing to mark in it")
        sofas = {sofa.get("sofaID") for sofa in root.iter(SOFA)}
        return [view for view in cas.views if view.sofa.sofaID in sofas], kinds

    def _kinds(self, file: CasFile, say: Say) -> Kinds:
        if file.types not in self._known:
            self._known[file.types] = Kinds(self._types(file, say), self._scheme)
        return self._known[file.types]

    def _types(self, file: CasFile, say: Say) -> TypeSystem:
        """Load a type system; without one, every type is declared as it is met."""
        if file.types is None:
            say(f"there is no {TYPES} beside it, so all its values are taken as text")
            return TypeSystem()
        root = parsed_xml(file.read_types(), file.types.name)
        for feature in root.iter():
            name = feature.find("{*}name") if feature.tag.endswith("}featureDescription") else None
            if name is not None and name.text:
                name.text = usable(name.text.strip()) or name.text
        try:
            with quiet():
                return load_typesystem(BytesIO(tostring(root, "utf-8")))
        except DAMAGED as error:
            raise FormatError(f"{file.types.name} is not a type system of UIMA's ({error})") from error


def _readable(content: bytes) -> bytes:
    """Put U+FFFD for each character that XML 1.0 doesn't allow; offsets stay as they are."""
    if b"\x00" in content[:4]:
        return content  # UTF-16
    return _CONTROLS.sub(_put, _VERSION.sub(rb"\g<1>1.0", content))


def _put(match: "re.Match[bytes]") -> bytes:
    code = int(match[1], 16) if match[1] else int(match[2]) if match[2] else 0
    return match[0] if code and code < 0x110000 and is_legal(chr(code)) else _REPLACEMENT
