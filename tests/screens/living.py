"""The living workshop of the demo at a fixed moment, for pictures that are the same every time."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

from shopterm.app import ShopApp
from shopterm.db.queries.people import name_of
from shopterm.db.session import Shop
from shopterm.demo.build import build
from shopterm.demo.workshop import fill
from shopterm.i18n import use
from tests.shopkit import reopen, settings_for, who

AT_TEN = 1_795_572_000_000_000
"""2026-11-25 10:00 in Shanghai."""


def build_workshop(folder: Path) -> int:
    """Fill a folder with the workshop and return the instant at which it stands."""
    player = build(f"sqlite:///{folder / 'shop.db'}", folder, settings_for(folder), now=AT_TEN)
    fill(player)
    player.shop.close()
    return player.now


def open_copy(folder: Path, copy: Path, now: int) -> Shop:
    """Open a copy of the workshop whose clock stands still."""
    shutil.copytree(folder, copy, dirs_exist_ok=True)
    shop = reopen(f"sqlite:///{copy / 'shop.db'}", copy)
    shop.shift = lambda: now
    return shop


def app_for(shop: Shop, person: str, desk: str, language: str, **options: Any) -> ShopApp:
    """Make the program with this person at this desk, or nobody yet."""
    use(language)
    actor = who(shop, person) if person else None
    if actor is not None:
        actor = replace(actor, language=language, name=name_of(shop, actor.person, language))
    return ShopApp(shop, actor=actor, desk=desk, terminal="bay-1", **options)
