"""A house with many clerks, few parts, and sheets that would take more than there is."""

import itertools
import random
import uuid
from typing import Any

from shopterm.db import models as m
from shopterm.db.search import index_parts
from shopterm.db.session import Shop
from shopterm.domain.partnumber import compact
from shopterm.usecases.setup import set_pins
from tests.rules.story import agreed_sheet
from tests.shopkit import PIN, do

PARTS = tuple(f"LAST-{number:02}" for number in range(1, 11))
FIRST_KEY = 900_000
"""Beyond the keys of the test workshop, below those that events make."""
Call = dict[str, Any]


def stock_up(shop: Shop, pieces: int) -> None:
    """Make ten parts known and receive a few pieces of each."""
    shop.write(_parts)
    for part in PARTS:
        do(shop, "P1", "receive_parts", part, quantity=str(pieces), bin="L-01", cost="10.00")


def _parts() -> None:
    for key, number in enumerate(PARTS, FIRST_KEY):
        m.Part.insert(
            id=key, maker="Komatsu", number=number, compact=compact(number), name_en="Last one", name_zh="最后一件",
            unit="EA", list_price=2_000, cost=1_000, serial_tracked=0,
        ).execute()  # fmt: skip
    index_parts(range(FIRST_KEY, FIRST_KEY + len(PARTS)))


def people(shop: Shop, letter: str, count: int, roles: str) -> list[str]:
    """Take people on and return their numbers."""
    numbers = [f"{letter}{number:02}" for number in range(1, count + 1)]
    for number in numbers:
        do(shop, "X1", "create_person", "new", number=number, name_zh=f"员工{number}", roles=roles)
    set_pins(shop, [(number, PIN) for number in numbers])
    return numbers


def sheets(shop: Shop, count: int, pieces: int = 1000) -> list[str]:
    """Return agreed sheets that ask for many of each part; nothing is reserved for them until more is received."""
    lines = [(part, str(pieces)) for part in PARTS]
    prices = [{"line": line, "source": "rush"} for line in range(1, len(PARTS) + 1)]
    return [agreed_sheet(shop, *lines, prices=prices) for _sheet in range(count)]


def call(person: str, action: str, ref: str, *, second: str | None = None, **values: Any) -> Call:
    """Put one call of a verb together, with an operation id of its own."""
    return {"person": person, "action": action, "ref": ref, "second": second, "op_id": str(uuid.uuid4()),
            "values": values}  # fmt: skip


def scans(*parts: str) -> list[dict[str, str]]:
    """Return one scanned piece of each part."""
    return [{"part": part, "quantity": "1"} for part in parts]


def issues(clerk: str, sheet: str, count: int, first: int) -> list[Call]:
    """Return attempts to issue: a quarter takes a part twice, a quarter two parts, the others one in turn."""
    turn, calls = itertools.cycle(PARTS[first:] + PARTS[:first]), []
    for number in range(count):
        part, other = PARTS[(first + 3 * number) % len(PARTS)], PARTS[(first + 7 * number + 1) % len(PARTS)]
        wanted = ((part, part), (part, other), (next(turn),), (next(turn),))[number % 4]
        calls.append(call(clerk, "issue_parts", sheet, lines=scans(*wanted)))
    return calls


def mixed(clerk: str, borrower: str, sheet: str, count: int, chance: random.Random) -> list[Call]:
    """Return a mix of verbs of several kinds of document, in an order of chance."""
    return [chance.choice(KINDS)(clerk, borrower, sheet, chance.choice(PARTS)) for _call in range(count)]


def _receive(clerk: str, _borrower: str, _sheet: str, part: str) -> Call:
    return call(clerk, "receive_parts", part, quantity="3", bin="L-01", cost="10.00")


def _issue(clerk: str, _borrower: str, sheet: str, part: str) -> Call:
    return call(clerk, "issue_parts", sheet, lines=scans(part, PARTS[PARTS.index(part) - 1]))


def _take_back(clerk: str, _borrower: str, sheet: str, part: str) -> Call:
    return call(clerk, "take_back_parts", sheet, lines=scans(part), reason="多")


def _lend(clerk: str, borrower: str, _sheet: str, part: str) -> Call:
    return call(clerk, "lend_parts", "new", second=borrower, lines=scans(part), purpose="试装")


def _open(_clerk: str, _borrower: str, _sheet: str, part: str) -> Call:
    return call("A1", "open_order", "new", customer="K00001", serial="KMT0021001", complaints=[{"text": part}] * 3)


KINDS = (_receive, _issue, _issue, _take_back, _lend, _open)
