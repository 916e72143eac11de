"""Lists, searches and pages of every noun, on a real database."""

import csv
import io
from pathlib import Path

import pytest

from tests import shopkit
from tests.cli.conftest import Shopterm

NOUNS = ("order", "job", "sheet", "quote", "part", "loan", "customer", "machine", "person")


def open_order(workshop: Path, name: str = "北岭东样") -> str:
    """Receive a machine with two complaints; returns the work order's number."""
    shop = shopkit.reopen(f"sqlite:///{workshop}/shopterm.db", workshop)
    done = shopkit.do(
        shop,
        "A1",
        "open_order",
        serial="KMT0021001",
        customer_name=name,
        phone="10003447795",
        complaints=[{"text": "boom drifts"}, {"text": '=HYPERLINK("x")'}],
    )
    shop.close()
    return done.number


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("form", [[], ["--json"], ["--csv"], ["--all-sites"], ["--sort", "-number"]])
def test_every_list_can_be_printed(noun: str, form: list[str], shopterm: Shopterm, workshop: Path) -> None:
    if form == ["--all-sites"] and noun in {"part", "customer", "machine", "person"}:
        form = []
    if noun == "machine" and "--sort" in form:
        form = ["--sort", "-serial"]
    told = shopterm(noun, "list", *form)
    assert told.status == 0, told.err
    if form == ["--json"]:
        assert told.json["list"] == noun
        assert told.json["total"] == len(told.json["rows"])


def test_an_order_is_listed_found_and_shown(shopterm: Shopterm, workshop: Path) -> None:
    number = open_order(workshop)
    (row,) = shopterm("order", "list", "--json").json["rows"]
    assert (row["number"], row["state"], row["serial"], row["jobs"]) == (number, "received", "KMT0021001", 2)
    assert row["received"].endswith("+08:00")
    assert shopterm("order", "find", "kmt002", "北岭", "--json").json["rows"] == [row]
    shown = shopterm("order", "show", number.lower(), "--json")
    assert shown.json["number"] == number
    assert number in shopterm("order", "show", number).out
    (job, _other) = shopterm("job", "list", "--text", number, "--sort", "number", "--json").json["rows"]
    assert shopterm("job", "show", job["number"], "--json").json["doc"] == "job"


def test_telephones_are_masked(shopterm: Shopterm, workshop: Path) -> None:
    number = open_order(workshop)
    for told in (
        shopterm("order", "list", "--csv"),
        shopterm("customer", "list"),
        shopterm("order", "show", number),
        shopterm("customer", "show", "K00001"),
        shopterm("order", "show", number, "--json"),
    ):
        assert told.status == 0, told.err
        assert "10003447795" not in told.out
    assert "100******95" in shopterm("customer", "show", "K00001").out


def test_a_person_who_telephones_sees_the_number(shopterm: Shopterm, workshop: Path, pin_file: Path) -> None:
    number = open_order(workshop)
    told = shopterm("order", "show", number, "--as", "A1", "--pin-file", str(pin_file))
    assert "10003447795" in told.out


def test_text_from_data_is_no_formula_in_csv(shopterm: Shopterm, workshop: Path) -> None:
    open_order(workshop)
    told = shopterm("job", "list", "--csv", "--bom")
    assert told.out.startswith("\ufeff")
    texts = [row["text"] for row in csv.DictReader(io.StringIO(told.out.removeprefix("\ufeff")))]
    assert '\'=HYPERLINK("x")' in texts


def test_states_filter(shopterm: Shopterm, workshop: Path) -> None:
    open_order(workshop)
    assert shopterm("order", "list", "--state", "received", "--json").json["total"] == 1
    assert shopterm("order", "list", "--state", "in_shop", "--state", "checked", "--json").json["total"] == 0
    told = shopterm("order", "list", "--state", "lost")
    assert told.status == 2
    assert "in_shop" in told.err


def test_lists_are_paged_and_say_how_much_there_is(shopterm: Shopterm, workshop: Path) -> None:
    names = []
    for offset in range(0, 12, 5):
        told = shopterm("person", "list", "--limit", "5", "--offset", str(offset), "--json").json
        names += [row["number"] for row in told["rows"]]
        assert told["total"] == 12
    assert names == sorted(shopkit.PEOPLE)
    assert "5 of 12" in shopterm("person", "list", "--limit", "5").err


def test_sorting_goes_both_ways_and_names_the_columns(shopterm: Shopterm, workshop: Path) -> None:
    up = [row["list_price"] for row in shopterm("part", "list", "--sort", "list_price", "--json").json["rows"]]
    down = [row["list_price"] for row in shopterm("part", "list", "--sort", "-list_price", "--json").json["rows"]]
    assert up == down[::-1] == sorted(up, key=float)
    told = shopterm("part", "list", "--sort", "colour")
    assert told.status == 2
    assert "list_price" in told.err


def test_wildcards_mean_themselves(shopterm: Shopterm, workshop: Path) -> None:
    for text in ("%", "_", "!", "100%"):
        assert shopterm("customer", "list", "--text", text, "--json").json["total"] == 0


def test_stock_is_that_of_the_acting_site(shopterm: Shopterm, workshop: Path) -> None:
    rows = shopterm("part", "list", "--text", "柴油滤芯 komatsu", "--json").json["rows"]
    assert [(row["number"], row["on_hand"], row["reserved"]) for row in rows] == [("600-311-3750", "10", "0")]


@pytest.mark.parametrize("noun", NOUNS)
def test_what_is_not_there_is_status_6(noun: str, shopterm: Shopterm, workshop: Path) -> None:
    assert shopterm(noun, "show", "C01-XX-0000-0000").status == 6
    told = shopterm(noun, "find", "zzzz-no-such", "--json")
    assert told.status == 6
    assert told.error["code"] == "not_found"


def test_cards_of_customer_and_machine(shopterm: Shopterm, workshop: Path) -> None:
    number = open_order(workshop)
    machine = shopterm("machine", "show", "KMT0021001")
    assert machine.status == 0
    assert number in machine.out
    assert "PC210-8" in shopterm("customer", "show", "K00001").out
    assert shopterm("machine", "show", "komatsu KMT0021001", "--json").json["number"] == "KMT0021001"


def test_an_unknown_site_is_not_found(shopterm: Shopterm, workshop: Path) -> None:
    told = shopterm("order", "list", "--site", "ZZ9")
    assert told.status == 6
    assert "ZZ9" in told.err


def test_a_reader_named_by_as_must_sign_in(shopterm: Shopterm, workshop: Path, tmp_path: Path) -> None:
    from tests.cli.conftest import private_file

    wrong = private_file(tmp_path / "wrong", "111222")
    assert shopterm("order", "list", "--as", "A1", "--pin-file", str(wrong)).status == 8
