"""What `show --json` promises to programs: the names of sections and values, which are no wording."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Shopterm
from tests.rules.story import Stage, to
from tests.shopkit import do, reopen

TABLES = {
    "order": {
        "jobs": "line complaint state lead payer waits_for", "questions": "line question answer",
        "inspections": "at inspection result by findings note", "findings": "inspection item found note",
    },
    "job": {
        "work_lines": "line work kind minutes agreed now_on_it done",
        "parameters": "parameter value unit low high at", "sheets": "kind number state supplement revision",
        "findings": "inspection item found note",
    },
    "material_sheet": {
        "parts": "line part name quantity free bin issued old_part reason",
        "prices": "line price amount source lead_days agreed reserved not_needed", "old_parts": "line tag place",
        "reported_otherwise": "line part reported_as", "sent_back": "line part reason",
    },
    "labour_sheet": {"work": "line work kind minutes people rate amount reason", "sent_back": "line work reason"},
    "quote": {
        "jobs": "job complaint amount customer_pays", "lines": "line job text quantity price amount payer agreed",
    },
    "loan": {"parts": "line part name lent returned issued written_off outstanding serial"},
    "person": {"roles": "site role", "delegations": "site by to actions since until revoked"},
    "part": {
        "stock": "site store bin on_hand reserved free", "reserved_for": "job customer bin quantity",
        "on_loan": "loan borrower due quantity", "replaced_by": "part ratio note", "replaces": "part effective free",
        "interchange": "maker part fit note", "kit": "maker part quantity", "own_numbers": "customer own_number",
        "last_moves": "at kind bin quantity by",
    },
    "customer": {"machines": "serial maker model hours", "orders": "number state received"},
    "machine": {"orders": "number state received"},
}  # fmt: skip
"""By kind of document its tables and their columns; a history beside them."""
HISTORY = "at by action"
VALUES = {
    "order": {
        "order": "customer phone machine kind serial tonnage hours received received_by promised bay purpose note",
        "intake": "read_back_to fuel valuables engineer_called covers_fitted with_foreman joint_inspection washed",
    },
    "job": {
        "job": "complaint machine payer lead helpers bay assembly_opened failed_inspections waits_for waiting_since "
        "waiting_note advice decision approval_reference approval_date",
        "work_plan": "people start finish instruction",
    },
    "material_sheet": {
        "material_sheet": "order job machine reported_by reported revision signed_by supplement none_needed finding "
        "note reason"
    },
    "labour_sheet": {
        "total": "minutes amount",
        "labour_sheet": "order job machine reported_by reported revision signed_by supplement none_needed finding "
        "note reason",
    },
    "quote": {
        "quote": "order customer machine edition supplement net tax total customer_total promised valid_until "
        "warranty_signed_by answered confirmed confirmed_by note reason"
    },
    "loan": {"loan": "borrower purpose order lent lent_by due"},
    "person": {"person": "name_zh name_en badge phone language skills joined has_pin"},
    "part": {
        "part": "number maker name_zh name_en price price_per pack core_deposit weight returnable serial_tracked abc"
    },
    "customer": {"customer": "name name_en kind contact phone address terms credit_limit note"},
    "machine": {
        "machine": "maker model kind tonnage year hours hours_read_on purchase_date warranty_months warranty_hours "
        "customer customer_name engine_no demo note"
    },
}
"""By kind its named values, of which those that are not there may be missing."""
FILLED = 14
"""So many of the tables have rows in this workshop, so that their names are really compared."""
RING = "07000-12011"
NOUNS = {"material_sheet": "sheet", "labour_sheet": "sheet"}
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}")


@pytest.fixture
def numbers(workshop: Path) -> Iterator[dict[str, str]]:
    """A visit in work with its papers, a loan and a delegation, and the numbers to show them by."""
    shop = reopen(f"sqlite:///{workshop}/shopterm.db", workshop)
    story = to(shop, Stage.IN_WORK)
    do(shop, "A1", "ask_question", story.order, question="since when")
    do(shop, "F1", "give_delegation", "P1", verbs="approve_parts", until="+2d 12:00", reason="off")
    loan = do(shop, "P1", "lend_parts", "new", second="M1", lines=[{"part": RING, "quantity": "1"}], purpose="try")
    yield {
        "order": story.order, "job": story.job, "material_sheet": story.material, "labour_sheet": story.labour,
        "quote": story.quote, "loan": loan.number, "person": "P1", "part": f"Komatsu {RING}",
        "customer": "K00001", "machine": "KMT0021001",
    }  # fmt: skip
    shop.close()


@pytest.fixture
def shown(shopterm: Shopterm, numbers: dict[str, str]) -> dict[str, dict[str, Any]]:
    """Every kind's sections as JSON."""
    return {kind: sections(shopterm, kind, number) for kind, number in numbers.items()}


def sections(shopterm: Shopterm, kind: str, number: str, *more: str) -> dict[str, Any]:
    told = shopterm(NOUNS.get(kind, kind), "show", number, "--json", *more)
    assert told.status == 0, told.err
    found: dict[str, Any] = told.json["sections"]
    return found


def test_names_are_those_that_were_promised(shown: dict[str, dict[str, Any]]) -> None:
    for kind, found in shown.items():
        tables = {"history": HISTORY} | TABLES[kind]
        for name, section in found.items():
            if isinstance(section, list):
                assert [" ".join(row) for row in section] == [tables[name]] * len(section)
            else:
                assert section.keys() <= set(VALUES[kind][name].split()), kind
        assert VALUES[kind].keys() <= found.keys()
    seen = [(kind, name) for kind in TABLES for name in TABLES[kind] if shown[kind].get(name)]
    assert len(seen) >= FILLED, seen


def test_values_are_for_programs_in_every_language(
    shopterm: Shopterm, shown: dict[str, dict[str, Any]], numbers: dict[str, str]
) -> None:
    for kind, number in numbers.items():
        assert sections(shopterm, kind, number, "--lang", "zh") == shown[kind]
    assert shown["order"]["jobs"][0]["state"] == "in_work"
    assert shown["order"]["questions"][0]["answer"] is None
    assert shown["job"]["history"][0]["action"] == "clock_on"
    assert shown["quote"]["quote"]["customer_total"] == shown["quote"]["quote"]["total"]
    assert INSTANT.fullmatch(shown["loan"]["loan"]["due"])
    assert shown["part"]["last_moves"][0]["kind"] == "loan_out"


def test_why_a_part_was_found_is_a_word(shopterm: Shopterm, workshop: Path) -> None:
    for asked, reason in (("07000-12011", "exact"), ("0700012011", "without_dashes"), ("07000", "begins")):
        for language in ("en", "zh"):
            found = shopterm("part", "find", asked, "--json", "--lang", language).json["rows"]
            assert [row["reason"] for row in found if row["number"] == "07000-12011"] == [reason]
