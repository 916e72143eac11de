"""Anchors: what was remembered of the chains elsewhere, for a chain alone sees neither a cut tail nor a new one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from shopterm.db import sql
from shopterm.db.anchors import TAIL_CUT, broken_anchors
from shopterm.db.backup import Anchor
from shopterm.db.invariants import Violation
from shopterm.db.invariants.evidence import Evidence
from shopterm.db.session import Shop
from shopterm.domain.errors import invalid
from shopterm.domain.words import _

BAD_LINE = _("Line {line} is no anchor: {reason}")


def anchors(shop: Shop) -> list[Anchor]:
    """Return how long every site's chain is now, and its last hash."""
    with shop.reader():
        return [
            Anchor(*found)
            for found in sql.rows(
                "SELECT s.code, h.seq, h.hash FROM chain_head h JOIN site s ON s.id = h.site ORDER BY h.site"
            )
        ]


def write_anchors(kept: Iterable[Anchor]) -> str:
    """Return anchors as text, one JSON object a line; files of several days can be joined."""
    return "".join(msgspec.json.encode(anchor).decode() + "\n" for anchor in kept)


def read_anchors(text: str) -> list[Anchor]:
    """Read anchors from text; Invalid names the first line that is none."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append(msgspec.json.decode(line, type=Anchor))
        except msgspec.MsgspecError as error:
            raise invalid("anchors", BAD_LINE, number, line=number, reason=str(error)) from error
    return found


def check_anchors(shop: Shop, kept: Iterable[Anchor]) -> Iterator[Violation]:
    """Yield the first anchor of each site that the chain contradicts, with the first event that may be bad."""
    by_site: dict[str, set[Anchor]] = defaultdict(set)
    for anchor in kept:
        by_site[anchor.site].add(anchor)
    for several in by_site.values():
        good = 0
        for anchor in sorted(several, key=lambda anchor: (anchor.count, anchor.head)):
            if broken := broken_anchors(shop, [anchor]):
                sentence, params = broken[0]
                yield _contradicted(sentence, params, good)
                break
            good = anchor.count


def _contradicted(sentence: str, params: dict[str, object], good: int) -> Violation:
    """Name the kind and the first bad event: the first missing one, or the first after the last good anchor."""
    if sentence == TAIL_CUT:
        return Evidence.TAIL_CUT.violation(19, **params, seq=int(str(params["found"])) + 1)
    return Evidence.REWRITTEN.violation(19, **params, seq=good + 1)
