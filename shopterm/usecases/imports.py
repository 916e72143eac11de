"""Stores what a checked file holds: batch by batch, each one transaction with one event; doubtful lines are held."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from shopterm.db.search import settle
from shopterm.db.session import Shop
from shopterm.domain.canonical import digest
from shopterm.domain.facts import Actor
from shopterm.domain.text import clean
from shopterm.domain.words import _
from shopterm.imports import Assignment, Check, House, Progress, Row, State, Verdict, check_file
from shopterm.usecases.held_lines import LONGEST_NAME, hold
from shopterm.usecases.import_batch import Batch, LeftOut, Payload, Site, write_batch
from shopterm.usecases.import_kinds import IMPORT_KINDS, allow
from shopterm.usecases.import_rows import sites_on_file, upper
from shopterm.usecases.import_stock import MOST_SERIALS, serials_of
from shopterm.usecases.known import known_lookup

BATCH_ROWS = 2000
NOT_THERE = _("Stock of site {site} is imported by a parts clerk of that site, or by an administrator.")
NO_SITE = _("There is no site {site}.")


@dataclass
class Imported:
    """What became of the lines of a file: stored (added, changed, the same), or not, and then each is named."""

    kind: str
    added: int = 0
    changed: int = 0
    same: int = 0
    held: int = 0
    """Doubtful lines that wait for an answer."""
    answered: int = 0
    """Doubtful lines that somebody answered before; they are not asked again."""
    refused: int = 0
    repeated: int = 0
    dry_run: bool = False
    verdict: Verdict = Verdict.ACCEPT
    left_out: list[LeftOut] = field(default_factory=list)
    """Good lines that were not stored, with the reason."""
    sites: list[str] = field(default_factory=list)
    """Codes of sites set up because the file named them."""

    @property
    def clean(self) -> bool:
        """Say whether nothing was refused or is held."""
        return self.verdict is not Verdict.REJECT and not (self.held or self.refused or self.left_out)

    def count(self, batch: Batch, good: int) -> None:
        """Add what one batch of so many good lines did."""
        self.added += batch.added
        self.changed += batch.changed
        self.same += good - batch.added - batch.changed - len(batch.left_out)
        self.held += batch.held
        self.answered += batch.answered
        self.left_out += batch.left_out
        self.sites += batch.notes.get("sites", [])


def house(shop: Shop) -> House:
    """Return what the checks need to know of the house."""
    today = datetime.fromtimestamp(shop.now() / 1_000_000, UTC).astimezone(shop.zone).date()
    return House(today, shop.settings.money.currency)


def check(
    shop: Shop,
    path: Path,
    kind: str,
    *,
    encoding: str | None = None,
    assignment: Assignment | None = None,
    progress: Progress | None = None,
) -> Check:
    """Read and judge a file; nothing is stored. The result must be closed."""
    known = known_lookup(shop, kind)
    return check_file(path, kind, house(shop), encoding=encoding, assignment=assignment, known=known, progress=progress)


def store(
    shop: Shop,
    actor: Actor,
    checked: Check,
    file: str,
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Imported:
    """Store the good rows of a checked file and hold the doubtful ones; a dry run counts and stores nothing.

    An import that is interrupted leaves whole batches; the same file imported again finishes it.
    """
    kind, states = checked.kind.name, checked.states
    allow(actor, kind)
    done = Imported(kind, refused=states[State.REFUSED], repeated=states[State.REPEATED])
    done.dry_run, done.verdict = dry_run, checked.verdict
    total, at = sum(states.values()), 0
    for rows in _batches(checked.rows()):
        for site, some in _by_site(shop, actor, kind, rows):
            _store(shop, actor, site, clean(file, LONGEST_NAME), some, done)
        at += len(rows)
        if progress:
            progress(at, total)
    if IMPORT_KINDS[kind].searched and (done.added or done.changed) and not dry_run:
        shop.write(lambda: settle(shop.db, shop.backend.name))
    return done


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield as many rows as one transaction can make keys for."""
    batch: list[Row] = []
    serials = 0
    for row in rows:
        more = len(serials_of(row))
        if batch and (len(batch) == BATCH_ROWS or serials + more > MOST_SERIALS):
            yield batch
            batch, serials = [], 0
        batch.append(row)
        serials += more
    if batch:
        yield batch


def _by_site(shop: Shop, actor: Actor, kind: str, rows: Sequence[Row]) -> Iterator[tuple[Site, list[Row]]]:
    """Yield the rows by the site whose chain they go to: stock is the matter of its site, all else of the actor's."""
    if kind != "stock":
        yield Site(actor.site, actor.site_code), list(rows)
        return
    with shop.reader():
        sites = sites_on_file()
    by_site: dict[Site, list[Row]] = {}
    for row in rows:
        named = upper(row.values["site"]) if row.state is State.GOOD else actor.site_code
        by_site.setdefault(sites.get(named, Site(0, named)), []).append(row)
    yield from by_site.items()


def _store(shop: Shop, actor: Actor, site: Site, file: str, rows: Sequence[Row], done: Imported) -> None:
    """Write one batch and add to what was done."""
    kind = IMPORT_KINDS[done.kind]
    good = [row for row in rows if row.state is State.GOOD]
    doubtful = [row for row in rows if row.state is State.HELD]
    if not site.number:
        done.left_out += [LeftOut(row.line, NO_SITE, {"site": site.code}) for row in good]
    elif good or doubtful:

        def work(batch: Batch) -> Payload:
            hold(batch, done.kind, file, doubtful)
            store_rows(batch, actor, done.kind, good)
            return {"file": file, "first": rows[0].line, "last": rows[-1].line} | payload(batch, good)

        batch = write_batch(shop, actor, site, f"import_{done.kind}", kind.doc, work, dry_run=done.dry_run)
        done.count(batch, len(good))


def store_rows(batch: Batch, actor: Actor, kind: str, rows: Sequence[Row]) -> None:
    """Store checked rows in the running transaction, if the actor still may; elsewhere lines are left out instead."""
    if batch.site == actor.site:
        allow(batch.actor, kind)
    elif not batch.actor.roles & IMPORT_KINDS[kind].by:
        for row in rows:
            batch.leave_out(row.line, NOT_THERE, site=batch.actor.site_code)
        return
    IMPORT_KINDS[kind].store(batch, rows)


def payload(batch: Batch, rows: Sequence[Row]) -> Payload:
    """Return what the event remembers of a batch."""
    return batch.notes | {
        "rows": digest([row.values for row in rows]),
        "added": batch.added,
        "changed": batch.changed,
        "held": batch.held_anew,
        "left_out": [out.line for out in batch.left_out],
        "changes": batch.changes,
    }
