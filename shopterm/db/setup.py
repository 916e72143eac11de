"""Makes and upgrades a database: schema, marks, sites, chain heads."""

from pathlib import Path
from zoneinfo import ZoneInfo

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.db.backends import APPLICATION_ID, SqliteBackend, backend_for
from shopterm.db.events import GENESIS
from shopterm.db.pepper import create_pepper
from shopterm.db.session import SCHEMA, Shop
from shopterm.domain.errors import Unavailable
from shopterm.domain.words import _
from shopterm.settings import Settings

MIGRATIONS = Path(__file__).parent / "migrations"
COMMON_SITE = 0


def create_database(url: str, data_dir: Path, settings: Settings, kind: str = "real") -> Shop:
    """Set up an empty database of a kind (real, demo, test); refuses one that holds anything."""
    backend = backend_for(url)
    backend.create()
    shop = Shop(backend, data_dir, settings)
    shop.kind, shop.zone = kind, ZoneInfo(settings.site.timezone)
    with shop.reader() as db:
        if db.get_tables():
            shop.close()
            raise Unavailable(_("The database {url} is not empty; nothing was changed."), url=safe_url(url))
        if isinstance(backend, SqliteBackend):
            db.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute_sql("PRAGMA journal_mode = wal")
    shop.pepper_known = create_pepper(data_dir)  # not before: another host's secret belongs to a database that is there
    migrate(shop)
    shop.write(lambda: _first_rows(shop, settings))
    return shop


def _first_rows(shop: Shop, settings: Settings) -> None:
    m.Mark.insert(key="kind", value=shop.kind).execute()
    m.Mark.insert(key="pepper", value=shop.pepper_known).execute()
    m.Site.insert(id=COMMON_SITE, code="*", name="", zone=settings.site.timezone).execute()
    m.ChainHead.insert(site=COMMON_SITE, seq=0, hash=GENESIS, at=0).execute()
    add_site(settings.site.code, settings.site.timezone)


def add_site(code: str, zone: str) -> int:
    """Add a site with its evidence chain and its virtual bin for loans; returns the site's number."""
    known = sql.row("SELECT id FROM site WHERE code = ?", code)
    if known:
        return int(known[0])
    number = int(sql.scalar("SELECT MAX(id) FROM site")) + 1
    m.Site.insert(id=number, code=code, name="", zone=zone).execute()
    m.ChainHead.insert(site=number, seq=0, hash=GENESIS, at=0).execute()
    return number


def migrate(shop: Shop) -> list[str]:
    """Apply pending migrations and mark the schema; returns their names."""
    from playhouse.migrations import Runner

    with shop.reader() as db, shop.backend.alone(db):
        applied: list[str] = Runner(db, str(MIGRATIONS)).up()
        sql.change(
            "INSERT INTO mark (key, value) VALUES ('schema', ?) ON CONFLICT (key) DO UPDATE SET value = ?",
            str(SCHEMA),
            str(SCHEMA),
        )
        if isinstance(shop.backend, SqliteBackend):
            db.execute_sql(f"PRAGMA user_version = {SCHEMA}")
    return applied


def pending(shop: Shop) -> list[str]:
    """Return the names of migrations not applied yet."""
    from playhouse.migrations import Runner

    with shop.reader() as db:
        return [row.name for row in Runner(db, str(MIGRATIONS)).status() if row.applied is None]


def safe_url(url: str) -> str:
    """Return a database URL without its password."""
    head, at, tail = url.rpartition("@")
    return f"{head.split(':')[0]}://…@{tail}" if at and "://" in head else url
