"""Storing what a file holds: every line is on file or named, again and again with the same result."""

from pathlib import Path

import pytest

from shopterm.db.queries.parts import search_parts
from shopterm.db.session import Shop
from shopterm.domain.errors import Refused
from shopterm.domain.vocabulary import Role
from shopterm.usecases.import_kinds import IMPORT_KINDS, allow
from shopterm.usecases.material import part_meant
from shopterm.usecases.verify import verify
from tests.shopkit import who
from tests.usecases.importing import (
    PART,
    checked,
    everything,
    lines,
    one,
    reasons,
    rows,
    searched,
    stored,
    take_in,
)

FILTER = "Komatsu,600-319-3750,Fuel filter,柴油滤芯,EA,120.00"
PUMP = "Komatsu,708-2L-00390,Main pump,主泵,EA,45000.00"
TWO_PARTS = lines(PART, FILTER, PUMP)
KINDS = {
    "parts": TWO_PARTS,
    "prices": lines("maker,part_no,list_price", "Komatsu,600-311-3750,125.00", "Komatsu,600-319-9999,9.00"),
    "customers": lines(
        "customer_no,kind,name,phone", "K00001,company,北岭东样土方工程,1000111", "K2,person,李四,1000112"
    ),
    "machines": lines("serial,maker,model,customer_no", "KMT0021001,Komatsu,PC210-8M0,K00001", "B1,Volvo,EC210,"),
    "stock": lines(
        "site,bin,maker,part_no,qty,unit_cost", "C01,Z-01,Komatsu,205-70-19570,4,90.00", "C01,Z-02,STD-OIL,HM46,2.5,"
    ),
    "people": lines("person_no,name_zh,roles,sites,badge", "N1,王一,mechanic|lead_mechanic,C01,BN1"),
    "standards": lines(
        "code,class,name_zh,standard_minutes,tons_from,tons_to",
        "LM101,medium,整机保养,60,15,30",
        "EN1,mini,换机油,30,0,1.7",
    ),
    "supersessions": lines("maker,old_part_no,new_part_no,kind", "Komatsu,600-311-3750,600-311-3751,replaced"),
    "interchange": lines("maker,part_no,other_maker,other_part_no,fit", "Komatsu,600-311-3750,Huashen,600-311-3750,"),
    "kits": lines("kit_maker,kit_part_no,line,part_maker,part_no,qty", "Komatsu,707-98-45230,1,Komatsu,07000-12011,2"),
    "numbers": lines("customer_no,customer_part_no,maker,part_no", "K00001,LX-7,Komatsu,600-311-3750"),
    "models": lines("maker,model,stick_pin_mm,notes", "JCB,JZ140,65.0,", "JCB,JZ140,65.0,JZ series"),
}
"""A small file of every kind, which fits the test workshop."""
CHANGED = {
    "parts": (TWO_PARTS.replace("120.00", "130.00"), 1),
    "customers": (KINDS["customers"].replace("李四", "李四五"), 1),
    "machines": (KINDS["machines"].replace("EC210", "EC210B"), 1),
    "standards": (KINDS["standards"].replace(",30,", ",35,"), 1),
    "people": (KINDS["people"].replace("mechanic|lead_mechanic", "mechanic"), 1),
    "supersessions": (KINDS["supersessions"].replace("replaced", "either"), 1),
    "interchange": (KINDS["interchange"].replace("3750,\n", "3750,check\n"), 1),
    "kits": (KINDS["kits"].replace(",2\n", ",3\n"), 1),
    "numbers": (KINDS["numbers"].replace("600-311-3750", "07000-12011"), 1),
}
"""The same files with one line that says otherwise, and how many lines that changes."""


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_stored_once_and_found_as_it_is_the_second_time(shop: Shop, kind: str) -> None:
    text = KINDS[kind]
    first = take_in(shop, kind, text)
    assert first.clean
    assert stored(first) == text.count("\n") - 1
    assert first.added >= 1
    before = everything(shop)
    second = take_in(shop, kind, text)
    assert (second.added, second.changed, second.same) == (0, 0, stored(first))
    assert everything(shop) == before
    assert verify(shop) == []


@pytest.mark.parametrize("kind", CHANGED)
def test_a_line_that_says_otherwise_changes_what_is_on_file(shop: Shop, kind: str) -> None:
    text, changed = CHANGED[kind]
    stored(take_in(shop, kind, KINDS[kind]))
    done = take_in(shop, kind, text)
    assert (done.added, done.changed) == (0, changed)
    assert take_in(shop, kind, text).same == text.count("\n") - 1
    assert verify(shop) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_dry_run_counts_and_changes_nothing(shop: Shop, kind: str) -> None:
    before = everything(shop)
    tried = take_in(shop, kind, KINDS[kind], dry_run=True)
    assert everything(shop) == before
    done = take_in(shop, kind, KINDS[kind])
    assert (tried.added, tried.changed, tried.same) == (done.added, done.changed, done.same)


