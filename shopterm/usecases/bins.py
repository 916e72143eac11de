"""Bins by their code, and the site's virtual place for what is on loan."""

from typing import Protocol

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.domain.errors import invalid
from shopterm.domain.facts import Actor
from shopterm.domain.words import _

MAIN = "MAIN"
LOAN = "LOAN"
NOT_A_BIN = _("“{bin}” is the place for loans, not a bin.")
NO_BIN = _("There is no bin “{bin}” here.")


class Booker(Protocol):
    """Who writes into the ledger, where and when; a verb's context is one."""

    actor: Actor
    at: int

    @property
    def site(self) -> int:
        """Return the site whose stock moves."""

    def new_key(self) -> int:
        """Return the next key of the running transaction."""


def bin_named(ctx: Booker, code: str, store: str = "") -> int:
    """Return the bin with this code at the acting site; made when it is named for the first time."""
    return find_bin(ctx.site, code, store) or _new_bin(ctx, code.strip().upper(), store or MAIN, virtual=0)


def known_bin(site: int, code: str) -> int:
    """Return the bin with this code, which must be known already."""
    found = find_bin(site, code)
    if found is None:
        raise invalid("bin", NO_BIN, bin=code)
    return found


def find_bin(site: int, code: str, store: str = "") -> int | None:
    """Return the bin with this code, in the named store or else in the main one first; None if there is none."""
    code = code.strip().upper()
    if code == LOAN:
        raise invalid("bin", NOT_A_BIN, bin=code)
    found = sql.row(
        "SELECT id, store FROM bin WHERE site = ? AND code = ? AND virtual = 0 "
        "ORDER BY CASE WHEN store = ? THEN 0 ELSE 1 END, id",
        site,
        code,
        store or MAIN,
    )
    return int(found[0]) if found and store in ("", found[1]) else None


def loan_bin(ctx: Booker) -> int:
    """Return the site's virtual place for what is on loan."""
    found = sql.row("SELECT id FROM bin WHERE site = ? AND virtual = 1", ctx.site)
    return int(found[0]) if found else _new_bin(ctx, LOAN, LOAN, virtual=1)


def _new_bin(ctx: Booker, code: str, store: str, *, virtual: int) -> int:
    key = ctx.new_key()
    m.Bin.insert(id=key, site=ctx.site, store=store, code=code, virtual=virtual).execute()
    return key
