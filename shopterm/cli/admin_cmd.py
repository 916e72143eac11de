"""Set-up and upkeep: init, verify, backup, restore, migrate."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shopterm.cli import verdicts
from shopterm.cli.base import Command, argument, option
from shopterm.cli.context import Cli
from shopterm.cli.output import answer
from shopterm.cli.progress import named, progress
from shopterm.domain.words import _
from shopterm.i18n import tr, trn

if TYPE_CHECKING:
    from shopterm.db.backup import Anchor, Saved

KEEP_PEPPER = _("Keep a copy of {path} where backups are not: without it nobody's PIN works after a restore.")
OTHER_PEPPER = _("The PIN secret here is not the one this backup needs: put the kept copy at {path}.")
KEEP_FILES = _("Its photos ({count}) are in {path}: keep both together.")
LOST_FILES = _("{count} photos are missing or damaged; “shopterm verify” names them.")


@click.command(
    cls=Command,
    help=_("""First set-up of an empty database: tables, site, checklists, PIN secret, first administrator.

SQLite: the file is made with mode 0600. PostgreSQL: the database must exist and be empty. The administrator's one-time
code is printed once; “shopterm person set-pin NUMBER” turns it into a PIN."""),
)
@option("--admin", "number", default="ADM", metavar="NUMBER", help=_("Number of the first administrator."))
@option("--admin-name", "name", default="管理员", metavar="NAME", help=_("Name of the first administrator."))
@click.pass_obj
def init(cli: Cli, number: str, name: str) -> None:
    """Set up an empty database and print the first administrator's one-time code."""
    url, settings = cli.url, cli.settings
    from shopterm.db.setup import create_database, safe_url
    from shopterm.usecases.setup import first_administrator, load_checklists

    shop = cli.hold(create_database(url, cli.data_dir, settings))
    checklists = load_checklists(shop)
    code = first_administrator(shop, number, name)
    pepper = cli.data_dir / "pepper"
    data = {
        "database": safe_url(url),
        "site": settings.site.code,
        "data_dir": str(cli.data_dir),
        "pepper": str(pepper),
        "checklists": checklists,
        "administrator": number,
        "code": code,
    }

    def told() -> Iterator[str]:
        yield tr("The database {url} is set up for site {site}.", url=safe_url(url), site=settings.site.code)
        yield trn("{n} checklist loaded.", "{n} checklists loaded.", len(checklists))
        yield tr("First administrator {number}, one-time code {code} (shown only now).", number=number, code=code)
        yield tr("Set the PIN with: shopterm person set-pin {number}", number=number)
        yield tr(KEEP_PEPPER, path=pepper)

    answer(cli, data, told)


@click.command(
    cls=Command,
    help=_("""Checks all that must hold: stock, money, workflow, the evidence chain.

With --anchors it also checks that the chain still contains what a backup's manifest, or a file of anchors, remembers.
With --remember, when everything holds, it adds the chain's length and last hash to such a file, best kept elsewhere.
Exit status 1 when something does not hold."""),
)
@option("--anchors", "file", metavar="FILE", help=_("A backup or its manifest, or a file of anchors."))
@option("--remember", metavar="FILE", help=_("File of anchors to which today's is added."))
@click.pass_obj
def verify(cli: Cli, file: str | None, remember: str | None) -> int:
    """Check everything; print what does not hold."""
    shop = cli.shop
    from shopterm.cli.anchor_file import kept_in, remember_in
    from shopterm.usecases import verify as checks

    kept = kept_in(_path(file))
    with progress(cli, tr("Checking")) as show:
        found = checks.verify(shop, named(show), kept)
    fresh = () if found else remember_in(_path(remember), shop)
    data = {"ok": not found, "violations": verdicts.described(found, shop.zone)}
    data |= {"remembered": _anchors(fresh)} if remember else {}
    answer(cli, data, lambda: [*verdicts.told(found, shop.zone), *map(_anchored, fresh)])
    return 1 if found else 0


