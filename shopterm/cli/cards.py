"""Prints customers and machines."""

from typing import TYPE_CHECKING

from shopterm.cli.context import Cli
from shopterm.cli.pages import print_sections
from shopterm.domain.text import clean

if TYPE_CHECKING:
    from shopterm.db.queries.cards import Card


def show_customer(cli: Cli, number: str) -> None:
    """Print a customer by number."""
    shop = cli.shop
    from shopterm.db.queries.cards import customer_card

    _print(cli, customer_card(shop, number))


def show_machine(cli: Cli, serial: str) -> None:
    """Print a machine by serial number."""
    shop = cli.shop
    from shopterm.db.queries.cards import machine_card

    _print(cli, machine_card(shop, serial))


def _print(cli: Cli, card: "Card") -> None:
    print_sections(
        cli,
        {"id": card.id, "number": card.number},
        f"{clean(card.number)}  {clean(card.heading)}",
        card.heading,
        card.sections,
    )