def test_every_kind_of_file_has_its_test() -> None:
    assert set(KINDS) == set(IMPORT_KINDS)


@pytest.mark.refuses("OPS-14")
@pytest.mark.parametrize("kind", KINDS)
def test_who_does_not_answer_for_it_may_not_import(shop: Shop, kind: str) -> None:
    before = everything(shop)
    with pytest.raises(Refused) as refused:
        take_in(shop, kind, KINDS[kind], actor="M1")
    assert refused.value.rule == "OPS-14"
    assert "administrator" in refused.value.who
    assert everything(shop) == before


@pytest.mark.allows("OPS-14")
@pytest.mark.parametrize(
    ("person", "kind"),
    [("P1", "parts"), ("P1", "prices"), ("P1", "stock"), ("A1", "customers"), ("A1", "machines"), ("F1", "standards")],
)
def test_each_desk_imports_what_is_its_own(shop: Shop, person: str, kind: str) -> None:
    assert take_in(shop, kind, KINDS[kind], actor=person).clean


def test_people_are_the_administrators_matter(shop: Shop) -> None:
    assert {kind for kind, rules in IMPORT_KINDS.items() if rules.by == {Role.ADMINISTRATOR}} == {"people"}
    allow(who(shop, "X1"), "people")


def test_who_loses_the_role_meanwhile_stores_nothing_more(shop: Shop) -> None:
    clerk = who(shop, "P1")
    take_in(shop, "people", lines("person_no,name_zh,roles,sites", "P1,孔寅,mechanic,C01"))
    before = everything(shop)
    with pytest.raises(Refused, match="Importing"):
        take_in(shop, "parts", TWO_PARTS, actor=clerk)
    assert everything(shop) == before


def test_an_import_is_in_the_event_chain(shop: Shop) -> None:
    take_in(shop, "parts", TWO_PARTS)
    actor, action, payload = rows(shop, "SELECT actor, action, payload FROM event ORDER BY id")[-1]
    assert actor == who(shop, "X1").person
    assert action == "import_parts"
    for told in ('"file":"parts.csv"', '"first":2', '"last":3', '"added":2'):
        assert told in payload


def test_an_empty_cell_leaves_what_is_on_file(shop: Shop) -> None:
    take_in(shop, "parts", TWO_PARTS)
    done = take_in(shop, "parts", lines(PART, "Komatsu,600-319-3750,,,EA,"))
    assert done.same == 1
    assert one(shop, "SELECT name_en, list_price FROM part WHERE number = '600-319-3750'") == ("Fuel filter", 12_000)


@pytest.mark.parametrize("said", ["0", "面议", "ON REQUEST"])
def test_a_part_said_to_have_no_price_loses_the_one_it_had(shop: Shop, said: str) -> None:
    take_in(shop, "parts", TWO_PARTS)
    prices = lines("maker,part_no,list_price", f"Komatsu,600-319-3750,{said}", "Komatsu,708-2L-00390,46000.00")
    done = take_in(shop, "prices", prices)
    assert done.changed == 2
    found = rows(shop, "SELECT list_price FROM part WHERE number IN ('600-319-3750', '708-2L-00390') ORDER BY number")
    assert found == [(None,), (4_600_000,)]
    assert take_in(shop, "prices", prices).same == 2


def test_a_price_file_has_its_maker_said_at_import(shop: Shop) -> None:
    text = "件号;名称;含税价\n600-311-3750;柴油滤芯;￥130.00\n600-311-3759;滤芯;￥14.00\n"
    done = take_in(shop, "prices", text, ":komatsu=maker")
    assert (done.added, done.changed) == (1, 1)
    assert rows(shop, "SELECT maker, list_price FROM part WHERE number LIKE '600-311-375%' ORDER BY maker, number") == [
        ("Huashen", 4_000), ("Komatsu", 13_000), ("Komatsu", 1_400),
    ]  # fmt: skip


def test_the_search_index_is_in_step(shop: Shop) -> None:
    take_in(shop, "parts", TWO_PARTS)
    searched(shop)
    take_in(shop, "parts", TWO_PARTS.replace("主泵", "液压泵"))
    searched(shop)
    assert [hit.number for hit in search_parts(shop, "液压泵", 1)] == ["708-2L-00390"]
    assert "708-2L-00390" not in [hit.number for hit in search_parts(shop, "主泵", 1)]


def test_lines_that_contradict_each_other_are_both_named(shop: Shop) -> None:
    contradicting = lines(PART, FILTER, FILTER.replace("120.00", "99.00"), PUMP)
    with checked(shop, "parts", contradicting) as (check, _name):
        assert [issue.line for issue in check.issues() if issue.reason.value == "duplicate_key"] == [2, 3]
    done = take_in(shop, "parts", contradicting)
    assert (done.added, done.refused) == (1, 2)
    assert not done.clean


