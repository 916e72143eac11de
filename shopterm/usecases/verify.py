"""Looks whether everything holds that must: stock, money, workflow, people, the record. Changes nothing."""

from collections.abc import Iterable
from itertools import chain

from shopterm.db.backup import Anchor
from shopterm.db.invariants import Violation
from shopterm.db.invariants.amounts import amount_violations
from shopterm.db.invariants.anchored import check_anchors
from shopterm.db.invariants.chain import Chains
from shopterm.db.invariants.delegation import Delegations
from shopterm.db.invariants.files import Photos, changed_files
from shopterm.db.invariants.record import Progress, missing_triggers, watch
from shopterm.db.invariants.replay import Replay
from shopterm.db.invariants.separation import Separation
from shopterm.db.invariants.signatures import Signatures
from shopterm.db.invariants.stock import stock_violations
from shopterm.db.invariants.stream import all_sites
from shopterm.db.session import Shop
from shopterm.db.snapshot import snapshot
from shopterm.domain.words import _

MOST = 20
"""Violations told of one kind; a damaged database would fill the screen with the same sentence."""
RECORD = 19
"""What is wrong with the record is told first: the rest may only follow from it."""
MORE = _("… and {count} more of this kind.")


def verify(shop: Shop, progress: Progress | None = None, anchors: Iterable[Anchor] | None = None) -> list[Violation]:
    """Return everything that does not hold, as of one moment; a reader's rights are enough.

    Files are hashed after that moment: they can take long, and nothing on file is ever replaced.
    """
    tell = progress or _silent
    with snapshot(shop):
        sites = all_sites()
        watchers = Chains(sites), Photos(sites), Replay(sites), Separation(sites), Delegations(sites), Signatures(sites)
        found = few(
            chain(
                missing_triggers(shop),
                check_anchors(shop, anchors or ()),
                watch(sites, watchers, tell),
                amount_violations(shop),
                stock_violations(shop),
            )
        )
    with shop.reader():
        found += few(changed_files(shop.data_dir, sites, tell))
    return sorted(found, key=lambda one: one.number != RECORD)


def few(violations: Iterable[Violation]) -> list[Violation]:
    """Return the first of each kind, and how many more there are."""
    kept: dict[tuple[int, str], list[Violation]] = {}
    more: dict[tuple[int, str], int] = {}
    for violation in violations:
        kind = violation.number, violation.sentence
        several = kept.setdefault(kind, [])
        if len(several) < MOST:
            several.append(violation)
        else:
            more[kind] = more.get(kind, 0) + 1
    return [
        *chain.from_iterable(kept.values()),
        *(Violation(number, MORE, {"count": count}) for (number, _sentence), count in more.items()),
    ]


def _silent(_what: str, _seen: int, _all: int) -> None:
    """Tell nobody."""
