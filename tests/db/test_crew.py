"""Who could take a job, and what they do now."""

from shopterm.db.queries.crew import crew
from shopterm.db.session import Shop
from shopterm.domain.action import Action
from shopterm.domain.actions import action_named
from shopterm.domain.vocabulary import EntryKind, Role
from shopterm.i18n import use
from shopterm.screens.lookups import look_up
from tests.rules.story import Stage, to
from tests.shopkit import do, who

MECHANICS = (Role.LEAD_MECHANIC, Role.MECHANIC)


def offered(shop: Shop, action: Action, name: str) -> list[str]:
    """Return the people a field of a form lists, as the foreman reads them."""
    field = next(field for field in action.form if field.name == name)
    return [f"{choice.value} {choice.label}" for choice in look_up(shop, who(shop, "F1"), field, "")]


def test_the_free_come_before_the_busy_and_those_not_there(shop: Shop) -> None:
    story = to(shop, Stage.IN_SHOP)
    do(shop, "F1", "assign_job", story.job, lead="M1", helpers="")
    for number in ("M1", "M2"):
        do(shop, number, "clock_in", who(shop, number).person)
    do(shop, "M1", "start_break", who(shop, "M1").person)
    found = {hand.person.number: hand for hand in crew(shop, MECHANICS)}
    assert list(found)[:2] == ["M2", "M1"]
    assert (found["M1"].kind, found["M1"].leads, found["M2"].kind) == (EntryKind.BREAK, 1, None)
    assert not any(hand.present for number, hand in found.items() if number not in ("M1", "M2"))


def test_the_foreman_is_offered_only_who_can_do_the_work(shop: Shop) -> None:
    use("en")
    do(shop, "M2", "clock_in", who(shop, "M2").person)
    leads = offered(shop, action_named("assign_job"), "lead")
    assert any(choice.startswith("M1 Wu Jin · not come in") for choice in leads)
    helpers = offered(shop, action_named("assign_job"), "helpers")
    assert helpers[0] == "M2 Ji Wu · free"
    assert not [choice for choice in leads + helpers if choice[0] in "AFPQ"]
