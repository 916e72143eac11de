"""What inspections of an order found: their results, and every item that was not in order or has a note."""

from functools import lru_cache

from shopterm.checklist_file import parse_checklist
from shopterm.db import sql
from shopterm.db.queries.names import name_of
from shopterm.db.queries.rows import Cell, Section, columns
from shopterm.domain.checklist import FINE, Item, Mark
from shopterm.domain.units import Instant
from shopterm.domain.vocabulary import InspectionKind
from shopterm.domain.words import Keyed, _

KEPT_LISTS = 32
"""Versions of checklists kept read: a house has a dozen."""
_FINE = ", ".join(f"'{mark.value}'" for mark in sorted(FINE))
WRONG = f"t.mark NOT IN ({_FINE}, '')"
NEWEST = """
    NOT EXISTS (SELECT 1 FROM inspection k WHERE k.order_id = i.order_id AND k.kind = i.kind AND k.id > i.id
      AND COALESCE(k.job_id, 0) = COALESCE(i.job_id, 0))"""
"""A new walk replaces the former; what failed is told until it was looked at again."""


def inspections(order: int, language: str) -> Section:
    """Return all inspections of an order with their results."""
    rows = sql.rows(
        f"""
        SELECT i.at, i.kind, i.passed, {name_of("p", language)}, i.note, (SELECT COUNT(*) FROM inspection_item t
          WHERE t.inspection_id = i.id AND {WRONG}) FROM inspection i
        JOIN person p ON p.id = i.person_id WHERE i.order_id = ? ORDER BY i.at, i.id""",
        order,
    )
    return Section(
        Keyed("inspections", _("Inspections")),
        columns(
            at=_("When"),
            inspection=_("Inspection"),
            result=_("Result"),
            by=_("By"),
            findings=_("Findings"),
            note=_("Note"),
        ),
        tuple(
            (Instant(at), InspectionKind(kind), _result(kind, passed, wrong), who, wrong, note)
            for at, kind, passed, who, note, wrong in rows
        ),
        _("Nothing inspected yet."),
    )


def _result(kind: str, passed: bool, wrong: int) -> Cell:
    """Return what came out; a walk round a machine that comes in is not passed or failed."""
    if kind == InspectionKind.INTAKE:
        return Keyed("with_findings", _("with findings")) if wrong else Mark.OK
    return Keyed("passed", _("passed")) if passed else Keyed("failed", _("failed"))


def findings(language: str, *, order: int | None = None, job: int | None = None) -> tuple[Section, ...]:
    """Return what the newest inspections of an order or of a job found, item by item; no section without any."""
    column, key = ("order_id", order) if job is None else ("job_id", job)
    rows = sql.rows(
        f"""
        SELECT i.kind, c.body, t.item, t.mark, t.value, t.note FROM inspection i
        JOIN inspection_item t ON t.inspection_id = i.id LEFT JOIN checklist c ON c.id = i.checklist_id
        WHERE i.{column} = ? AND ({WRONG} OR t.note <> '') AND {NEWEST} ORDER BY i.id, t.id""",
        key,
    )
    told = [
        (
            InspectionKind(kind),
            _text(items := _items(body or ""), item, language),
            _found(items, item, mark, value),
            note,
        )
        for kind, body, item, mark, value, note in rows
    ]
    return (
        (
            Section(
                Keyed("findings", _("Findings")),
                columns(inspection=_("Inspection"), item=_("Item"), found=_("Found"), note=_("Note")),
                tuple(told),
            ),
        )
        if told
        else ()
    )


@lru_cache(KEPT_LISTS)
def _items(body: str) -> dict[str, Item]:
    return {item.id: item for item in parse_checklist(body).items} if body else {}


def _text(items: dict[str, Item], item: str, language: str) -> str:
    return items[item].text(language) if item in items else item


def _found(items: dict[str, Item], item: str, mark: str, value: str) -> Cell:
    """Return the mark; of a measured, chosen or listed item what was entered."""
    if value:
        return f"{value} {items[item].unit}".strip() if item in items else value
    return next((known for known in Mark if known.value == mark), mark)
