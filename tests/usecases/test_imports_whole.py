"""Whole sets of files: every row is on file or named; the large samples too, where they lie beside the project."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shopterm.db.session import Shop
from shopterm.db.setup import create_database
from shopterm.domain.facts import Actor
from shopterm.imports import State
from shopterm.usecases.setup import first_administrator, set_pins
from shopterm.usecases.sign_in import sign_in
from shopterm.usecases.verify import verify
from tests.journeys.imported import FOLDERS, MAKER, SHARED, Files
from tests.shopkit import PIN, settings_for
from tests.usecases.importing import checked, lines, named, rows, searched, stored, take_in

NAMED = {
    "supersessions.csv": (3, 1, 0),
    "pricefile_2026-10.csv": (0, 20, 20),
    "pricefile_2026-11.csv": (0, 18, 22),
}
"""Held, refused and repeated lines of the large samples; all other lines are good."""
PRICE_FILES = ("pricefile_2026-10.csv", "pricefile_2026-11.csv")


@pytest.fixture(params=["sqlite", "postgres"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Shop, Actor]]:
    """An empty house with its first administrator."""
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    if request.param == "postgres":
        url = request.getfixturevalue("pg_database")
    shop = create_database(url, tmp_path, settings_for(tmp_path), kind="test")
    first_administrator(shop, "ADM", "管理员")
    set_pins(shop, [("ADM", PIN)])
    yield shop, sign_in(shop, "ADM", PIN, "test")
    shop.close()


@pytest.mark.parametrize("files", FOLDERS.values(), ids=FOLDERS)
def test_every_row_is_stored_or_named(house: tuple[Shop, Actor], files: Files) -> None:
    shop, actor = house
    for kind, name in files.names:
        done = take_in(shop, kind, files.folder / name, actor=actor)
        assert stored(done) + named(done) == files.counted.get(name, len(files.rows(kind)))
        left_out = NAMED.get(name, (0, 0, 0)) if files is SHARED else (0, 0, 0)
        assert (done.held, done.refused, done.repeated) == left_out
        assert done.left_out == []
        again = take_in(shop, kind, files.folder / name, actor=actor)
        assert (again.added, again.changed, again.same) == (0, 0, stored(done))
    searched(shop)
    assert verify(shop) == []


@pytest.mark.parametrize("files", FOLDERS.values(), ids=FOLDERS)
def test_price_files_are_taken_in_as_plain_prices(house: tuple[Shop, Actor], files: Files, tmp_path: Path) -> None:
    shop, actor = house
    take_in(shop, "parts", files.path("parts"), actor=actor)
    for path, count in price_files(files, tmp_path):
        done = take_in(shop, "prices", path, f":{MAKER}=maker", actor=actor)
        assert stored(done) + named(done) == count
        assert (done.held, done.refused, done.repeated) == NAMED.get(path.name, (0, 0, 0))
        assert take_in(shop, "prices", path, f":{MAKER}=maker", actor=actor).same == stored(done)
        on_file = dict(rows(shop, "SELECT number, list_price FROM part WHERE maker = ?", MAKER))
        with checked(shop, "prices", path, f":{MAKER}=maker") as (check, _name):
            for row in check.rows():
                if row.state is State.GOOD:
                    assert on_file[row.values["part_no"]] == row.values["list_price"]
    searched(shop)
    assert verify(shop) == []


def price_files(files: Files, folder: Path) -> Iterator[tuple[Path, int]]:
    """Yield the maker's price files with the rows they have; without any, one in the maker's manner is written."""
    if files is SHARED:
        yield from ((files.folder / name, files.counted[name]) for name in PRICE_FILES)
        return
    numbers = [row["part_no"] for row in files.rows("parts") if row["maker"] == MAKER]
    prices = ["￥1,234.50", "面议", "0"]
    text = lines("件号;含税价", *(f"{number};{prices[place % 3]}" for place, number in enumerate(numbers)))
    path = folder / "prices.csv"
    path.write_bytes(text.replace("\n", "\r\n").encode("gb18030"))
    yield path, len(numbers)
