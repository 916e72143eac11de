"""What waits at each desk: one query for the page, one for the count, whatever the queue's length."""

from dataclasses import dataclass

from shopterm.db import sql
from shopterm.db.queries.facts_sql import OPEN_QUOTE, READY_SUPPLEMENTS, UNISSUED
from shopterm.db.queries.names import name_of
from shopterm.db.queries.rows import QueueRow
from shopterm.db.session import Shop
from shopterm.domain.facts import Actor
from shopterm.domain.units import Instant
from shopterm.domain.vocabulary import STATES, Doc, Role
from shopterm.domain.words import _

MACHINE = "(SELECT trim(c.maker || ' ' || c.model) FROM machine c WHERE c.id = o.machine_id)"
"""A work order's machine, as a queue shows it."""
FIRST_COMPLAINT = "(SELECT j.text FROM job j WHERE j.order_id = o.id ORDER BY j.line LIMIT 1)"
"""What a work order is about, in the customer's first words."""
COLUMNS = "doc, id, number, state, title, machine, customer, who, turn, since, promised, mark, version"
WHO = "<who>"
"""Stands in a query for the name of a person in the reader's language."""
SEARCHED = ("number", "title", "machine", "customer", "who")
ALIVE = "o.state NOT IN ('checked', 'cancelled')"

ORDERS = f"""
    SELECT 'order' AS doc, o.id, o.number, o.state, {FIRST_COMPLAINT} AS title,
      {MACHINE} AS machine, o.customer_name AS customer, o.bay AS who,
      CASE o.state WHEN 'received' THEN 'service_advisor' WHEN 'intake_signed' THEN 'service_advisor'
        WHEN 'with_foreman' THEN 'foreman' WHEN 'shop_closed' THEN 'service_advisor'
        WHEN 'in_shop' THEN (CASE
          WHEN EXISTS (SELECT 1 FROM quote q WHERE q.order_id = o.id AND q.state = 'draft'
            AND NOT EXISTS (SELECT 1 FROM signature g WHERE g.doc = 'quote' AND g.doc_id = q.id AND g.voided IS NULL))
            THEN 'warranty_clerk'
          WHEN EXISTS (SELECT 1 FROM quote q WHERE q.order_id = o.id AND {OPEN_QUOTE}) THEN 'service_advisor'
          WHEN EXISTS (SELECT 1 FROM job j WHERE j.order_id = o.id AND j.state = 'priced') THEN 'service_advisor'
          WHEN EXISTS (SELECT 1 FROM material_sheet s WHERE s.order_id = o.id AND s.state = 'submitted')
            OR EXISTS (SELECT 1 FROM labour_sheet s WHERE s.order_id = o.id AND s.state = 'submitted') THEN 'foreman'
          WHEN EXISTS (SELECT 1 FROM material_sheet s WHERE s.order_id = o.id AND s.state = 'approved' AND s.none = 0)
            THEN 'parts_clerk'
          WHEN {READY_SUPPLEMENTS} > 0 THEN 'service_advisor'
          WHEN EXISTS (SELECT 1 FROM job j WHERE j.order_id = o.id AND j.state = 'self_checked')
            THEN 'quality_inspector'
          WHEN NOT EXISTS (SELECT 1 FROM job j WHERE j.order_id = o.id AND j.state NOT IN ('done', 'not_repaired'))
            AND o.washed_at IS NOT NULL THEN 'foreman'
          ELSE 'mechanic' END) ELSE '' END AS turn,
      o.changed_at AS since, o.promised, (SELECT MIN(j.waits_for) FROM job j WHERE j.order_id = o.id) AS mark, o.version
    FROM work_order o WHERE o.site = ?"""

JOBS = f"""
    SELECT 'job' AS doc, j.id, j.number, j.state, j.text AS title, {MACHINE} AS machine, o.customer_name AS customer,
      COALESCE((SELECT <who> FROM person p WHERE p.id = j.lead_id), '') AS who,
      CASE WHEN j.state = 'self_checked' THEN 'quality_inspector' WHEN j.lead_id IS NULL THEN 'foreman'
        ELSE 'mechanic' END AS turn, j.changed_at AS since, o.promised,
      CASE WHEN j.waits_for IS NOT NULL THEN j.waits_for WHEN j.qc_fails > 0 THEN 'rework' END AS mark, j.version
    FROM job j JOIN work_order o ON o.id = j.order_id WHERE j.site = ?"""


