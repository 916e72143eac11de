"""Marks interface text in pure code, and fills its places; it is translated where it is shown."""

import re
from collections.abc import Mapping
from typing import Any

_PLACE = re.compile(r"\{(\w+)\}")


def _(message: str) -> str:
    """Return the message unchanged, so that the catalogue tool finds it."""
    return message


class Message(str):
    """A message id among data: translated where it is shown."""

    __slots__ = ()


def fill(message: str, params: Mapping[str, Any]) -> str:
    """Put the parameters in their ``{name}`` places, in one pass: what they hold is never read as a place.

    A place without a parameter stays as it is; braces that are no place are text.
    """
    return _PLACE.sub(lambda place: str(params.get(place[1], place[0])), message) if params else message
