"""Answers the lines an import held back: stored, with corrections if need be, or dropped (OPS-14)."""

from collections.abc import Mapping

from shopterm.db import sql
from shopterm.db.queries.held import HeldRow
from shopterm.db.session import Shop
from shopterm.domain.errors import Conflict, Invalid, Problem
from shopterm.domain.facts import Actor
from shopterm.domain.text import clean
from shopterm.domain.words import _
from shopterm.imports import KINDS, House, Outcome, Row, check_row
from shopterm.usecases.held_lines import doubts_of
from shopterm.usecases.import_batch import Batch, Payload, Site, write_batch
from shopterm.usecases.import_kinds import IMPORT_KINDS, allow
from shopterm.usecases.import_rows import sites_on_file, upper
from shopterm.usecases.imports import Imported, house, payload, store_rows
from shopterm.usecases.known import known_lookup

ANSWERED = _("Held line {number} was answered meanwhile.")
NO_FIELD = _("A line of this kind has no field “{field}”; it has: {known}.")
Corrections = Mapping[str, str]


def accept_held(shop: Shop, actor: Actor, held: HeldRow, corrections: Corrections) -> Imported:
    """Store a held line: what is in doubt counts as right, what is corrected is checked again; Invalid if it is bad."""
    allow(actor, held.kind)
    return _answer(shop, actor, held, "accept", corrections, _again(shop, held, corrections))


def discard_held(shop: Shop, actor: Actor, held: HeldRow) -> Imported:
    """Drop a held line."""
    allow(actor, held.kind)
    return _answer(shop, actor, held, "discard", {}, None)


def _answer(
    shop: Shop, actor: Actor, held: HeldRow, answer: str, corrections: Corrections, row: Row | None
) -> Imported:
    """Write the answer, what follows from it and the event that tells who gave it, in one transaction."""
    rows = [row] if row else []

    def work(batch: Batch) -> Payload:
        allow(batch.actor, held.kind)
        _close(batch, held, answer)
        store_rows(batch, actor, held.kind, rows)
        if batch.left_out:
            out = batch.left_out[0]
            raise Invalid([Problem("", out.sentence, out.params, held.line)])
        return payload(batch, rows) | {
            "held_line": held.number, "file": held.file, "line": held.line, "answer": answer,
            "corrections": {name: clean(value, multiline=True) for name, value in corrections.items()},
            "values": row.values if row else None,
        }  # fmt: skip

    site = _site(shop, actor, row) if held.kind == "stock" else Site(actor.site, actor.site_code)
    batch = write_batch(shop, actor, site, "answer_held", IMPORT_KINDS[held.kind].doc, work)
    done = Imported(held.kind)
    done.count(batch, len(rows))
    return done


def _close(batch: Batch, held: HeldRow, answer: str) -> None:
    """Take the line off the list; Conflict if somebody else did."""
    changed = sql.change(
        "UPDATE held_line SET answer = ?, answered_by = ?, answered_at = ? WHERE id = ? AND answered_at IS NULL",
        answer,
        batch.actor.person,
        batch.at,
        held.id,
    )
    if changed != 1:
        raise Conflict(ANSWERED, number=held.number)
    batch.settled += 1


def _again(shop: Shop, held: HeldRow, corrections: Corrections) -> Row:
    """Check a held line with its corrections; a doubt about what was not corrected counts as answered."""
    _refuse_unknown(held.kind, corrections)
    rules, known = house(shop), known_lookup(shop, held.kind)
    texts = dict(held.row) | dict(corrections)
    doubts = doubts_of(check_row(held.kind, texts, rules, known, held.line))
    accepted = frozenset(issue.reason for issue in doubts if issue.field not in corrections)
    row = check_row(held.kind, texts, House(rules.today, rules.currency, accepted), known, held.line)
    faults = [issue for issue in row.issues if issue.outcome in (Outcome.REJECT, Outcome.HOLD)]
    faults += [issue for issue in doubts if issue.field in corrections and issue not in faults]
    if faults:
        raise Invalid([Problem(issue.field, issue.sentence, issue.arguments, held.line) for issue in faults])
    return row


def _refuse_unknown(kind: str, corrections: Corrections) -> None:
    names = [column.name for column in KINDS[kind].columns]
    unknown = [name for name in corrections if name not in names]
    if unknown:
        known = ", ".join(names)
        raise Invalid([Problem(clean(name, 40), NO_FIELD, {"field": name, "known": known}) for name in unknown])


def _site(shop: Shop, actor: Actor, row: Row | None) -> Site:
    """Return the site whose stock the line is about; that of the actor for a line that is dropped."""
    if row is None:
        return Site(actor.site, actor.site_code)
    with shop.reader():
        return sites_on_file()[upper(row.values["site"])]
