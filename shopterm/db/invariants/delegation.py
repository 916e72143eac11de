"""Invariant 15, delegations: valid at that instant, for that verb, person and site."""

from collections.abc import Iterator, Mapping

from shopterm.db import sql
from shopterm.db.invariants import Violation
from shopterm.db.invariants.stream import Link
from shopterm.domain.actions import BY_NAME
from shopterm.domain.words import _

NOT_VALID = _("Site {site}, event {seq}: “{action}” was done by a delegation that was not valid for it.")
VALID = """
    SELECT verbs FROM delegation WHERE id = ? AND giver_id = ? AND delegate_id = ? AND site = ?
    AND since <= ? AND until > ? AND (revoked IS NULL OR revoked > ?)"""


class Delegations:
    """What was done for somebody else was lent by them, for then."""

    def __init__(self, sites: Mapping[int, str]) -> None:
        """Remember the sites' codes."""
        self.sites = sites

    def see(self, link: Link) -> Iterator[Violation]:
        """Judge one event."""
        lent = link.told.get("delegation")
        if lent is None or link.columns["action"] not in BY_NAME:
            return
        name, at = link.columns["action"], link.columns["at"]
        known = isinstance(lent, dict) and all(isinstance(lent.get(part), int) for part in ("id", "giver"))
        verbs = known and sql.scalar(
            VALID, lent["id"], lent["giver"], link.columns["actor"], link.site, at, at, at
        )  # fmt: skip
        if not verbs or name not in str(verbs).split():
            yield Violation(15, NOT_VALID, {
                "site": self.sites[link.site], "seq": link.seq, "action": BY_NAME[name].label})  # fmt: skip

    def end(self) -> Iterator[Violation]:
        """Nothing is left to judge."""
        return iter(())
