"""Verbs from the command line: signed, refused, repeated, read from files."""

import json
import uuid
from pathlib import Path

import pytest

from shopterm import i18n
from tests import shopkit
from tests.cli.conftest import Shopterm, Told, private_file

COMPLAINT = 'complaints=[{"text":"boom drifts"}]'
MACHINE = ("--set", "serial=KMT0021001", "--set", "customer=K00001")


@pytest.fixture
def act(shopterm: Shopterm, workshop: Path, pin_file: Path) -> Shopterm:
    """Do a verb as a person of the test workshop, answered in JSON."""

    def run(person: str, *arguments: str) -> Told:
        return shopterm("--json", "--as", person, "--pin-file", str(pin_file), "do", *arguments)

    return run


def received(act: Shopterm) -> str:
    """Receive a machine; returns the work order's number."""
    told = act("A1", "open_order", "new", *MACHINE, "--set", COMPLAINT)
    assert told.status == 0, told.out
    number: str = told.json["document"]["number"]
    return number


def test_a_verb_answers_with_the_document(act: Shopterm) -> None:
    number = received(act)
    told = act("A1", "read-back", number, "--set", "confirmed_by=王先生").json
    assert told["action"] == "read_back"
    assert told["document"]["number"] == number
    assert told["document"]["version"] == 2
    assert told["replayed"] is False
    assert str(uuid.UUID(told["op_id"])) == told["op_id"]


def test_people_read_what_happened(shopterm: Shopterm, act: Shopterm, pin_file: Path) -> None:
    number = received(act)
    told = shopterm(
        "--as",
        "A1",
        "--pin-file",
        str(pin_file),
        "--lang",
        "en",
        "do",
        "promise",
        number,
        "--set",
        "promised=2030-01-02 16:30",
    )
    assert told.status == 0, told.err
    assert number in told.out


@pytest.mark.refuses("ADV-4.3")
def test_a_rule_refuses_with_its_id_and_who_can(act: Shopterm) -> None:
    told = act("A1", "sign_intake", received(act), "--set", "signed_by=王先生")
    assert told.status == 3
    assert told.error["code"] == "refused"
    assert told.error["rule"].startswith("ADV-")
    assert told.error["who"] == ["service_advisor"]
    assert told.error["sentence"]


def test_the_wrong_role_is_refused_in_words(shopterm: Shopterm, act: Shopterm, pin_file: Path) -> None:
    number = received(act)
    told = shopterm(
        "--as", "M3", "--pin-file", str(pin_file), "--lang", "en", "do", "read_back", number, "--set", "confirmed_by=x"
    )
    assert told.status == 3
    assert told.out == ""
    assert "[ADV-3.1]" in told.err
    assert "Who can: service advisor" in told.err


def test_every_problem_is_named_at_once(act: Shopterm) -> None:
    told = act(
        "A1",
        "open_order",
        "new",
        "--set",
        "hours=many",
        "--set",
        'complaints=[{}, {"text": ""}]',
        "--set",
        "colour=red",
    )
    assert told.status == 4
    assert {problem["field"] for problem in told.error["problems"]} >= {"serial", "hours", "colour"}


def test_the_same_operation_takes_effect_once(act: Shopterm, shopterm: Shopterm) -> None:
    operation = str(uuid.uuid4())
    arguments = ("open_order", "new", *MACHINE, "--set", COMPLAINT, "--op-id", operation)
    first, second = act("A1", *arguments), act("A1", *arguments)
    assert second.json["document"]["number"] == first.json["document"]["number"]
    assert (first.json["replayed"], second.json["replayed"]) == (False, True)
    assert shopterm("order", "list", "--json").json["total"] == 1
    other = act("A1", *arguments[:-4], "--set", 'complaints=[{"text":"else"}]', "--op-id", operation)
    assert other.status == 5


def test_a_stale_version_is_a_conflict(act: Shopterm) -> None:
    number = received(act)
    assert act("A1", "read_back", number, "--set", "confirmed_by=x", "--if-version", "1").status == 0
    told = act("A1", "promise", number, "--set", "promised=2030-01-02 16:30", "--if-version", "1")
    assert (told.status, told.error["code"]) == (5, "conflict")


def test_lines_come_from_a_file(act: Shopterm, tmp_path: Path) -> None:
    (tmp_path / "lines.json").write_text(json.dumps([{"text": "one"}, {"text": "two"}]))
    told = act("A1", "open_order", "new", *MACHINE, "--set", f"complaints=@{tmp_path}/lines.json")
    assert told.status == 0, told.out
    assert len([made for made in told.json["made"] if made["doc"] == "job"]) == 2