def _sheets(kind: str, waits: str = "") -> str:
    """Return the query for sheets of a kind; `waits` is when a mark says that they wait for a part."""
    mark = f"WHEN {waits} THEN 'part'" if waits else ""
    turn = "'parts_clerk'" if kind == "material" else "'foreman'"
    return f"""
    SELECT '{kind}_sheet' AS doc, s.id, s.number, s.state, j.text AS title, {MACHINE} AS machine,
      o.customer_name AS customer, (SELECT <who> FROM person p WHERE p.id = s.reported_by_id) AS who,
      CASE s.state WHEN 'submitted' THEN 'foreman' WHEN 'approved' THEN {turn} WHEN 'priced' THEN 'parts_clerk'
        ELSE 'mechanic' END AS turn, s.changed_at AS since, o.promised,
      CASE {mark} WHEN s.supplement = 1 THEN 'supplement' END AS mark, s.version
    FROM {kind}_sheet s JOIN job j ON j.id = s.job_id JOIN work_order o ON o.id = s.order_id WHERE s.site = ?"""


NOTHING_HERE = f"""
      NOT EXISTS (SELECT 1 FROM material_line l WHERE l.sheet_id = s.id AND {UNISSUED} AND (
        EXISTS (SELECT 1 FROM reservation v WHERE v.material_line_id = l.id)
        OR EXISTS (SELECT 1 FROM line_price r JOIN balance b ON b.part_id = r.part_id JOIN bin n ON n.id = b.bin_id
          WHERE r.line_id = l.id AND n.site = s.site AND n.virtual = 0 AND b.on_hand > b.reserved)))"""
"""Of what is still to be issued on a sheet nothing is here: nobody at the counter can do anything about it yet."""
MATERIAL, LABOUR = _sheets("material"), _sheets("labour")
TO_ISSUE = _sheets("material", NOTHING_HERE)
QUOTES = f"""
    SELECT 'quote' AS doc, q.id, q.number, q.state, {FIRST_COMPLAINT} AS title,
      {MACHINE} AS machine, o.customer_name AS customer, o.number AS who,
      CASE WHEN q.state = 'answered' THEN 'foreman' WHEN q.state = 'draft' AND NOT EXISTS (SELECT 1 FROM signature g
        WHERE g.doc = 'quote' AND g.doc_id = q.id AND g.voided IS NULL) THEN 'warranty_clerk'
        ELSE 'service_advisor' END AS turn, q.changed_at AS since, q.promised,
      CASE WHEN q.supplement = 1 THEN 'supplement' END AS mark, q.version
    FROM quote q JOIN work_order o ON o.id = q.order_id WHERE q.site = ?"""
LOANS = """
    SELECT 'loan' AS doc, n.id, n.number, n.state, n.purpose AS title, '' AS machine, '' AS customer,
      (SELECT <who> FROM person p WHERE p.id = n.borrower_id) AS who, 'parts_clerk' AS turn, n.lent_at AS since,
      n.due AS promised, CASE WHEN n.due < ? THEN 'overdue' END AS mark, n.version FROM loan n WHERE n.site = ?"""
TO_CONFIRM = f"""{QUOTES} AND q.state = 'answered' AND q.confirmed_at IS NULL AND EXISTS (
    SELECT 1 FROM consent c JOIN quote_line k ON k.id = c.quote_line_id WHERE k.quote_id = q.id)"""
"""Of a quote of which nothing was agreed to there is no job order to confirm."""
OWN = "(j.lead_id = {me} OR EXISTS (SELECT 1 FROM job_helper h WHERE h.job_id = j.id AND h.person_id = {me}))"

