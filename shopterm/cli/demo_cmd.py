"""The demo: a living workshop on screen; where there is no terminal, the day played, printed and verified."""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import click

from shopterm.cli.base import Command, option
from shopterm.cli.context import Cli
from shopterm.cli.output import answer, plain
from shopterm.cli.progress import named, progress
from shopterm.cli.verdicts import described, told
from shopterm.domain.actions import BY_NAME
from shopterm.domain.errors import NotFound
from shopterm.domain.text import clean
from shopterm.domain.units import Instant
from shopterm.domain.vocabulary import Role
from shopterm.domain.words import _
from shopterm.i18n import tr
from shopterm.show import show
from shopterm.terminal import Profile, prepare

if TYPE_CHECKING:
    from shopterm.db.invariants import Violation
    from shopterm.demo.player import Player

PINS = _("This demo's PIN for everybody is {pin}. It is thrown away when you leave.")
NO_SUCH_PERSON = _("Nobody in the demo workshop is {role}.")


@click.command(
    cls=Command,
    help=_("""A living demo workshop in a database of its own, thrown away afterwards; needs no set-up.

With --role it begins at that role's desk. Without a terminal (or with --json) it plays the day that must work, prints
it and verifies the result; exit status 1 if something does not hold. With --db it uses an empty database of yours."""),
)
@option("--role", type=click.Choice([role.value for role in Role]), help=_("Begin as somebody with this role."))
@click.pass_obj
def demo(cli: Cli, role: str | None) -> int:
    """Open the demo workshop, or play its day."""
    on_screen = sys.stdin.isatty() and sys.stdout.isatty() and not cli.json
    found = prepare(os.environ) if on_screen else Profile(usable=False)
    return _open(cli, found, role) if found.usable else _play(cli)


def _own_url(cli: Cli) -> str | None:
    """Return the database of --db; without one the demo makes its own, and no other driver is loaded."""
    url = cli.given.get("db")
    from shopterm.db.drivers import spare_drivers

    spare_drivers(url or "")
    return url


def _open(cli: Cli, found: Profile, role: str | None) -> int:
    url = _own_url(cli)
    from shopterm.app import run_app
    from shopterm.demo.run import living_workshop
    from shopterm.usecases.sign_in import sign_in

    with ExitStack() as open_until_the_end:
        with progress(cli, tr("Opening the workshop")) as tell:
            workshop = living_workshop(url, named(tell))
            made = open_until_the_end.enter_context(workshop)
        person = made.people.get(Role(role)) if role else None
        if role and person is None:
            raise NotFound(NO_SUCH_PERSON, role=Role(role))
        click.echo(tr(PINS, pin=made.pin), err=True)
        actor = sign_in(made.shop, person, made.pin, "demo") if person else None
        return run_app(made.shop, actor=actor, profile=found, terminal="demo", demo_pin=made.pin)


def _play(cli: Cli) -> int:
    url = _own_url(cli)
    from shopterm.demo.run import played_day
    from shopterm.usecases.verify import verify

    with played_day(url) as (player, story):
        cli.hold(player.shop)
        found = verify(player.shop)
        data = {
            "order": story.order,
            "ok": not found,
            "steps": list(_steps(player)),
            "violations": described(found, player.shop.zone),
        }
        answer(cli, data, lambda: _diary(player, found))
    return 1 if found else 0


def _steps(player: "Player") -> Iterator[dict[str, Any]]:
    for step in player.steps:
        yield {
            "at": plain(Instant(step.at), player.shop.zone),
            "person": step.who,
            "action": step.action,
            "number": step.number,
        }


def _diary(player: "Player", found: "list[Violation]") -> Iterator[str]:
    for step in player.steps:
        at = show(Instant(step.at), player.shop.zone)
        yield f"{at}  {clean(step.who):<8} {tr(BY_NAME[step.action].label)}  {clean(step.number)}"
    yield from told(found, player.shop.zone)
