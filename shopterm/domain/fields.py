"""A form as data: what is asked, of which kind, within which limits. Screens and command line read the same rows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from shopterm.domain.vocabulary import Word


class Kind(Enum):
    """How a field is typed, and what its parsed value is."""

    TEXT = "text"
    """One line of text; str."""
    LONG_TEXT = "long_text"
    """Several lines of text; str."""
    INTEGER = "integer"
    """A whole number; int."""
    QUANTITY = "quantity"
    """Pieces, litres or metres; int in thousandths."""
    MONEY = "money"
    """An amount; int in the minor unit."""
    MINUTES = "minutes"
    """A duration typed as minutes, 1.5h or 1:30; int in minutes."""
    INSTANT = "instant"
    """A date with time in the site's zone; int in UTC microseconds."""
    DATE = "date"
    """A calendar day; str, ISO."""
    CHOICE = "choice"
    """One of the field's choices; str."""
    YES_NO = "yes_no"
    """Yes or no; bool."""
    PERSON = "person"
    """A person by number, badge or name; str, the person's number."""
    PEOPLE = "people"
    """Several persons, separated by blanks or commas; tuple of numbers."""
    VERBS = "verbs"
    """Actions of the table by their names, separated by blanks or commas; tuple of names."""
    PART = "part"
    """A part by scan or number; str as typed (may be unknown to the catalogue)."""
    CUSTOMER = "customer"
    """A customer by number; str."""
    MACHINE = "machine"
    """A machine by serial number; str."""
    LINES = "lines"
    """Rows of sub-fields; tuple of dict."""
    CHECKLIST = "checklist"
    """Marks, values and notes per checklist item; dict by item id."""
    ROLES = "roles"
    """Roles by value or label, separated by commas; str as typed."""
    CODE = "code"
    """A code of time that belongs to no job, as the settings list them; str."""
    STANDARD = "standard"
    """A labour standard by its code; str."""
    PHOTOS = "photos"
    """Files from the drop folder; tuple of names."""


@dataclass(frozen=True)
class Field:
    """One thing a form asks. Limits are in the parsed value's unit; max_length in characters."""

    name: str
    label: str
    kind: Kind = Kind.TEXT
    required: bool = True
    choices: type[Word] | tuple[str, ...] | None = None
    columns: tuple["Field", ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    max_length: int = 200
    default: Any = None
    help: str = ""
    prefill: bool = False
    """The form asks the document for a present value to start from (for instance the lines of a sheet)."""
    given: bool = False
    """Its lines are those the document asks for: a code scanned that stands in one chooses that line, it adds none."""

    def optional(self) -> "Field":
        """Return the same field, not required."""
        return replace(self, required=False)


Values = Mapping[str, Any]
"""Parsed values of a form by field name."""