FLAGS = {
    "supplement": _("supplement"),
    "rework": _("rework"),
    "overdue": _("overdue"),
    "no_pin": _("no PIN"),
    "part": _("waits: part"),
    "bay": _("waits: bay"),
    "customer": _("waits: customer"),
    "outside": _("waits: outside"),
    "person": _("waits: person"),
}
SORTS = {
    "since": "since, id",
    "number": "number, id",
    "promised": "promised IS NULL, promised, id",
    "state": "state, since, id",
    "machine": "machine, since, id",
    "customer": "customer, since, id",
    "who": "who, since, id",
}
"""How a queue may be sorted; oldest first unless told."""
OWN_FIRST = {"advisor": "CASE turn WHEN 'service_advisor' THEN 0 ELSE 1 END, "}
"""Desks that also follow what waits for others: unless sorted otherwise, what waits for themselves comes first."""


@dataclass(frozen=True)
class _Query:
    text: str
    params: tuple[object, ...]


def _of(actor: Actor, *parts: str) -> _Query:
    return _Query(" UNION ALL ".join(parts), (actor.site,) * len(parts))


def _mechanic(actor: Actor, _now: int) -> _Query:
    own = OWN.format(me=int(actor.person))
    return _of(
        actor,
        f"{JOBS} AND {own} AND {ALIVE} AND j.state NOT IN ('self_checked', 'qc_passed', 'done', 'not_repaired')",
        f"{MATERIAL} AND {own} AND {ALIVE} AND (s.state IN ('draft', 'returned') OR EXISTS (SELECT 1 FROM "
        "material_line l WHERE l.sheet_id = s.id AND l.rev = s.rev AND l.old_part = 1 AND l.issued > l.returned "
        "AND NOT EXISTS (SELECT 1 FROM old_part p WHERE p.line_id = l.id)))",
        f"{LABOUR} AND {own} AND {ALIVE} AND s.state IN ('draft', 'returned')",
        f"{TO_CONFIRM} AND EXISTS (SELECT 1 FROM job j WHERE j.order_id = o.id AND {own})",
        f"{ORDERS} AND o.state IN ('with_foreman', 'in_shop') AND o.washed_at IS NULL AND EXISTS (SELECT 1 FROM "
        f"job j WHERE j.order_id = o.id AND {own}) AND (o.state = 'with_foreman' OR NOT EXISTS (SELECT 1 FROM "
        "job j WHERE j.order_id = o.id AND j.state NOT IN ('qc_passed', 'done', 'not_repaired')))",
    )


def _foreman(actor: Actor, _now: int) -> _Query:
    return _of(
        actor,
        f"{MATERIAL} AND s.state = 'submitted'",
        f"{LABOUR} AND s.state = 'submitted'",
        f"{JOBS} AND o.state IN ('with_foreman', 'in_shop') AND (j.lead_id IS NULL OR (j.plan_at IS NULL AND "
        "j.state IN ('approved', 'priced', 'quoted', 'consented')) OR j.state = 'declined' "
        "OR j.waits_for IS NOT NULL)",
        f"{ORDERS} AND (o.state = 'with_foreman' OR (o.state = 'in_shop' AND o.washed_at IS NOT NULL))",
        TO_CONFIRM,
    )


def _counter(actor: Actor, now: int) -> _Query:
    sheets = _of(
        actor,
        f"{MATERIAL} AND s.state = 'approved' AND s.none = 0",
        f"{TO_ISSUE} AND s.state = 'priced' AND EXISTS (SELECT 1 FROM material_line l "
        f"WHERE l.sheet_id = s.id AND {UNISSUED})",
    )
    return _Query(f"{sheets.text} UNION ALL {LOANS} AND n.state = 'out'", (*sheets.params, now, actor.site))


def _inspector(actor: Actor, _now: int) -> _Query:
    return _of(actor, f"{JOBS} AND j.state = 'self_checked'")


def _advisor(actor: Actor, _now: int) -> _Query:
    return _of(actor, f"{ORDERS} AND {ALIVE}", f"{QUOTES} AND {OPEN_QUOTE}")


