"""A PIN typed where everybody can read it: it does not stay there."""

import re
from collections.abc import Sequence

from shopterm.domain.errors import Problem
from shopterm.domain.fields import Kind
from shopterm.domain.words import _
from shopterm.screens.signing import PIN, SECOND, SECOND_PIN
from shopterm.screens.widgets.form_body import FormBody
from shopterm.screens.widgets.lines_editor import LinesEditor

TAKEN_OUT = _("A number that may be a PIN was taken out here, for it could be read. Type it again if it is none.")
_WORDS = frozenset({Kind.TEXT, Kind.LONG_TEXT})
_PIN = re.compile(r"\s*[0-9]{6,8}\s*")


def take_out(body: FormBody) -> Sequence[Problem]:
    """Empty fields of words in which nothing but digits stand, where a PIN was asked for and not given.

    Only the missing PIN tells the two apart: who has signed meant the number, say of a telephone, as it is.
    """
    signed = body.signed()
    strays = [] if signed.get(PIN.name, "-") else [row for row in body.fields if row.field.kind in _WORDS]
    strays += [] if signed.get(SECOND_PIN.name, "-") else [row for row in body.signing if row.field.name == SECOND.name]
    strays = [row for row in strays if _PIN.fullmatch(str(row.raw()))]
    for row in strays:
        row.fill("")
    if not signed.get(PIN.name, "-"):
        strays += [row for row in body.fields if isinstance(row.editor_widget, LinesEditor)
                   and row.editor_widget.take_out(_PIN.fullmatch)]  # fmt: skip
    return [Problem(row.field.name, TAKEN_OUT) for row in strays]
