"""The pages of a material sheet and of a labour sheet."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from shopterm.db import sql
from shopterm.db.queries.delegations import signed_for
from shopterm.db.queries.names import name_of
from shopterm.db.queries.order_pages import Pairs, instant, pairs
from shopterm.db.queries.rows import Detail, Section, columns
from shopterm.domain.errors import NotFound
from shopterm.domain.units import Minutes, Money, Quantity
from shopterm.domain.vocabulary import Doc, LabourKind, SheetState, Source
from shopterm.domain.words import Keyed, _

NO_SHEET = _("There is no sheet with the key {key}.")
BIN = """
          COALESCE((SELECT n.code FROM reservation v JOIN bin n ON n.id = v.bin_id WHERE v.material_line_id = l.id
              ORDER BY v.quantity DESC, n.code LIMIT 1),
            (SELECT n.code FROM balance b JOIN bin n ON n.id = b.bin_id WHERE b.part_id = COALESCE(r.part_id, l.part_id)
              AND n.site = s.site AND n.virtual = 0 AND b.on_hand > 0 ORDER BY b.on_hand - b.reserved DESC, n.code
              LIMIT 1), '')"""
"""Where to fetch a line's part: the bin it is reserved in, else the one with most of it."""


class _Head(NamedTuple):
    """What a sheet's page says of the sheet as a whole, as it is stored."""

    number: str
    state: str
    version: int
    revision: int
    complaint: str
    machine: str
    reporter: str
    reported: int
    supplement: int
    none: int
    note: str
    finding: str
    reason: str
    order: int
    order_number: str
    job: int
    job_number: str
    signer: str | None
    signed_for: str = ""


class _PartLine(NamedTuple):
    """A line of a material sheet, as it is stored, with its price if it has one."""

    line: int
    number: str
    name: str
    quantity: int
    old_part: int
    sent_back: str
    reason: str
    price: int | None
    amount: int
    source: str
    lead_days: int
    free: int
    agreed: int
    issued: int
    released: int
    bin: str
    uncatalogued: int
    other_part: int | None
    reported_as: str
    reserved: int


class _WorkLine(NamedTuple):
    """A line of a labour sheet, as it is stored."""

    line: int
    text: str
    kind: str
    minutes: int
    people: int
    rate: int
    amount: int
    sent_back: str


