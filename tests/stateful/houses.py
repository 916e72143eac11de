"""Where the machine's workshops come from: one is prepared for each database, every example gets a copy of it."""

import shutil
from itertools import count
from pathlib import Path
from typing import Protocol

from shopterm.db.session import Shop
from shopterm.usecases.sign_in import set_first_pin
from tests import shopkit
from tests.postgres import Server
from tests.rules.story import PIXEL, Stage, to
from tests.shopkit import PIN, do
from tests.stateful.typist import PICTURES
from tests.stateful.world import MINUTE, MONDAY, World

EVERYTHING = "foreman mechanic lead_mechanic parts_clerk service_advisor quality_inspector warranty_clerk"
STAGES = (
    Stage.OPEN, Stage.INTAKE, Stage.FOREMAN, Stage.IN_SHOP, Stage.DRAFTED, Stage.APPROVED, Stage.QUOTED, Stage.QUOTED,
    Stage.CONFIRMED, Stage.SELF_CHECKED,
)  # fmt: skip
"""Where the prepared orders stand; the machine opens others from the beginning."""


class House(Protocol):
    """A database that can be had again and again as it was prepared."""

    def enter(self) -> World:
        """Return a fresh copy, open."""

    def leave(self, world: World) -> None:
        """Close a copy and throw it away."""


def prepare(url: str, folder: Path) -> None:
    """Build the workshop that examples begin with: more people, more serial numbers, a few orders on their way."""
    shopkit.build(url, folder).close()
    world = World(url, folder, now=MONDAY - 24 * 60 * MINUTE)
    for name in PICTURES:
        (folder / "drop" / name).write_bytes(PIXEL + name.encode())
    shop = world.shop
    ticks = count(1)
    shop.shift = lambda: MONDAY - 24 * 60 * MINUTE + next(ticks) * MINUTE // 60
    for number, roles in (("Z1", EVERYTHING), ("Z2", "administrator mechanic finance")):
        do(shop, "X1", "create_person", number=number, name_zh=f"多面手 {number}", roles=roles)
        code = do(shop, "X1", "issue_code", number).secret
        set_first_pin(shop, number, code, PIN, "test")
    do(shop, "P1", "receive_parts", "708-2L-00300", quantity="1", bin="B-01-1", serial="SN-1002")
    for stage in STAGES:
        _visit(shop, stage)
    shop.close()


def _visit(shop: Shop, stage: Stage) -> None:
    story = to(shop, stage, said={"open_order": {"hours": None}}, parts=(
        {"part": "600-311-3750", "quantity": "1"}, {"part": "07000-12011", "quantity": "2"}))  # fmt: skip
    if stage < Stage.CLOSED:
        do(shop, "A1", "ask_question", story.order, question="什么时候好?")


class SqliteHouse:
    """Copies of a prepared SQLite file."""

    def __init__(self, folder: Path) -> None:
        """Prepare the workshop."""
        self.folder, self.numbers = folder, count()
        self.template = folder / "template"
        prepare(f"sqlite:///{self.template / 'shop.db'}", self.template)

    def enter(self) -> World:
        """Copy the file; nobody has it open."""
        home = self.folder / str(next(self.numbers))
        shutil.copytree(self.template, home)
        return World(f"sqlite:///{home / 'shop.db'}", home)

    def leave(self, world: World) -> None:
        """Close the copy and remove it."""
        world.shop.close()
        shutil.rmtree(world.folder)


class PostgresHouse:
    """Copies of a prepared PostgreSQL database."""

    def __init__(self, server: Server, folder: Path) -> None:
        """Prepare the workshop as a template of the run's server."""
        self.server, self.folder, self.numbers = server, folder, count()
        self.secrets = server.folder / "stateful"
        self.template = server.template("stateful", lambda url: prepare(url, self.secrets))

    def enter(self) -> World:
        """Copy the template."""
        name = self.server.create(template=self.template)
        home = self.folder / str(next(self.numbers))
        shutil.copytree(self.secrets, home)
        return World(self.server.url(name), home)

    def leave(self, world: World) -> None:
        """Close the copy and drop it."""
        world.shop.close()
        self.server.drop(world.url.rpartition("/")[2].partition("?")[0])
        shutil.rmtree(world.folder)
