"""Read a scheme from TOML."""

import tomllib

from annotator.model.scheme import Scheme, SchemeError

MAX_BYTES = 4_000_000


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
    return Scheme.from_body(body)


def _lowered(message: str) -> str:
    return message[:1].lower() + message[1:]
