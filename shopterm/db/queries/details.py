"""One document as a page; what stands on it comes from the module of its family."""

from collections.abc import Callable
from dataclasses import replace

from shopterm.db import sql
from shopterm.db.documents import find as find_document
from shopterm.db.queries import loan_page, order_pages, person_pages, quote_page, sheet_pages
from shopterm.db.queries.history import history
from shopterm.db.queries.rows import Detail, QueueRow
from shopterm.db.session import Shop
from shopterm.domain.errors import NotFound
from shopterm.domain.facts import Actor
from shopterm.domain.units import Instant
from shopterm.domain.vocabulary import STATES, Doc, Role
from shopterm.domain.words import _

_PAGES: dict[Doc, Callable[[int, str], Detail]] = {
    Doc.JOB: order_pages.job_page,
    Doc.MATERIAL_SHEET: sheet_pages.material_page,
    Doc.LABOUR_SHEET: sheet_pages.labour_page,
    Doc.QUOTE: quote_page.quote_page,
    Doc.LOAN: loan_page.loan_page,
    Doc.PERSON: person_pages.person_page,
}
CALLERS = frozenset({Role.SERVICE_ADVISOR, Role.CALL_CENTRE_AGENT, Role.CALL_CENTRE_SUPERVISOR})
"""Roles that telephone customers; for others numbers are masked."""
NUMBERED = (Doc.ORDER, Doc.JOB, Doc.MATERIAL_SHEET, Doc.LABOUR_SHEET, Doc.QUOTE, Doc.LOAN)
HAS = "LIKE ? ESCAPE '!'"
NOT_FOUND = _("Nothing is numbered “{text}”.")


def detail(shop: Shop, doc: Doc, row_id: int, actor: Actor | None) -> Detail:
    """Return a document's page, in the actor's language where names have two; phones are masked without one."""
    if doc is Doc.PART:
        from shopterm.db.queries.parts import part_card

        return part_card(shop, row_id, actor.language if actor else "zh")
    with shop.reader():
        language = actor.language if actor else "zh"
        if doc is Doc.ORDER:
            page = order_pages.order_page(row_id, language, phones=bool(actor and actor.roles & CALLERS))
        else:
            page = _PAGES[Doc.PERSON if doc is Doc.DAY else doc](row_id, language)
        return _with_history(page, language)


def _with_history(page: Detail, language: str) -> Detail:

    return replace(page, sections=(*page.sections, history(page.doc, page.id, language)))


def locate(shop: Shop, text: str) -> tuple[Doc, int, str]:
    """Return the document a typed or scanned number means; NotFound otherwise."""
    with shop.reader():
        for doc in NUMBERED:
            try:
                row = find_document(doc, text)
            except NotFound:
                continue
            return doc, row.id, row.number
    raise NotFound(NOT_FOUND, text=text)


def find(shop: Shop, text: str, limit: int = 50) -> list[QueueRow]:
    """Return documents whose number, machine's serial number or customer fits, newest first."""
    pattern = f"%{sql.literally(text.strip().lower())}%"
    with shop.reader():
        rows = sql.rows(
            f"""
            SELECT doc, id, number, state, title, version FROM (
              SELECT 'order' AS doc, o.id, o.number, o.state, o.customer_name AS title, o.version FROM work_order o
                JOIN machine c ON c.id = o.machine_id
                WHERE lower(o.number) {HAS} OR lower(c.serial) {HAS} OR lower(o.customer_name) {HAS}
              UNION ALL SELECT 'job', j.id, j.number, j.state, j.text, j.version FROM job j WHERE lower(j.number) {HAS}
              UNION ALL SELECT 'material_sheet', s.id, s.number, s.state, '', s.version FROM material_sheet s
                WHERE lower(s.number) {HAS}
              UNION ALL SELECT 'labour_sheet', s.id, s.number, s.state, '', s.version FROM labour_sheet s
                WHERE lower(s.number) {HAS}
              UNION ALL SELECT 'quote', q.id, q.number, q.state, '', q.version FROM quote q WHERE lower(q.number) {HAS}
              UNION ALL SELECT 'loan', n.id, n.number, n.state, n.purpose, n.version FROM loan n
                WHERE lower(n.number) {HAS}) AS f ORDER BY id DESC LIMIT ?""",
            *[pattern] * 8,
            limit,
        )
    return [
        QueueRow(Doc(doc), key, number, STATES[Doc(doc)](state), title or "", since=Instant(0), version=version)
        for doc, key, number, state, title, version in rows
    ]
