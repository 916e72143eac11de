"""Says to an import what is on file already; makers and codes are the same in whatever case they are written."""

from collections.abc import Collection

from shopterm.db import sql
from shopterm.db.session import Shop
from shopterm.domain.partnumber import compact
from shopterm.imports import Key, Known
from shopterm.usecases.import_rows import customer_keys, sites_on_file, upper
from shopterm.usecases.import_table import chunks


def known_lookup(shop: Shop, kind: str) -> Known:
    """Return the function an import asks: given an entity and keys, which are on file?

    A file of people sets up the sites it names; to all others, a site they name must be there.
    """

    def known(entity: str, wanted: Collection[Key]) -> Collection[Key]:
        with shop.reader():
            if entity == "part":
                return parts_on_file(wanted)
            if entity == "customer":
                there = customer_keys([upper(key[0]) for key in wanted])
                return {key for key in wanted if upper(key[0]) in there}
            sites = sites_on_file()
            return {key for key in wanted if kind == "people" or upper(key[0]) in sites}

    return known


def parts_on_file(wanted: Collection[Key]) -> dict[Key, int]:
    """Return the keys of those parts that are on file, by maker and number in the spelling they were asked in."""
    found: dict[Key, int] = {}
    for some in chunks(dict.fromkeys(compact(number) for _maker, number in wanted)):
        for part, maker, number in sql.rows(
            f"SELECT id, maker, number FROM part WHERE compact IN ({sql.marks(len(some))})", *some
        ):
            found[maker.casefold(), number] = part
    return {key: found[folded] for key in wanted if (folded := (key[0].casefold(), key[1])) in found}
