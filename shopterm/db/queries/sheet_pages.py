"""The pages of a material sheet and of a labour sheet."""

from collections.abc import Iterable, Iterator
from typing import Any

from shopterm.db import sql
from shopterm.db.queries.history import name_in, name_of
from shopterm.db.queries.order_pages import Pairs, instant, pairs
from shopterm.db.queries.rows import Detail, Section
from shopterm.domain.units import Minutes, Money, Quantity
from shopterm.domain.vocabulary import Doc, LabourKind, SheetState, Source
from shopterm.domain.words import Message, _


def _head(kind: str, sheet: int, language: str) -> tuple[Pairs, tuple[object, ...]]:
    found = (
        sql.row(
            f"""
        SELECT s.number, s.state, s.version, s.rev, j.text, c.maker || ' ' || c.model, {name_of("p", language)},
          s.reported_at, s.supplement, s.none, s.note, s.finding, s.reason, o.id, o.number, j.id, j.number,
          (SELECT {name_of("g", language)} FROM signature n JOIN person g ON g.id = n.person
             WHERE n.doc = '{kind}_sheet' AND n.doc_id = s.id AND n.action IN ('approve_parts', 'approve_labour')
               AND n.voided IS NULL ORDER BY n.at DESC LIMIT 1)
        FROM {kind}_sheet s JOIN job j ON j.id = s.job_id JOIN work_order o ON o.id = s.order_id
        JOIN machine c ON c.id = o.machine_id JOIN person p ON p.id = s.reported_by_id WHERE s.id = ?""",
            sheet,
        )
        or (None,) * 18
    )
    (_number, _state, _version, rev, job, machine, reporter, at, supplement, none, note, finding, reason, _order,
     order_number, _job, _job_number, signed) = found  # fmt: skip
    facts: Pairs = [
        (_("Work order"), order_number), (_("Job"), job), (_("Machine"), machine), (_("Reported by"), reporter),
        (_("Reported"), instant(at)), (_("Version"), rev), (_("Signed by"), signed),
        (_("Supplement"), bool(supplement)), (_("None needed"), bool(none)), (_("What was found"), finding),
        (_("Note"), note), (_("Reason"), reason),
    ]  # fmt: skip
    return facts, found


def _detail(doc: Doc, sheet: int, found: tuple[object, ...], sections: tuple[Section, ...]) -> Detail:
    number, state, version, job, job_text = found[0], found[1], found[2], found[15], found[4]
    related = ((Doc.JOB, int(str(job)), str(found[16])), (Doc.ORDER, int(str(found[13])), str(found[14])))
    return Detail(doc, sheet, str(number), SheetState(str(state)), int(str(version)), f"{number} {job_text}", sections,
                  related)  # fmt: skip


def material_page(sheet: int, language: str) -> Detail:
    """Return a material sheet with prices, stock and what was issued."""
    facts, found = _head("material", sheet, language)
    rows = sql.rows(
        f"""
        SELECT l.line, COALESCE(q.number, p.number, l.text), COALESCE(NULLIF({name_in(language, "q")}, ''),
            NULLIF({name_in(language, "p")}, ''), ''), l.quantity, l.old_part,
          l.return_reason, l.reason, r.price, r.amount, r.source, r.lead_days,
          (SELECT COALESCE(SUM(b.on_hand - b.reserved), 0) FROM balance b JOIN bin n ON n.id = b.bin_id
             WHERE b.part_id = COALESCE(r.part_id, l.part_id) AND n.site = s.site AND n.virtual = 0),
          EXISTS (SELECT 1 FROM consent c WHERE c.material_line_id = l.id), l.issued - l.returned, l.released,
          (SELECT o.tag || ' ' || o.place FROM old_part o WHERE o.line_id = l.id), p.id IS NULL, p.number <> q.number,
          l.text
        FROM material_line l JOIN material_sheet s ON s.id = l.sheet_id AND s.rev = l.rev
        LEFT JOIN line_price r ON r.line_id = l.id LEFT JOIN part q ON q.id = r.part_id
        LEFT JOIN part p ON p.id = l.part_id WHERE s.id = ? ORDER BY l.line""",
        sheet,
    )
    lines = Section(
        _("Parts"),
        (_("No."), _("Part number"), _("Name"), _("Quantity"), _("Free"), _("Issued"), _("Old part"), _("Reason")),
        tuple(
            (row[0], row[1], row[2] or (Message(_("not in the catalogue")) if row[16] else ""), Quantity(row[3]),
             Quantity(row[11]), Quantity(row[13]), row[15] or bool(row[4]), row[5] or row[6])
            for row in rows
        ),
        _("No lines."),
    )  # fmt: skip
    back = _sent_back(found, _("Part number"), ((row[0], row[1], row[5]) for row in rows))
    return _detail(Doc.MATERIAL_SHEET, sheet, found, (*back, lines, *_prices(rows), pairs(_("Material sheet"), facts)))


def _prices(rows: list[tuple[Any, ...]]) -> Iterator[Section]:
    """Yield the prices, and which lines were reported with another number than that of the part that is priced."""
    yield Section(
        _("Prices"),
        (_("No."), _("Unit price"), _("Amount"), _("Source"), _("Lead days"), _("Agreed"), _("Not needed")),
        tuple(
            (row[0], Money(row[7]), Money(row[8]), Source(row[9]), row[10], bool(row[12]), bool(row[14]))
            for row in rows
            if row[7] is not None
        ),
        _("Not priced yet."),
    )
    others = tuple((row[0], row[1], row[18]) for row in rows if row[7] is not None and (row[16] or row[17]))
    if others:
        yield Section(_("Reported otherwise"), (_("No."), _("Part number"), _("Reported as")), others)


def _sent_back(found: tuple[object, ...], what: str, reasons: Iterable[tuple[Any, ...]]) -> Iterator[Section]:
    """Yield why a sheet was sent back, to stand before all else: the lines with their reasons."""
    if found[1] == SheetState.RETURNED:
        yield Section(_("Sent back"), (_("No."), what, _("Reason")), tuple(row for row in reasons if row[2]))


def labour_page(sheet: int, language: str) -> Detail:
    """Return a labour sheet with its charges."""
    facts, found = _head("labour", sheet, language)
    rows = sql.rows(
        "SELECT l.line, l.text, l.kind, l.minutes, l.people, l.rate, l.amount, l.return_reason FROM labour_line l "
        "JOIN labour_sheet s ON s.id = l.sheet_id AND s.rev = l.rev WHERE s.id = ? ORDER BY l.line",
        sheet,
    )
    lines = Section(
        _("Work"),
        (_("No."), _("Work"), _("Kind"), _("Time"), _("People"), _("Rate per hour"), _("Amount"), _("Reason")),
        tuple(
            (line, text, LabourKind(kind), Minutes(minutes), people, Money(rate), Money(amount), reason)
            for line, text, kind, minutes, people, rate, amount, reason in rows
        ),
        _("No lines."),
    )
    total: Pairs = [(_("Time"), Minutes(sum(row[3] for row in rows)))]
    total.append((_("Amount"), Money(sum(row[6] for row in rows))))
    back = _sent_back(found, _("Work"), ((row[0], row[1], row[7]) for row in rows))
    sections = (*back, lines, pairs(_("Total"), total), pairs(_("Labour sheet"), facts))
    return _detail(Doc.LABOUR_SHEET, sheet, found, sections)
