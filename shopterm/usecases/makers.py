"""Spells makers as the house does: SANY and Sany are one maker, and the spelling that was first on file stays."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from shopterm.db import sql


class Shelf(NamedTuple):
    """Where makers of one sort are on file: a table with an index that begins with the maker, and columns beside it."""

    table: str
    others: tuple[tuple[str, str], ...] = ()
    """Small tables with a column that names makers too."""


PARTS = Shelf(
    "part",
    (
        ("supersession", "maker"), ("interchange", "maker"), ("interchange", "other_maker"), ("kit_line", "kit_maker"),
        ("kit_line", "maker"), ("own_number", "maker"),
    ),
)  # fmt: skip
MACHINES = Shelf("machine", (("machine_model", "maker"),))


def house_spelling(shelf: Shelf, makers: Iterable[str]) -> dict[str, str]:
    """Return the house's spelling of each maker; a new one is spelt as it comes first."""
    asked = dict.fromkeys(makers)
    exact = _on_file(shelf.table, asked)
    house = {maker.casefold(): maker for maker in asked if maker in exact}
    if len(exact) < len(asked):
        for maker in _all(shelf):
            house.setdefault(maker.casefold(), maker)
    return {maker: maker if maker in exact else house.setdefault(maker.casefold(), maker) for maker in asked}


def _on_file(table: str, makers: Collection[str]) -> set[str]:
    """Return those that stand in the table to the letter: one look into the index for each."""
    if not makers:
        return set()
    values = ", ".join(["(?)"] * len(makers))
    found = sql.rows(
        f"WITH v(maker) AS (VALUES {values}) SELECT v.maker FROM v "
        f"WHERE EXISTS (SELECT 1 FROM {table} t WHERE t.maker = v.maker)",
        *makers,
    )
    return {maker for (maker,) in found}


def _all(shelf: Shelf) -> list[str]:
    """Return every spelling on file, walking the index from one maker to the next and not over all its rows."""
    walk = (
        f"WITH RECURSIVE s(maker) AS (SELECT MIN(t.maker) FROM {shelf.table} t UNION ALL "
        f"SELECT (SELECT MIN(t.maker) FROM {shelf.table} t WHERE t.maker > s.maker) FROM s WHERE s.maker IS NOT NULL) "
        "SELECT maker FROM s WHERE maker IS NOT NULL"
    )
    beside = " UNION ".join(f"SELECT {column} FROM {table}" for table, column in shelf.others)
    return [maker for query in (walk, beside) for (maker,) in sql.rows(query)]
