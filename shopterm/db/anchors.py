"""Checks an evidence chain against what was remembered of it elsewhere: a chain alone does not see a cut tail."""

from collections.abc import Iterable

from shopterm.db import sql
from shopterm.db.backup import Anchor
from shopterm.db.session import Shop
from shopterm.domain.words import _

TAIL_CUT = _("Site {site}: the chain ends at event {found}, but had {count} events when it was anchored.")
REWRITTEN = _("Site {site}: event {count} is not the one that was anchored.")
NO_SITE = _("Site {site} was anchored with {count} events, but is not in the database.")

Broken = tuple[str, dict[str, object]]
"""A sentence and its parameters."""


def broken_anchors(shop: Shop, anchors: Iterable[Anchor]) -> list[Broken]:
    """Return what contradicts the anchors, one sentence for each."""
    with shop.reader():
        return [broken for anchor in anchors if (broken := _broken(anchor)) is not None]


def _broken(anchor: Anchor) -> Broken | None:
    told: dict[str, object] = {"site": anchor.site, "count": anchor.count}
    site = sql.scalar("SELECT id FROM site WHERE code = ?", anchor.site)
    if site is None:
        return NO_SITE, told
    if anchor.count == 0:
        return None
    held = sql.scalar("SELECT hash FROM event WHERE site = ? AND seq = ?", site, anchor.count)
    if held is None:
        return TAIL_CUT, told | {"found": sql.scalar("SELECT COALESCE(MAX(seq), 0) FROM event WHERE site = ?", site)}
    return None if held == anchor.head else (REWRITTEN, told)
