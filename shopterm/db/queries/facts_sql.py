"""What guards look at, as SQL: every fact by its name beside the expression that finds it."""

from collections.abc import Mapping
from itertools import repeat
from typing import Any

from shopterm.db import prepared


class Query:
    """One row of named values."""

    def __init__(self, columns: Mapping[str, str], source: str) -> None:
        """Know the expressions by name, and from where they are selected; parameters come in the order of the text."""
        self.names = tuple(columns)
        self.text = f"SELECT {', '.join(columns.values())} {source}"

    def read(self, *params: Any) -> dict[str, Any]:
        """Return the values by name; of a document that is not there each is None."""
        return dict(zip(self.names, prepared.row(self.text, *params) or repeat(None), strict=False))


MECHANICS = """
    SELECT lead_id FROM job WHERE order_id = ? AND lead_id IS NOT NULL
    UNION SELECT h.person_id FROM job_helper h JOIN job j ON j.id = h.job_id WHERE j.order_id = ?
    UNION SELECT e.person_id FROM labour_entry e JOIN job j ON j.id = e.job_id WHERE j.order_id = ?
    UNION SELECT reported_by_id FROM material_sheet WHERE order_id = ?
    UNION SELECT reported_by_id FROM labour_sheet WHERE order_id = ?
    UNION SELECT l.entered_by_id FROM material_line l JOIN material_sheet s ON s.id = l.sheet_id WHERE s.order_id = ?
    UNION SELECT l.entered_by_id FROM labour_line l JOIN labour_sheet s ON s.id = l.sheet_id WHERE s.order_id = ?"""

UNISSUED = (
    "l.rev = s.rev AND l.released = 0 AND l.issued - l.returned < l.quantity "
    "AND EXISTS (SELECT 1 FROM consent c WHERE c.material_line_id = l.id)"
)
OLD_PART_DUE = (
    "l.old_part = 1 AND l.issued > l.returned AND NOT EXISTS (SELECT 1 FROM old_part p WHERE p.line_id = l.id)"
)
LIVE_QUOTE = "q.state IN ('draft', 'complete', 'shown', 'answered')"
OPEN_QUOTE = "q.state IN ('draft', 'complete', 'shown')"
MATERIAL_QUOTED = (
    "EXISTS (SELECT 1 FROM quote_line k JOIN quote q ON q.id = k.quote_id "
    "JOIN material_line l ON l.id = k.material_line_id "
    f"WHERE l.sheet_id = s.id AND l.rev = s.rev AND {LIVE_QUOTE})"
)
LABOUR_QUOTED = (
    "EXISTS (SELECT 1 FROM quote_line k JOIN quote q ON q.id = k.quote_id "
    "JOIN labour_line l ON l.id = k.labour_line_id "
    f"WHERE l.sheet_id = s.id AND l.rev = s.rev AND {LIVE_QUOTE})"
)
READY_SUPPLEMENTS = (
    "(SELECT COUNT(*) FROM material_sheet s WHERE s.order_id = o.id AND s.supplement = 1 AND s.state = 'priced' "
    f"AND NOT {MATERIAL_QUOTED}) + "
    "(SELECT COUNT(*) FROM labour_sheet s WHERE s.order_id = o.id AND s.supplement = 1 AND s.state = 'approved' "
    f"AND NOT {LABOUR_QUOTED})"
)

