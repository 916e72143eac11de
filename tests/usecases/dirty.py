"""The hostile and broken files and what must happen to each of their lines."""

import json
from pathlib import Path
from typing import Any

from tests.usecases.importing import PART, lines

FOLDER = Path(__file__).parent.parent / "data" / "dirty"
FILES: dict[str, dict[str, Any]] = {
    file["file"]: file for file in json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))["files"]
}
HUGE = "12_huge_field.csv"
NEEDED = lines(
    PART,
    *(f"Komatsu,01010-{tail},BOLT,螺栓,EA,1.00" for tail in ("10802", "14608", "14770", "15862")),
    "STD-OIL,OIL-BF-DOT4-18L,BRAKE FLUID,制动液,L,60.00",
)
"""What some of the files need on file."""
RULED = {"price_zero": "warn"}
"""The outcome we chose where the contract leaves two: price 0 is stored as no price, with a warning."""


def dirty_file(name: str, folder: Path) -> Path:
    """Return a file; the largest is not kept but written."""
    if name != HUGE:
        return FOLDER / name
    header = (FOLDER / "20_header_only.csv").read_text(encoding="utf-8").strip()
    row = "Komatsu,{},{},密封圈,EA,1,1,0.1,0.00,Y,0,12.50,8.00,B"
    names = ["SEAL RING", "A" * 200_000, "SEAL RING"]
    path = folder / name
    rows = [row.format(f"95{place}-1D-15000", text) for place, text in enumerate(names)]
    path.write_text(lines(header, *rows), encoding="utf-8")
    return path


def outcomes(name: str) -> dict[int, set[str]]:
    """Return the outcomes of each line that is listed."""
    found: dict[int, set[str]] = {}
    for line in FILES[name]["lines"]:
        if line["line"] is not None:
            found.setdefault(line["line"], set()).add(RULED.get(line["reason"], line["outcome"]))
    return found
