"""What is stored is held against the record: states, signatures, consents, files; forged events against the table."""

from collections.abc import Callable
from typing import Any

import pytest

from shopterm.db import sql
from shopterm.db.invariants.replay import word
from shopterm.db.keys import MOST_ROWS
from shopterm.db.session import Shop
from shopterm.domain.canonical import canonical
from shopterm.domain.vocabulary import Doc, JobState
from shopterm.show import show
from tests.db import tamper as t


def state_changed() -> t.Finding:
    sql.change("UPDATE job SET state = 'in_work' WHERE state = 'done' AND line = 1")
    return t.Finding(13, "state", t.seq_by("report_washed"))


def sheet_deleted() -> t.Finding:
    sheet = t.one("SELECT MIN(id) FROM labour_sheet WHERE supplement = 1")
    for table in ("consent", "quote_line", "labour_entry"):
        lines = "SELECT id FROM labour_line WHERE sheet_id = ?"
        sql.change(f"DELETE FROM {table} WHERE labour_line_id IN ({lines})", sheet)
    sql.change("DELETE FROM labour_line WHERE sheet_id = ?", sheet)
    sql.change("DELETE FROM labour_sheet WHERE id = ?", sheet)
    return t.Finding(13, "state", t.seq_by("supplement_labour"))


def document_without_events() -> t.Finding:
    sql.change(
        "INSERT INTO loan (id, site, number, version, state, borrower_id, lent_by_id, purpose, lent_at, changed_at) "
        "SELECT id + 1, site, 'X-LN-1', 1, 'settled', borrower_id, lent_by_id, '', 0, 0 FROM loan"
    )
    return t.Finding(13, "state", None)


def balance_changed() -> t.Finding:
    sql.change("UPDATE balance SET on_hand = on_hand + 1000 WHERE part_id = (SELECT MIN(part_id) FROM move)")
    return t.Finding(1, None, None)


def approver_reported() -> t.Finding:
    sheet, person = sql.row("SELECT doc_id, person FROM signature WHERE action = 'approve_parts' ORDER BY id") or (0, 0)
    sql.change("UPDATE material_sheet SET reported_by_id = ? WHERE id = ?", person, sheet)
    return t.Finding(15, None, t.seq_by("approve_parts"))


def inspector_worked() -> t.Finding:
    inspector = t.one("SELECT MIN(person) FROM signature WHERE action = 'fail_inspection'")
    sql.change("UPDATE labour_entry SET person_id = ? WHERE id = (SELECT MIN(id) FROM labour_entry)", inspector)
    return t.Finding(15, None, t.seq_by("fail_inspection"))


def signed_line_changed() -> t.Finding:
    sheet = t.one("SELECT MIN(doc_id) FROM signature WHERE action = 'approve_parts'")
    sql.change("UPDATE material_line SET reason = 'other' WHERE sheet_id = ?", sheet)
    return t.Finding(16, None, t.seq_by("approve_parts"))


def signed_labour_changed() -> t.Finding:
    sheet = t.one("SELECT MIN(doc_id) FROM signature WHERE action = 'approve_labour'")
    sql.change("UPDATE labour_line SET rate = rate + 1 WHERE sheet_id = ?", sheet)
    return t.Finding(16, None, t.seq_by("approve_labour"))


def quoted_text_changed() -> t.Finding:
    sql.change("UPDATE quote_line SET text = 'other' WHERE id = (SELECT MIN(id) FROM quote_line)")
    return t.Finding(16, None, t.seq_by("sign_warranty"))


def signature_deleted() -> t.Finding:
    sql.change("DELETE FROM signature WHERE action = 'final_check'")
    return t.Finding(16, None, t.seq_by("final_check"))


def signature_of_another() -> t.Finding:
    sql.change("UPDATE signature SET person = person + 1 WHERE action = 'final_check'")
    return t.Finding(16, None, t.seq_by("final_check"))


def signature_lifted() -> t.Finding:
    sql.change("UPDATE signature SET voided = at WHERE action = 'pass_inspection'")
    return t.Finding(16, None, None)


def signature_made_up() -> t.Finding:
    sql.change(
        "INSERT INTO signature (id, site, doc, doc_id, rev, action, person, role, customer, content_hash, at) "
        f"SELECT id + {MOST_ROWS} * 100000, site, doc, doc_id, rev, action, person, role, customer, content_hash, at "
        "FROM signature WHERE action = 'final_check'"
    )
    return t.Finding(16, None, None)


