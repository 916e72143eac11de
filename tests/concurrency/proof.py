"""What must hold afterwards, counted from the tables without the program's own ledger code."""

from collections import Counter

from shopterm.db import sql
from shopterm.db.keys import ROW_BITS, SEQ_BITS
from shopterm.db.session import Shop
from shopterm.usecases.verify import verify
from tests.concurrency.house import PARTS, Call

PIECE = 1000
SIGN = {"issue_parts": -1, "take_back_parts": 1, "receive_parts": 1, "lend_parts": 0}
"""By how many pieces the house's stock changes for each piece asked; what is lent stays in the books."""


def effects(shop: Shop) -> Counter[str]:
    """Return how many events each operation has."""
    with shop.reader():
        return Counter(operation for (operation,) in sql.rows("SELECT operation FROM event"))


def stock(shop: Shop) -> dict[str, tuple[int, int]]:
    """Return pieces by part: as the balances have them, and as the moves add up to."""
    with shop.reader():
        found = sql.rows(
            "SELECT p.number, (SELECT COALESCE(SUM(b.on_hand), 0) FROM balance b WHERE b.part_id = p.id), "
            "(SELECT COALESCE(SUM(v.quantity), 0) FROM move v WHERE v.part_id = p.id) FROM part p ORDER BY p.number"
        )
    return {number: (held // PIECE, moved // PIECE) for number, held, moved in found if number in PARTS}


def moved(shop: Shop) -> dict[str, tuple[int, int]]:
    """Return by operation how many pieces its moves changed the stock by, and how many moves it made."""
    maker = f"(v.id >> {ROW_BITS}) & {(1 << SEQ_BITS) - 1}"
    with shop.reader():
        found = sql.rows(
            "SELECT e.operation, SUM(v.quantity), COUNT(*) FROM move v "
            f"JOIN event e ON e.site = v.site AND e.seq = {maker} WHERE v.at > 0 GROUP BY e.operation"
        )
        orphans = sql.scalar(
            f"SELECT COUNT(*) FROM move v WHERE v.at > 0 AND NOT EXISTS "
            f"(SELECT 1 FROM event e WHERE e.site = v.site AND e.seq = {maker})"
        )
    assert orphans == 0, "a move without its event"
    return {operation: (int(pieces) // PIECE, moves) for operation, pieces, moves in found}


def asked(call: Call) -> int:
    """Return how many pieces a call asked for."""
    values = call["values"]
    return sum(int(line["quantity"]) for line in values.get("lines", [values]))


def assert_whole(shop: Shop, calls: dict[str, Call]) -> None:
    """Every operation has one event or none, and with its event exactly its moves; the whole house verifies."""
    seen, moves = effects(shop), moved(shop)
    for op_id, call in calls.items():
        assert seen[op_id] <= 1, call
        if call["action"] not in SIGN:
            assert op_id not in moves, call
        elif seen[op_id]:
            assert moves[op_id][0] == SIGN[call["action"]] * asked(call), (call, moves[op_id])
        else:
            assert op_id not in moves, call
    for part, (held, summed) in stock(shop).items():
        assert held == summed and held >= 0, part
    assert verify(shop) == []
