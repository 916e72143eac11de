"""Checklists in TOML: the shipped ones, and what is said about broken ones."""

from pathlib import Path

import pytest

from shopterm.checklist_file import content_hash, parse_checklist, read_checklist, read_checklists
from shopterm.domain.checklist import ItemKind, Mark
from shopterm.domain.errors import Invalid

SHIPPED = Path(__file__).parents[1] / "config" / "checklists"
GOOD = """
id = "a"
version = 2
name.zh = "甲"
name.en = "A"
rule = "SHP-8.1 ADV-4.1"
marks = ["pass", "fail"]
machine_kind = "excavator"
[[groups]]
id = "g"
name.zh = "组"
name.en = "Group"
[[groups.items]]
id = "g.one"
text.zh = "一"
text.en = "One"
kind = "measure"
unit = "MPa"
min = 3.2
max = 4
[[groups.items.limits]]
tonnage = [20, 23.5]
machine_kind = "crane"
max = 9.125
"""


def test_the_shipped_lists_are_whole() -> None:
    found = read_checklists(SHIPPED)
    assert {"intake_excavator", "qc_excavator", "self_check", "final_check"} <= set(found)
    for _text, checklist in found.values():
        assert checklist.rules
        assert all(item.text_zh and item.text_en for item in checklist.items)
    intake = found["intake_excavator"].checklist
    assert intake.marks[0] is Mark.OK and len(intake.marks) == 8
    assert {item.kind for item in intake.items} == {ItemKind.MARK, ItemKind.LIST, ItemKind.CHOICE}


def test_numbers_are_exact_and_limits_name_their_machines() -> None:
    item = parse_checklist(GOOD).items[0]
    crane, own = item.limits
    assert (crane.high, crane.tonnage, crane.machine_kind) == (9125, (20_000, 23_500), "crane")
    assert (own.low, own.high, own.machine_kind) == (3200, 4000, "excavator")


def test_the_hash_names_exactly_what_was_walked() -> None:
    checklist = parse_checklist(GOOD)
    assert content_hash(checklist) == content_hash(parse_checklist("# a remark\n" + GOOD))
    assert content_hash(checklist) != content_hash(parse_checklist(GOOD.replace("3.2", "3.3")))
    assert content_hash(checklist) != content_hash(checklist.fitted("excavator", None))


@pytest.mark.parametrize(
    ("change", "to", "where"),
    [
        ("version = 2", "version = 0", "version"),
        ('"pass", "fail"', '"good"', "marks"),
        ('"pass", "fail"', "", "marks"),
        ("min = 3.2", "min = 5", "5 is more than 4"),
        ("min = 3.2", "min = 3.20001", "min"),
        ("min = 3.2", "min = true", "min"),
        ('text.en = "One"', "", "text"),
        ('kind = "measure"', 'kind = "choice"', "choices"),
        ("unit =", "units =", "units"),
        ("[20, 23.5]", "[24, 23.5]", "24 is more"),
        ('id = "a"', 'id = "a', "line"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(tmp_path: Path, change: str, to: str, where: str) -> None:
    path = tmp_path / "broken.toml"
    path.write_text(GOOD.replace(change, to, 1), encoding="utf-8")
    with pytest.raises(Invalid) as caught:
        read_checklist(path)
    assert str(caught.value).startswith("broken.toml: ")
    assert where in str(caught.value)


def test_one_id_has_one_file_and_one_item(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.toml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(Invalid, match="another file"):
        read_checklists(tmp_path)
    (tmp_path / "b.toml").write_bytes(b"\xff")
    with pytest.raises(Invalid, match="b.toml"):
        read_checklists(tmp_path)
    item = GOOD[GOOD.index("[[groups.items]]") :]
    with pytest.raises(ValueError, match="twice"):
        parse_checklist(GOOD + item)


def test_hidden_characters_do_not_get_in() -> None:
    assert parse_checklist(GOOD.replace("甲", "甲\u202e")).text_zh == "甲\ufffd"
