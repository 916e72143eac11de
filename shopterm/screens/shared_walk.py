"""Pass and fail walk the same checklist: marks and photos begun for the one are there for the other."""

from typing import Any

from shopterm.db.queries.checklist_to_walk import ASKED_BY
from shopterm.domain.action import Action
from shopterm.domain.fields import Kind
from shopterm.drafts import Draft, Drafts

SHARED = frozenset({Kind.CHECKLIST, Kind.PHOTOS})


def begun(drafts: Drafts, action: str, number: str) -> list[Draft]:
    """Return the drafts of other verbs that walk the same checklist on this document, the newest first."""
    walks = {name for name, kind in ASKED_BY.items() if kind == ASKED_BY.get(action)} - {action}
    return [draft for draft in drafts.all() if draft.action in walks and draft.ref == number]


def shared(action: Action, draft: Draft) -> dict[str, Any]:
    """Return what a form takes over from such a draft."""
    names = [field.name for field in action.form if field.kind in SHARED]
    return {name: draft.values[name] for name in names if draft.values.get(name)}
