"""Judges the evidence chains: contiguous, every link whole and tied to the one before, the head at the end."""

from collections.abc import Iterable, Mapping
from typing import Any

from shopterm.db import sql
from shopterm.db.events import GENESIS, chain_hash
from shopterm.db.invariants import Violation
from shopterm.db.invariants.evidence import Evidence
from shopterm.db.invariants.stream import Link, link_at, seq_of
from shopterm.db.keys import ROW_BITS, SEQ_BITS

NEIGHBOURS = (1, -1, 2, -2)
Break = tuple[Evidence, int]
"""What was done to a chain, and the first event it shows at."""


class Chains:
    """All chains, link by link; each is judged up to its first bad link, for what comes after it proves nothing."""

    def __init__(self, sites: Mapping[int, str]) -> None:
        """Begin every site's chain."""
        self.sites = sites
        self.last: dict[int, Link] = {}
        self.broken: dict[int, Break] = {}

    def see(self, link: Link) -> Iterable[Violation]:
        """Judge the next link of its chain; what is found is told at the end, site by site."""
        if link.site not in self.broken and (found := judge(link, self.last.get(link.site))):
            self.broken[link.site] = found
        self.last[link.site] = link
        return ()

    def end(self) -> Iterable[Violation]:
        """Tell of the first break of each chain."""
        heads = {site: tuple(head) for site, *head in sql.rows("SELECT site, seq, at, hash FROM chain_head")}
        for site, code in self.sites.items():
            found = self.broken.get(site) or judge_head(site, heads.get(site), self.last.get(site))
            if found:
                yield found[0].violation(19, site=code, seq=found[1])


def judge(link: Link, last: Link | None) -> Break | None:
    """Return what is wrong with a link that comes after another (or first), or None."""
    due, prev = (last.seq + 1, last.hash) if last else (1, GENESIS)
    if link.seq > due:
        return Evidence.DELETED, due
    if link.seq < due:
        return Evidence.INSERTED, link.seq
    if not link.whole or link.id != _key(link):
        return _moved(link, prev)
    if link.columns["prev"] != prev:
        # it still points to what the event before it was; that one has been written anew, with a hash of its own
        return Evidence.EDITED, max(due - 1, 1)
    return None


def _key(link: Link) -> int:
    return link.site << SEQ_BITS + ROW_BITS | link.seq << ROW_BITS


def _moved(link: Link, prev: str) -> Break:
    """Tell an event that was changed from one that was moved to another place, and what is in its place now."""
    due, was = link.seq, _first_place(link)
    if was is None:
        after = link_at(link.site, due + 1)
        forged = after is not None and _first_place(after) == due
        return (Evidence.INSERTED if forged else Evidence.EDITED), due
    if was < due:
        return Evidence.INSERTED, was
    # a later event stands here: is the one that belongs here still somewhere?
    there = sql.row("SELECT 1 FROM event WHERE site = ? AND prev = ? AND seq > ?", link.site, prev, due)
    return (Evidence.REORDERED if there else Evidence.DELETED), due


def _first_place(link: Link) -> int | None:
    """Return the sequence number under which a link's hash fits, if it is another than it has now."""
    before = sql.scalar("SELECT seq FROM event WHERE site = ? AND hash = ?", link.site, link.columns["prev"])
    places = [seq_of(link.id), (before or 0) + 1, *(link.seq + step for step in NEIGHBOURS)]
    for seq in dict.fromkeys(places):
        if seq != link.seq and chain_hash(link.columns | {"seq": seq}) == link.hash:
            return seq
    return None


def judge_head(site: int, head: tuple[Any, ...] | None, last: Link | None) -> Break | None:
    """Return what is wrong between a chain's head and its last link, or None."""
    end = (last.seq, last.columns["at"], last.hash) if last else (0, 0, GENESIS)
    if head == end:
        return None
    if head is None or head[0] == end[0]:
        return Evidence.HEAD_CHANGED, end[0]
    if head[0] > end[0]:
        return Evidence.TAIL_CUT, end[0] + 1
    at_head = link_at(site, head[0])
    beyond = head[2] == (at_head.hash if at_head else GENESIS)
    return (Evidence.INSERTED, head[0] + 1) if beyond else (Evidence.HEAD_CHANGED, end[0])
