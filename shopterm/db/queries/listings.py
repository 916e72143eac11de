"""What each list shows: its columns with their SQL and unit, where it looks for words, in which order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from shopterm.db.queries.rows import Cell
from shopterm.domain.known_words import CustomerKind, Language, MachineKind, known
from shopterm.domain.units import Day, Instant, Money, Quantity
from shopterm.domain.vocabulary import (
    Doc,
    JobState,
    LoanState,
    OrderState,
    Payer,
    PersonState,
    QuoteState,
    Role,
    SheetState,
    WaitReason,
)
from shopterm.domain.words import _


@dataclass(frozen=True)
class Column:
    """One column: its name for programs, its heading, its SQL, and what turns the value into a cell."""

    key: str
    label: str
    sql: str
    read: Callable[[Any], Cell] = str


@dataclass(frozen=True)
class Listing:
    """One list as data."""

    source: str
    columns: tuple[Column, ...]
    search: tuple[str, ...]
    order: tuple[str, bool]
    """Column and whether from the greatest down."""
    key: str
    """What tells rows with equal values apart."""
    site: str = ""
    """Column that holds the site; "" where all sites share the list."""
    state: str = ""


def masked(phone: str) -> str:
    """Return a telephone number of which only the beginning and the end can be read."""
    places = [place for place, char in enumerate(phone) if char.isdigit()]
    hidden = set(places[3 if len(places) > 6 else 0 : -2])
    return "".join("*" if place in hidden else char for place, char in enumerate(phone))


def _quantity(value: Any) -> Cell:
    return Quantity(int(value))  # a sum is a Decimal on PostgreSQL


def _roles(value: str) -> Cell:
    return " ".join(sorted(set(value.split()) & set(Role)))


PERSON_NAME = "CASE WHEN {0}.name_zh <> '' THEN {0}.name_zh ELSE {0}.name_en END"
MACHINE = "TRIM(v.maker || ' ' || v.model)"
STOCK = (
    "(SELECT COALESCE(SUM(b.{0}), 0) FROM balance b JOIN bin n ON n.id = b.bin_id "
    "WHERE b.part_id = p.id AND n.virtual = 0 AND n.site = {{site}})"
)
SHEET = "s.id, s.site, s.number, s.job_id, s.state, s.rev, s.supplement, s.reported_by_id, s.changed_at"
SHEETS = f"""(
    SELECT {SHEET}, 'material_sheet' AS doc, (SELECT COUNT(*) FROM material_line l WHERE l.sheet_id = s.id
      AND l.rev = s.rev) AS line_count FROM material_sheet s
    UNION ALL
    SELECT {SHEET}, 'labour_sheet', (SELECT COUNT(*) FROM labour_line l WHERE l.sheet_id = s.id
      AND l.rev = s.rev) FROM labour_sheet s) s"""

NUMBER, STATE = _("Number"), _("State")

LISTINGS: Mapping[str, Listing] = {
    "order": Listing(
        "work_order o JOIN machine v ON v.id = o.machine_id LEFT JOIN customer c ON c.id = o.customer_id",
        (
            Column("number", NUMBER, "o.number"),
            Column("state", STATE, "o.state", OrderState),
            Column("customer", _("Customer"), "COALESCE(c.name, o.customer_name)"),
            Column("machine", _("Machine"), MACHINE),
            Column("serial", _("Serial number"), "v.serial"),
            Column("received", _("Received"), "o.received_at", Instant),
            Column("promised", _("Promised time"), "o.promised", Instant),
            Column("bay", _("Bay"), "o.bay"),
            Column("jobs", _("Jobs"), "(SELECT COUNT(*) FROM job j WHERE j.order_id = o.id)", int),
            Column("phone", _("Telephone"), "o.phone", masked),
        ),
        ("o.number", "v.serial", "v.model", "COALESCE(c.name, o.customer_name)", "COALESCE(c.number, '')", "o.note"),
        ("received", True),
        "o.id",
        "o.site",
        "o.state",
    ),
    "job": Listing(
        "job j JOIN work_order o ON o.id = j.order_id LEFT JOIN person p ON p.id = j.lead_id",
        (
            Column("number", NUMBER, "j.number"),
            Column("state", STATE, "j.state", JobState),
            Column("text", _("What is to be done"), "j.text"),
            Column("lead", _("Lead's staff number"), "p.number"),
            Column("lead_name", _("Lead mechanic"), PERSON_NAME.format("p")),
            Column("bay", _("Bay"), "j.bay"),
            Column("payer", _("Payer"), "j.payer", Payer),
            Column("waits_for", _("Waits for"), "j.waits_for", WaitReason),
            Column("work_order", _("Work order"), "o.number"),
            Column("changed", _("Changed"), "j.changed_at", Instant),
        ),
        ("j.number", "j.text", "COALESCE(p.number, '')", "COALESCE(p.name_zh, '')"),
        ("changed", True),
        "j.id",
        "j.site",
        "j.state",
    ),
    "sheet": Listing(
        f"{SHEETS} JOIN job j ON j.id = s.job_id JOIN person p ON p.id = s.reported_by_id",
        (
            Column("number", NUMBER, "s.number"),
            Column("document", _("Document"), "s.doc", Doc),
            Column("state", STATE, "s.state", SheetState),
            Column("job", _("Job"), "j.number"),
            Column("lines", _("Number of lines"), "s.line_count", int),
            Column("rev", _("Version"), "s.rev", int),
            Column("supplement", _("Supplement"), "s.supplement", bool),
            Column("reported_by", _("Reported by"), PERSON_NAME.format("p")),
            Column("changed", _("Changed"), "s.changed_at", Instant),
        ),
        ("s.number", "j.number", "j.text", "p.number", "p.name_zh"),
        ("changed", True),
        "s.number",
        "s.site",
        "s.state",
    ),
    "quote": Listing(
        "quote q JOIN work_order o ON o.id = q.order_id LEFT JOIN customer c ON c.id = o.customer_id",
        (
            Column("number", NUMBER, "q.number"),
            Column("state", STATE, "q.state", QuoteState),
            Column("work_order", _("Work order"), "o.number"),
            Column("customer", _("Customer"), "COALESCE(c.name, o.customer_name)"),
            Column("edition", _("Edition"), "q.edition", int),
            Column("supplement", _("Supplement"), "q.supplement", bool),
            Column("total", _("Total"), "q.total", Money),
            Column("customer_total", _("Customer pays"), "q.customer_total", Money),
            Column("valid_until", _("Valid until"), "q.valid_until", Instant),
            Column("answered", _("Answered"), "q.answered_at", Instant),
            Column("changed", _("Changed"), "q.changed_at", Instant),
        ),
        ("q.number", "o.number", "COALESCE(c.name, o.customer_name)"),
        ("changed", True),
        "q.id",
        "q.site",
        "q.state",
    ),
    "loan": Listing(
        "loan n JOIN person p ON p.id = n.borrower_id LEFT JOIN work_order o ON o.id = n.order_id",
        (
            Column("number", NUMBER, "n.number"),
            Column("state", STATE, "n.state", LoanState),
            Column("borrower", _("Borrower"), "p.number"),
            Column("name", _("Full name"), PERSON_NAME.format("p")),
            Column("purpose", _("For"), "n.purpose"),
            Column("work_order", _("Work order"), "o.number"),
            Column(
                "outstanding",
                _("Still out"),
                "(SELECT COALESCE(SUM(l.quantity - l.returned - l.issued "
                "- l.written_off), 0) FROM loan_line l WHERE l.loan_id = n.id)",
                _quantity,
            ),
            Column("lent", _("Lent"), "n.lent_at", Instant),
            Column("due", _("Back by"), "n.due", Instant),
        ),
        ("n.number", "n.purpose", "p.number", "p.name_zh", "COALESCE(o.number, '')"),
        ("lent", True),
        "n.id",
        "n.site",
        "n.state",
    ),
    "part": Listing(
        "part p",
        (
            Column("maker", _("Maker"), "p.maker"),
            Column("number", _("Part number"), "p.number"),
            Column("name_zh", _("Name"), "p.name_zh"),
            Column("name_en", _("Name (Latin)"), "p.name_en"),
            Column("unit", _("Unit"), "p.unit"),
            Column("list_price", _("List price"), "p.list_price", Money),
            Column("price_per", _("Per"), "p.price_per", int),
            Column("on_hand", _("In stock"), STOCK.format("on_hand"), _quantity),
            Column("reserved", _("Reserved"), STOCK.format("reserved"), _quantity),
        ),
        ("p.maker", "p.number", "p.compact", "p.name_zh", "p.name_en"),
        ("number", False),
        "p.id",
    ),
    "customer": Listing(
        "customer c",
        (
            Column("number", NUMBER, "c.number"),
            Column("name", _("Name"), "c.name"),
            Column("kind", _("Kind"), "c.kind", partial(known, CustomerKind)),
            Column("contact", _("Contact"), "c.contact"),
            Column("phone", _("Telephone"), "c.phone", masked),
            Column("terms", _("Terms"), "c.terms"),
            Column("machines", _("Machines"), "(SELECT COUNT(*) FROM machine v WHERE v.customer_id = c.id)", int),
        ),
        ("c.number", "c.name", "c.name_en", "c.contact"),
        ("number", False),
        "c.id",
    ),
    "machine": Listing(
        "machine v LEFT JOIN customer c ON c.id = v.customer_id",
        (
            Column("serial", _("Serial number"), "v.serial"),
            Column("maker", _("Maker"), "v.maker"),
            Column("model", _("Model"), "v.model"),
            Column("kind", _("Kind"), "v.kind", partial(known, MachineKind)),
            Column("tonnage", _("Tonnage"), "v.tonnage", Quantity),
            Column("year", _("Year"), "v.year", int),
            Column("hours", _("Hour meter"), "v.hours", int),
            Column("read_on", _("Read on"), "v.hours_read_on", Day),
            Column("customer", _("Customer"), "c.number"),
            Column("customer_name", _("Name"), "c.name"),
            Column("demo", _("Demo machine"), "v.demo", bool),
        ),
        ("v.serial", "v.maker", "v.model", "COALESCE(c.name, '')", "COALESCE(c.number, '')"),
        ("serial", False),
        "v.id",
    ),
    "person": Listing(
        "person p",
        (
            Column("number", _("Staff number"), "p.number"),
            Column("name", _("Full name"), PERSON_NAME.format("p")),
            Column("roles", _("Roles"), "(SELECT {roles} FROM person_role r WHERE r.person_id = p.id)", _roles),
            Column("state", STATE, "p.state", PersonState),
            Column("language", _("Language"), "p.language", partial(known, Language)),
            Column("phone", _("Telephone"), "p.phone", masked),
            Column("has_pin", _("Has a PIN"), "CASE WHEN p.pin_hash IS NULL THEN 0 ELSE 1 END", bool),
        ),
        ("p.number", "p.name_zh", "p.name_en"),
        ("number", False),
        "p.id",
        state="p.state",
    ),
}
"""The lists by the name of their command."""
