"""Rows for people and their labour day."""

from shopterm.domain import guards as g
from shopterm.domain.action import Action, roles, states
from shopterm.domain.actions import forms as f
from shopterm.domain.fields import Field, Kind
from shopterm.domain.known_words import Language
from shopterm.domain.vocabulary import DayState, Doc, PersonState, Role
from shopterm.domain.words import _

ANYBODY = roles(*Role)
CLOCKED = g.MECHANIC | g.FOREMAN | roles(Role.FIELD_ENGINEER)
P, D = PersonState, DayState

PEOPLE = (
    Action("issue_code", Doc.PERSON, "OPS-4", "C", _("One-time code"), g.ADMIN, states(P.ACTIVE), signs=True,
           hint=_("The person sets the PIN with this code; an old PIN stops working.")),
    Action("change_roles", Doc.PERSON, "OPS-4", "o", _("Roles"), g.ADMIN, states(P.ACTIVE),
           guards=(g.NOT_ONESELF, g.NOT_LAST_ADMIN), signs=True,
           form=(Field("roles", _("Roles"), Kind.ROLES, max_length=300, prefill=True, help=_("separated by commas")),)),
    Action("unlock_person", Doc.PERSON, "OPS-4", "V", _("Unlock"), g.ADMIN, states(P.ACTIVE),
           guards=(g.NOT_ONESELF,), signs=True,
           form=(Field("terminal", _("Terminal to unlock too"), required=False, prefill=True, max_length=60,
                       help=_("empty: only the person")),)),
    Action("deactivate", Doc.PERSON, "OPS-4", "X", _("Leaves"), g.ADMIN, states(P.ACTIVE), states(P.INACTIVE),
           (g.NOT_LAST_ADMIN, g.NOT_ONESELF), (f.REASON,), signs=True),
    Action("reactivate", Doc.PERSON, "OPS-4", "r", _("Returns"), g.ADMIN, states(P.INACTIVE), states(P.ACTIVE),
           signs=True),
    Action("give_delegation", Doc.PERSON, "OPS-16", "h", _("Delegate to"), ANYBODY, states(P.ACTIVE),
           guards=(g.NOT_TO_ONESELF,), signs=True,
           form=(Field("verbs", _("What"), Kind.VERBS, max_length=1000,
                       help=_("actions of your own by their names; F4 lists them")),
                 Field("since", _("From"), Kind.INSTANT, required=False, help=_("empty: from now on")),
                 Field("until", _("Until"), Kind.INSTANT), f.REASON),
           hint=_("At this site only; it ends by itself. What must be in two hands stays in two hands.")),
    Action("revoke_delegation", Doc.PERSON, "OPS-16", "x", _("Take delegation back"), ANYBODY,
           guards=(g.LENT_SOMETHING,), signs=True,
           hint=_("Everything you have delegated to this person here ends now.")),
    Action("create_person", Doc.PERSON, "OPS-4", "n", _("New person"), g.ADMIN, new=True, then=states(P.ACTIVE),
           signs=True,
           form=(Field("number", _("Staff number"), max_length=20), Field("name_zh", _("Full name"), max_length=40),
                 Field("name_en", _("Name (Latin)"), required=False, max_length=60),
                 Field("roles", _("Roles"), Kind.ROLES, max_length=300, help=_("separated by commas")),
                 Field("badge", _("Badge"), required=False, max_length=40),
                 Field("language", _("Language"), Kind.CHOICE, choices=Language, default=Language.ZH))),
)

DAY = (
    Action("clock_in", Doc.DAY, "OPS-12", "I", _("Clock in"), CLOCKED, states(D.AWAY), states(D.PRESENT),
           (g.OWN_DAY,)),
    Action("clock_out", Doc.DAY, "OPS-12", "U", _("Clock out"), CLOCKED, states(D.PRESENT), states(D.AWAY),
           (g.OWN_DAY,), hint=_("Ends whatever runs.")),
    Action("start_break", Doc.DAY, "OPS-12", "B", _("Break"), CLOCKED, states(D.PRESENT), guards=(g.OWN_DAY,)),
    Action("start_indirect", Doc.DAY, "OPS-12", "C", _("Indirect"), CLOCKED, states(D.PRESENT),
           guards=(g.OWN_DAY,), form=(Field("code", _("Code"), Kind.CODE, max_length=20, prefill=True),)),
    Action("stop_entry", Doc.DAY, "OPS-12", "D", _("End what runs"), CLOCKED, states(D.PRESENT),
           guards=(g.OWN_DAY, g.SOMETHING_RUNS)),
    Action("correct_day", Doc.DAY, "OPS-15", "e", _("Correct a time"), g.FOREMAN, states(D.AWAY, D.PRESENT),
           states(D.AWAY, D.PRESENT), (g.NOT_OWN_DAY,),
           (Field("interval", _("Which"), max_length=20, prefill=True, help=_("its mark on the day, like 123.1")),
            Field("end", _("Ended at"), Kind.INSTANT),
            Field("back", _("Came back at"), Kind.INSTANT, required=False,
                  help=_("only for attendance: when the next shift began")),
            f.REASON), signs=True, hint=_("What was clocked stays beside the correction.")),
)

ACTIONS = PEOPLE + DAY
