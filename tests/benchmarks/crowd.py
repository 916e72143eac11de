"""Many clients at once, each a process of its own: the product's and bare ones, in turn, on one database.

A client does the submit of S1: it issues three part lines, in one durable transaction. The bare client sends the same
statements through the driver the product uses and waits for its turn as that driver does by itself (busy_timeout on
SQLite, the row lock on PostgreSQL).
"""

import multiprocessing
import random
import time
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shopterm.db import sql
from shopterm.db.keys import key
from shopterm.domain.actions import action_named
from shopterm.domain.errors import ShopError
from shopterm.domain.parse import parse_form
from shopterm.usecases.request import Request
from shopterm.usecases.run import perform
from tests import shopkit
from tests.benchmarks.submit import BALANCE, EVENT, HEAD, LINES, MOVE
from tests.concurrency import house
from tests.concurrency.crew import url_of

PRODUCT, BARE = "product", "bare"
BARE_SITE, PATIENCE_MS = 99, 5000
SHEETS, STOCK = 8, 400_000


@dataclass(frozen=True)
class Plan:
    """When clients work: rounds of one window for each kind, and the pause from one submit to the next (0: none)."""

    clients: int
    seconds: float
    rounds: int
    every: float = 0.0


@dataclass
class Told:
    """What one client saw: seconds it waited for each answer, round by round, and what failed."""

    kind: str
    rounds: list[list[float]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def waits(self) -> list[float]:
        """Return the waits of all rounds."""
        return [wait for turn in self.rounds for wait in turn]


@dataclass(frozen=True)
class Place:
    """The house the clients work in."""

    url: str
    data_dir: Path
    sheets: tuple[str, ...]
    pairs: tuple[tuple[int, int], ...]
    person: int


def prepare(url: str, folder: Path) -> Place:
    """Build a house whose parts do not run out, and a chain for the bare clients; nothing stays open."""
    shop = shopkit.build(url, folder)
    house.stock_up(shop, STOCK)
    sheets = tuple(house.sheets(shop, SHEETS))
    shop.write(lambda: sql.change("INSERT INTO chain_head (site, seq, hash, at) VALUES (?, 0, 'h', 0)", BARE_SITE))
    with shop.reader():
        pairs = tuple(sql.rows("SELECT part_id, bin_id FROM balance WHERE on_hand > 1000000 ORDER BY part_id"))
        person = int(sql.scalar("SELECT MIN(id) FROM person"))
    place = Place(url_of(shop), folder, sheets, pairs, person)
    shop.close()
    return place


def measure(place: Place, plan: Plan) -> dict[str, list[Told]]:
    """Let both kinds work in turn and return what each client saw, by kind."""
    context = multiprocessing.get_context("fork")  # nothing is open here that a child could inherit
    ready, begin = context.Barrier(2 * plan.clients + 1), context.Value("d", 0.0)
    told: Any = context.SimpleQueue()
    processes = [
        context.Process(target=_client, args=(kind, place, plan, number, ready, begin, told), daemon=True)
        for kind in (BARE, PRODUCT)
        for number in range(plan.clients)
    ]
    for process in processes:
        process.start()
    ready.wait()
    begin.value = time.monotonic() + 0.5
    found = [told.get() for _process in processes]
    for process in processes:
        process.join()
    return {kind: [one for one in found if one.kind == kind] for kind in (PRODUCT, BARE)}


def _client(kind: str, place: Place, plan: Plan, number: int, ready: Any, begin: Any, told: Any) -> None:
    submit = _product(place, number) if kind == PRODUCT else _bare(place, number)
    found = Told(kind)
    ready.wait()
    while not begin.value:
        time.sleep(0.01)
    for turn in range(plan.rounds):
        start = begin.value + (2 * turn + (kind == PRODUCT)) * (plan.seconds + 1)
        _work(submit, found, plan, start, random.Random(number + turn))
    told.put(found)


def _work(submit: Callable[[], None], found: Told, plan: Plan, start: float, chance: random.Random) -> None:
    """Submit again and again from the start of a window to its end, without a pause or at a steady pace."""
    waits = list[float]()
    found.rounds.append(waits)
    failing: tuple[type[Exception], ...] = (ShopError, OSError, *_driver_errors())
    due = start + chance.uniform(0, plan.every)
    while due < start + plan.seconds:
        time.sleep(max(0.0, due - time.monotonic()))
        begun = time.monotonic()
        try:
            submit()
        except failing as error:
            found.failures.append(f"{type(error).__name__}: {error}")
        waits.append(time.monotonic() - begun)
        due = due + plan.every if plan.every else time.monotonic()


def _driver_errors() -> tuple[type[Exception], ...]:
    import apsw
    import psycopg2

    return apsw.Error, psycopg2.Error


def _product(place: Place, number: int) -> Callable[[], None]:
    """Return the verb as ``run`` does it, after the PIN was checked."""
    shop = shopkit.reopen(place.url, place.data_dir)
    actor, action = shopkit.who(shop, "P1"), action_named("issue_parts")
    sheet, turn = place.sheets[number % len(place.sheets)], iter(range(number, 10**9))

    def submit() -> None:
        step = next(turn)
        parts = [house.PARTS[(step + line) % len(house.PARTS)] for line in range(LINES)]
        request = Request("issue_parts", sheet, {"lines": house.scans(*parts)}, str(uuid.uuid4()), None, "-")
        values = parse_form(action.form, request.values, shop.zone, now=shop.now())
        shop.write(lambda: perform(shop, actor, None, action, request, values, "bench"))

    submit()  # what is loaded and prepared once is no part of a wait
    return submit


def _bare(place: Place, number: int) -> Callable[[], None]:
    execute, commit, rollback = _sqlite(place) if place.url.startswith("sqlite") else _postgres(place)
    lock = "" if place.url.startswith("sqlite") else " FOR UPDATE"
    turn = iter(range(number, 10**9))

    def submit() -> None:
        step = next(turn)
        some = sorted(place.pairs[(step + line) % len(place.pairs)] for line in range(LINES))
        try:
            if not lock:
                execute("BEGIN IMMEDIATE", ())
            ((seq,),) = execute(f"SELECT seq FROM chain_head WHERE site = {BARE_SITE}{lock}", ())
            seq += 1
            execute(EVENT, (key(BARE_SITE, seq, 0), seq, str(uuid.uuid4()), "x" * 600))
            for row, (part, bin_) in enumerate(some, 1):
                execute(MOVE, (key(BARE_SITE, seq, row), part, bin_, place.person))
                execute(BALANCE, (part, bin_))
            execute(HEAD, (seq,))
            commit()
        except _driver_errors():
            with suppress(*_driver_errors()):
                rollback()
            raise

    submit()
    return submit


Bare = tuple[Callable[[str, Sequence[Any]], Any], Callable[[], Any], Callable[[], Any]]


def _sqlite(place: Place) -> Bare:
    import apsw

    bare = apsw.Connection(place.url.removeprefix("sqlite:///"))
    bare.set_busy_timeout(PATIENCE_MS)
    for pragma in ("foreign_keys=on", "synchronous=full"):
        bare.execute(f"PRAGMA {pragma}")
    return (
        lambda text, values: list(bare.execute(text, values)),
        lambda: bare.execute("COMMIT"),
        lambda: bare.execute("ROLLBACK"),
    )


def _postgres(place: Place) -> Bare:
    import psycopg2

    bare = psycopg2.connect(place.url)
    cursor = bare.cursor()

    def execute(text: str, values: Sequence[Any]) -> Any:
        cursor.execute(text.replace("?", "%s"), values)
        return cursor.fetchall() if cursor.description else []

    return execute, bare.commit, bare.rollback
