"""Says to an import what is on file already."""

from collections.abc import Collection

from shopterm.db import sql
from shopterm.db.session import Shop
from shopterm.imports import Key, Known


def known_lookup(shop: Shop) -> Known:
    """Return the function an import asks: given an entity and keys, which are on file?"""

    def known(entity: str, wanted: Collection[Key]) -> Collection[Key]:
        with shop.reader():
            if entity == "part":
                return _parts(wanted)
            if entity == "customer":
                return {(number,) for number in _present("customer", "number", [key[0] for key in wanted])}
            return wanted

    return known


def _parts(wanted: Collection[Key]) -> set[Key]:
    numbers = list({key[1] for key in wanted})
    found: set[Key] = set()
    for some in _some(numbers):
        found.update(
            (maker, number)
            for maker, number in sql.rows(
                f"SELECT maker, number FROM part WHERE number IN ({sql.marks(len(some))})", *some
            )
        )
    return found & set(wanted)


def _present(table: str, column: str, values: list[str]) -> set[str]:
    found: set[str] = set()
    for some in _some(values):
        found.update(
            value
            for (value,) in sql.rows(f"SELECT {column} FROM {table} WHERE {column} IN ({sql.marks(len(some))})", *some)
        )
    return found


def _some(values: list[str]) -> list[list[str]]:
    return [values[at : at + 400] for at in range(0, len(values), 400)]
