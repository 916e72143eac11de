"""Canonical JSON and its hash: the form in which signatures and the evidence chain read data."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def canonical(value: Any) -> str:
    """Return JSON with sorted keys, no blanks and no escapes, the same on every machine."""
    return _ENCODER.encode(value)


def digest(value: Any) -> str:
    """Return the SHA-256 of the canonical JSON in hexadecimal."""
    # what was typed is hashed before it is cleaned: half a character from a foreign terminal must not end the program
    return hashlib.sha256(canonical(value).encode(errors="surrogatepass")).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise TypeError(f"no canonical form for {type(value).__name__}")


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
