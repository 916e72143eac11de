"""Set-up and upkeep of a real database, from the command line."""

import os
import stat
from pathlib import Path

import apsw
import pytest

from tests import shopkit
from tests.cli.conftest import Shopterm, private_file

CODE_OK = shopkit.PIN


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data directory in which nothing is set up yet."""
    monkeypatch.setenv("SHOPTERM_STORAGE__DATA_DIR", str(tmp_path / "house"))
    return tmp_path / "house"


def test_set_up_to_the_first_verb(shopterm: Shopterm, house: Path, tmp_path: Path) -> None:
    made = shopterm("init", "--json").json
    assert made["site"] == "C01"
    assert set(made["checklists"]) >= {"qc_excavator", "self_check"}
    code = private_file(tmp_path / "code", made["code"])
    pin = private_file(tmp_path / "pin", CODE_OK)
    set_pin = ("person", "set-pin", "ADM", "--code-file", str(code), "--pin-file", str(pin), "--json")
    assert shopterm(*set_pin).json["roles"] == ["administrator"]
    assert shopterm(*set_pin).status == 8, "a code works once"
    told = shopterm(
        "--as",
        "ADM",
        "--pin-file",
        str(pin),
        "do",
        "create_person",
        "new",
        "--json",
        "--set",
        "number=B7",
        "--set",
        "name_zh=李",
        "--set",
        "roles=foreman",
    )
    assert told.status == 0, told.out
    assert {row["number"] for row in shopterm("person", "list", "--json").json["rows"]} == {"ADM", "B7"}


def test_set_up_is_private_and_prints_the_code_once(shopterm: Shopterm, house: Path) -> None:
    told = shopterm("init")
    assert told.status == 0, told.err
    assert "one-time code" in told.out
    assert str(house / "pepper") in told.out
    assert stat.S_IMODE(house.stat().st_mode) == 0o700
    for name in ("shopterm.db", "pepper"):
        assert stat.S_IMODE((house / name).stat().st_mode) == 0o600
    again = shopterm("init")
    assert again.status == 7
    assert "not empty" in again.err


def test_a_weak_pin_is_refused_with_the_reason(shopterm: Shopterm, house: Path, tmp_path: Path) -> None:
    code = private_file(tmp_path / "code", shopterm("init", "--json").json["code"])
    for weak in ("123456", "12345", "abcdef"):
        pin = private_file(tmp_path / "pin", weak)
        told = shopterm("person", "set-pin", "ADM", "--code-file", str(code), "--pin-file", str(pin), "--json")
        assert told.status == 4
        assert weak not in told.out


def test_a_wrong_code_is_status_8(shopterm: Shopterm, house: Path, tmp_path: Path) -> None:
    shopterm("init")
    wrong = private_file(tmp_path / "code", "00000000")
    pin = private_file(tmp_path / "pin", CODE_OK)
    told = shopterm("person", "set-pin", "ADM", "--code-file", str(wrong), "--pin-file", str(pin))
    assert told.status == 8


def test_relative_paths_are_of_the_working_directory(
    shopterm: Shopterm, house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert shopterm("--db", "sqlite:///mine.db", "init").status == 0
    assert (tmp_path / "mine.db").exists()
    assert shopterm("order", "list", "--db", "sqlite:///mine.db").status == 0


def test_backup_and_restore(shopterm: Shopterm, workshop: Path, tmp_path: Path) -> None:
    told = shopterm("backup", "--json").json
    assert Path(told["file"]).parent == workshop / "backups"
    assert {anchor["site"] for anchor in told["anchors"]} == {"*", "C01"}
    new = f"sqlite:///{tmp_path}/new.db"
    assert shopterm("--db", new, "restore", told["file"], "--json").json["pepper_fits"] is True
    assert shopterm("--db", new, "person", "list", "--json").json["total"] == len(shopkit.PEOPLE)
    again = shopterm("--db", new, "restore", told["file"])
    assert again.status == 4
    assert "exists already" in again.err


def test_people_are_told_what_a_backup_lacks(shopterm: Shopterm, workshop: Path, tmp_path: Path) -> None:
    told = shopterm("backup", str(tmp_path / "one.db"))
    assert told.status == 0
    assert str(workshop / "pepper") in told.out
    assert shopterm("backup", str(tmp_path / "one.db")).status == 4


def test_a_damaged_backup_is_a_failed_check(shopterm: Shopterm, workshop: Path, tmp_path: Path) -> None:
    shopterm("backup", str(tmp_path / "one.db"))
    with (tmp_path / "one.db").open("r+b") as file:
        file.seek(5000)
        file.write(b"\xff")
    assert shopterm("--db", f"sqlite:///{tmp_path}/new.db", "restore", str(tmp_path / "one.db")).status == 1


def test_migrate_has_nothing_to_do_on_a_new_database(shopterm: Shopterm, workshop: Path) -> None:
    assert shopterm("migrate", "--json").json == {"applied": [], "backup": None}
    assert not (workshop / "backups").exists()


def older(workshop: Path, schema: int) -> None:
    connection = apsw.Connection(str(workshop / "shopterm.db"))
    connection.execute("UPDATE mark SET value = ? WHERE key = 'schema'", (str(schema),))
    connection.close()


def test_migrate_backs_up_first(shopterm: Shopterm, workshop: Path) -> None:
    older(workshop, 0)
    refused = shopterm("order", "list")
    assert refused.status == 7
    assert "shopterm migrate" in refused.err
    told = shopterm("migrate", "--json").json
    assert Path(told["backup"]).exists()
    assert shopterm("order", "list").status == 0


def test_an_older_program_leaves_a_newer_database_alone(shopterm: Shopterm, workshop: Path) -> None:
    older(workshop, 99)
    assert shopterm("migrate").status == 7
    assert shopterm("order", "list").status == 7
    assert not (workshop / "backups").exists()


def test_doctor_is_content_with_a_sound_house(shopterm: Shopterm, workshop: Path) -> None:
    shopterm("backup")
    told = shopterm("doctor", "--json")
    levels = {one["what"]: one["level"] for one in told.json["findings"]}
    assert told.status == 0, told.out
    assert {levels[what] for what in ("database", "SQLite", "backup", "PIN secret", "data directory")} == {"ok"}


def test_doctor_says_what_to_do(shopterm: Shopterm, workshop: Path) -> None:
    os.chmod(workshop, 0o755)
    os.chmod(workshop / "pepper", 0o644)
    told = shopterm("doctor")
    assert told.status == 1
    assert f"chmod 0700 {workshop}" in told.out
    assert f"chmod 0600 {workshop}/pepper" in told.out
    assert "shopterm backup" in told.out


def test_doctor_runs_where_nothing_is(shopterm: Shopterm, house: Path) -> None:
    told = shopterm("doctor")
    assert told.status == 1
    assert "shopterm init" in told.out
    assert not house.exists()


def test_doctor_finds_a_broken_settings_file(
    shopterm: Shopterm, house: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "own.toml").write_text("[site]\ncode = 7\n")
    monkeypatch.setenv("SHOPTERM_CONFIG", str(tmp_path / "own.toml"))
    told = shopterm("doctor")
    assert told.status == 1
    assert "site.code" in told.out


def test_doctor_finds_a_database_that_others_may_read(shopterm: Shopterm, workshop: Path) -> None:
    os.chmod(workshop / "shopterm.db", 0o644)
    told = shopterm("doctor")
    assert told.status == 1
    assert "0600" in told.out


def test_passwords_of_urls_are_not_shown(shopterm: Shopterm, house: Path) -> None:
    told = shopterm("--db", "postgresql://clerk:hunter2@127.0.0.1:1/none", "doctor")
    assert told.status == 1
    assert "hunter2" not in told.out + told.err


def receive(workshop: Path) -> str:
    shop = shopkit.reopen(f"sqlite:///{workshop}/shopterm.db", workshop)
    complaints = [{"text": "boom drifts"}]
    done = shopkit.do(shop, "A1", "open_order", serial="KMT0021001", customer="K00001", complaints=complaints)
    shop.close()
    return done.number


def tamper(workshop: Path, statement: str) -> None:
    """Change a stored row as somebody with the file would, without the guarding triggers."""
    connection = apsw.Connection(str(workshop / "shopterm.db"))
    triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _sql in triggers:
        connection.execute(f'DROP TRIGGER "{name}"')
    connection.execute(statement)
    for _name, sql in triggers:
        connection.execute(str(sql))
    connection.close()


def test_verify_is_content_with_a_sound_house(shopterm: Shopterm, workshop: Path) -> None:
    receive(workshop)
    told = shopterm("verify", "--json")
    assert told.json == {"ok": True, "violations": []}
    assert told.status == 0
    assert "Everything holds" in shopterm("verify").out


def test_verify_names_what_was_changed(shopterm: Shopterm, workshop: Path) -> None:
    receive(workshop)
    tamper(workshop, "UPDATE event SET terminal = 'elsewhere' WHERE seq = 2 AND site = 1")
    told = shopterm("verify", "--json")
    assert told.status == 1
    assert told.json["ok"] is False
    assert {one["invariant"] for one in told.json["violations"]} >= {19}
    assert " 19  " in shopterm("verify").out


def test_anchors_of_a_backup_show_a_cut_tail(shopterm: Shopterm, workshop: Path, tmp_path: Path) -> None:
    receive(workshop)
    shopterm("backup", str(tmp_path / "one.db"))
    for file in ("one.db", "one.db.manifest.json"):
        assert shopterm("verify", "--anchors", str(tmp_path / file)).status == 0
    last = "(SELECT MAX(seq) FROM event WHERE site = 1)"
    tamper(workshop, f"DELETE FROM event WHERE site = 1 AND seq = {last}")
    told = shopterm("verify", "--anchors", str(tmp_path / "one.db"))
    assert told.status == 1
    assert shopterm("verify", "--anchors", str(tmp_path / "none")).status == 6


def test_what_a_clean_check_remembers_shows_a_cut_tail_later(
    shopterm: Shopterm, workshop: Path, tmp_path: Path
) -> None:
    file = tmp_path / "anchors"
    receive(workshop)
    first = shopterm("verify", "--remember", str(file), "--json").json
    assert [one["site"] for one in first["remembered"]] == ["*", "C01"]  # what is shared has a chain, too
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    receive(workshop)
    assert shopterm("verify", "--anchors", str(file), "--remember", str(file)).status == 0
    kept = file.read_text()
    assert len(kept.splitlines()) == 4
    tamper(workshop, "DELETE FROM event WHERE site = 1 AND seq = (SELECT MAX(seq) FROM event WHERE site = 1)")
    told = shopterm("verify", "--anchors", str(file), "--remember", str(file), "--json")
    assert (told.status, told.json["remembered"]) == (1, [])
    assert file.read_text() == kept, "only what holds is remembered"


def test_anchors_that_cannot_be_kept_are_said_so(shopterm: Shopterm, workshop: Path, tmp_path: Path) -> None:
    told = shopterm("verify", "--remember", str(tmp_path / "nowhere" / "anchors"), "--json")
    assert told.status == 7
    assert "nowhere/anchors" in told.error["sentence"]


def test_set_up_on_postgresql(shopterm: Shopterm, house: Path, pg_database: str) -> None:
    assert shopterm("--db", pg_database, "order", "list").status == 7, "it is empty"
    assert shopterm("--db", pg_database, "init", "--json").status == 0
    told = shopterm("--db", pg_database, "person", "list", "--json").json
    assert [row["number"] for row in told["rows"]] == ["ADM"]
    assert shopterm("--db", pg_database, "verify").status == 0
    again = shopterm("--db", pg_database, "init")
    assert again.status == 7
    assert "not empty" in again.err


def test_a_server_that_is_away_is_status_7(shopterm: Shopterm, house: Path) -> None:
    told = shopterm("--db", "postgresql://clerk:hunter2@127.0.0.1:1/none", "order", "list", "--json")
    assert (told.status, told.error["code"]) == (7, "unavailable")
    assert "hunter2" not in told.out