def test_values_come_from_a_file_and_set_goes_over_them(act: Shopterm, tmp_path: Path) -> None:
    values = {"serial": "NOWHERE", "complaints": [{"text": "one", "assembly": True}], "hours": 5300}
    (tmp_path / "values.json").write_text(json.dumps(values))
    told = act("A1", "open_order", "new", "--values", str(tmp_path / "values.json"), *MACHINE)
    assert told.status == 0, told.out


def test_values_come_from_standard_input(shopterm: Shopterm, workshop: Path, pin_file: Path) -> None:
    told = shopterm(
        "--json",
        "--as",
        "A1",
        "--pin-file",
        str(pin_file),
        "do",
        "open_order",
        "new",
        "--values",
        "-",
        stdin=json.dumps({"serial": "KMT0021001", "customer": "K00001", "complaints": [{"text": "one"}]}),
    )
    assert told.status == 0, told.out


@pytest.mark.parametrize(("text", "status"), [("{", 4), ("[1]", 4), ("nonsense", 4), ("[" * 100_000, 4)])
def test_a_broken_file_is_told(act: Shopterm, tmp_path: Path, text: str, status: int) -> None:
    (tmp_path / "values.json").write_text(text)
    assert act("A1", "open_order", "new", "--values", str(tmp_path / "values.json")).status == status


def test_a_missing_file_is_not_found(act: Shopterm, tmp_path: Path) -> None:
    assert act("A1", "open_order", "new", "--values", str(tmp_path / "none.json")).status == 6


def test_set_without_a_value_is_wrong_usage(act: Shopterm) -> None:
    assert act("A1", "open_order", "new", "--set", "serial").status == 2


@pytest.mark.parametrize("arguments", [["--op-id", "7"], ["--if-version", "x"]])
def test_bad_options_are_wrong_usage(act: Shopterm, arguments: list[str]) -> None:
    assert act("A1", "open_order", "new", *arguments).status == 2


def test_nobody_acts_without_a_name(shopterm: Shopterm, workshop: Path) -> None:
    told = shopterm("do", "open_order", "new")
    assert told.status == 2
    assert "--as" in told.err


def test_a_wrong_pin_is_status_8_and_locks(shopterm: Shopterm, workshop: Path, tmp_path: Path, pin_file: Path) -> None:
    wrong = private_file(tmp_path / "wrong", "111222")
    for _attempt in range(5):
        told = shopterm("--as", "A1", "--pin-file", str(wrong), "do", "open_order", "new", "--json")
        assert (told.status, told.error["code"]) == (8, "sign_in")
    told = shopterm("--as", "A1", "--pin-file", str(pin_file), "do", "open_order", "new", "--json")
    assert told.status == 8
    assert "111222" not in told.out


def test_the_pin_file_may_be_named_by_the_environment(
    shopterm: Shopterm, workshop: Path, pin_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOPTERM_PIN_FILE", str(pin_file))
    told = shopterm("--as", "A1", "do", "open_order", "new", *MACHINE, "--set", COMPLAINT)
    assert told.status == 0, told.err


def test_an_open_pin_file_is_refused(shopterm: Shopterm, workshop: Path, tmp_path: Path) -> None:
    path = private_file(tmp_path / "pin", shopkit.PIN, 0o644)
    assert shopterm("--as", "A1", "--pin-file", str(path), "do", "open_order", "new").status == 8


def test_a_second_signer_signs_in_the_same_verb(act: Shopterm, pin_file: Path) -> None:
    lend = ("lend_parts", "new", "--set", 'lines=[{"part":"07000-12011","quantity":2}]', "--set", "purpose=trial")
    alone = act("P1", *lend)
    assert alone.status == 3
    told = act("P1", *lend, "--with", "M1", "--with-pin-file", str(pin_file))
    assert told.status == 0, told.out
    assert told.json["document"]["doc"] == "loan"


def test_a_document_that_is_not_there_is_status_6(act: Shopterm) -> None:
    assert act("A1", "read_back", "C01-WO-0000-0000", "--set", "confirmed_by=x").status == 6


def test_the_language_is_the_persons_unless_said(shopterm: Shopterm, workshop: Path, pin_file: Path) -> None:
    arguments = ("--as", "A1", "--pin-file", str(pin_file), "do", "clock_out", "M1")
    assert shopterm(*arguments).status == 3
    assert i18n.language() == "zh"
    assert "is done by" in shopterm("--lang", "en", *arguments).err
