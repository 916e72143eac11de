"""Supersessions told in words."""

import pytest

from shopterm.imports.remarks import superseding


@pytest.mark.parametrize(
    ("remark", "numbers"),
    [
        ("SUPERSEDED BY 22U-43-73072", ("22U-43-73072",)),
        ("Superseded by 21w-30-86010, qty 2 required", ("21W-30-86010",) * 2),
        ("USE SET: 1 X 6151-65-8930 + 2 X 207-32-03822", ("6151-65-8930", "207-32-03822", "207-32-03822")),
        ("已改为：708-2L-00301，数量 3", ("708-2L-00301",) * 3),
        ("REPLACED WITH 6003/C3.", ("6003/C3",)),
        ("SUPERSEDED BY 22U-43-73072, QTY 999999999", ("22U-43-73072",)),
        ("USE SET: see catalogue", ()),
        ("discontinued 2026", ()),
        ("样品㐂字测试", ()),
        ("", ()),
    ],
)
def test_remarks(remark: str, numbers: tuple[str, ...]) -> None:
    assert superseding(remark) == numbers
