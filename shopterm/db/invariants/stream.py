"""Reads the evidence chains link by link in bounded memory, each link with the signatures and photos it made."""

import heapq
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import NoneType
from typing import Any, NamedTuple, Protocol

from shopterm.db import sql
from shopterm.db.events import CHAINED, chain_hash
from shopterm.db.invariants import Violation
from shopterm.db.keys import MOST_ROWS, ROW_BITS, SEQ_BITS
from shopterm.domain.vocabulary import STATES, Doc

PAGE = 1000
LINK = f"SELECT id, hash, {', '.join(CHAINED)} FROM event "
FIRST = -(1 << 62)
"""Before every key and sequence number, forged ones too."""
SHAPES = ([str, int, str, str], [str, int, NoneType, str])
KNOWN = {doc.value: frozenset(word.value for word in words) for doc, words in STATES.items()}
"""The states there are, by kind of document."""


class Change(NamedTuple):
    """A document's state before (none for a new document) and after."""

    doc: Doc
    id: int
    before: str | None
    after: str


@dataclass(slots=True)
class Link:
    """One event as it is stored, and what its payload tells."""

    id: int
    hash: str
    columns: dict[str, Any]
    told: dict[str, Any] = field(default_factory=dict)
    """The payload, read."""
    signatures: Sequence[tuple[Any, ...]] = ()
    """Person, doc, doc_id, action, rev, content hash and instant of every signature the event made."""
    photos: Sequence[str] = ()
    """SHA-256 of every photo the event put on file."""

    @property
    def site(self) -> int:
        """Return whose chain it belongs to."""
        return int(self.columns["site"])

    @property
    def seq(self) -> int:
        """Return its place in the chain."""
        return int(self.columns["seq"])

    @property
    def whole(self) -> bool:
        """Say whether its hash is the hash of its columns."""
        return chain_hash(self.columns) == self.hash

    @property
    def changes(self) -> list[Change]:
        """Return the state changes it tells of; what is no change is left out, for nothing can come of it."""
        said = self.told.get("changes")
        return [Change(Doc(one[0]), *one[1:]) for one in said if _is_change(one)] if isinstance(said, list) else []


def _is_change(said: Any) -> bool:
    if not isinstance(said, list) or [type(part) for part in said] not in SHAPES or said[0] not in KNOWN:
        return False
    return said[3] in KNOWN[said[0]] and (said[2] is None or said[2] in KNOWN[said[0]])


class Watcher(Protocol):
    """Looks at every link of all chains once."""

    def see(self, link: Link) -> Iterable[Violation]:
        """Return what this link breaks."""

    def end(self) -> Iterable[Violation]:
        """Return what is broken when all links were seen."""


def event_of(row_key: int) -> int:
    """Return the key of the event that made a row."""
    return row_key >> ROW_BITS << ROW_BITS


def seq_of(row_key: int) -> int:
    """Return the sequence number of the event that made a row."""
    return row_key >> ROW_BITS & (1 << SEQ_BITS) - 1


def all_sites() -> dict[int, str]:
    """Return code by number of every site that is known, or has a chain or a head."""
    known = dict(sql.rows("SELECT id, code FROM site"))
    used = {site for (site,) in sql.rows("SELECT DISTINCT site FROM event UNION SELECT site FROM chain_head")}
    return {site: known.get(site, str(site)) for site in sorted(used | set(known))}


def links(sites: Iterable[int]) -> Iterator[Link]:
    """Yield the links of all chains, each chain in its order, the chains woven together by time."""
    return heapq.merge(*(chain(site) for site in sites), key=lambda link: link.columns["at"])


def chain(site: int) -> Iterator[Link]:
    """Yield the links of one site's chain by their sequence numbers."""
    after = FIRST
    while page := _page(site, after):
        yield from page
        after = page[-1].seq


def link_at(site: int, seq: int) -> Link | None:
    """Return one link, or None."""
    found = sql.row(LINK + "WHERE site = ? AND seq = ?", site, seq)
    return _link(found) if found else None


def _page(site: int, after: int) -> list[Link]:
    found = sql.rows(LINK + f"WHERE site = ? AND seq > ? ORDER BY seq LIMIT {PAGE}", site, after)
    page = [_link(row) for row in found]
    if not page:
        return page
    made_from, made_to = min(link.id for link in page), max(link.id for link in page) + MOST_ROWS
    signatures, photos = _signatures(made_from, made_to), _photos(made_from, made_to)
    for link in page:
        link.signatures, link.photos = signatures.get(link.id, ()), photos.get(link.id, ())
    return page


def _link(row: tuple[Any, ...]) -> Link:
    columns = dict(zip(CHAINED, row[2:], strict=True))
    return Link(row[0], row[1], columns, read(columns["payload"]))


def read(payload: str) -> dict[str, Any]:
    """Return what a payload tells; nothing where it is no JSON object, which the chain's hash shows."""
    try:
        told = json.loads(payload)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def part(told: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return an object within what a payload tells; an empty one where there is none."""
    found = told.get(name)
    return found if isinstance(found, dict) else {}


def noted(told: Mapping[str, Any], name: str) -> list[Any]:
    """Return a list among the notes of what a payload tells; an empty one where there is none."""
    found = part(told, "notes").get(name)
    return found if isinstance(found, list) else []


def _signatures(made_from: int, made_to: int) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in sql.rows(
        "SELECT id, person, doc, doc_id, action, rev, content_hash, at FROM signature "
        "WHERE id >= ? AND id < ? ORDER BY id",
        made_from,
        made_to,
    ):
        found[event_of(row[0])].append(row[1:])
    return found


def _photos(made_from: int, made_to: int) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for row, sha256 in sql.rows(
        "SELECT id, sha256 FROM attachment WHERE id >= ? AND id < ? ORDER BY id", made_from, made_to
    ):
        found[event_of(row)].append(sha256)
    return found