def test_kit_lines_without_a_number_that_disagree_are_named(shop: Shop) -> None:
    header = "kit_maker,kit_part_no,part_maker,part_no,qty"
    line = "Komatsu,707-98-45230,Komatsu,07000-12011"
    done = take_in(shop, "kits", lines(header, f"{line},2", f"{line},3"))
    assert done.added == 1
    assert reasons(done) == [(3, "An earlier line of the file says otherwise of the same thing.")]


def test_two_rows_of_one_model_are_kept(shop: Shop) -> None:
    take_in(shop, "models", KINDS["models"])
    assert len(rows(shop, "SELECT 1 FROM machine_model WHERE model = 'JZ140'")) == 2


def test_tonnage_classes_may_begin_within_a_ton(shop: Shop) -> None:
    take_in(shop, "standards", KINDS["standards"])
    assert one(shop, "SELECT tons_from, tons_to FROM labour_standard WHERE code = 'EN1'") == (0, 1_700)


# Makers


def test_a_maker_is_one_however_it_is_written(shop: Shop) -> None:
    take_in(shop, "parts", lines(PART, "SANY,SY-1,Filter,滤芯,EA,10.00", "Sany,SY-2,Seal,密封,EA,1.00"))
    done = take_in(shop, "parts", lines(PART, "sany,SY-1,Filter,滤芯,EA,11.00", "Sany,SY-3,Ring,圈,EA,2.00"))
    assert (done.added, done.changed) == (1, 1)
    assert rows(shop, "SELECT DISTINCT maker FROM part WHERE number LIKE 'SY-%'") == [("SANY",)]


def test_relations_are_written_with_the_catalogues_spelling(shop: Shop) -> None:
    take_in(shop, "parts", lines(PART, "SANY,SY-1,Filter,滤芯,EA,10.00", "SANY,SY-2,Filter,滤芯,EA,10.00"))
    with checked(shop, "supersessions", lines("maker,old_part_no,new_part_no", "Sany,SY-1,SY-2")) as (check, _name):
        assert list(check.issues()) == []
    assert take_in(shop, "supersessions", lines("maker,old_part_no,new_part_no", "Sany,SY-1,SY-2")).clean
    assert take_in(shop, "stock", lines("site,bin,maker,part_no,qty", "C01,A-1,sany,SY-2,3")).clean
    hits = search_parts(shop, "SY-1", 1)
    assert [(hit.number, hit.on_hand) for hit in hits] == [("SY-1", 0), ("SY-2", 3_000)]


def test_a_catalogue_that_comes_after_its_relations_is_spelt_as_they_are(shop: Shop) -> None:
    take_in(shop, "supersessions", lines("maker,old_part_no,new_part_no", "Sany,SY-1,SY-2"))
    take_in(shop, "parts", lines(PART, "SANY,SY-1,Filter,滤芯,EA,10.00", "SANY,SY-2,Filter,滤芯,EA,10.00"))
    assert [hit.number for hit in search_parts(shop, "SY-1", 1)] == ["SY-1", "SY-2"]


def test_a_machine_and_its_parts_meet(shop: Shop) -> None:
    with shop.reader():
        meant = part_meant("600-311-3750", "KOMATSU")
    assert meant is not None
    assert meant.maker == "Komatsu"
    machines = lines("serial,maker,model", "kmt0021001,KOMATSU,PC210-8", "kmt0021002,KOMATSU,PC210-8")
    done = take_in(shop, "machines", machines)
    assert (done.added, done.same) == (1, 1)
    assert rows(shop, "SELECT maker, serial, tonnage FROM machine ORDER BY serial") == [
        ("Komatsu", "KMT0021001", 21_000), ("Komatsu", "KMT0021002", None),
    ]  # fmt: skip


def test_customers_are_found_in_any_case(shop: Shop) -> None:
    done = take_in(
        shop, "numbers", lines("customer_no,customer_part_no,maker,part_no", "k00001,A1,KOMATSU,07000-12011")
    )
    assert done.clean
    assert one(shop, "SELECT maker FROM own_number") == ("Komatsu",)


def test_a_file_of_another_place_keeps_its_name_only(shop: Shop, tmp_path: Path) -> None:
    path = tmp_path / "价格\x1b[2J表.csv"
    path.write_text(TWO_PARTS, encoding="utf-8")
    take_in(shop, "parts", path)
    ((payload,),) = rows(shop, "SELECT payload FROM event WHERE action = 'import_parts'")
    assert "\x1b" not in payload
    assert "u001b" not in payload
    assert str(tmp_path) not in payload


def test_pieces_in_stock_keep_their_serial_numbers(shop: Shop) -> None:
    header = "maker,part_no,unit,serial_tracked"
    flips = ("Komatsu,708-2L-00300,EA,0", "Komatsu,600-311-3750,EA,1", "Komatsu,205-70-19570,EA,1")
    done = take_in(shop, "parts", lines(header, *flips))
    assert done.changed == 1
    assert reasons(done) == [
        (line, f"Komatsu {number} is in stock: whether its pieces have serial numbers is changed when none is left.")
        for line, number in ((2, "708-2L-00300"), (3, "600-311-3750"))
    ]
