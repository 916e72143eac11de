"""Stores what a checked file holds: batch by batch, each one transaction with one event; doubtful lines are held."""

import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.db.keys import keys
from shopterm.db.session import Shop
from shopterm.domain.canonical import digest
from shopterm.domain.errors import NotFound, Refused, invalid
from shopterm.domain.facts import Actor
from shopterm.domain.vocabulary import Doc, Role
from shopterm.domain.words import _
from shopterm.imports import Assignment, Check, House, Progress, Row, State, check_file, check_row
from shopterm.imports.reasons import Outcome, Reason
from shopterm.usecases.import_batch import Batch
from shopterm.usecases.import_rows import STORES
from shopterm.usecases.known import known_lookup
from shopterm.usecases.record import append, lock_chain, moment

BATCH_ROWS = 2000
MAY_NOT = _("Importing {kind} is done by: {roles}.")
NO_HELD = _("There is no held line {number}.")
STILL_DOUBTFUL = _("Line {line} is still in doubt: {reason}.")
ANSWERS = ("accept", "discard")

_CLERKS = frozenset({Role.ADMINISTRATOR, Role.PARTS_CLERK})
IMPORTERS: dict[str, frozenset[Role]] = {
    "parts": _CLERKS, "prices": _CLERKS, "stock": _CLERKS, "supersessions": _CLERKS, "interchange": _CLERKS,
    "kits": _CLERKS, "numbers": _CLERKS,
    "customers": frozenset({Role.ADMINISTRATOR, Role.SERVICE_ADVISOR}),
    "machines": frozenset({Role.ADMINISTRATOR, Role.SERVICE_ADVISOR}),
    "models": frozenset({Role.ADMINISTRATOR, Role.SERVICE_ADVISOR}),
    "people": frozenset({Role.ADMINISTRATOR}), "standards": frozenset({Role.ADMINISTRATOR, Role.FOREMAN}),
}  # fmt: skip
"""Who may import what (OPS-14)."""


@dataclass
class Imported:
    """What an import did: rows added, changed, unchanged, held, refused, repeated, and the check it came from."""

    kind: str
    added: int = 0
    changed: int = 0
    same: int = 0
    held: int = 0
    refused: int = 0
    repeated: int = 0
    dry_run: bool = False
    left_out: list[tuple[int, str]] = field(default_factory=list)
    """Good lines not stored, with the reason: line number and message id."""

    @property
    def clean(self) -> bool:
        """Say whether nothing was refused or is held."""
        return not (self.held or self.refused or self.left_out)


def allow(actor: Actor, kind: str) -> None:
    """Refuse an importer whose roles do not cover this kind of file."""
    if not actor.roles & IMPORTERS[kind]:
        raise Refused(
            MAY_NOT, "OPS-14", sorted(IMPORTERS[kind]), "role", kind=kind, roles=tuple(sorted(IMPORTERS[kind]))
        )


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
    return check_file(
        path, kind, house(shop), encoding=encoding, assignment=assignment, known=known_lookup(shop), progress=progress
    )


def store(
    shop: Shop,
    actor: Actor,
    checked: Check,
    file: str,
    *,
    dry_run: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Imported:
    """Store the good rows of a checked file and hold the doubtful ones; a dry run counts and stores nothing."""
    kind = checked.kind.name
    allow(actor, kind)
    done = Imported(
        kind,
        held=checked.states[State.HELD],
        refused=checked.states[State.REFUSED],
        repeated=checked.states[State.REPEATED],
        dry_run=dry_run,
    )
    rows, total, at = checked.rows(), sum(checked.states.values()), 0
    while batch := list(islice(rows, BATCH_ROWS)):
        _store_batch(shop, actor, kind, file, batch, done)
        at += len(batch)
        if progress:
            progress(at, total)
    return done


class _DryRun(Exception):
    """Takes a batch back after it was counted."""


def _store_batch(shop: Shop, actor: Actor, kind: str, file: str, rows: list[Row], done: Imported) -> None:
    good = [row for row in rows if row.state is State.GOOD]
    held = [row for row in rows if row.state is State.HELD]
    if not (good or held):
        return
    counts: list[Batch] = []

    def work() -> None:
        head = lock_chain(shop, actor, operation := str(uuid.uuid4()))
        batch = Batch(actor, moment(shop, head), keys(head.site, head.seq + 1))
        STORES[kind](batch, good)
        _hold(batch, kind, file, held)
        append(
            shop,
            head,
            actor,
            operation,
            f"import_{kind}",
            Doc.PART,
            0,
            {
                "file": file,
                "first": rows[0].line,
                "last": rows[-1].line,
                "rows": digest([row.values for row in good]),
                "added": batch.added,
                "changed": batch.changed,
                "held": len(held),
                "changes": batch.changes,
            },
            at=batch.at,
        )
        counts.append(batch)
        if done.dry_run:
            raise _DryRun

    with suppress(_DryRun):
        shop.write(work)
    batch = counts[-1]
    done.added += batch.added
    done.changed += batch.changed
    done.same += len(good) - batch.added - batch.changed - len(batch.left_out)
    done.left_out += batch.left_out


def _hold(batch: Batch, kind: str, file: str, rows: list[Row]) -> None:
    for row in rows:
        doubt = next(issue for issue in row.issues if issue.outcome is Outcome.HOLD)
        m.HeldLine.insert(
            id=batch.new_key(),
            kind=kind,
            file=file[-120:],
            line=row.line,
            reason=doubt.reason.value,
            field=doubt.field,
            row=json.dumps(row.raw or {}, ensure_ascii=False),
            at=batch.at,
        ).execute()


def held_lines() -> Iterator[m.HeldLine]:
    """Yield the lines that wait for an answer, oldest first."""
    yield from m.HeldLine.select().where(m.HeldLine.answered_at.is_null()).order_by(m.HeldLine.id)


def answer_held(shop: Shop, actor: Actor, number: int, answer: str, corrections: dict[str, str]) -> Imported:
    """Answer a held line: ``accept`` stores it (with corrections, if any), ``discard`` drops it (OPS-14)."""
    if answer not in ANSWERS:
        raise invalid("answer", _("Answer “accept” or “discard”."))
    with shop.reader():
        held = m.HeldLine.get_or_none((m.HeldLine.id == number) & m.HeldLine.answered_at.is_null())
    if held is None:
        raise NotFound(NO_HELD, number=number)
    allow(actor, held.kind)
    done = Imported(held.kind)
    if answer == "accept":
        _store_batch(shop, actor, held.kind, held.file, [_again(shop, held, corrections)], done)
    shop.write(
        lambda: sql.change(
            "UPDATE held_line SET answer = ?, answered_by = ?, answered_at = ? WHERE id = ?",
            answer,
            actor.person,
            shop.now(),
            held.id,
        )
    )
    return done


def _again(shop: Shop, held: m.HeldLine, corrections: dict[str, str]) -> Row:
    """Check a held line again with the doubts answered; Invalid if it still cannot be stored."""
    rules = house(shop)
    accepted = House(rules.today, rules.currency, frozenset({Reason(held.reason)}))
    row = check_row(held.kind, json.loads(held.row) | corrections, accepted, known_lookup(shop), held.line)
    if row.state is not State.GOOD:
        bad = next(issue for issue in row.issues if issue.outcome in (Outcome.REJECT, Outcome.HOLD))
        raise invalid(bad.field, STILL_DOUBTFUL, held.line, line=held.line, reason=bad.reason.value)
    return row
