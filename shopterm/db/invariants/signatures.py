"""Invariant 16: a signature stands for exactly what was signed, and falls when that changes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shopterm.db import sql
from shopterm.db.contents import Content, labour_content, material_content, quote_content
from shopterm.db.documents import MODEL
from shopterm.db.invariants import Violation
from shopterm.db.invariants.replay import number_of, word
from shopterm.db.invariants.stream import FIRST, PAGE, Link, part, read, seq_of
from shopterm.db.keys import MOST_ROWS, site_of
from shopterm.domain.canonical import digest
from shopterm.domain.vocabulary import Doc, Word
from shopterm.domain.vocabulary import JobState as J
from shopterm.domain.vocabulary import OrderState as O  # noqa: E741
from shopterm.domain.vocabulary import QuoteState as Q
from shopterm.domain.vocabulary import SheetState as S
from shopterm.domain.words import _


@dataclass(frozen=True)
class Need:
    """States a document reaches only by a signature, and the actions that give it."""

    doc: Doc
    states: tuple[Word, ...]
    actions: tuple[str, ...]


NEEDS = (
    Need(Doc.ORDER, (O.INTAKE_SIGNED, O.WITH_FOREMAN, O.IN_SHOP, O.SHOP_CLOSED, O.CHECKED), ("sign_intake",)),
    Need(Doc.ORDER, (O.SHOP_CLOSED, O.CHECKED), ("close_shop",)),
    Need(Doc.ORDER, (O.CHECKED,), ("final_check",)),
    Need(Doc.JOB, (J.SELF_CHECKED, J.QC_PASSED, J.DONE), ("self_check",)),
    Need(Doc.JOB, (J.QC_PASSED, J.DONE), ("pass_inspection",)),
    Need(Doc.MATERIAL_SHEET, (S.APPROVED, S.PRICED), ("approve_parts",)),
    Need(Doc.LABOUR_SHEET, (S.APPROVED,), ("approve_labour",)),
    Need(Doc.QUOTE, (Q.COMPLETE, Q.SHOWN, Q.ANSWERED), ("sign_warranty",)),
    Need(Doc.QUOTE, (Q.ANSWERED,), ("sign_quote", "call_quote")),
)
VERSIONED = {Doc.MATERIAL_SHEET, Doc.LABOUR_SHEET}
UNSIGNED = _("{document} {number} is “{state}” without a signature that stands for it.")
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
        for need in NEEDS:
            yield from _unsigned(need)

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


def _given(link: Link, signed: Any) -> list[tuple[Any, ...]]:
    """Return the signatures an event tells of: its actor's, and the second signer's."""
    if not isinstance(signed, dict):
        return []
    columns, second = link.columns, link.told.get("second")
    what = [columns["doc"], columns["doc_id"], columns["action"], signed.get("rev"), signed.get("hash"), columns["at"]]
    return [(person, *what) for person in [columns["actor"], *([second] if second else [])]]


def _content(doc: Doc, key: int, rev: int, payload: str) -> Content:
    if doc is Doc.MATERIAL_SHEET:
        return material_content(key, rev)
    if doc is Doc.LABOUR_SHEET:
        return labour_content(key, rev)
    signed = part(part(read(payload), "signed"), "content")
    return quote_content(key) | ({"answer": signed["answer"]} if "answer" in signed else {})


def _unsigned(need: Need) -> Iterator[Violation]:
    table = MODEL[need.doc]._meta.table_name
    version = " AND g.rev = t.rev" if need.doc in VERSIONED else ""
    for number, state in sql.rows(
        f"SELECT t.number, t.state FROM {table} t WHERE t.state IN ({sql.marks(len(need.states))}) "
        "AND NOT EXISTS (SELECT 1 FROM signature g WHERE g.doc = ? AND g.doc_id = t.id AND g.voided IS NULL "
        f"AND g.action IN ({sql.marks(len(need.actions))}){version})",
        *(state.value for state in need.states),
        need.doc.value,
        *need.actions,
    ):
        yield Violation(16, UNSIGNED, {"document": need.doc, "number": number, "state": word(need.doc, state)})
