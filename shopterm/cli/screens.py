"""Opens the screens; the terminal is judged before textual is imported."""

import os

import click

from shopterm import i18n
from shopterm.cli import identity
from shopterm.cli.context import Cli
from shopterm.domain.errors import Usage
from shopterm.i18n import tr
from shopterm.settings import find_config
from shopterm.terminal import prepare


def open_screens(cli: Cli) -> int:
    """Start the app on this terminal and return its exit status, or say why screens cannot be shown here."""
    found = prepare(os.environ)
    if not found.usable:
        raise Usage(found.reason)
    shop = cli.shop
    if found.language_forced:
        i18n.use(found.language_forced)
        click.echo(tr(found.reason), err=True)
    actor = cli.reader
    from shopterm.app import run_app
    from shopterm.screens.keymap import load_keymap

    keymap = load_keymap(find_config(shop.settings.screen.keymap, cli.environ))
    return run_app(shop, actor=actor, profile=found, keymap=keymap, terminal=identity.terminal_name(cli.environ))
