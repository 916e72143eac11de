"""Lists of every kind of document and record: filtered, searched, sorted and paged by the database."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from shopterm.db import sql
from shopterm.db.documents import find
from shopterm.db.queries import listings
from shopterm.db.queries.listings import Listing
from shopterm.db.queries.rows import Cell
from shopterm.db.session import Shop
from shopterm.domain.errors import NotFound, Usage
from shopterm.domain.vocabulary import Doc
from shopterm.domain.words import _

AGGREGATE = {"sqlite": "group_concat(r.role, ' ')", "postgres": "string_agg(r.role, ' ')"}
MOST = 10_000
"""Rows one list returns at most; more are read page by page."""
NO_SITE = _("There is no site “{site}”.")
NO_COLUMN = _("“{column}” is no column of this list: {columns}.")


@dataclass(frozen=True)
class Ask:
    """What a list shall show."""

    text: str = ""
    """Words that must all occur in the searched columns."""
    states: tuple[str, ...] = ()
    site: str | None = None
    """Code of the site; None means all sites, and stock of the acting one."""
    sort: str = ""
    """Key of a column, with ``-`` before it from the greatest down; "" is the list's own order."""
    limit: int = 50
    offset: int = 0


@dataclass(frozen=True)
class Page:
    """A part of a list, and how long the whole of it is."""

    columns: tuple[listings.Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int


def list_rows(shop: Shop, noun: str, ask: Ask) -> Page:
    """Return one page of a list in two queries, whatever its length."""
    listing = listings.LISTINGS[noun]
    site = site_number(ask.site or shop.settings.site.code)
    where, params = _where(listing, ask, site)
    source = f"FROM {listing.source} {where}"
    total = int(sql.scalar(f"SELECT COUNT(*) {source}", *params))
    columns = ", ".join(f"{column.sql} AS {column.key}" for column in listing.columns)
    text = f"SELECT {columns} {source} ORDER BY {_order(listing, ask.sort)} LIMIT ? OFFSET ?"
    text = text.replace("{site}", str(site)).replace("{roles}", AGGREGATE[shop.backend.name])
    found = sql.rows(text, *params, max(0, min(ask.limit, MOST)), max(0, ask.offset))
    readers = [column.read for column in listing.columns]
    return Page(listing.columns, tuple(_typed(readers, row) for row in found), total)


def key_of(doc: Doc, ref: str) -> int:
    """Return the key of the document a person names by its number; NotFound if there is none."""
    return int(find(doc, ref).id)


def site_number(code: str) -> int:
    """Return the number of a site by its code; NotFound if there is none."""
    found = sql.scalar("SELECT id FROM site WHERE code = ?", code)
    if found is None:
        raise NotFound(NO_SITE, site=code)
    return int(found)


def _typed(readers: list[Callable[[Any], Cell]], row: tuple[Any, ...]) -> tuple[Cell, ...]:
    return tuple(None if value is None else read(value) for read, value in zip(readers, row, strict=True))


def _where(listing: Listing, ask: Ask, site: int) -> tuple[str, list[Any]]:
    conditions: list[str] = []
    params: list[Any] = []
    if listing.site and ask.site is not None:
        conditions.append(f"{listing.site} = ?")
        params.append(site)
    if ask.states:
        conditions.append(f"{listing.state} IN ({sql.marks(len(ask.states))})")
        params += ask.states
    for word in ask.text.lower().split():
        conditions.append("(" + " OR ".join(f"LOWER({one}) LIKE ? ESCAPE '!'" for one in listing.search) + ")")
        params += [f"%{sql.literally(word)}%"] * len(listing.search)
    return ("WHERE " + " AND ".join(conditions) if conditions else ""), params


def _order(listing: Listing, sort: str) -> str:
    key, down = (sort.removeprefix("-"), sort.startswith("-")) if sort else listing.order
    known: Mapping[str, listings.Column] = {column.key: column for column in listing.columns}
    if key not in known:
        raise Usage(NO_COLUMN, column=key, columns=", ".join(known))
    return f"{key} {'DESC' if down else 'ASC'} NULLS LAST, {listing.key} {'DESC' if down else 'ASC'}"
