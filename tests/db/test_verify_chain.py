"""Every way of tampering with the chain is found, by its kind and first bad event."""

from collections.abc import Callable

import peewee as pw
import pytest

from shopterm.db import sql, triggers
from shopterm.db.backup import Anchor
from shopterm.db.events import append
from shopterm.db.invariants.anchored import anchors, read_anchors, write_anchors
from shopterm.db.invariants.stream import PAGE
from shopterm.db.session import Shop
from shopterm.domain.errors import Invalid
from shopterm.usecases.record import lock_chain
from shopterm.usecases.setup import system_actor
from shopterm.usecases.verify import verify
from tests.db import tamper as t


def edited() -> t.Finding:
    t.edit(40)
    return t.chain_finding("edited", 40)


def edited_and_sealed() -> t.Finding:
    t.edit(40)
    t.seal(40)
    return t.chain_finding("edited", 40)


def first_edited_and_sealed() -> t.Finding:
    t.update(1, terminal="elsewhere")
    t.seal(1)
    return t.chain_finding("edited", 1)


def actor_exchanged() -> t.Finding:
    t.update(40, actor=t.link(41)["actor"] + 1)
    return t.chain_finding("edited", 40)


def key_changed() -> t.Finding:
    t.update(40, id=t.link(40)["id"] + 1)
    return t.chain_finding("edited", 40)


def payload_broken() -> t.Finding:
    t.update(40, payload="no JSON")
    return t.chain_finding("edited", 40)


def deleted() -> t.Finding:
    t.delete(40)
    return t.chain_finding("deleted", 40)


def first_deleted() -> t.Finding:
    t.delete(1)
    return t.chain_finding("deleted", 1)


def deleted_and_closed_up() -> t.Finding:
    t.delete(40)
    t.shift(41, -1, keys=True)
    t.fit_head()
    return t.chain_finding("deleted", 40)


def several_deleted_and_closed_up() -> t.Finding:
    for seq in (40, 41, 42):
        t.delete(seq)
    t.shift(43, -3)
    return t.chain_finding("deleted", 40)


def inserted() -> t.Finding:
    t.shift(40, 1, keys=True)
    t.forge(40)
    t.fit_head()
    return t.chain_finding("inserted", 40)


def inserted_with_a_wrong_hash() -> t.Finding:
    t.shift(40, 1, keys=True)
    t.forge(40, sealed=False)
    return t.chain_finding("inserted", 40)


def inserted_under_a_strange_key() -> t.Finding:
    t.shift(40, 1)
    t.forge(40, id=77)
    return t.chain_finding("inserted", 40)


def inserted_behind_the_head() -> t.Finding:
    end = t.last()
    t.forge(end + 1)
    return t.chain_finding("inserted", end + 1)


def neighbours_swapped() -> t.Finding:
    t.swap(40, 41)
    return t.chain_finding("reordered", 40)


def swapped() -> t.Finding:
    t.swap(40, 57)
    return t.chain_finding("reordered", 40)


def tail_cut() -> t.Finding:
    end = t.last()
    t.cut(end - 4)
    return t.chain_finding("tail_cut", end - 4)


def all_cut() -> t.Finding:
    t.cut(1)
    return t.chain_finding("tail_cut", 1)


def head_hash_changed() -> t.Finding:
    sql.change("UPDATE chain_head SET hash = ? WHERE site = ?", "f" * 64, t.SITE)
    return t.chain_finding("head_changed", t.last())


def head_instant_changed() -> t.Finding:
    sql.change("UPDATE chain_head SET at = at + 1 WHERE site = ?", t.SITE)
    return t.chain_finding("head_changed", t.last())


def head_put_back() -> t.Finding:
    sql.change("UPDATE chain_head SET seq = seq - 1 WHERE site = ?", t.SITE)
    return t.chain_finding("head_changed", t.last())


def head_deleted() -> t.Finding:
    sql.change("DELETE FROM chain_head WHERE site = ?", t.SITE)
    return t.chain_finding("head_changed", t.last())


CHAIN_DEEDS: tuple[Callable[[], t.Finding], ...] = (
    edited, edited_and_sealed, first_edited_and_sealed, actor_exchanged, key_changed, payload_broken,
    deleted, first_deleted, deleted_and_closed_up, several_deleted_and_closed_up,
    inserted, inserted_with_a_wrong_hash, inserted_under_a_strange_key, inserted_behind_the_head,
    neighbours_swapped, swapped, tail_cut, all_cut,
    head_hash_changed, head_instant_changed, head_put_back, head_deleted,
)  # fmt: skip