ORDER = Query(
    {
        "state": "o.state",
        "read_back": "o.read_back_at IS NOT NULL",
        "covers_fitted": "o.covers_at IS NOT NULL",
        "joint_signed": "o.joint_at IS NOT NULL",
        "washed": "o.washed_at IS NOT NULL",
        "intakes": "(SELECT COUNT(*) FROM inspection i WHERE i.order_id = o.id AND i.kind = 'intake')",
        "unsigned_sheets": """
            (SELECT COUNT(*) FROM material_sheet s WHERE s.order_id = o.id
               AND s.state IN ('draft', 'submitted', 'returned')) +
            (SELECT COUNT(*) FROM labour_sheet s WHERE s.order_id = o.id
               AND s.state IN ('draft', 'submitted', 'returned'))""",
        "priced_unquoted": f"""
            (SELECT COUNT(*) FROM job j WHERE j.order_id = o.id AND j.state = 'priced') + {READY_SUPPLEMENTS}""",
        "open_quotes": f"(SELECT COUNT(*) FROM quote q WHERE q.order_id = o.id AND {OPEN_QUOTE})",
        "open_entries": """
            (SELECT COUNT(*) FROM labour_entry e JOIN job j ON j.id = e.job_id
               WHERE j.order_id = o.id AND e."end" IS NULL AND e.voided = 0)""",
        "unissued_lines": f"""
            (SELECT COUNT(*) FROM material_line l JOIN material_sheet s ON s.id = l.sheet_id
               WHERE s.order_id = o.id AND {UNISSUED})""",
        "untagged_old_parts": f"""
            (SELECT COUNT(*) FROM material_line l JOIN material_sheet s ON s.id = l.sheet_id
               WHERE s.order_id = o.id AND l.rev = s.rev AND {OLD_PART_DUE})""",
        "open_loans": "(SELECT COUNT(*) FROM loan n WHERE n.order_id = o.id AND n.state = 'out')",
        "work": """
            (SELECT COUNT(*) FROM labour_entry e JOIN job j ON j.id = e.job_id WHERE j.order_id = o.id) +
            (SELECT COUNT(*) FROM material_sheet s WHERE s.order_id = o.id) +
            (SELECT COUNT(*) FROM labour_sheet s WHERE s.order_id = o.id)""",
        "uninspected_jobs": """
            (SELECT COUNT(*) FROM job j WHERE j.order_id = o.id AND j.state <> 'not_repaired' AND NOT EXISTS (
               SELECT 1 FROM signature g WHERE g.doc = 'job' AND g.doc_id = j.id AND g.action = 'pass_inspection'
                 AND g.voided IS NULL))""",
    },
    "FROM work_order o WHERE o.id = ?",
)

JOB = Query(
    {
        "state": "j.state",
        "order_state": "o.state",
        "lead": "j.lead_id",
        "assembly": "j.assembly",
        "order": "j.order_id",
        "waits_for": "j.waits_for",
        "photos": """
            (SELECT COUNT(*) FROM attachment a WHERE (a.doc = 'job' AND a.doc_id = j.id)
               OR (a.doc = 'order' AND a.doc_id = j.order_id))""",
        "material_sheets": """
            (SELECT COUNT(*) FROM material_sheet s
               WHERE s.job_id = j.id AND s.supplement = 0 AND s.state <> 'withdrawn')""",
        "labour_sheets": """
            (SELECT COUNT(*) FROM labour_sheet s
               WHERE s.job_id = j.id AND s.supplement = 0 AND s.state <> 'withdrawn')""",
        "approved_labour_sheets": """
            (SELECT COUNT(*) FROM labour_sheet s
               WHERE s.job_id = j.id AND s.supplement = 0 AND s.state = 'approved')""",
        "open_supplements": """
            (SELECT COUNT(*) FROM material_sheet s WHERE s.job_id = j.id AND s.supplement = 1
               AND s.state <> 'withdrawn' AND NOT EXISTS (SELECT 1 FROM quote_line k JOIN quote q ON q.id = k.quote_id
                 JOIN material_line l ON l.id = k.material_line_id WHERE l.sheet_id = s.id AND q.state = 'answered')) +
            (SELECT COUNT(*) FROM labour_sheet s WHERE s.job_id = j.id AND s.supplement = 1
               AND s.state <> 'withdrawn' AND NOT EXISTS (SELECT 1 FROM quote_line k JOIN quote q ON q.id = k.quote_id
                 JOIN labour_line l ON l.id = k.labour_line_id WHERE l.sheet_id = s.id AND q.state = 'answered'))""",
        "open_entries": """
            (SELECT COUNT(*) FROM labour_entry e WHERE e.job_id = j.id AND e."end" IS NULL AND e.voided = 0)""",
        "own_open_entries": """
            (SELECT COUNT(*) FROM labour_entry e WHERE e.job_id = j.id AND e."end" IS NULL AND e.voided = 0
               AND e.person_id = ?)""",
        "unissued_lines": f"""
            (SELECT COUNT(*) FROM material_line l JOIN material_sheet s ON s.id = l.sheet_id
               WHERE s.job_id = j.id AND {UNISSUED})""",
    },
    "FROM job j JOIN work_order o ON o.id = j.order_id WHERE j.id = ?",
)


