"""What marks say about a machine."""

from shopterm.domain.checklist import Checklist, Group, Item, ItemKind, Limits, Mark, Verdict, measured
from shopterm.domain.units import Quantity

BIG = Limits(Quantity(34_000), Quantity(36_000), "excavator", (20_000, 23_999))
SMALL = Limits(Quantity(24_000), Quantity(26_000), "excavator", (5_000, 9_999))
LIST = Checklist(
    "qc",
    1,
    "质检",
    "QC",
    (Mark.PASS, Mark.FAIL, Mark.NOT_APPLICABLE),
    (
        Group("work", "作业", "Work", (Item("lines", "逐条完成", "Every line done"),)),
        Group(
            "oil",
            "液压",
            "Hydraulics",
            (
                Item("pressure", "压力", "Pressure", ItemKind.MEASURE, "MPa", (BIG, SMALL)),
                Item("fuel", "燃油", "Fuel", ItemKind.CHOICE, choices=("1/4", "1/2")),
            ),
        ),
    ),
)


def test_what_is_open_and_what_failed() -> None:
    marks = {"lines": {"mark": "fail"}, "pressure": {"note": "later"}, "fuel": {"mark": "not_applicable"}}
    assert [item.id for item in LIST.unmarked(marks)] == ["pressure"]
    assert [item.id for item in LIST.failed(marks)] == ["lines"]
    assert [item.id for item in LIST.unmarked({})] == ["lines", "pressure", "fuel"]


def test_limits_are_those_of_the_machine_at_hand() -> None:
    marks = {"pressure": {"value": "35"}}
    big, small = LIST.fitted("excavator", 21_500), LIST.fitted("excavator", 6_000)
    assert big.out_of_limits(marks) == ()
    assert [item.id for item in small.out_of_limits(marks)] == ["pressure"]
    assert [item.id for item in big.out_of_limits({"pressure": {"value": "36.001"}})] == ["pressure"]


def test_without_a_match_a_measure_is_recorded_without_limits_and_says_so() -> None:
    for kind, tonnage in (("wheel_loader", 21_500), ("excavator", 15_000), ("excavator", None)):
        item = LIST.fitted(kind, tonnage).items[1]
        assert not item.has_limits
        assert measured(item, {"pressure": {"value": "99"}}) is Verdict.NO_LIMITS


def test_one_limit_alone_is_a_limit() -> None:
    item = Item("leak", "渗漏", "Leak", ItemKind.MEASURE, high=Quantity(0))
    assert item.verdict(Quantity(1)) is Verdict.OUTSIDE
    assert item.verdict(Quantity(0)) is Verdict.WITHIN


def test_what_cannot_be_used_is_told_by_item() -> None:
    marks = {
        "nothing": {"mark": "pass"},
        "lines": {"mark": "ok"},
        "pressure": {"value": "high"},
        "fuel": {"value": "2/3"},
    }
    problems = LIST.problems(marks, "marks")
    assert [problem.params["item"] for problem in problems] == ["nothing", "lines", "pressure", "fuel"]
    assert {problem.field for problem in problems} == {"marks"}
    good = {"lines": {"mark": "pass"}, "pressure": {"value": "３５.5"}, "fuel": {"value": "1/2", "mark": ""}}
    assert LIST.problems(good, "marks") == []
