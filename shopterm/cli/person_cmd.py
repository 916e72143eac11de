"""People: list, find, show, and the first PIN by a one-time code."""

import click

from shopterm.cli import identity
from shopterm.cli.base import Command, argument, option
from shopterm.cli.context import Cli
from shopterm.cli.nouns import noun
from shopterm.cli.output import answer
from shopterm.cli.pages import show_document
from shopterm.domain.errors import invalid
from shopterm.domain.vocabulary import Doc, PersonState
from shopterm.domain.words import _
from shopterm.i18n import tr
from shopterm.show import show


def _show_person(cli: Cli, number: str) -> None:
    show_document(cli, number, Doc.PERSON)


person = noun(
    "person", _("People; “set-pin” turns a one-time code into a PIN."), _show_person, states=PersonState, by_site=False
)


@person.command(
    "set-pin",
    cls=Command,
    shows=("pin_file", "json"),
    help=_("""Sets the PIN of a person with the one-time code an administrator gave.

Code and PIN are asked on the terminal, the PIN twice; or they are read from files of mode 0600: --code-file and
--pin-file."""),
)
@argument("number")
@option("--code-file", metavar="FILE", help=_("File with the one-time code, mode 0600."))
@click.pass_obj
def set_pin(cli: Cli, number: str, code_file: str | None) -> None:
    """Set a first PIN."""
    shop = cli.shop
    from shopterm.usecases.sign_in import set_first_pin

    code = identity.secret(_("One-time code of {person}"), code_file, "--code-file", person=number)
    pin_file = cli.given.get("pin_file") or cli.environ.get("SHOPTERM_PIN_FILE")
    pin = identity.secret(_("New PIN of {person}"), pin_file, "--pin-file", person=number)
    if not pin_file and identity.ask(tr("The same PIN again")) != pin:
        raise invalid("pin", _("The two PINs differ; nothing was changed."))
    actor = set_first_pin(shop, number, code, pin, identity.terminal_name(cli.environ))
    roles = sorted(actor.roles)
    answer(
        cli,
        {"person": actor.number, "roles": [role.value for role in roles]},
        lambda: [tr("The PIN of {person} is set ({roles}).", person=actor.number, roles=show(tuple(roles)))],
    )