@pytest.mark.parametrize("deed", CHAIN_DEEDS, ids=lambda deed: deed.__name__)
def test_the_chain_names_the_kind_and_the_first_bad_event(played: Shop, deed: Callable[[], t.Finding]) -> None:
    with t.unguarded(played):
        expected = deed()
    assert [found for found in t.found_by(played) if found.number == 19 and found.kind != "attachment"] == [expected]


def kept(*seqs: int) -> list[Anchor]:
    return [Anchor(str(sql.scalar("SELECT code FROM site WHERE id = ?", t.SITE)), seq, t.link(seq)["hash"])
            for seq in seqs]  # fmt: skip


def test_a_tail_cut_with_a_fitting_head_needs_an_anchor(played: Shop) -> None:
    with played.reader():
        end = t.last()
        noted = [*kept(20), *anchors(played)]
    with t.unguarded(played):
        t.cut(end - 2)
        t.fit_head()
    assert 19 not in {found.number for found in t.found_by(played)}
    assert t.chain_finding("tail_cut", end - 2) in t.found_by(played, kept=noted)


def test_a_chain_written_anew_to_its_end_needs_an_anchor(played: Shop) -> None:
    with played.reader():
        noted = [*kept(20, 30, 60), *anchors(played)]
    with t.unguarded(played):
        t.edit(40)
        t.reseal(40)
    assert t.found_by(played) == []
    assert t.found_by(played, kept=noted) == [t.chain_finding("rewritten", 31)]


def test_anchors_survive_their_file(played: Shop) -> None:
    noted = anchors(played)
    assert read_anchors(write_anchors(noted) + "\n" + write_anchors(noted)) == noted * 2
    assert t.found_by(played, kept=noted) == []
    with pytest.raises(Invalid):
        read_anchors('{"site": "HQ"}\n')


@pytest.mark.parametrize("at", [1, PAGE, PAGE + 1, 2 * PAGE + 7])
def test_long_chains_are_read_in_pages(sqlite_shop: Shop, at: int) -> None:
    shop = sqlite_shop

    def write_many() -> None:
        for number in range(2 * PAGE + 10):
            head = lock_chain(shop, system_actor(shop), f"many-{number}")
            told = {"operation": f"many-{number}", "action": "refused", "doc": "order", "doc_id": 0}
            append(head, head.at + 1, t.NOBODY | told)

    shop.write(write_many)
    assert t.found_by(shop) == []
    with t.unguarded(shop):
        t.update(at, terminal="elsewhere")
    assert t.found_by(shop) == [t.chain_finding("edited", at)]


def all_triggers(shop: Shop) -> list[triggers.Trigger]:
    return list(triggers.triggers(shop.backend.name))


def test_the_record_is_insert_only(played: Shop) -> None:
    for trigger in all_triggers(played):
        statement = {
            "UPDATE": f"UPDATE {trigger.table} SET id = id + 1",
            "DELETE": f"DELETE FROM {trigger.table}",
            "TRUNCATE": f"TRUNCATE {trigger.table} CASCADE",
        }[trigger.statement]
        with pytest.raises(pw.IntegrityError, match=triggers.SAID), played.reader() as db:
            db.execute_sql(statement)
    with played.reader():
        assert sql.change("UPDATE signature SET voided = at WHERE action = 'issue_parts'") > 0


def test_a_dropped_trigger_is_named(played: Shop) -> None:
    for trigger in all_triggers(played):
        table = f" ON {trigger.table}" if played.backend.name == "postgres" else ""
        with played.reader() as db:
            db.execute_sql(f"DROP TRIGGER {trigger.name}{table}")
            assert triggers.missing(db, played.backend.name) == [trigger]
            db.execute_sql(trigger.postgres if table else trigger.sqlite)
    with played.reader() as db:
        t.drop_triggers(db, played.backend.name)
    named = [found.params["name"] for found in verify(played) if found.params.get("kind") == "trigger"]
    assert named == [trigger.name for trigger in all_triggers(played)]


def test_a_toothless_trigger_is_named(played: Shop) -> None:
    with played.reader() as db:
        if played.backend.name == "postgres":
            db.execute_sql("ALTER TABLE event DISABLE TRIGGER event_no_delete")
        else:
            db.execute_sql("DROP TRIGGER event_no_delete")
            db.execute_sql("CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT 1; END")
    assert [found.params["name"] for found in verify(played)] == ["event_no_delete"]


def test_a_toothless_function_is_named(played: Shop) -> None:
    if played.backend.name == "postgres":
        with played.reader() as db:
            made = f"CREATE OR REPLACE FUNCTION {triggers.FUNCTION}() RETURNS trigger LANGUAGE plpgsql"
            db.execute_sql(f"{made} AS $$BEGIN RETURN OLD; END$$")
            assert triggers.missing(db, "postgres") == all_triggers(played)
