"""What a form asks besides the action's own fields: the PIN that signs, and a second person with theirs."""

from dataclasses import replace

from shopterm.domain.action import Action
from shopterm.domain.fields import Field, Kind
from shopterm.domain.words import _
from shopterm.usecases.request import Second

PIN = Field("pin", _("Your PIN"), max_length=32)
SECOND = Field("second", _("Second signer"), Kind.PERSON, max_length=60, help=_("number, badge or name"))
SECOND_PIN = Field("second_pin", _("Their PIN"), max_length=32)
HIDDEN = (PIN, SECOND_PIN)
"""Fields that show dots, and are emptied when an action was not done."""


def signing(action: Action) -> tuple[Field, ...]:
    """Return the fields that sign this action."""
    other = replace(SECOND, label=action.second_as or SECOND.label)
    return ((PIN,) if action.signs else ()) + ((other, SECOND_PIN) if action.second else ())


def second(signed: dict[str, str]) -> Second | None:
    """Return the second signer from what was typed into these fields."""
    return Second(signed[SECOND.name], signed[SECOND_PIN.name]) if SECOND.name in signed else None