def consent_raised() -> t.Finding:
    sql.change("UPDATE consent SET amount = amount + 100 WHERE quote_line_id IS NOT NULL")
    return t.Finding(17, None, None)


def diagnosis_raised() -> t.Finding:
    sql.change("UPDATE consent SET amount = amount + 100 WHERE quote_line_id IS NULL")
    return t.Finding(17, None, None)


def payer_changed() -> t.Finding:
    sql.change("UPDATE consent SET payer = 'house' WHERE payer = 'warranty'")
    return t.Finding(17, None, None)


def total_changed() -> t.Finding:
    sql.change("UPDATE quote SET total = total - 1 WHERE supplement = 0")
    return t.Finding(11, None, None)


def photo_taken_off() -> t.Finding:
    row = t.one("SELECT MIN(id) FROM attachment")
    sql.change("DELETE FROM attachment WHERE id = ?", row)
    return t.Finding(19, "attachment", t.maker_of(row))


def photo_exchanged() -> t.Finding:
    row = t.one("SELECT MIN(id) FROM attachment")
    sql.change("UPDATE attachment SET sha256 = ? WHERE id = ?", "0" * 64, row)
    return t.Finding(19, "attachment", t.maker_of(row))


STORED_DEEDS: tuple[Callable[[], t.Finding], ...] = (
    state_changed, sheet_deleted, document_without_events, balance_changed, approver_reported, inspector_worked,
    signed_line_changed, signed_labour_changed, quoted_text_changed,
    signature_deleted, signature_of_another, signature_lifted, signature_made_up,
    consent_raised, diagnosis_raised, payer_changed, total_changed, photo_taken_off, photo_exchanged,
)  # fmt: skip


@pytest.mark.parametrize("deed", STORED_DEEDS, ids=lambda deed: deed.__name__)
def test_what_is_stored_is_held_against_the_record(played: Shop, deed: Callable[[], t.Finding]) -> None:
    with t.unguarded(played):
        expected = deed()
    assert expected in t.found_by(played)


def happened(action: str, doc: str, doc_id: int, *changes: list[Any], actor: str = "M1") -> None:
    """Write an event by hand into the chain, consistent in itself."""
    person = t.one("SELECT MIN(id) FROM person")
    before, seq = t.link(t.last()), t.last() + 1
    t.forge(seq, action=action, doc=doc, doc_id=doc_id, actor=person, role=actor,
            payload=canonical({"changes": changes}), at=before["at"])  # fmt: skip
    t.fit_head()


def job() -> int:
    return int(t.one("SELECT MIN(id) FROM job"))


def impossible_step() -> None:
    happened("report_washed", "order", t.one("SELECT MIN(id) FROM work_order"), ["job", job(), "done", "opened"],
             actor="mechanic")  # fmt: skip
    sql.change("UPDATE job SET state = 'opened' WHERE id = ?", job())


def impossible_state() -> None:
    happened("start_teardown", "job", job(), ["job", job(), "done", "teardown"], actor="mechanic")
    sql.change("UPDATE job SET state = 'teardown' WHERE id = ?", job())


def impossible_role() -> None:
    happened("add_photos", "order", t.one("SELECT MIN(id) FROM work_order"), actor="cashier")


def other_state_before() -> None:
    person = t.one("SELECT MIN(id) FROM person")
    happened("reactivate", "person", person, ["person", person, "inactive", "active"], actor="administrator")


def made_from_nothing() -> None:
    happened("make_quote", "order", t.one("SELECT MIN(id) FROM work_order"), ["loan", 5, None, "out"],
             actor="service_advisor")  # fmt: skip


def unknown_action() -> None:
    happened("mend", "job", job(), ["job", job(), "done", "in_work"])
    sql.change("UPDATE job SET state = 'in_work' WHERE id = ?", job())


FORGERIES = (impossible_step, impossible_state, impossible_role, other_state_before, made_from_nothing, unknown_action)


@pytest.mark.parametrize("deed", FORGERIES, ids=lambda deed: deed.__name__)
def test_a_forged_event_must_be_legal_too(played: Shop, deed: Callable[[], None]) -> None:
    with t.unguarded(played):
        deed()
        forged = t.Finding(13, "state", t.last())
    assert forged in t.found_by(played)


def test_what_was_not_there_before_is_said_so_and_never_shown_as_nothing() -> None:
    assert show(word(Doc.JOB, None)) == "not there"
    assert show(word(Doc.JOB, "done")) == show(JobState.DONE)
    assert show(word(Doc.JOB, "mended")) == "mended"
