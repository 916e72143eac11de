"""The pages of a customer and of a machine."""

from dataclasses import dataclass

from shopterm.db import sql
from shopterm.db.queries.listings import masked
from shopterm.db.queries.rows import Section, columns
from shopterm.db.session import Shop
from shopterm.domain.errors import NotFound
from shopterm.domain.known_words import CustomerKind, MachineKind, known
from shopterm.domain.units import Day, Instant, Money, Quantity
from shopterm.domain.vocabulary import OrderState
from shopterm.domain.words import Keyed, _

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
            Keyed("customer", _("Customer")),
            rows=(
                (Keyed("name", _("Name")), name),
                (Keyed("name_en", _("Name (Latin)")), name_en),
                (Keyed("kind", _("Kind")), known(CustomerKind, kind)),
                (Keyed("contact", _("Contact")), contact),
                (Keyed("phone", _("Telephone")), masked(phone)),
                (Keyed("address", _("Address")), address),
                (Keyed("terms", _("Terms")), terms),
                (Keyed("credit_limit", _("Credit limit")), Money(credit)),
                (Keyed("note", _("Note")), note),
            ),
        )
        owned = Section(
            Keyed("machines", _("Machines")),
            columns(serial=_("Serial number"), maker=_("Maker"), model=_("Model"), hours=_("Hour meter")),
            tuple(machines),
            _("None."),
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
            Keyed("machine", _("Machine")),
            rows=(
                (Keyed("maker", _("Maker")), maker),
                (Keyed("model", _("Model")), model),
                (Keyed("kind", _("Kind")), known(MachineKind, kind)),
                (Keyed("tonnage", _("Tonnage")), None if tonnage is None else Quantity(tonnage)),
                (Keyed("year", _("Year")), year),
                (Keyed("hours", _("Hour meter")), hours),
                (Keyed("hours_read_on", _("Read on")), Day(read_on)),
                (Keyed("purchase_date", _("Bought on")), Day(bought)),
                (Keyed("warranty_months", _("Warranty months")), months),
                (Keyed("warranty_hours", _("Warranty hours")), warranty_hours),
                (Keyed("customer", _("Customer")), customer),
                (Keyed("customer_name", _("Customer's name")), name),
                (Keyed("engine_no", _("Engine number")), engine),
                (Keyed("demo", _("Demo machine")), bool(demo)),
                (Keyed("note", _("Note")), note),
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
        Keyed("orders", _("Work orders")),
        columns(number=_("Number"), state=_("State"), received=_("Received")),
        tuple((number, OrderState(state), Instant(at)) for number, state, at in sql.rows(ORDERS.format(column), key)),
        _("None."),
    )
