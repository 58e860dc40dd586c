"""Ids for what a file gives none: the same for the same content, so that it is known when it comes again."""

import hashlib


def derived_id(*parts: object) -> str:
    """Derive an id from what tells a thing from others."""
    key = "\n".join(map(str, parts))
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]
