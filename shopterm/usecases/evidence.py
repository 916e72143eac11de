"""Inspections and photos: what was looked at, marked, measured and pictured."""

from collections.abc import Iterable

from shopterm.checklists import parse_checklist
from shopterm.db import models as m
from shopterm.db import sql
from shopterm.db.attachments import store
from shopterm.domain.checklist import Checklist, ItemKind, Marks, number
from shopterm.domain.errors import Invalid, NotFound, invalid
from shopterm.domain.vocabulary import Doc, InspectionKind
from shopterm.domain.words import _
from shopterm.usecases.context import Context

CODES = {
    InspectionKind.INTAKE: "intake",
    InspectionKind.SELF_CHECK: "self_check",
    InspectionKind.QC: "qc",
    InspectionKind.FINAL: "final_check",
}
"""How the checklists of an inspection kind are named: exactly, or followed by the machine kind."""
NO_CHECKLIST = _("There is no checklist for “{kind}”; an administrator loads it from config/checklists.")
UNMARKED = _("{count} items of the checklist are not marked yet, the first: “{item}”.")
FAILED = _("“{item}” is marked as failed: mend it before signing.")
OUT_OF_LIMITS = _("“{item}” is out of its limits: mend it before signing.")


def checklist_for(kind: InspectionKind, machine: m.Machine) -> tuple[m.Checklist, Checklist]:
    """Return the newest checklist of a kind for a machine, with the limits that hold for it."""
    code = CODES[kind]
    found = sql.row(
        "SELECT id FROM checklist WHERE code IN (?, ?) ORDER BY CASE WHEN code = ? THEN 0 ELSE 1 END, number DESC",
        code,
        f"{code}_{machine.kind}",
        f"{code}_{machine.kind}",
    )
    if found is None:
        raise NotFound(NO_CHECKLIST, kind=kind)
    row = m.Checklist.get_by_id(found[0])
    return row, parse_checklist(row.body).fitted(machine.kind, machine.tonnage)


def check_marks(
    machine: m.Machine,
    kind: InspectionKind,
    marks: Marks,
    *,
    must_pass: bool = False,
) -> tuple[m.Checklist, list[dict[str, object]]]:
    """Judge the marks of a whole checklist; returns it and the rows to store."""
    row, checklist = checklist_for(kind, machine)
    problems = checklist.problems(marks, "marks")
    if problems:
        raise Invalid(problems)
    open_items = checklist.unmarked(marks)
    if open_items:
        raise invalid("marks", UNMARKED, count=len(open_items), item=open_items[0].text_zh)
    if must_pass:
        _refuse_bad(checklist, marks)
    return row, _rows(checklist, marks)


def _refuse_bad(checklist: Checklist, marks: Marks) -> None:
    for sentence, items in ((FAILED, checklist.failed(marks)), (OUT_OF_LIMITS, checklist.out_of_limits(marks))):
        if items:
            raise invalid("marks", sentence, item=items[0].text_zh)


def _rows(checklist: Checklist, marks: Marks) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for item in checklist.items:
        said = marks.get(item.id, {})
        value = said.get("value") or ""
        rows.append(
            {
                "item": item.id,
                "mark": said.get("mark") or "",
                "value": value,
                "measured": number(value) if item.kind is ItemKind.MEASURE and value else None,
                "note": said.get("note") or "",
            }
        )
    return rows


def store_inspection(
    ctx: Context,
    kind: InspectionKind,
    order: int,
    job: int | None,
    checklist: m.Checklist | None,
    rows: Iterable[dict[str, object]],
    *,
    passed: bool,
    note: str = "",
) -> int:
    """Store a walked checklist; returns its key."""
    inspection = ctx.new_key()
    m.Inspection.insert(
        id=inspection,
        site=ctx.site,
        order=order,
        job=job,
        kind=kind,
        checklist=checklist,
        person=ctx.actor.person,
        at=ctx.at,
        passed=passed,
        note=note,
    ).execute()
    items = [{"id": ctx.new_key(), "inspection": inspection} | row for row in rows]
    if items:
        m.InspectionItem.insert_many(items).execute()
    ctx.notes["checklist"] = checklist.hash if checklist else ""
    return inspection


def attach(ctx: Context, doc: Doc, doc_id: int, names: Iterable[str], note: str = "") -> None:
    """Store photos from the drop folder and hang them on a document."""
    for name in names:
        photo = store(ctx.shop, name)
        m.Attachment.insert(
            id=ctx.new_key(),
            site=ctx.site,
            doc=doc,
            doc_id=doc_id,
            sha256=photo.sha256,
            name=photo.name,
            kind=photo.kind,
            size=photo.size,
            person=ctx.actor.person,
            at=ctx.at,
            note=note,
        ).execute()
        ctx.notes.setdefault("photos", []).append(photo.sha256)
