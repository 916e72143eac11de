"""Rows for people and their labour day."""

from shopterm.domain import guards as g
from shopterm.domain.actions import forms as f
from shopterm.domain.actions.action import Action, roles, states
from shopterm.domain.fields import Field, Kind
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
           form=(Field("roles", _("Roles"), max_length=300, prefill=True, help=_("separated by blanks")),)),
    Action("unlock_person", Doc.PERSON, "OPS-4", "V", _("Unlock"), g.ADMIN, states(P.ACTIVE),
           guards=(g.NOT_ONESELF,), signs=True),
    Action("deactivate", Doc.PERSON, "OPS-4", "X", _("Leaves"), g.ADMIN, states(P.ACTIVE), states(P.INACTIVE),
           (g.NOT_ONESELF, g.NOT_LAST_ADMIN), (f.REASON,), signs=True),
    Action("reactivate", Doc.PERSON, "OPS-4", "r", _("Returns"), g.ADMIN, states(P.INACTIVE), states(P.ACTIVE),
           signs=True),
    Action("create_person", Doc.PERSON, "OPS-4", "n", _("New person"), g.ADMIN, new=True, then=states(P.ACTIVE),
           signs=True,
           form=(Field("number", _("Number"), max_length=20), Field("name_zh", _("Name"), max_length=40),
                 Field("name_en", _("Name (Latin)"), required=False, max_length=60),
                 Field("roles", _("Roles"), max_length=300, help=_("separated by blanks")),
                 Field("badge", _("Badge"), required=False, max_length=40),
                 Field("language", _("Language"), Kind.CHOICE, choices=("zh", "en"), default="zh"))),
)

DAY = (
    Action("clock_in", Doc.DAY, "OPS-12", "I", _("Come"), CLOCKED, states(D.AWAY), states(D.PRESENT),
           (g.OWN_DAY,)),
    Action("clock_out", Doc.DAY, "OPS-12", "U", _("Go"), CLOCKED, states(D.PRESENT), states(D.AWAY), (g.OWN_DAY,),
           hint=_("Ends whatever runs.")),
    Action("start_break", Doc.DAY, "OPS-12", "B", _("Break"), CLOCKED, states(D.PRESENT), guards=(g.OWN_DAY,)),
    Action("start_indirect", Doc.DAY, "OPS-12", "C", _("Indirect"), CLOCKED, states(D.PRESENT),
           guards=(g.OWN_DAY,), form=(Field("code", _("Code"), max_length=20, prefill=True),)),
    Action("stop_entry", Doc.DAY, "OPS-12", "D", _("End what runs"), CLOCKED, states(D.PRESENT),
           guards=(g.OWN_DAY,)),
)

ACTIONS = PEOPLE + DAY
