"""What can have been done to the record, each kind with its sentence."""

from typing import Any

from shopterm.db.invariants import Violation
from shopterm.domain.vocabulary import Word
from shopterm.domain.words import _


class Evidence(Word):
    """A kind of tampering; its label is the sentence that tells of it."""

    EDITED = "edited", _("Site {site}: event {seq} is not as it was written.")
    DELETED = "deleted", _("Site {site}: event {seq} is missing.")
    INSERTED = "inserted", _("Site {site}: event {seq} was put in afterwards.")
    REORDERED = "reordered", _("Site {site}: event {seq} is not in its place.")
    TAIL_CUT = "tail_cut", _("Site {site}: the last events are missing, from {seq} on.")
    REWRITTEN = (
        "rewritten",
        _("Site {site}: the chain was rewritten, from event {seq} at the earliest: {count} is not the anchored event."),
    )
    HEAD_CHANGED = "head_changed", _("Site {site}: the head of the chain does not fit its last event, {seq}.")
    STATE = (
        "state",
        _("{document} {number} is “{state}”, but by its events “{replayed}” (the last: site {site}, event {seq})."),
    )
    ATTACHMENT = (
        "attachment",
        _("Site {site}, event {seq}: file {name} is missing, or not the one that was put on file."),
    )
    TRIGGER = "trigger", _("Trigger {name}, which keeps the record, is missing or was changed.")

    def violation(self, number: int, /, **params: Any) -> Violation:
        """Make the violation of an invariant; programs find the kind and the first bad event among its parameters."""
        return Violation(number, self.label, {"kind": self.value, **params})
