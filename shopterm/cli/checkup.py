"""The checks of `shopterm doctor`: each finds one thing well, doubtful or bad, and says what to do."""

import os
import shutil
import stat
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

from shopterm import __version__, terminal
from shopterm.cli.context import Cli
from shopterm.db.drivers import is_postgres
from shopterm.domain.errors import ShopError
from shopterm.i18n import tr
from shopterm.show import say

OK, WARN, BAD = "ok", "warn", "bad"
PACKAGES = ("textual", "peewee", "click", "msgspec", "apsw", "argon2-cffi")
RELEASED = datetime(2026, 1, 1, tzinfo=UTC)
"""No clock is right that shows an earlier day."""
LITTLE, TOO_LITTLE = 2 << 30, 200 << 20
"""Bytes of free disk space below which to warn, and below which it is bad."""
OLD_BACKUP = timedelta(days=2)


class Finding(NamedTuple):
    """One line of the check-up: level, what was looked at, what was found, what to do."""

    level: str
    what: str
    found: str
    advice: str = ""


def checkup(cli: Cli) -> Iterator[Finding]:
    """Yield everything that can be found out; a check that cannot run is a finding, not a failure."""
    yield from _programs()
    yield from _clock()
    yield from _terminal()
    try:
        data_dir, url = cli.data_dir, cli.url
    except ShopError as error:
        yield Finding(BAD, tr("settings"), say(error.sentence, error.params), tr("Correct the settings file."))
        return
    yield from _settings(cli)
    yield from _folder(data_dir)
    yield from _disk(data_dir)
    yield from _secret(data_dir)
    if not is_postgres(url):
        yield _sqlite()
    yield from _database(cli)
    yield _backups(data_dir)


def _programs() -> Iterator[Finding]:
    yield Finding(OK, "shopterm", __version__)
    old = sys.version_info < (3, 11)
    yield Finding(
        BAD if old else OK, "python", sys.version.split()[0], tr("Python 3.11 or newer is needed.") if old else ""
    )
    for package in PACKAGES:
        try:
            yield Finding(OK, package, version(package))
        except PackageNotFoundError:
            yield Finding(BAD, package, tr("is not installed"), tr("Install shopterm anew."))


def _sqlite() -> Finding:
    from shopterm.db.queries.health import sqlite_version

    found, floor = sqlite_version()
    good = found >= floor
    advice = "" if good else tr("At least {floor}: upgrade “apsw”.", floor=_dotted(floor))
    return Finding(OK if good else BAD, "SQLite", _dotted(found), advice)


def _dotted(numbers: tuple[int, ...]) -> str:
    return ".".join(map(str, numbers))


def _clock() -> Iterator[Finding]:
    now = datetime.now(UTC)
    wrong = now < RELEASED
    yield Finding(
        BAD if wrong else OK, tr("clock"), f"{now:%Y-%m-%d %H:%M} UTC", tr("Set the host's clock.") if wrong else ""
    )


def _terminal() -> Iterator[Finding]:
    found = terminal.profile(os.environ, getattr(sys.stdout, "encoding", "") or "")
    colours = tr("16 colours") if found.ansi else tr("256 colours or more")
    told = tr("TERM={term}, {colours}", term=os.environ.get("TERM", ""), colours=colours)
    yield Finding(OK if found.usable else WARN, tr("terminal"), told, tr(found.reason))


def _settings(cli: Cli) -> Iterator[Finding]:
    from shopterm.settings import find_config

    path = cli.environ.get("SHOPTERM_CONFIG") or find_config("shopterm.toml", cli.environ)
    yield Finding(OK, tr("settings"), tr("site {site}, {path}", site=cli.settings.site.code, path=path))
    try:
        yield Finding(OK, tr("time zone"), str(cli.settings.zone))
    except ShopError as error:
        yield Finding(BAD, tr("time zone"), say(error.sentence, error.params), tr("Correct the settings file."))


def _folder(data_dir: Path) -> Iterator[Finding]:
    if not data_dir.is_dir():
        yield Finding(BAD, tr("data directory"), str(data_dir), tr("“shopterm init” makes it."))
        return
    yield _private(tr("data directory"), data_dir, 0o700)


def _private(what: str, path: Path, mode: int) -> Finding:
    found = path.stat()
    if stat.S_IMODE(found.st_mode) & 0o077:
        return Finding(BAD, what, f"{path} {stat.S_IMODE(found.st_mode):04o}", f"chmod {mode:04o} {path}")
    if found.st_uid != os.geteuid():
        return Finding(WARN, what, str(path), tr("It belongs to another user than the one who runs shopterm."))
    return Finding(OK, what, str(path))


def _disk(data_dir: Path) -> Iterator[Finding]:
    place = next(folder for folder in (data_dir, *data_dir.parents) if folder.is_dir())
    free = shutil.disk_usage(place).free
    level = OK if free >= LITTLE else WARN if free >= TOO_LITTLE else BAD
    yield Finding(level, tr("disk"), tr("{free} MB free", free=free >> 20), "" if level == OK else tr("Make room."))


def _secret(data_dir: Path) -> Iterator[Finding]:
    path = data_dir / "pepper"
    if not path.exists():
        yield Finding(BAD, tr("PIN secret"), str(path), tr("Restore the copy that was kept, or run “shopterm init”."))
        return
    yield _private(tr("PIN secret"), path, 0o600)


def _database(cli: Cli) -> Iterator[Finding]:
    from shopterm.db.setup import safe_url

    url = safe_url(cli.url)
    try:
        shop = cli.shop
        from shopterm.db.pepper import fits
        from shopterm.db.queries.health import health

        found = health(shop)
    except ShopError as error:
        yield Finding(BAD, tr("database"), url, say(error.sentence, error.params))
        return
    yield Finding(
        OK,
        tr("database"),
        tr(
            "{url}, schema {schema}, {kind}, {events} events",
            url=url,
            schema=found.schema,
            kind=found.kind,
            events=found.events,
        ),
    )
    if not fits(cli.data_dir, shop.pepper_known):
        yield Finding(BAD, tr("PIN secret"), tr("not the one of this database"), tr("Put the kept copy there."))
    ahead = found.last_event > shop.now() + 60_000_000
    if ahead:
        yield Finding(BAD, tr("clock"), tr("The newest event lies in the future."), tr("Set the host's clock."))
    if not found.administrators:
        yield Finding(WARN, tr("people"), tr("No administrator has a PIN."), "shopterm person set-pin NUMBER")
    if not found.checklists:
        yield Finding(WARN, tr("checklists"), tr("None is loaded."), tr("“shopterm init” loads them."))
    if found.held_lines:
        yield Finding(
            WARN, tr("imports"), tr("{n} lines wait for an answer.", n=found.held_lines), "shopterm import held"
        )


def _backups(data_dir: Path) -> Finding:
    from shopterm.db.backup import newest_backup

    newest = newest_backup(data_dir)
    if newest is None:
        return Finding(WARN, tr("backup"), tr("There is none."), "shopterm backup")
    age = datetime.now(UTC) - newest
    told = tr("The newest is {hours} hours old.", hours=int(age.total_seconds() // 3600))
    return Finding(OK if age < OLD_BACKUP else WARN, tr("backup"), told, "" if age < OLD_BACKUP else "shopterm backup")
