"""The checklist an inspection walks: the newest version for the machine at hand."""

from msgspec import MsgspecError

from shopterm.checklist_file import parse_checklist
from shopterm.db import sql
from shopterm.db.session import Shop, first_line
from shopterm.domain.checklist import Checklist
from shopterm.domain.errors import NotFound, Unavailable
from shopterm.domain.vocabulary import Doc, InspectionKind
from shopterm.domain.words import _

CODES = {
    InspectionKind.INTAKE: "intake",
    InspectionKind.SELF_CHECK: "self_check",
    InspectionKind.QC: "qc",
    InspectionKind.FINAL: "final_check",
}
"""How the checklists of an inspection kind are named: exactly, or followed by the machine kind."""
ASKED_BY = {
    "inspect_intake": InspectionKind.INTAKE,
    "self_check": InspectionKind.SELF_CHECK,
    "pass_inspection": InspectionKind.QC,
    "fail_inspection": InspectionKind.QC,
    "final_check": InspectionKind.FINAL,
}
"""Which inspection a verb's checklist field walks."""
NO_CHECKLIST = _("There is no checklist for “{kind}” and machines of kind “{machine}”: add one to config/checklists.")
BROKEN = _("The stored checklist for “{kind}” cannot be read: {reason}. Ask an administrator to restore a backup.")


def newest(kind: InspectionKind, machine_kind: str, tonnage: int | None) -> tuple[int, Checklist]:
    """Return key and checklist for a machine, with the limits that hold for it; NotFound if there is none."""
    code = CODES[kind]
    exact = f"{code}_{machine_kind}"
    found = sql.row(
        "SELECT id, body FROM checklist WHERE code IN (?, ?) "
        "ORDER BY CASE WHEN code = ? THEN 0 ELSE 1 END, number DESC",
        code,
        exact,
        exact,
    )
    if found is None:
        raise NotFound(NO_CHECKLIST, kind=kind, machine=machine_kind)
    try:
        return found[0], parse_checklist(found[1]).fitted(machine_kind, tonnage)
    except (ValueError, MsgspecError) as error:
        raise Unavailable(BROKEN, kind=kind, reason=first_line(error)) from error


def checklist_of(shop: Shop, action: str, doc: Doc, row_id: int) -> Checklist:
    """Return the checklist that a verb walks for the machine of an order or job."""
    with shop.reader():
        order = row_id if doc is Doc.ORDER else sql.scalar("SELECT order_id FROM job WHERE id = ?", row_id)
        kind, tonnage = sql.row(
            "SELECT c.kind, c.tonnage FROM work_order o JOIN machine c ON c.id = o.machine_id WHERE o.id = ?", order
        ) or ("", None)
        return newest(ASKED_BY[action], str(kind), tonnage)[1]
