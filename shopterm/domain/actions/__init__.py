"""The table: every verb of the procedures, one row each."""

from shopterm.domain.action import Action
from shopterm.domain.actions import jobs, orders, people, quotes, sheets, stock
from shopterm.domain.errors import NotFound
from shopterm.domain.vocabulary import Doc
from shopterm.domain.words import _

TABLE: tuple[Action, ...] = (
    orders.ACTIONS + jobs.ACTIONS + sheets.ACTIONS + quotes.ACTIONS + stock.ACTIONS + people.ACTIONS
)
"""All rows, in the order of the visit."""

BY_NAME: dict[str, Action] = {action.name: action for action in TABLE}


def action_named(name: str) -> Action:
    """Return the row with this name (dashes read as underscores); NotFound if there is none."""
    action = BY_NAME.get(name.replace("-", "_"))
    if action is None:
        raise NotFound(_("There is no action “{name}”; “shopterm actions” lists them."), name=name)
    return action


def actions_for(doc: Doc) -> tuple[Action, ...]:
    """Return the rows of one kind of document."""
    return tuple(action for action in TABLE if action.doc is doc)
