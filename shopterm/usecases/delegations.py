"""Lending a few verbs to somebody for a time, and taking them back (OPS-16)."""

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.domain.delegation import LONGEST_DAYS, may_lend
from shopterm.domain.errors import Invalid, Problem, invalid
from shopterm.domain.units import Instant
from shopterm.domain.words import _
from shopterm.usecases.context import Context, Values

DAY = 24 * 3_600_000_000
NOT_YOURS = _("“{verb}” is none of your actions that can be delegated.")
ENDS_FIRST = _("It must end after it begins, and not before now.")
TOO_LONG = _("At most {days} days: give it again then.")
GIVEN = _("{name} does it for you until {until}.")
TAKEN_BACK = _("{name} does nothing for you any more.")


def give_delegation(ctx: Context, person: m.Person, values: Values) -> None:
    """Lend verbs of the own roles; what was lent to the giver is not lent on."""
    own = {action.name for action in may_lend(ctx.actor)}
    verbs = list(dict.fromkeys(verb.strip().replace("-", "_") for verb in values["verbs"]))
    strange = [Problem("verbs", NOT_YOURS, {"verb": verb}) for verb in verbs if verb not in own]
    if strange:
        raise Invalid(strange)
    since, until = max(values["since"] or ctx.at, ctx.at), values["until"]
    if until <= since:
        raise invalid("until", ENDS_FIRST)
    if until - since > LONGEST_DAYS * DAY:
        raise invalid("until", TOO_LONG, days=LONGEST_DAYS)
    key = ctx.new_key()
    m.Delegation.insert(
        id=key,
        site=ctx.site,
        giver=ctx.actor.person,
        delegate=person.id,
        verbs=" ".join(verbs),
        since=since,
        until=until,
        reason=values["reason"],
        at=ctx.at,
    ).execute()
    ctx.notes["delegation"] = ctx.content = {
        "id": key, "to": person.id, "verbs": verbs, "since": since, "until": until}  # fmt: skip
    ctx.message, ctx.params = GIVEN, {"name": person.name_zh, "until": Instant(until)}


def revoke_delegation(ctx: Context, person: m.Person, _values: Values) -> None:
    """End at once whatever the person was lent by the actor here."""
    ended = [
        key
        for (key,) in sql.rows(
            "UPDATE delegation SET revoked = ? WHERE giver_id = ? AND delegate_id = ? AND site = ? "
            "AND revoked IS NULL AND until > ? RETURNING id",
            ctx.at,
            ctx.actor.person,
            person.id,
            ctx.site,
            ctx.at,
        )
    ]
    ctx.notes["taken_back"] = sorted(ended)
    ctx.message, ctx.params = TAKEN_BACK, {"name": person.name_zh}