@click.command(
    cls=Command,
    help=_("""Writes a backup with a manifest beside it, into FILE or an existing folder.

By default it goes into the data directory.

Others may go on working meanwhile. Photos are copied into the folder “files” beside it, each once for all backups
there. The PIN secret is not in it."""),
)
@argument("file", required=False)
@click.pass_obj
def backup(cli: Cli, file: str | None) -> None:
    """Write a backup and say what else to keep."""
    shop = cli.shop
    from shopterm.db import backup as backups

    saved = backups.backup(shop, _path(file))
    answer(
        cli,
        _saved(saved),
        lambda: [
            *_told(tr("Backup written:"), saved),
            tr(KEEP_PEPPER, path=cli.data_dir / "pepper"),
            *_photos(saved),
        ],
    )


@click.command(
    cls=Command,
    help=_("""Restores a backup FILE into the database of --db, which must not exist yet (PostgreSQL: must be empty).

The manifest beside the file is checked before and after."""),
)
@argument("file")
@click.pass_obj
def restore(cli: Cli, file: str) -> None:
    """Restore a backup where nothing is."""
    url = cli.url
    from shopterm.db import backup as backups

    saved = backups.restore(Path(file).expanduser(), url, cli.data_dir)
    warning = [] if saved.pepper_fits else [tr(OTHER_PEPPER, path=cli.data_dir / "pepper")]
    warning += [tr(LOST_FILES, count=saved.lost)] if saved.lost else []
    answer(cli, _saved(saved) | {"pepper_fits": saved.pepper_fits}, lambda: [*_told(tr("Restored:"), saved), *warning])


@click.command(cls=Command, help=_("Brings the database to this program's schema; a backup is made first."))
@option("--backup", "file", metavar="FILE", help=_("Where the backup goes; by default into the data directory."))
@click.pass_obj
def migrate(cli: Cli, file: str | None) -> None:
    """Upgrade the schema after a backup."""
    url = cli.url
    from shopterm.db.upgrade import upgrade

    done = upgrade(url, data_dir=cli.data_dir, settings=cli.settings, target=_path(file))
    data = {"applied": list(done.applied), "backup": str(done.saved.path) if done.saved else None}

    def told() -> Iterator[str]:
        if done.saved is None:
            yield tr("The schema is up to date; nothing was changed.")
            return
        yield from _told(tr("Backup written:"), done.saved)
        yield tr("Applied: {names}", names=", ".join(done.applied))

    answer(cli, data, told)


def _path(file: str | None) -> Path | None:
    return Path(file).expanduser().absolute() if file else None


def _saved(saved: "Saved") -> dict[str, Any]:
    manifest = saved.manifest
    return {
        "file": str(saved.path),
        "sha256": manifest.sha256,
        "size": manifest.size,
        "schema": manifest.schema,
        "made_at": manifest.made_at.isoformat(timespec="seconds"),
        "photos": manifest.photos,
        "photos_lost": saved.lost,
        "anchors": _anchors(manifest.anchors),
    }


def _anchors(kept: "Sequence[Anchor]") -> list[dict[str, Any]]:
    return [{"site": one.site, "count": one.count, "head": one.head} for one in kept]


def _photos(saved: "Saved") -> Iterator[str]:
    from shopterm.db.backup_files import beside

    if saved.manifest.photos:
        yield tr(KEEP_FILES, count=saved.manifest.photos, path=beside(saved.path))
    if saved.lost:
        yield tr(LOST_FILES, count=saved.lost)


def _told(first: str, saved: "Saved") -> Iterator[str]:
    yield f"{first} {saved.path}"
    yield from map(_anchored, saved.manifest.anchors)


def _anchored(one: "Anchor") -> str:
    return "  " + tr("site {site}: {count} events, {head}", site=one.site, count=one.count, head=one.head[:16])