def _head(kind: str, sheet: int, language: str) -> _Head:
    found = sql.row(
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
    if found is None:
        raise NotFound(NO_SHEET, key=sheet)
    doc, action = (Doc.MATERIAL_SHEET, "approve_parts") if kind == "material" else (Doc.LABOUR_SHEET, "approve_labour")
    head = _Head(*found)
    return head._replace(signed_for=signed_for(doc, sheet, action, language)) if head.signer else head


def _facts(title: Keyed, head: _Head) -> Section:
    facts: Pairs = [
        ("order", _("Work order"), head.order_number), ("job", _("Job"), head.complaint),
        ("machine", _("Machine"), head.machine), ("reported_by", _("Reported by"), head.reporter),
        ("reported", _("Reported"), instant(head.reported)), ("revision", _("Version"), head.revision),
        ("signed_by", _("Signed by"), head.signer), ("signed_for", _("Signed for"), head.signed_for),
        ("supplement", _("Supplement"), bool(head.supplement) or None),
        ("none_needed", _("None needed"), bool(head.none) or None), ("finding", _("What was found"), head.finding),
        ("note", _("Note"), head.note), ("reason", _("Reason"), head.reason),
    ]  # fmt: skip
    return pairs(title, facts)


def _detail(doc: Doc, sheet: int, head: _Head, sections: tuple[Section, ...]) -> Detail:
    related = ((Doc.JOB, head.job, head.job_number), (Doc.ORDER, head.order, head.order_number))
    heading = f"{head.number} {head.complaint}"
    return Detail(doc, sheet, head.number, SheetState(head.state), head.version, heading, sections, related)


def material_page(sheet: int, language: str) -> Detail:
    """Return a material sheet with prices, stock and what was issued."""
    head = _head("material", sheet, language)
    found = sql.rows(
        f"""
        SELECT l.line, COALESCE(q.number, p.number, l.text), COALESCE(NULLIF({name_of("q", language)}, ''),
            NULLIF({name_of("p", language)}, ''), ''), l.quantity, l.old_part,
          l.return_reason, l.reason, r.price, r.amount, r.source, r.lead_days,
          (SELECT COALESCE(SUM(b.on_hand - b.reserved), 0) FROM balance b JOIN bin n ON n.id = b.bin_id
             WHERE b.part_id = COALESCE(r.part_id, l.part_id) AND n.site = s.site AND n.virtual = 0),
          EXISTS (SELECT 1 FROM consent c WHERE c.material_line_id = l.id), l.issued - l.returned, l.released,
          {BIN}, p.id IS NULL, p.number <> q.number, l.text,
          (SELECT CAST(COALESCE(SUM(v.quantity), 0) AS BIGINT) FROM reservation v WHERE v.material_line_id = l.id)
        FROM material_line l JOIN material_sheet s ON s.id = l.sheet_id AND s.rev = l.rev
        LEFT JOIN line_price r ON r.line_id = l.id LEFT JOIN part q ON q.id = r.part_id
        LEFT JOIN part p ON p.id = l.part_id WHERE s.id = ? ORDER BY l.line""",
        sheet,
    )
    lines = [_PartLine(*row) for row in found]
    parts = Section(
        Keyed("parts", _("Parts")),
        columns(line=_("No."), part=_("Part number"), name=_("Name"), quantity=_("Qty"), free=_("Free"),
                bin=_("Bin"), issued=_("Issued"), old_part=_("Old part"), reason=_("Reason")),
        tuple(
            (one.line, one.number, one.name or (Keyed("", _("not in the catalogue")) if one.uncatalogued else ""),
             Quantity(one.quantity), Quantity(one.free), one.bin, Quantity(one.issued), bool(one.old_part),
             one.sent_back or one.reason)
            for one in lines
        ),
        _("No lines."),
    )  # fmt: skip
    back = _sent_back(head, Keyed("part", _("Part number")), ((one.line, one.number, one.sent_back) for one in lines))
    facts = _facts(Keyed("material_sheet", _("Material sheet")), head)
    return _detail(Doc.MATERIAL_SHEET, sheet, head, (*back, parts, *_prices(lines), *_tags(sheet), facts))


def _prices(lines: list[_PartLine]) -> Iterator[Section]:
    """Yield the prices, and which lines were reported with another number than that of the part that is priced."""
    yield Section(
        Keyed("prices", _("Prices")),
        columns(
            line=_("No."),
            price=_("Unit price"),
            amount=_("Amount"),
            source=_("Source"),
            lead_days=_("Lead days"),
            agreed=_("Agreed"),
            reserved=_("Reserved"),
            not_needed=_("Not needed"),
        ),
        tuple(
            (one.line, Money(one.price), Money(one.amount), Source(one.source), one.lead_days, bool(one.agreed),
             Quantity(one.reserved), bool(one.released))
            for one in lines
            if one.price is not None
        ),
        _("Not priced yet."),
    )  # fmt: skip
    priced = (one for one in lines if one.price is not None)
    others = tuple((one.line, one.number, one.reported_as) for one in priced if one.uncatalogued or one.other_part)
    if others:
        yield Section(
            Keyed("reported_otherwise", _("Reported otherwise")),
            columns(line=_("No."), part=_("Part number"), reported_as=_("Reported as")),
            others,
        )


def _tags(sheet: int) -> Iterator[Section]:
    """Yield the old parts that have a tag: a tag and a place are cut beside all the rest of a line."""
    rows = sql.rows(
        "SELECT l.line, o.tag, o.place FROM old_part o JOIN material_line l ON l.id = o.line_id WHERE l.sheet_id = ? "
        "ORDER BY l.line, o.id",
        sheet,
    )
    if rows:
        yield Section(
            Keyed("old_parts", _("Old parts")),
            columns(line=_("No."), tag=_("Tag"), place=_("Place")),
            tuple((line, tag, place) for line, tag, place in rows),
        )


def _sent_back(head: _Head, what: Keyed, reasons: Iterable[tuple[Any, ...]]) -> Iterator[Section]:
    """Yield why a sheet was sent back, to stand before all else: the lines with their reasons."""
    if head.state == SheetState.RETURNED:
        yield Section(
            Keyed("sent_back", _("Sent back")),
            (*columns(line=_("No.")), what, *columns(reason=_("Reason"))),
            tuple(row for row in reasons if row[2]),
        )


def labour_page(sheet: int, language: str) -> Detail:
    """Return a labour sheet with its charges."""
    head = _head("labour", sheet, language)
    found = sql.rows(
        "SELECT l.line, l.text, l.kind, l.minutes, l.people, l.rate, l.amount, l.return_reason FROM labour_line l "
        "JOIN labour_sheet s ON s.id = l.sheet_id AND s.rev = l.rev WHERE s.id = ? ORDER BY l.line",
        sheet,
    )
    lines = [_WorkLine(*row) for row in found]
    work = Section(
        Keyed("work", _("Work")),
        columns(line=_("No."), work=_("Work"), kind=_("Kind"), minutes=_("Time"), people=_("People"),
                rate=_("Rate per hour"), amount=_("Amount"), reason=_("Reason")),
        tuple(
            (one.line, one.text, LabourKind(one.kind), Minutes(one.minutes), one.people, Money(one.rate),
             Money(one.amount), one.sent_back)
            for one in lines
        ),
        _("No lines."),
    )  # fmt: skip
    total: Pairs = [
        ("minutes", _("Time"), Minutes(sum(one.minutes for one in lines))),
        ("amount", _("Amount"), Money(sum(one.amount for one in lines))),
    ]
    back = _sent_back(head, Keyed("work", _("Work")), ((one.line, one.text, one.sent_back) for one in lines))
    facts = _facts(Keyed("labour_sheet", _("Labour sheet")), head)
    return _detail(Doc.LABOUR_SHEET, sheet, head, (*back, work, pairs(Keyed("total", _("Total")), total), facts))
