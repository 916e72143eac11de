"""Columns are found by our names, by other systems' headers, and as the person says."""

import pytest

from shopterm.imports import Assignment, Verdict
from shopterm.imports.catalogue import KINDS
from shopterm.imports.headers import SYNONYMS
from tests.imports.conftest import Checking
from tests.imports.findings import told

OCTOBER = "件号;名称;英文名称;单位;最小包装;价格单位;含税价;不含税价;单重(kg);旧件押金;可退;替代件号;备注;生效日期"
NOVEMBER = (
    "\ufeffPART NUMBER,ALT NUMBER,DESCRIPTION,LOCAL DESCRIPTION,UOM,PRICE PER,PKG QTY,MIN ORDER QTY,"
    "LIST PRICE INCL VAT,LIST PRICE EXCL VAT,DEALER NET,CURRENCY,CORE CHARGE,WEIGHT KG,RETURNABLE,SERIALIZED,"
    "REMARKS,EFFECTIVE DATE,FILLER,FILLER,FILLER,"
)


def test_a_makers_price_file_in_chinese(checked: Checking) -> None:
    row = "01010-11559;推土铲油缸轴承;BEARING;件;5;100;￥166.67;147.50;9.342;20.00;否(特订);;样品㐂字测试;2026/10/1"
    check = checked("prices", f"{OCTOBER}\r\n{row}\r\n".encode("gb18030"), ":Komatsu=maker")
    assert (check.encoding, check.delimiter, check.verdict) == ("gb18030", ";", Verdict.ACCEPT)
    (found,) = check.rows()
    assert {name: value for name, value in found.values.items() if value is not None} == {
        "maker": "Komatsu", "part_no": "01010-11559", "name_zh": "推土铲油缸轴承", "name_en": "BEARING", "unit": "EA",
        "pack_qty": 5, "price_per": 100, "list_price": 16667, "list_price_net": 14750, "weight_kg": 9342,
        "core_deposit": 2000, "returnable": "S", "remark": "样品㐂字测试", "effective": "2026-10-01",
    }  # fmt: skip
    assert told(check) == [(2, "normalise", "date_form", "effective")]
    assert [issue.arguments["field"] for issue in check.issues()] == ["effective (生效日期)"]


def test_the_same_maker_from_another_system(checked: Checking) -> None:
    row = (
        '01010-10152,,"SPRING, PUMP",弹簧,EA,1,1,1,"48,531.07","42,947.85","30,922.45",CNY,,305.63,T,T,'
        '"SUPERSEDED BY 21W-30-86010, QTY 2 REQUIRED",01.11.2026,,,,'
    )
    check = checked("prices", f"{NOVEMBER}\r\n{row}\r\n", ":Komatsu=maker")
    (found,) = check.rows()
    assert check.encoding == "utf-8-sig"
    assert found.values["list_price"] == 4853107
    assert found.values["cost"] == 3092245
    assert found.values["superseded_by"] == ("21W-30-86010", "21W-30-86010")
    assert found.values["effective"] == "2026-11-01"
    assert (found.values["returnable"], found.values["serial_tracked"]) == ("Y", 1)
    assert check.plan
    assert check.plan.ignored == ("ALT NUMBER", "MIN ORDER QTY", "FILLER", "FILLER", "FILLER")


def test_a_file_for_another_currency_is_refused_line_by_line(checked: Checking) -> None:
    check = checked("prices", "maker,part_no,list_price,currency\nA,1,2.00,DEM\nA,2,2.00,cny\n")
    assert told(check) == [(2, "reject", "currency", "currency")]


def test_the_person_may_say_which_column_is_which(checked: Checking) -> None:
    content = "M,NO,P1,P2\nKomatsu,708-2L,1.00,2.00\n"
    check = checked("prices", content, "M=maker", "no=part_no", "P2=list_price")
    assert [row.values["list_price"] for row in check.rows()] == [200]
    assert checked("prices", content, "M=maker", "NO=part_no").verdict is Verdict.REJECT


def test_a_column_can_be_left_out(checked: Checking) -> None:
    content = "maker,part_no,list_price,price,cost\nKomatsu,708-2L,1.00,2.00,x\n"
    assert checked("prices", content).verdict is Verdict.PARTIAL
    check = checked("prices", content, "cost=")
    assert check.verdict is Verdict.ACCEPT
    assert [row.values["list_price"] for row in check.rows()] == [100]


@pytest.mark.parametrize(
    ("assignment", "reason", "field"),
    [("NO=part", "bad_map", "part"), ("XX=part_no", "missing_column", "XX"), (":1=nothing", "bad_map", "nothing")],
)
def test_wrong_assignments_are_named(checked: Checking, assignment: str, reason: str, field: str) -> None:
    check = checked("prices", "maker,NO,list_price\nA,1,1.00\n", assignment)
    assert [(issue.reason.value, issue.field) for issue in check.file_issues] == [(reason, field)]


@pytest.mark.parametrize("text", ["part_no", "=part_no", " =x"])
def test_an_assignment_needs_both_sides(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        Assignment.of([text])


def test_two_columns_for_one_field_are_refused(checked: Checking) -> None:
    check = checked("prices", "maker,PART NUMBER,Part-Number,list_price\nA,1,2,1.00\n")
    assert told(check) == [(1, "reject", "duplicate_header", "part_no")]


def test_every_header_of_another_system_belongs_to_a_column() -> None:
    names = {column.name for kind in KINDS.values() for column in kind.columns}
    assert set(SYNONYMS) <= names
