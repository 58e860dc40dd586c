"""Read a scheme from TOML."""

import math
import re
import tomllib
from typing import Any

from annotator.model.scheme import Scheme, SchemeError

MAX_BYTES = 4_000_000
MAX_LABELS = 200
MAX_NUMBER = 2**53
"""Beyond it, not every reader of JSON keeps a whole number as it is."""

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")


def read(content: bytes) -> Scheme:
    """Read and check a scheme; raise SchemeError with one sentence that names the line if TOML is broken."""
    if len(content) > MAX_BYTES:
        raise SchemeError(f"the scheme has {len(content):,} bytes; at most {MAX_BYTES:,} are read")
    try:
        body = tomllib.loads(content.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SchemeError(f"the scheme is not UTF-8 text (line {line}); save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise SchemeError(f"the scheme is not valid TOML: {_lowered(str(error))}") from error
    except RecursionError as error:
        raise SchemeError("the scheme is nested too deeply; write it as the guide shows") from error
    _check_value(body, "the scheme")
    scheme = Scheme.from_body(body)
    if scheme.version < 1:
        raise SchemeError(f"the scheme has the version {scheme.version}; count versions from 1")
    if len(scheme.labels) > MAX_LABELS:
        raise SchemeError(f"the scheme has {len(scheme.labels):,} labels; at most {MAX_LABELS} are taken")
    return scheme


def _check_value(value: Any, where: str) -> None:
    """Refuse what a project file can't keep: dates, numbers that are none or too large, controls."""
    if isinstance(value, dict):
        for key, item in value.items():
            _check_text(key, where)
            _check_value(item, f"“{key}”")
    elif isinstance(value, list):
        for item in value:
            _check_value(item, where)
    elif isinstance(value, str):
        _check_text(value, where)
    elif isinstance(value, int | float):
        if not math.isfinite(value) or abs(value) > MAX_NUMBER:
            raise SchemeError(f"{where} holds {str(value)[:40]}, which is too large or no number; change it")
    else:
        raise SchemeError(f"{where} holds the date or time {value}; write it as text, in quotation marks")


def _check_text(text: str, where: str) -> None:
    found = _CONTROLS.search(text)
    if found:
        raise SchemeError(f"{where} holds the control character U+{ord(found[0]):04X}; take it out")


def _lowered(message: str) -> str:
    return message[:1].lower() + message[1:]
