"""Hostile files at the command line: a status, a sentence, and nothing that acts on a terminal."""

from pathlib import Path

import pytest

from tests.cli.conftest import Shopterm, Told
from tests.usecases.dirty import FILES, NEEDED, dirty_file, outcomes

FORMS = ((), ("--json",), ("--csv",))


def harmless(told: Told) -> bool:
    """Say whether nothing that was printed acts on a terminal."""
    return not any(char < " " and char != "\n" or "\x7f" <= char <= "\x9f" for char in told.out + told.err)


def status_due(name: str) -> int:
    """Return 4 where something must be refused or asked, else 0."""
    said = set().union(*outcomes(name).values())
    return 4 if FILES[name]["verdict"] == "reject" or said & {"reject", "hold"} else 0


@pytest.mark.parametrize("name", sorted(FILES))
def test_hostile_files_are_taken_in(
    name: str, shopterm: Shopterm, workshop: Path, tmp_path: Path, pin_file: Path
) -> None:
    by = ("--as", "X1", "--pin-file", str(pin_file), "import")
    (tmp_path / "needed.csv").write_text(NEEDED, encoding="utf-8")
    assert shopterm(*by, "parts", str(tmp_path / "needed.csv")).status == 0
    for options in (("--dry-run",), *FORMS):
        told = shopterm(*by, FILES[name]["kind"], str(dirty_file(name, tmp_path)), *options)
        assert told.status == status_due(name), told.out + told.err
        assert harmless(told)
        assert "Traceback" not in told.out + told.err
    for options in FORMS:
        assert harmless(shopterm("import", "held", *options))
    for row in shopterm("import", "held", "--json").json["held"]:
        assert harmless(shopterm("import", "held", "show", row["number"]))
    assert shopterm("verify").status == 0
