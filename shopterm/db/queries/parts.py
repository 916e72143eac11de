"""Finds parts by whatever is typed, the best reason first; nothing merges two numbers by itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from shopterm.db import sql
from shopterm.db.queries.part_card import part_card as part_card
from shopterm.db.queries.relations import MOST_STEPS
from shopterm.db.search import compact_column, found_by
from shopterm.db.session import Shop
from shopterm.domain.partnumber import Match, compact, is_number_pattern, lookalike_key, lookalikes, normalise
from shopterm.domain.searchtext import fold, query_terms
from shopterm.domain.units import Money, Quantity
from shopterm.domain.words import Keyed, _

BEGINS = Keyed("begins", _("number begins so"))
MIDDLE = Keyed("middle", _("in the number"))
BLOCK = 400
"""Hits by words come in blocks of this many, within each what is in stock first."""


@dataclass(frozen=True)
class PartHit:
    """A part found, why, and what lies of it at the asked site."""

    id: int
    maker: str
    number: str
    name_zh: str
    name_en: str
    unit: str
    reason: Keyed
    """How it was found."""
    via: str
    """The number that led to it: superseded, of another maker, or the customer's own."""
    successor: str
    """The number that replaces it, if there is one."""
    on_hand: Quantity
    reserved: Quantity
    bin: str
    """The bin with most of it."""
    price: Money | None
    price_per: int

    @property
    def name(self) -> str:
        """Return the Chinese name, or the English one where there is none."""
        return self.name_zh or self.name_en

    @property
    def free(self) -> Quantity:
        """Return what is not promised to anybody."""
        return Quantity(self.on_hand - self.reserved)


@dataclass(frozen=True)
class _Found:
    """A part's key, why it was found, and over which number."""

    part: int
    reason: Keyed
    via: str = ""


def search_parts(shop: Shop, text: str, site: int, limit: int = 50, offset: int = 0) -> list[PartHit]:
    """Return a page of the parts a text may mean, each once, by its best reason."""
    backend, need = shop.backend.name, offset + limit
    found: dict[int, _Found] = {}
    with shop.reader():
        for hit in chain(
            _numbered(text), _related(text), _beginning(backend, text, need), _worded(backend, text, site)
        ):
            found.setdefault(hit.part, hit)
            if len(found) == need:
                break
        return _with_stock(list(found.values())[offset:need], site)


def _numbered(text: str) -> Iterator[_Found]:
    """Find the number itself: as typed, without dashes, with characters that are misread for each other."""
    key, exact = compact(text), normalise(text)
    if not key:
        return
    spellings = [key, *lookalikes(text)]
    if is_number_pattern(text):
        spellings.append(lookalike_key(text))  # letters typed for digits throughout: further than any few changes
    rows = sql.rows(
        f"SELECT id, number, compact FROM part WHERE compact IN ({sql.marks(len(spellings))}) ORDER BY maker, number",
        *spellings,
    )
    for match, fits in (
        (Match.EXACT, lambda number, spelt: number == exact),
        (Match.WITHOUT_DASHES, lambda number, spelt: spelt == key),
        (Match.LOOKALIKE, lambda number, spelt: True),
    ):
        for part, number, spelt in rows:
            if fits(number, spelt):
                yield _Found(part, match.label)


# LEFT JOIN, so that the chain is walked and not all parts.
_SUPERSEDED = f"""
    WITH RECURSIVE chain(maker, number, compact, old, step) AS (
      SELECT s.maker, s.new_number, s.new_compact, s.old_number, 1 FROM supersession s WHERE s.old_compact = ?
      UNION ALL
      SELECT s.maker, s.new_number, s.new_compact, c.old, c.step + 1
      FROM chain c JOIN supersession s ON s.old_compact = c.compact AND s.maker = c.maker AND s.old_number = c.number
      WHERE c.step < {MOST_STEPS})
    SELECT p.id, c.old FROM chain c LEFT JOIN part p ON p.maker = c.maker AND p.number = c.number
    ORDER BY c.step, p.number"""
_INTERCHANGE = """
    SELECT p.id, x.number FROM interchange x JOIN part p ON p.maker = x.other_maker AND p.number = x.other_number
    WHERE x.compact = ? UNION
    SELECT p.id, x.other_number FROM interchange x JOIN part p ON p.maker = x.maker AND p.number = x.number
    WHERE x.other_compact = ? ORDER BY 1"""
