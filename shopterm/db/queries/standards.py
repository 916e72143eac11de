"""Labour standards to pick from: by code, name in either language or pinyin initials, one row per code."""

from typing import NamedTuple

from shopterm.db import sql
from shopterm.db.pinyin import initials
from shopterm.db.queries.names import named
from shopterm.domain.units import Minutes
from shopterm.domain.vocabulary import LabourKind


class StandardRow(NamedTuple):
    """What a mechanic chooses by; the time depends on the machine's tonnage class where there are several."""

    code: str
    name_zh: str
    name_en: str
    kind: LabourKind
    least: Minutes
    most: Minutes

    def name(self, language: str) -> str:
        """Return the name in the language, or in the other one."""
        return named(language, self.name_zh, self.name_en)


def standards_to_pick(typed: str, limit: int) -> list[StandardRow]:
    """Return the standards in which all typed words occur, by code, at most ``limit``."""
    words = typed.casefold().split()
    rows = sql.rows(
        "SELECT code, MAX(name_zh), MAX(name_en), MAX(kind), MIN(minutes), MAX(minutes) FROM labour_standard "
        "GROUP BY code ORDER BY code"
    )
    found = (
        StandardRow(code, zh, en, LabourKind(kind), Minutes(least), Minutes(most))
        for code, zh, en, kind, least, most in rows
    )
    return [row for row in found if all(_holds(row, word) for word in words)][:limit]


def _holds(row: StandardRow, word: str) -> bool:
    if word in f"{row.code} {row.name_zh} {row.name_en}".casefold():
        return True
    return word.isascii() and any(word in letters.casefold() for letters in initials(row.name_zh))
