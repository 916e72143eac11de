"""Brings a database to this program's schema: a backup first, then the migrations that are missing."""

from dataclasses import dataclass
from pathlib import Path

from shopterm.db import sql
from shopterm.db.backends import backend_for
from shopterm.db.backup import Saved, backup
from shopterm.db.session import SCHEMA, Shop, refuse_schema
from shopterm.db.setup import migrate, pending
from shopterm.domain.errors import Unavailable
from shopterm.domain.words import _
from shopterm.settings import Settings


@dataclass(frozen=True)
class Upgrade:
    """What an upgrade did: the backup it made first and the migrations it applied; nothing when none were missing."""

    saved: Saved | None
    applied: tuple[str, ...]


def upgrade(url: str, *, data_dir: Path, settings: Settings, target: Path | None = None) -> Upgrade:
    """Apply what is missing; refuses a database that is not ours or newer than this program."""
    backend = backend_for(url)
    backend.check_file()
    shop = Shop(backend, data_dir, settings)
    try:
        found = _schema(shop)
        if found > SCHEMA:
            refuse_schema(found)
        if found == SCHEMA and not pending(shop):
            return Upgrade(None, ())
        saved = backup(shop, target)
        return Upgrade(saved, tuple(migrate(shop)))
    finally:
        shop.close()


def _schema(shop: Shop) -> int:
    with shop.reader() as db:
        if not db.table_exists("mark"):
            raise Unavailable(_("The database is empty; “shopterm init” sets it up."))
        return int(sql.scalar("SELECT value FROM mark WHERE key = 'schema'") or 0)
