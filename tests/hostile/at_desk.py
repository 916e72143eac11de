"""Sits one person of a copied workshop down at a desk, in a process of its own on a real terminal."""

import os
import sys
from dataclasses import replace
from pathlib import Path

from shopterm.terminal import prepare

profile = prepare(os.environ, "utf-8")

from shopterm.app import run_app  # noqa: E402  textual reads the environment when it is imported
from shopterm.db import models as m  # noqa: E402
from shopterm.usecases.sign_in import actor_of  # noqa: E402
from tests.shopkit import reopen  # noqa: E402


def main(folder: str, now: str, person: str, desk: str, language: str) -> int:
    """Sit down on a clock that stands still."""
    shop = reopen(f"sqlite:///{folder}/shop.db", Path(folder))
    shop.shift = lambda: int(now)
    with shop.reader():
        actor = actor_of(shop, m.Person.get_by_id(int(person)), "bay-1")
    return run_app(shop, actor=replace(actor, language=language), desk=desk, profile=profile, terminal="bay-1")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
