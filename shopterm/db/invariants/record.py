"""Invariant 19: the record is whole, and so is all that hangs on it: chains, heads, anchors, files, triggers."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from shopterm.db import sql, triggers
from shopterm.db.invariants import Violation
from shopterm.db.invariants.evidence import Evidence
from shopterm.db.invariants.stream import PAGE, Watcher, links
from shopterm.db.session import Shop
from shopterm.domain.words import _

Progress = Callable[[str, int, int], None]
"""Called now and then with what is looked at (a message id), how many were seen, and how many there are."""
EVENTS = _("events")


def watch(sites: Iterable[int], watchers: Sequence[Watcher], progress: Progress) -> Iterator[Violation]:
    """Show every link of all chains once to every watcher, and yield what they find."""
    total = int(sql.scalar("SELECT COUNT(*) FROM event"))
    for number, link in enumerate(links(sites), 1):
        for watcher in watchers:
            yield from watcher.see(link)
        if number % PAGE == 0 or number == total:
            progress(EVENTS, number, total)
    for watcher in watchers:
        yield from watcher.end()


def missing_triggers(shop: Shop) -> Iterator[Violation]:
    """Yield the triggers that are not there, or not as they were made."""
    with shop.reader() as db:
        for trigger in triggers.missing(db, shop.backend.name):
            yield Evidence.TRIGGER.violation(19, name=trigger.name, table=trigger.table)