def _warranty(actor: Actor, _now: int) -> _Query:
    return _of(
        actor,
        f"{QUOTES} AND q.state = 'draft' AND NOT EXISTS (SELECT 1 FROM signature g WHERE g.doc = 'quote' "
        "AND g.doc_id = q.id AND g.voided IS NULL)",
        f"{JOBS} AND j.approval_reference = '' AND EXISTS (SELECT 1 FROM consent c WHERE c.job_id = j.id "
        "AND c.payer = 'warranty')",
    )


def _admin(actor: Actor, _now: int) -> _Query:
    return _of(
        actor,
        f"""
    SELECT 'person' AS doc, p.id, p.number, p.state, <who> AS title, p.name_en || ' ' || p.name_zh AS machine,
      '' AS customer,
      (SELECT string_agg(r.role, ' ') FROM person_role r WHERE r.person_id = p.id AND r.site IN (0, {int(actor.site)}))
        AS who, '' AS turn, 0 AS since, NULL AS promised, CASE WHEN p.pin_hash IS NULL THEN 'no_pin' END AS mark,
      p.version
    FROM person p WHERE EXISTS (SELECT 1 FROM person_role r WHERE r.person_id = p.id AND r.site IN (0, ?))""",
    )


def _board(actor: Actor, _now: int) -> _Query:
    return _of(actor, f"{ORDERS} AND {ALIVE}")


def _all_orders(actor: Actor, _now: int) -> _Query:
    return _of(actor, ORDERS)


_DESKS = {
    "mechanic": _mechanic,
    "foreman": _foreman,
    "counter": _counter,
    "inspector": _inspector,
    "advisor": _advisor,
    "warranty": _warranty,
    "admin": _admin,
    "board": _board,
    "orders": _all_orders,
}
DESKS = tuple(_DESKS)
"""The queues there are."""


def queue(
    shop: Shop, desk: str, actor: Actor, *, text: str = "", sort: str = "since", offset: int = 0, limit: int = 200
) -> tuple[list[QueueRow], int]:
    """Return a page of a desk's queue and how many rows it has in all."""
    query = _DESKS[desk](actor, shop.now())
    where, params = "", query.params
    if text:
        where = " WHERE " + " OR ".join(f"lower({column}) LIKE ? ESCAPE '!'" for column in SEARCHED)
        params = (*params, *[f"%{sql.literally(text.lower())}%"] * len(SEARCHED))
    text_of = query.text.replace(WHO, name_of("p", actor.language))
    source = f"FROM (SELECT {COLUMNS} FROM ({text_of}) AS u) AS t{where}"
    order = (OWN_FIRST.get(desk, "") if sort == "since" else "") + SORTS[sort]
    with shop.reader():
        total = int(sql.scalar(f"SELECT COUNT(*) {source}", *params))
        rows = sql.rows(f"SELECT {COLUMNS} {source} ORDER BY {order} LIMIT ? OFFSET ?", *params, limit, offset)
    return [_row(row) for row in rows], total


def _row(row: tuple[object, ...]) -> QueueRow:
    doc, key, number, state, title, machine, customer, who, turn, since, promised, mark, version = row
    kind = Doc(str(doc))
    return QueueRow(
        kind,
        int(str(key)),
        str(number),
        STATES[kind](str(state)),
        str(title or ""),
        str(machine or ""),
        str(customer or ""),
        str(who or ""),
        Role(str(turn)) if turn else None,
        Instant(int(str(since))),
        Instant(int(str(promised))) if promised is not None else None,
        (FLAGS[str(mark)],) if mark else (),
        int(str(version)),
    )


def running(shop: Shop, actor: Actor) -> tuple[str, str, Instant] | None:
    """Return what the actor is doing now: kind, on what, since when; None when nothing runs."""
    with shop.reader():
        found = sql.row(
            """
            SELECT e.kind, COALESCE(j.number, e.code), e.start FROM labour_entry e LEFT JOIN job j ON j.id = e.job_id
            WHERE e.person_id = ? AND e."end" IS NULL AND e.voided = 0""",
            actor.person,
        )
    return (str(found[0]), str(found[1]), Instant(found[2])) if found else None
