"""How part numbers relate: what replaces a part, step by step, and what it replaces."""

from dataclasses import dataclass

from shopterm.db import sql

MOST_STEPS = 12
"""Longest chain followed; a cycle in the makers' data ends here too."""


@dataclass(frozen=True)
class Successor:
    """A number that replaces a part, directly or over several steps."""

    maker: str
    number: str
    part: int | None
    """Its key in the catalogue, if it is there."""
    ratio: int
    """New pieces for one old piece, in thousandths."""
    split: bool
    """Several numbers together replace the old one."""
    step: int

    @property
    def stands_in(self) -> bool:
        """Say whether it goes in place of the old one, piece for piece, without asking anybody."""
        return not self.split and self.ratio == 1000


_CHAIN = f"""
    WITH RECURSIVE chain(maker, number, compact, ratio, split, step) AS (
      SELECT s.maker, s.new_number, s.new_compact, s.ratio, CASE WHEN s.kind = 'split' THEN 1 ELSE 0 END, 1
      FROM supersession s WHERE s.old_compact = ? AND s.maker = ? AND s.old_number = ?
      UNION ALL
      SELECT s.maker, s.new_number, s.new_compact, c.ratio * s.ratio / 1000,
        CASE WHEN s.kind = 'split' THEN 1 ELSE c.split END, c.step + 1
      FROM chain c JOIN supersession s ON s.old_compact = c.compact AND s.maker = c.maker AND s.old_number = c.number
      WHERE c.step < {MOST_STEPS} AND c.ratio BETWEEN 1 AND 1000000)
    SELECT c.maker, c.number, p.id, c.ratio, c.split, c.step
    FROM chain c LEFT JOIN part p ON p.maker = c.maker AND p.number = c.number
    ORDER BY c.step, c.number"""


def successors(maker: str, number: str, compact: str) -> list[Successor]:
    """Return everything that replaces a number, nearest first, each number once; never the number itself."""
    found: dict[str, Successor] = {}
    for new_maker, new, part, ratio, split, step in sql.rows(_CHAIN, compact, maker, number):
        if new != number and new not in found:
            found[new] = Successor(new_maker, new, part, ratio, bool(split), step)
    return list(found.values())
