"""Who could take a job: present or not, what they do now, how many jobs they lead."""

from collections.abc import Iterable
from typing import NamedTuple

from shopterm.db import sql
from shopterm.db.queries.people import PersonRow, people_to_pick
from shopterm.db.session import Shop
from shopterm.domain.vocabulary import EntryKind, JobState, Role

_NOW = """
SELECT p.id, a.id IS NOT NULL, e.kind, COALESCE(j.number, e.code, ''),
 (SELECT COUNT(*) FROM job l WHERE l.lead_id = p.id AND l.state NOT IN (?, ?))
FROM person p
LEFT JOIN attendance a ON a.person_id = p.id AND a."end" IS NULL AND a.voided = 0
LEFT JOIN labour_entry e ON e.person_id = p.id AND e."end" IS NULL AND e.voided = 0
LEFT JOIN job j ON j.id = e.job_id
WHERE p.state = 'active'"""


class Hand(NamedTuple):
    """Somebody who could work on a job."""

    person: PersonRow
    present: bool
    kind: EntryKind | None
    """What runs now; None when nothing does."""
    what: str
    """The job's number or the code that runs."""
    leads: int
    """Jobs of theirs that are not done."""


def crew(shop: Shop, roles: Iterable[Role]) -> list[Hand]:
    """Return who holds one of the roles: the free first, then the busy, then those not there; each by number."""
    with shop.reader():
        people = people_to_pick(shop, roles=frozenset(roles))
        now = {row[0]: row[1:] for row in sql.rows(_NOW, JobState.DONE, JobState.NOT_REPAIRED)}
    hands = [_hand(person, *now.get(person.id, (0, None, "", 0))) for person in people]
    return sorted(hands, key=lambda hand: (not hand.present, hand.kind is not None, hand.person.number))


def _hand(person: PersonRow, present: int, kind: str | None, what: str, leads: int) -> Hand:
    return Hand(person, bool(present), EntryKind(kind) if kind else None, what, leads)
