"""Texts that were looked at once and must not change unnoticed."""

import os
from pathlib import Path

HERE = Path(__file__).parent


def same_as(name: str, text: str) -> None:
    """Compare with the text of this name; with UPDATE_GOLDEN set, keep the new one, to be looked at."""
    path = HERE / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
