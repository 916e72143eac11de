"""Marks interface text in pure code, and fills its places; it is translated where it is shown."""

import re
from collections.abc import Mapping
from typing import Any, Self

_PLACE = re.compile(r"\{(\w+)\}")


def _(message: str) -> str:
    """Return the message unchanged, so that the catalogue tool finds it."""
    return message


class Message(str):
    """A message id among data: translated where it is shown."""

    __slots__ = ()


class Keyed(Message):
    """A message id with the name by which programs know what it says: wording changes, the name does not.

    An empty name says that for a program there is no value here, only a remark to people.
    """

    __slots__ = ("key",)
    key: str

    def __new__(cls, key: str, message: str) -> Self:
        """Make one of a snake_case name and the message id."""
        made = super().__new__(cls, message)
        made.key = key
        return made

    def __reduce__(self) -> tuple[type["Keyed"], tuple[str, str]]:
        return Keyed, (self.key, str(self))


def fill(message: str, params: Mapping[str, Any]) -> str:
    """Put the parameters in their ``{name}`` places, in one pass: what they hold is never read as a place.

    A place without a parameter stays as it is; braces that are no place are text.
    """
    return _PLACE.sub(lambda place: str(params.get(place[1], place[0])), message) if params else message
