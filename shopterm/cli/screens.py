"""Opens the screens; the terminal is judged before textual is imported."""

import os

from shopterm.cli.context import Cli
from shopterm.domain.errors import Usage
from shopterm.terminal import prepare


def open_screens(cli: Cli) -> None:
    """Start the app on this terminal, or say why screens cannot be shown here."""
    found = prepare(os.environ)
    if not found.usable:
        raise Usage(found.reason)
    shop = cli.shop
    from shopterm.app import run_app

    run_app(shop, found)
