"""Invariant 16: a signature stands for exactly what was signed, and falls when that changes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from shopterm.db import sql
from shopterm.db.contents import Content, labour_content, material_content, quote_content
from shopterm.db.documents import MODEL
from shopterm.db.invariants import Check, Violation
from shopterm.db.invariants.replay import number_of
from shopterm.db.invariants.stream import FIRST, PAGE, Link, seq_of
from shopterm.db.keys import MOST_ROWS, site_of
from shopterm.domain.actions import BY_NAME
from shopterm.domain.canonical import digest
from shopterm.domain.vocabulary import Doc
from shopterm.domain.words import _

NOT_AS_SIGNED = _("Site {site}, event {seq}: its signatures are not those that were given.")
OTHER_CONTENT = _("Site {site}, event {seq}: the content that was signed does not fit its hash.")
CHANGED = _("{document} {number} was changed after it was signed (site {site}, event {seq}), and the signature stands.")
NO_EVENT = _("A signature on {document} {number} belongs to no event.")
MADE_BY = f"g.id - g.id % {MOST_ROWS}"
"""Key of the event that made a signature."""
STANDING = f"""
    SELECT g.id, g.doc, g.doc_id, g.rev, g.content_hash, e.payload FROM signature g JOIN event e ON e.id = {MADE_BY}
    WHERE g.voided IS NULL AND (g.doc = 'quote' OR g.action IN ('approve_parts', 'approve_labour')) AND g.id > ?
    ORDER BY g.id LIMIT {PAGE}"""


class Signatures:
    """The signatures each event gave, against what it tells of them."""

    def __init__(self, sites: Mapping[int, str]) -> None:
        """Remember the sites' codes."""
        self.sites = sites

    def see(self, link: Link) -> Iterator[Violation]:
        """Judge the signatures of one event."""
        signed = link.told.get("signed")
        told = {"site": self.sites[link.site], "seq": link.seq}
        if isinstance(signed, dict) and digest(signed.get("content")) != signed.get("hash"):
            yield Violation(16, OTHER_CONTENT, told)
        elif list(link.signatures) != _given(link, signed):
            yield Violation(16, NOT_AS_SIGNED, told)

    def end(self) -> Iterator[Violation]:
        """Judge what stands now."""
        for doc, key in sql.rows(
            f"SELECT g.doc, g.doc_id FROM signature g WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.id = {MADE_BY})"
        ):
            yield Violation(16, NO_EVENT, {"document": Doc(doc), "number": number_of(Doc(doc), key)})
        yield from self._standing()

    def _standing(self) -> Iterator[Violation]:
        """Read again what sheets and quotes hold, and compare it with what was signed."""
        after = FIRST
        while page := sql.rows(STANDING, after):
            for row, doc, key, rev, content_hash, payload in page:
                if digest(_content(Doc(doc), key, rev, payload)) != content_hash:
                    yield Violation(16, CHANGED, {
                        "document": Doc(doc), "number": number_of(Doc(doc), key),
                        "site": self.sites.get(site_of(row), ""), "seq": seq_of(row)})  # fmt: skip
            after = page[-1][0]
