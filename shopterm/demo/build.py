"""Builds a demo database: set up, sample data imported, people with PINs, pictures in the drop folder."""

import secrets
from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path

from shopterm.db import sql
from shopterm.db.session import Shop
from shopterm.db.setup import create_database
from shopterm.demo.pictures import fill_drop_folder
from shopterm.demo.player import Player
from shopterm.settings import Settings
from shopterm.usecases import imports
from shopterm.usecases.setup import first_administrator, load_checklists, set_pins
from shopterm.usecases.sign_in import sign_in

DATA = Path(__file__).with_name("data")
KINDS = ("people", "customers", "machines", "parts", "standards", "supersessions", "interchange", "stock")
"""What the sample data holds, in the order in which files refer to one another."""
PICTURES = ("walkround-1.png", "walkround-2.png", "teardown-1.png", "cylinder-rod.png", "cab.png", "plate.png")
FIRST = "ADM"
BEFORE = 5 * 24 * 3_600_000_000
"""How long before the first morning the house was set up, in microseconds."""
Tell = Callable[[str, int, int], None]
"""Called with what is being done, how much is done and how much there is."""


def new_pin() -> str:
    """Return a random PIN of six digits that is not easily guessed."""
    while True:
        pin = f"{secrets.randbelow(900_000) + 100_000}"
        if len(set(pin)) >= 4 and pin != pin[::-1]:
            return pin


def build(
    url: str,
    data_dir: Path,
    settings: Settings,
    *,
    tell: Tell | None = None,
    kind: str = "demo",
    now: int | None = None,
) -> Player:
    """Make a demo (or test) database with sample data; returns a player whose clock stands at eight this morning."""
    shop = create_database(url, data_dir, settings, kind=kind)
    start = morning(shop, now)
    shop.shift = lambda: start - BEFORE
    load_checklists(shop)
    first_administrator(shop, FIRST, "管理员")
    pin = new_pin()
    set_pins(shop, [(FIRST, pin)])
    fill_drop_folder(Path(settings.photos.drop_dir), PICTURES)
    load_samples(shop, pin, tell)
    pins = give_pins(shop, pin)
    return Player(shop, pins, start)


def load_samples(shop: Shop, pin: str, tell: Tell | None = None, folder: Path = DATA) -> None:
    """Import the sample files as the first administrator."""
    actor = sign_in(shop, FIRST, pin, "demo")
    for at, kind in enumerate(KINDS):
        if tell:
            tell(kind, at, len(KINDS))
        with imports.check(shop, folder / f"{kind}.csv", kind) as checked:
            imports.store(shop, actor, checked, f"{kind}.csv")


def give_pins(shop: Shop, pin: str) -> dict[str, str]:
    """Give everybody the demo's PIN and return PINs by person's number."""
    with shop.reader():
        numbers = [number for (number,) in sql.rows("SELECT number FROM person WHERE state = 'active'")]
    set_pins(shop, [(number, pin) for number in numbers])
    return dict.fromkeys(numbers, pin)


def morning(shop: Shop, now: int | None = None) -> int:
    """Return today's eight o'clock at the shop, or of the day before if it is not eight yet."""
    local = datetime.fromtimestamp((now or shop.now()) // 1_000_000, shop.zone)
    start = datetime.combine(local.date(), time(8), shop.zone)
    if local < start + timedelta(hours=2):
        start -= timedelta(days=1)
    return int(start.timestamp()) * 1_000_000
