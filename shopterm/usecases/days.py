"""A person's labour day: come, go, break, indirect work (docs/decisions.md, 22)."""

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.domain.errors import invalid
from shopterm.domain.vocabulary import DayState, EntryKind
from shopterm.domain.words import _
from shopterm.i18n import language
from shopterm.usecases.context import Context, Values
from shopterm.usecases.time_clock import begin, come_in, end_running

NO_CODE = _("There is no indirect code “{code}”. There are: {codes}.")


def clock_in(ctx: Context, _person: m.Person, _values: Values) -> None:
    """Come to work."""
    come_in(ctx)
    ctx.become(DayState.PRESENT)
    ctx.message = _("Good work today.")


def clock_out(ctx: Context, person: m.Person, _values: Values) -> None:
    """Go home; whatever runs ends."""
    end_running(ctx, person.id)
    sql.change(
        'UPDATE attendance SET "end" = ? WHERE person_id = ? AND "end" IS NULL AND voided = 0', ctx.at, person.id
    )
    ctx.become(DayState.AWAY)
    ctx.message = _("Gone. Have a good evening.")


def start_break(ctx: Context, _person: m.Person, _values: Values) -> None:
    """Begin a break."""
    begin(ctx, EntryKind.BREAK)
    ctx.message = _("Break.")


def start_indirect(ctx: Context, _person: m.Person, values: Values) -> None:
    """Begin attended time that belongs to no job, by its code."""
    codes = {code.code: code for code in ctx.shop.settings.indirect.codes}
    code = values["code"].strip().upper()
    known = codes.get(code) or codes.get(values["code"].strip())
    if known is None:
        raise invalid("code", NO_CODE, code=values["code"], codes=", ".join(codes))
    begin(ctx, EntryKind.INDIRECT, code=known.code)
    ctx.message, ctx.params = _("Indirect: {code}."), {"code": known.name(language())}


def stop_entry(ctx: Context, person: m.Person, _values: Values) -> None:
    """End what runs; the time after it is unexplained until something begins."""
    end_running(ctx, person.id)
    ctx.message = _("Ended.")
