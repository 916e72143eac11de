"""What the labour summary must say of the journey's day, whatever seconds the steps themselves took."""

from collections.abc import Mapping
from typing import Any

from tests.journeys.imported import CREW, Files

NEAR = 3
"""Minutes the steps themselves may add: pressing keys and starting programs takes time too."""
PARTS = ("direct", "indirect", "break", "unexplained")
LEAD = {"direct": 315, "rework": 35, "indirect": 0, "break": 0}
HELPER = {"direct": 110, "rework": 0, "indirect": 15, "break": 20}
DIAGNOSIS, REPAIR, OUTSOURCED = 60, 180, 300


def check_summary(report: Mapping[str, Any], files: Files) -> None:
    """Every minute of attendance is told, rework beside efficiency, and the standard earned once."""
    rows = {row["number"]: row for row in report["rows"]}
    assert set(rows) == {CREW.lead, CREW.helper}
    for number, expected in ((CREW.lead, LEAD), (CREW.helper, HELPER)):
        for part, minutes in expected.items():
            assert minutes <= rows[number][part] <= minutes + NEAR, (number, part, rows[number])
    for row in (*rows.values(), report["total"]):
        assert row["attendance"] == sum(row[part] for part in PARTS)
        assert row["outside"] == 0
    earned = DIAGNOSIS + REPAIR + OUTSOURCED + int(files.standard["standard_minutes"])
    assert report["total"]["earned"] == earned
    assert rows[CREW.helper]["earned"] in range(REPAIR * 110 // 255 - NEAR, REPAIR * 110 // 255 + NEAR)
    lead = rows[CREW.lead]
    assert lead["efficiency"] == round(lead["earned"] / (lead["direct"] - lead["rework"]), 3)
