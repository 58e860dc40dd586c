"""UIMA JSON CAS 0.4: a file for each article and annotator, in a folder for each annotator.

Each file has its type system in it. The guide's page `formats-json-cas.md` documents it.
"""

import json
from pathlib import Path
from typing import Any

from cassis import TypeSystem, View, load_cas_from_json

from annotator.formats.cas.declaring import DAMAGED, quiet, usable
from annotator.formats.cas.files import CasFile
from annotator.formats.cas.importing import read_cases
from annotator.formats.cas.json_cas_mending import STRUCTURES, VIEWS, mended
from annotator.formats.cas.kinds import Kinds
from annotator.formats.cas.reading import Say
from annotator.formats.cas.writing import CasWriter, lost_of_header, lost_of_record
from annotator.formats.dataset import Dataset, OpenPart, Remark
from annotator.formats.errors import FormatError
from annotator.formats.parts.bodies import BadRecord
from annotator.formats.parts.strict_json import parsed
from annotator.model.change import to_json
from annotator.model.scheme import Scheme

__all__ = ["lost_of_header", "lost_of_record", "read", "write"]

SUFFIX = ".json"
TYPES = "%TYPES"

_SIGNATURE = b'"%TYPES"'


def write(dataset: Dataset, open_part: OpenPart) -> None:
    """Write a CAS for each article and layer."""
    writer = CasWriter(dataset.header)
    for name, cas in writer.cases(dataset):
        with open_part(f"{name}{SUFFIX}") as file:
            file.write(cas.to_json().encode("utf-8", "replace"))


def read(path: Path, scheme: Scheme, remark: Remark) -> Dataset:
    """Read all CASes of a folder, or one."""
    return read_cases(path, SUFFIX, _Loader(scheme, is_folder=path.is_dir()), remark)


class _Loader:
    """Loads files, and each type system once."""

    def __init__(self, scheme: Scheme, *, is_folder: bool) -> None:
        self._scheme, self._is_folder = scheme, is_folder
        self._known: dict[str, Kinds] = {}

    def __call__(self, file: CasFile, say: Say) -> tuple[list[View], Kinds]:
        name = file.name.name
        content = file.read()
        if self._is_folder and _SIGNATURE not in content[:65_536]:
            return [], self._kinds({})  # Some other JSON that stands there too.
        data = _data(content, name)
        try:
            with quiet():
                kinds = self._kinds(data.get(TYPES))
                views = [_view(one, kinds.types, text) for text, one in mended(data, kinds, say)]
        except DAMAGED as error:
            raise FormatError(f"{name} can't be read as UIMA JSON CAS ({error}); export it anew") from error
        if not views:
            raise FormatError(f"{name} holds no text (Sofa), so there is nothing to mark in it")
        return views, kinds

    def _kinds(self, types: Any) -> Kinds:
        """Load a type system, by way of a CAS with nothing else in it."""
        key = to_json(types)
        if key not in self._known:
            empty = {TYPES: _respelled(types or {}), STRUCTURES: [], VIEWS: {}}
            self._known[key] = Kinds(load_cas_from_json(json.dumps(empty)).typesystem, self._scheme)
        return self._known[key]


def _view(data: dict[str, Any], types: TypeSystem, name: str) -> View:
    (view,) = load_cas_from_json(json.dumps(data), types, merge_typesystem=False).views
    view.sofa.sofaID = name
    return view


def _data(content: bytes, name: str) -> dict[str, Any]:
    try:
        data = parsed(content.decode("utf-8-sig"), "it")
    except UnicodeDecodeError as error:
        raise FormatError(f"{name} is not UTF-8; save it so") from error
    except BadRecord as error:
        raise FormatError(f"{name} can't be read: {error}") from error
    if not isinstance(data, dict) or STRUCTURES not in data:
        raise FormatError(f"{name} is not UIMA JSON CAS: “{STRUCTURES}” is missing; export it as that")
    return data


def _respelled(types: dict[str, Any]) -> dict[str, Any]:
    """Spell the features of types so that Python takes them."""
    return {
        name: {key if key.startswith("%") else usable(key): said for key, said in features.items()}
        for name, features in types.items()
    }
