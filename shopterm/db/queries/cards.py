"""The pages of a customer and of a machine."""

from dataclasses import dataclass

from shopterm.db import sql
from shopterm.db.queries.listings import masked
from shopterm.db.queries.rows import Section
from shopterm.db.session import Shop
from shopterm.domain.errors import NotFound
from shopterm.domain.known_words import CustomerKind, MachineKind, known
from shopterm.domain.units import Day, Instant, Money, Quantity
from shopterm.domain.vocabulary import OrderState
from shopterm.domain.words import Message, _

NO_CUSTOMER = _("There is no customer “{ref}”.")
NO_MACHINE = _("There is no machine “{ref}”.")
MANY_MACHINES = _("“{ref}” is a serial number of several makers: {makers}. Write maker and serial number.")
ORDERS = "SELECT number, state, received_at FROM work_order WHERE {0} = ? ORDER BY received_at DESC LIMIT 20"


@dataclass(frozen=True)
class Card:
    """One record as a page."""

    id: int
    number: str
    heading: str
    sections: tuple[Section, ...]


def customer_card(shop: Shop, number: str) -> Card:
    """Return a customer with machines and newest work orders; the phone is masked."""
    with shop.reader():
        found = sql.row(
            "SELECT id, number, kind, name, name_en, contact, phone, address, terms, credit_limit, note "
            "FROM customer WHERE number = ?",
            number.strip(),
        )
        if found is None:
            raise NotFound(NO_CUSTOMER, ref=number)
        key, number, kind, name, name_en, contact, phone, address, terms, credit, note = found
        machines = sql.rows(
            "SELECT serial, maker, model, hours FROM machine WHERE customer_id = ? ORDER BY serial", key
        )
        facts = Section(
            _("Customer"),
            rows=(
                (Message(_("Name")), name),
                (Message(_("Name (Latin)")), name_en),
                (Message(_("Kind")), known(CustomerKind, kind)),
                (Message(_("Contact")), contact),
                (Message(_("Telephone")), masked(phone)),
                (Message(_("Address")), address),
                (Message(_("Terms")), terms),
                (Message(_("Credit limit")), Money(credit)),
                (Message(_("Note")), note),
            ),
        )
        owned = Section(
            _("Machines"), (_("Serial number"), _("Maker"), _("Model"), _("Hour meter")), tuple(machines), _("None.")
        )
        return Card(key, number, name, (facts, owned, _orders("customer_id", key)))


def machine_card(shop: Shop, ref: str) -> Card:
    """Return a machine, by serial number with or without its maker before it, with its newest work orders."""
    with shop.reader():
        key = _machine(ref)
        (
            serial,
            maker,
            model,
            kind,
            tonnage,
            year,
            hours,
            read_on,
            bought,
            months,
            warranty_hours,
            customer,
            name,
            engine,
            demo,
            note,
        ) = (
            sql.row(
                """
            SELECT v.serial, v.maker, v.model, v.kind, v.tonnage, v.year, v.hours, v.hours_read_on, v.purchase_date,
              v.warranty_months, v.warranty_hours, c.number, c.name, v.engine_no, v.demo, v.note
            FROM machine v LEFT JOIN customer c ON c.id = v.customer_id WHERE v.id = ?""",
                key,
            )
            or ("",) * 16
        )
        facts = Section(
            _("Machine"),
            rows=(
                (Message(_("Maker")), maker),
                (Message(_("Model")), model),
                (Message(_("Kind")), known(MachineKind, kind)),
                (Message(_("Tonnage")), None if tonnage is None else Quantity(tonnage)),
                (Message(_("Year")), year),
                (Message(_("Hour meter")), hours),
                (Message(_("Read on")), Day(read_on)),
                (Message(_("Bought on")), Day(bought)),
                (Message(_("Warranty months")), months),
                (Message(_("Warranty hours")), warranty_hours),
                (Message(_("Customer")), customer),
                (Message(_("Customer's name")), name),
                (Message(_("Engine number")), engine),
                (Message(_("Demo machine")), bool(demo)),
                (Message(_("Note")), note),
            ),
        )
        return Card(key, serial, f"{maker} {model}".strip(), (facts, _orders("machine_id", key)))


def _machine(ref: str) -> int:
    found = sql.rows("SELECT id, maker FROM machine WHERE serial = ? ORDER BY maker", ref.strip())
    if not found and " " in ref.strip():
        maker, _space, serial = ref.strip().partition(" ")
        found = sql.rows(
            "SELECT id, maker FROM machine WHERE serial = ? AND LOWER(maker) = LOWER(?)", serial.strip(), maker
        )
    if not found:
        raise NotFound(NO_MACHINE, ref=ref)
    if len(found) > 1:
        raise NotFound(MANY_MACHINES, ref=ref, makers=", ".join(maker for _key, maker in found))
    return int(found[0][0])


def _orders(column: str, key: int) -> Section:
    return Section(
        _("Work orders"),
        (_("Number"), _("State"), _("Received")),
        tuple((number, OrderState(state), Instant(at)) for number, state, at in sql.rows(ORDERS.format(column), key)),
        _("None."),
    )