def _sheet(kind: str, issued_lines: str = "0", old_parts_due: str = "0") -> Query:
    """Return the query of a sheet and its lines in one pass; of a labour sheet nothing is issued."""
    return Query(
        {
            "state": "s.state",
            "order_state": "o.state",
            "job_state": "j.state",
            "supplement": "s.supplement",
            "declared_none": "s.none",
            "lead": "j.lead_id",
            "reporter": "s.reported_by_id",
            "lines": "COUNT(l.id)",
            "consented_lines": f"""
                COUNT(CASE WHEN EXISTS (SELECT 1 FROM consent c WHERE c.{kind}_line_id = l.id) THEN 1 END)""",
            "quoted_lines": f"""
                COUNT(CASE WHEN EXISTS (SELECT 1 FROM quote_line k JOIN quote q ON q.id = k.quote_id
                   WHERE k.{kind}_line_id = l.id AND {OPEN_QUOTE}) THEN 1 END)""",
            "issued_lines": issued_lines,
            "old_parts_due": old_parts_due,
            "helpers": """
                (SELECT string_agg(CAST(h.person_id AS TEXT), ' ') FROM job_helper h WHERE h.job_id = s.job_id)""",
            "enterers": "string_agg(CAST(l.entered_by_id AS TEXT), ' ')",
            "submitters": f"""
                (SELECT string_agg(CAST(v.actor AS TEXT), ' ') FROM event v WHERE v.doc = '{kind}_sheet'
                   AND v.doc_id = s.id AND v.action IN ('submit_parts', 'submit_labour') AND v.actor IS NOT NULL)""",
        },
        f"""
        FROM {kind}_sheet s JOIN job j ON j.id = s.job_id JOIN work_order o ON o.id = s.order_id
        LEFT JOIN {kind}_line l ON l.sheet_id = s.id AND l.rev = s.rev WHERE s.id = ? GROUP BY s.id, j.id, o.id""",
    )


MATERIAL_SHEET = _sheet(
    "material",
    "COUNT(CASE WHEN l.issued > l.returned THEN 1 END)",
    f"COUNT(CASE WHEN {OLD_PART_DUE} THEN 1 END)",
)
LABOUR_SHEET = _sheet("labour")

QUOTE = Query(
    {
        "state": "q.state",
        "order_state": "o.state",
        "supplement": "q.supplement",
        "valid_until": "q.valid_until",
        "confirmed": "q.confirmed_at IS NOT NULL",
        "order": "q.order_id",
        "lines": "(SELECT COUNT(*) FROM quote_line k WHERE k.quote_id = q.id)",
        "warranty_signatures": """
            (SELECT COUNT(*) FROM signature g WHERE g.doc = 'quote' AND g.doc_id = q.id AND g.action = 'sign_warranty'
               AND g.voided IS NULL)""",
        "jobs_without_plan": """
            (SELECT COUNT(DISTINCT j.id) FROM quote_line k JOIN job j ON j.id = k.job_id
               WHERE k.quote_id = q.id AND j.plan_at IS NULL)""",
        "outdated_lines": """
            (SELECT COUNT(*) FROM quote_line k JOIN material_line l ON l.id = k.material_line_id
               JOIN material_sheet s ON s.id = l.sheet_id WHERE k.quote_id = q.id
               AND (s.rev <> l.rev OR s.state <> 'priced')) +
            (SELECT COUNT(*) FROM quote_line k JOIN labour_line l ON l.id = k.labour_line_id
               JOIN labour_sheet s ON s.id = l.sheet_id WHERE k.quote_id = q.id
               AND (s.rev <> l.rev OR s.state <> 'approved'))""",
    },
    "FROM quote q JOIN work_order o ON o.id = q.order_id WHERE q.id = ?",
)

LOAN = Query(
    {
        "state": "n.state",
        "borrower": "n.borrower_id",
        "outstanding": """
            (SELECT COALESCE(SUM(l.quantity - l.returned - l.issued - l.written_off), 0)
               FROM loan_line l WHERE l.loan_id = n.id)""",
    },
    "FROM loan n WHERE n.id = ?",
)

PERSON = Query(
    {
        "state": "p.state",
        "has_pin": "p.pin_hash IS NOT NULL",
        "administrator": """
            (SELECT COUNT(*) FROM person_role r WHERE r.person_id = p.id AND r.role = 'administrator')""",
        "other_administrators": """
            (SELECT COUNT(DISTINCT r.person_id) FROM person_role r JOIN person o ON o.id = r.person_id
               WHERE r.role = 'administrator' AND r.person_id <> p.id AND o.state = 'active')""",
        "locks": "(SELECT COUNT(*) FROM attempts a WHERE a.subject = ? AND a.locked_until > ?)",
        "lenders": """
            (SELECT string_agg(CAST(d.giver_id AS TEXT), ' ') FROM delegation d
               WHERE d.delegate_id = p.id AND d.revoked IS NULL AND d.until > ?)""",
    },
    "FROM person p WHERE p.id = ?",
)

DAY = Query(
    {
        "present": """
            (SELECT COUNT(*) FROM attendance a WHERE a.person_id = ? AND a."end" IS NULL AND a.voided = 0)""",
        "open_kind": """
            (SELECT MIN(e.kind) FROM labour_entry e WHERE e.person_id = ? AND e."end" IS NULL AND e.voided = 0)""",
    },
    "",
)
