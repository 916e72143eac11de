"""Runs the screens in a process of their own for a test on a real pseudo-terminal."""

import os
import sys
from dataclasses import replace
from pathlib import Path

from shopterm.terminal import prepare

profile = prepare(os.environ, "utf-8")

from shopterm.app import ShopApp, run_app  # noqa: E402  textual reads the environment when it is imported
from tests.shopkit import reopen, who  # noqa: E402


def broken(app: ShopApp) -> None:
    """Fail inside, as only our own fault could."""
    app.call_later(lambda: 1 // 0)


def main(folder: str, person: str, desk: str, fault: str = "") -> int:
    """Sit down; with a fault the program breaks inside after a moment."""
    shop = reopen(f"sqlite:///{folder}/shop.db", Path(folder))
    if fault:
        ShopApp.action_repaint = broken  # type: ignore[method-assign, assignment]
    actor = replace(who(shop, person), language="en") if person != "-" else None
    return run_app(shop, actor=actor, desk=desk, profile=profile, terminal="bay-1")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
