"""Backups: a private file and a manifest that says what must be in it; restored only where nothing is."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import msgspec

from shopterm import __version__
from shopterm.db.backup_files import beside, copy_files, stored
from shopterm.db.drivers import is_postgres
from shopterm.db.pepper import fingerprint
from shopterm.db.private_files import EXISTS, private_part, publish, sha256_of, storage_faults
from shopterm.db.session import SCHEMA, Shop, refuse_schema
from shopterm.domain.errors import CheckFailed, Invalid, NotFound, invalid
from shopterm.domain.words import _

FORMAT = 1
SUFFIX = ".manifest.json"
NO_MANIFEST = _("{path} is missing: without its manifest a backup cannot be trusted.")
BAD_MANIFEST = _("{path} is no manifest of a backup: {reason}")
DAMAGED = _("{path} is not the file the manifest describes (its SHA-256 differs); nothing was restored.")
OTHER_CONTENT = _("The backup does not hold what its manifest says ({what}); nothing was restored.")
ANCHORS = "SELECT s.code, h.seq, h.hash FROM chain_head h JOIN site s ON s.id = h.site ORDER BY h.site"
PHOTOS = "SELECT DISTINCT sha256 FROM attachment ORDER BY sha256"
OTHER_ENGINE = _("This is a backup of {engine}; it cannot be restored into {url}.")


class Anchor(msgspec.Struct, frozen=True):
    """How long a site's evidence chain was, and its last hash: what a later chain must contain."""

    site: str
    count: int
    head: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup holds; written beside it."""

    format: int = FORMAT
    program: str = __version__
    engine: str
    made_at: datetime
    file: str
    size: int
    sha256: str
    schema: int
    kind: str
    pepper: str
    """Fingerprint of the PIN secret, which the backup does not contain."""
    anchors: tuple[Anchor, ...]
    photos: int = 0
    """How many different photos the database names; they are in the folder “files” beside the backup."""


@dataclass(frozen=True)
class Content:
    """What a database says of itself."""

    schema: int
    kind: str
    anchors: tuple[Anchor, ...]
    photos: tuple[str, ...]
    """Hashes of the photos it names."""


@dataclass(frozen=True)
class Saved:
    """A backup that was made or restored, whether the PIN secret here is the one it needs, and what it lacks."""

    path: Path
    manifest: Manifest
    pepper_fits: bool = True
    lost: int = 0
    """Photos that were missing or damaged where they should have been."""


class Engine(Protocol):
    """How one kind of database is written to a file and read back."""

    name: str

    def save(self, target: Path) -> Content:
        """Write the database to an empty private file; returns what that file holds."""

    def refuse_used(self) -> None:
        """Refuse a target that holds anything."""

    def load(self, source: Path, manifest: Manifest) -> Content:
        """Restore a file whose hash was checked, check what it holds before it counts, and return it."""


def backup(shop: Shop, target: Path | None = None) -> Saved:
    """Write a backup with its manifest into a file or an existing folder, by default the data directory's.

    It never overwrites. Photos are copied before it gets its name: what has a manifest has its photos.
    """
    made_at = datetime.now(UTC)
    path = target or backups_folder(shop.data_dir)
    if target is None or path.is_dir():
        path = _free(path, default_name(shop, made_at))
    engine = _engine(shop.settings.database.url)
    with storage_faults():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path.exists() or manifest_of(path).exists():
            raise invalid("file", EXISTS, path=path)
        with private_part(path) as part:
            content = engine.save(part)
            lost = copy_files(stored(shop.data_dir), beside(path), content.photos)
            manifest = Manifest(
                engine=engine.name,
                made_at=made_at,
                file=path.name,
                size=part.stat().st_size,
                sha256=sha256_of(part),
                schema=content.schema,
                kind=content.kind,
                pepper=fingerprint(shop.data_dir),
                anchors=content.anchors,
                photos=len(content.photos),
            )
            publish(part, path)
        _write_manifest(manifest_of(path), manifest)
        known = backups_folder(shop.data_dir) / manifest_of(path).name
        if not known.exists():  # made elsewhere: its anchors and its age are known here too
            known.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write_manifest(known, manifest)
    return Saved(path, manifest, lost=lost)


def restore(source: Path, url: str, data_dir: Path) -> Saved:
    """Restore a backup into a database that does not exist yet (SQLite) or is empty (PostgreSQL)."""
    path = source.with_name(source.name.removesuffix(SUFFIX))
    manifest = read_manifest(manifest_of(path))
    engine = _engine(url)
    if manifest.engine != engine.name:
        from shopterm.db.setup import safe_url

        raise invalid("file", OTHER_ENGINE, engine=manifest.engine, url=safe_url(url))
    if manifest.schema > SCHEMA:
        refuse_schema(manifest.schema)
    with storage_faults():
        engine.refuse_used()
        if not path.exists():
            raise NotFound(_("There is no file {path}."), path=path)
        if sha256_of(path) != manifest.sha256:
            raise CheckFailed(DAMAGED, path=path)
        content = engine.load(path, manifest)
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        lost = copy_files(beside(path), stored(data_dir), content.photos)
    return Saved(path, manifest, fingerprint(data_dir) == manifest.pepper, lost)


def check_content(found: Content, manifest: Manifest) -> None:
    """Refuse a restored database that is not what the manifest describes."""
    if found.schema != manifest.schema:
        raise CheckFailed(OTHER_CONTENT, what=f"schema {found.schema}")
    for anchor in manifest.anchors:
        if anchor not in found.anchors:
            raise CheckFailed(OTHER_CONTENT, what=anchor.site)


def default_name(shop: Shop, made_at: datetime) -> str:
    """Return the name a backup gets when none is given: site and moment in UTC."""
    suffix = "dump" if is_postgres(shop.settings.database.url) else "db"
    return f"shopterm-{shop.settings.site.code}-{made_at:%Y%m%dT%H%M%SZ}.{suffix}"


def _free(folder: Path, name: str) -> Path:
    """Return the name, or with a number if another backup of the same second has it."""
    stem, _dot, suffix = name.rpartition(".")
    names = (name, *(f"{stem}-{number}.{suffix}" for number in range(2, 100)))
    return next(path for path in (folder / each for each in names) if not manifest_of(path).exists())


def backups_folder(data_dir: Path) -> Path:
    """Return where backups go, and the manifests of those that went elsewhere."""
    return data_dir / "backups"


def newest_backup(data_dir: Path) -> datetime | None:
    """Return when the newest known backup was made."""
    found = []
    for path in backups_folder(data_dir).glob(f"*{SUFFIX}"):
        try:
            found.append(read_manifest(path).made_at)
        except Invalid:
            continue  # no manifest of ours: it tells nothing
    return max(found, default=None)


def manifest_of(path: Path) -> Path:
    """Return where the manifest of a backup file is."""
    return path.with_name(path.name + SUFFIX)


def read_manifest(path: Path) -> Manifest:
    """Read a manifest; Invalid where it is missing or broken."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except FileNotFoundError as error:
        raise invalid("file", NO_MANIFEST, path=path) from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise invalid("file", BAD_MANIFEST, path=path, reason=error) from error


def _write_manifest(path: Path, manifest: Manifest) -> None:
    with private_part(path) as part:
        part.write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n")
        publish(part, path)


def _engine(url: str) -> Engine:
    if is_postgres(url):
        from shopterm.db.backup_postgres import PostgresEngine

        return PostgresEngine(url)
    from shopterm.db.backup_sqlite import SqliteEngine

    return SqliteEngine(url)