_OWN = """
    SELECT p.id, w.own_number FROM own_number w JOIN part p ON p.maker = w.maker AND p.number = w.number
    WHERE w.compact = ? ORDER BY p.maker, p.number"""


def _related(text: str) -> Iterator[_Found]:
    """Find what replaces the number, what fits instead of it, and what a customer calls so."""
    key = compact(text)
    if not key:
        return
    for match, query, params in (
        (Match.SUPERSEDED_BY, _SUPERSEDED, (key,)),
        (Match.INTERCHANGE, _INTERCHANGE, (key, key)),
        (Match.CUSTOMER_NUMBER, _OWN, (key,)),
    ):
        for part, via in sql.rows(query, *params):
            if part is not None:
                yield _Found(part, match.label, via)


def _beginning(backend: str, text: str, limit: int) -> Iterator[_Found]:
    """Find the numbers that begin with what was typed, in their order."""
    key = compact(text)
    if not is_number_pattern(text):
        return
    column = compact_column(backend)
    for (part,) in sql.rows(
        f"SELECT p.id FROM part p WHERE {column} >= ? AND {column} < ? ORDER BY {column}, p.id LIMIT ?",
        key,
        key[:-1] + chr(ord(key[-1]) + 1),
        limit,
    ):
        yield _Found(part, BEGINS)


def _worded(backend: str, text: str, site: int) -> Iterator[_Found]:
    """Find by the middle of a number, Chinese, words and pinyin initials; all terms must be there."""
    terms = query_terms(text)
    if not terms:
        return
    tables, condition, match = found_by(backend, terms)
    offset = 0
    while True:
        rows = sql.rows(
            f"""
            SELECT p.id, p.compact, p.maker, p.name_zh, p.name_en, EXISTS (SELECT 1 FROM balance b JOIN bin n
              ON n.id = b.bin_id WHERE b.part_id = p.id AND b.on_hand > b.reserved AND n.site = ? AND n.virtual = 0)
            FROM {tables} WHERE {condition} LIMIT {BLOCK} OFFSET ?""",
            site,
            match,
            offset,
        )
        for part, number, maker, zh, en, _here in sorted(rows, key=lambda row: (not row[5], row[1], row[0])):
            yield _Found(part, _reason(terms, number.lower(), fold(f"{maker} {zh} {en}")))
        if len(rows) < BLOCK:
            return
        offset += BLOCK


def _reason(terms: Sequence[str], number: str, words: str) -> Keyed:
    if all(term in number for term in terms):
        return MIDDLE
    if all(term in words or term in number for term in terms):
        return Match.NAME.label
    return Match.PINYIN.label


_HERE = "FROM balance b JOIN bin n ON n.id = b.bin_id WHERE b.part_id = p.id AND n.site = ? AND n.virtual = 0"


def _with_stock(found: Sequence[_Found], site: int) -> list[PartHit]:
    """Read what a list of hits shows, in one statement for any number of them."""
    if not found:
        return []
    rows = {
        row[0]: row
        for row in sql.rows(
            f"""
        SELECT p.id, p.maker, p.number, p.name_zh, p.name_en, p.unit,
          COALESCE((SELECT MIN(s.new_number) FROM supersession s WHERE s.old_compact = p.compact
            AND s.maker = p.maker AND s.old_number = p.number AND s.new_number <> p.number), ''),
          COALESCE((SELECT CAST(SUM(b.on_hand) AS BIGINT) {_HERE}), 0),
          COALESCE((SELECT CAST(SUM(b.reserved) AS BIGINT) {_HERE}), 0),
          COALESCE((SELECT n.code {_HERE} ORDER BY b.on_hand DESC, n.code LIMIT 1), ''), p.list_price, p.price_per
        FROM part p WHERE p.id IN ({sql.marks(len(found))})""",
            site,
            site,
            site,
            *[hit.part for hit in found],
        )
    }
    hits = []
    for hit in found:
        key, maker, number, zh, en, unit, successor, on_hand, reserved, place, price, per = rows[hit.part]
        hits.append(
            PartHit(
                key,
                maker,
                number,
                zh,
                en,
                unit,
                hit.reason,
                hit.via,
                successor,
                Quantity(on_hand),
                Quantity(reserved),
                place,
                Money(price) if price else None,
                per,
            )
        )
    return hits
