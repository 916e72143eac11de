"""Keeps the doubtful lines of an import for a person to answer; the same line is asked once."""

import json
from collections.abc import Collection, Sequence
from typing import Any

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.domain.text import clean
from shopterm.imports import Issue, Outcome, Row
from shopterm.usecases.import_batch import Batch
from shopterm.usecases.import_table import chunks

LONGEST_NAME = 120


def hold(batch: Batch, kind: str, file: str, rows: Sequence[Row]) -> None:
    """Keep doubtful lines; one that waits already waits once, one that was answered is not asked again."""
    texts = [text_of(row) for row in rows]
    known = _answers(kind, texts)
    fresh = []
    for row, text in zip(rows, texts, strict=True):
        if text not in known:
            known[text] = ""
            fresh.append(_line(batch, kind, file, row, text))
        elif known[text]:
            batch.answered += 1
            continue
        batch.held += 1
    for some in chunks(fresh):
        sql.insert(m.HeldLine, *some)
    batch.held_anew += len(fresh)


def text_of(row: Row) -> str:
    """Return a line's cells as they are kept: exact, yet in ASCII, so that none of it acts on a terminal."""
    return json.dumps(row.raw or {}, sort_keys=True)


def doubts_of(row: Row) -> list[Issue]:
    """Return what keeps a line from being stored."""
    return [issue for issue in row.issues if issue.outcome is Outcome.HOLD]


def _answers(kind: str, texts: Collection[str]) -> dict[str, str]:
    """Return the answers given to equal lines; empty for one that waits."""
    found: dict[str, str] = {}
    for some in chunks(dict.fromkeys(texts)):
        for text, answer in sql.rows(
            f"SELECT row, answer FROM held_line WHERE kind = ? AND voided = 0 AND row IN ({sql.marks(len(some))}) "
            "ORDER BY at, id",
            kind,
            *some,
        ):
            found[text] = answer
    return found


def _line(batch: Batch, kind: str, file: str, row: Row, text: str) -> dict[str, Any]:
    doubts = doubts_of(row)
    return {
        "id": batch.new_key(), "kind": kind, "file": clean(file, LONGEST_NAME), "line": row.line,
        "reason": doubts[0].reason.value, "field": doubts[0].field, "row": text,
        "doubts": json.dumps([[one.reason.value, one.field, dict(one.params), one.stored] for one in doubts]),
        "at": batch.at, "answer": "", "answered_by": None, "answered_at": None, "voided": False,
    }  # fmt: skip
