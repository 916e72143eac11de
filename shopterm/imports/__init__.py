"""Reads files of master data: bytes to typed rows and named issues. Knows no database; stores nothing."""

from shopterm.imports.catalogue import KINDS
from shopterm.imports.check import Check, check_row
from shopterm.imports.columns import Assignment
from shopterm.imports.files import check_file
from shopterm.imports.issues import Issue, Value
from shopterm.imports.reasons import Outcome, Reason, Verdict
from shopterm.imports.references import Key, Known
from shopterm.imports.row import House
from shopterm.imports.source import Progress
from shopterm.imports.spool import Row, State

__all__ = [
    "KINDS", "Assignment", "Check", "House", "Issue", "Key", "Known", "Outcome", "Progress", "Reason", "Row", "State",
    "Value", "Verdict", "check_file", "check_row",
]  # fmt: skip
