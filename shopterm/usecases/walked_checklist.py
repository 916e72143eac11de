"""A checklist that somebody walked: its marks are judged and stored as an inspection."""

from collections.abc import Iterable

from shopterm.db import models as m
from shopterm.db.queries.checklist_to_walk import newest
from shopterm.domain.checklist import Checklist, ItemKind, Marks, number
from shopterm.domain.errors import Invalid, invalid
from shopterm.domain.vocabulary import InspectionKind
from shopterm.domain.words import _
from shopterm.usecases.context import Context

UNMARKED = _("{count} items of the checklist are not marked yet, the first: “{item}”.")
FAILED = _("“{item}” is marked as failed: put it right before signing.")
OUT_OF_LIMITS = _("“{item}” is out of its limits: put it right before signing.")


def check_marks(
    machine: m.Machine,
    kind: InspectionKind,
    marks: Marks,
    *,
    must_pass: bool = False,
    whole: bool = True,
) -> tuple[m.Checklist, list[dict[str, object]]]:
    """Judge the marks of a checklist, the whole of it unless told; returns it and the rows to store."""
    key, checklist = newest(kind, machine.kind, machine.tonnage)
    problems = checklist.problems(marks, "marks")
    if problems:
        raise Invalid(problems)
    open_items = checklist.unmarked(marks)
    if whole and open_items:
        raise invalid("marks", UNMARKED, count=len(open_items), item=open_items[0].text_zh)
    if must_pass:
        _refuse_bad(checklist, marks)
    return m.Checklist.get_by_id(key), _rows(checklist, marks)


def _refuse_bad(checklist: Checklist, marks: Marks) -> None:
    for sentence, items in ((FAILED, checklist.failed(marks)), (OUT_OF_LIMITS, checklist.out_of_limits(marks))):
        if items:
            raise invalid("marks", sentence, item=items[0].text_zh)


def _rows(checklist: Checklist, marks: Marks) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for item in checklist.items:
        said = marks.get(item.id)
        if said is None:
            continue
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
