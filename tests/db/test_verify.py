"""What nobody touched verifies clean, at any moment, for anybody who may read; a damaged file is found."""

import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from shopterm.db import sql
from shopterm.db.invariants import Violation
from shopterm.db.session import Shop
from shopterm.db.snapshot import snapshot
from shopterm.domain.errors import Unavailable
from shopterm.usecases.verify import MOST, few, verify
from tests import postgres, shopkit
from tests.db import tamper as t
from tests.rules.story import Stage, asked, to
from tests.shopkit import FILTER, OIL, RING, do


def test_a_day_nobody_touched_verifies_clean(played: Shop) -> None:
    told: list[tuple[str, int, int]] = []
    assert verify(played, lambda *step: told.append(step)) == []
    with played.reader():
        events, files = t.last(), t.one("SELECT COUNT(*) FROM attachment")
    assert told == [("events", events, events), *(("files", seen, files) for seen in range(1, files + 1))]


def test_detours_verify_clean(shop: Shop) -> None:
    """Sheets go back and change, quotes are taken back, parts come back, people leave and return."""
    parts, crew = asked((RING, "4"), (FILTER, "1")), {"assign_job": {"helpers": "M2"}}
    story = to(shop, Stage.APPROVED, parts=parts, said=crew)
    sheet, story.parts = story.material, asked((RING, "4"))
    do(shop, "P1", "propose_part", sheet, line=2, part="Huashen 600-311-3750", reason="现货")
    do(shop, "F1", "approve_parts", sheet, old_parts_seen=True)
    do(shop, "P1", "price_parts", sheet, lines=[])
    do(shop, "F1", "revise_parts", sheet, reason="数量")
    do(shop, "M1", "edit_parts", sheet, lines=[], none=True)
    do(shop, "M1", "submit_parts", sheet)
    do(shop, "F1", "approve_parts", sheet, old_parts_seen=True)
    with shop.reader():
        assert t.one("SELECT state FROM job") == "priced"  # nothing is needed, so nothing is left to price
    do(shop, "F2", "revise_parts", sheet, reason="还是要")
    do(shop, "M2", "edit_parts", sheet, lines=story.parts)
    do(shop, "M2", "submit_parts", sheet)
    do(shop, "F1", "approve_parts", sheet, old_parts_seen=True)
    story.go(Stage.PRICED)
    quote = do(shop, "A1", "make_quote", story.order).made[0][2]
    do(shop, "W1", "sign_warranty", quote)
    do(shop, "A1", "replace_quote", quote, reason="重做")
    story.go(Stage.CONSENTED)
    do(shop, "P1", "issue_parts", sheet, lines=story.parts)
    do(shop, "P1", "take_back_parts", sheet, lines=asked((RING, "1")), reason="多")
    do(shop, "P1", "lend_parts", None, second="M1", lines=asked((OIL, "5")), purpose="试")
    do(shop, "X1", "deactivate", "M3", reason="离职")
    do(shop, "X1", "reactivate", "M3")
    assert verify(shop) == []


def test_others_may_go_on_working_meanwhile(shop: Shop) -> None:
    to(shop, Stage.IN_SHOP)

    def work() -> None:
        to(shop, Stage.IN_SHOP)
        shop.close()

    def meanwhile(what: str, _seen: int, _all: int) -> None:
        if what == "events":
            worker = threading.Thread(target=work)
            worker.start()
            worker.join()

    assert verify(shop, meanwhile) == []
    with shop.reader():
        assert t.one("SELECT COUNT(*) FROM work_order") == 2


def test_nothing_can_be_written_through_a_snapshot(shop: Shop) -> None:
    with pytest.raises(Unavailable), snapshot(shop):
        sql.change("UPDATE person SET name_en = 'x'")
    with shop.reader():
        assert sql.change("UPDATE person SET name_en = 'x'") > 0


def test_a_reader_may_verify(pg_server: postgres.Server, tmp_path: Path) -> None:
    name = pg_server.create()
    reader = f"{name}_reader"
    parts = urlsplit(pg_server.url(name))
    shop = shopkit.build(parts.geturl(), tmp_path)
    to(shop, Stage.IN_SHOP)
    with shop.reader() as db:
        db.execute_sql(f"CREATE ROLE {reader} LOGIN PASSWORD 'reader'")
        db.execute_sql(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {reader}")
    host = parts.netloc.rpartition("@")[2]
    opened = shopkit.reopen(parts._replace(netloc=f"{reader}:reader@{host}").geturl(), tmp_path)
    with opened.reader():
        assert t.one("SELECT current_user") == reader
    assert verify(opened) == []
    opened.close()
    reopened = shopkit.reopen(parts.geturl(), tmp_path)
    with reopened.reader() as db:
        db.execute_sql(f"DROP OWNED BY {reader}")
        db.execute_sql(f"DROP ROLE {reader}")
    reopened.close()
    pg_server.drop(name)


def test_a_damaged_or_missing_file_is_named(played: Shop) -> None:
    with played.reader():
        row, sha256 = sql.row("SELECT id, sha256 FROM attachment ORDER BY id") or (0, "")
        same = t.one("SELECT COUNT(*) FROM attachment WHERE sha256 = ?", sha256)
    file = played.data_dir / "files" / sha256[:2] / sha256
    data = file.read_bytes()
    file.write_bytes(bytes([data[0] ^ 1]) + data[1:])
    found = t.found_by(played)
    assert len(found) == same and found[0] == t.chain_finding("attachment", t.maker_of(row))
    file.unlink()
    assert t.found_by(played) == found
    file.write_bytes(data)
    assert t.found_by(played) == []


def test_amounts_must_be_whole_numbers(shop: Shop) -> None:
    to(shop, Stage.IN_SHOP)
    with shop.reader() as db:
        if shop.backend.name == "postgres":
            db.execute_sql("ALTER TABLE labour_line ALTER COLUMN amount TYPE numeric")
        else:
            db.execute_sql("PRAGMA writable_schema = 1")
            db.execute_sql("UPDATE sqlite_master SET sql = replace(sql, ' STRICT', '') WHERE name = 'labour_line'")
            db.execute_sql("PRAGMA writable_schema = RESET")
        db.execute_sql("UPDATE labour_line SET amount = amount + 0.5")
    assert 8 in {violation.number for violation in verify(shop)}


def test_a_ruined_house_does_not_tell_the_same_a_hundred_times() -> None:
    told = few([Violation(1, "{part} is wrong.", {"part": number}) for number in range(100)])
    assert len(told) == MOST + 1
    assert told[-1].number == 1 and told[-1].params == {"count": 100 - MOST}
