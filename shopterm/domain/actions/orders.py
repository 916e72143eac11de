"""Rows for work orders: from the complaint read back to the advisor's check."""

from dataclasses import replace

from shopterm.domain import guards as g
from shopterm.domain.action import Action, states
from shopterm.domain.actions import forms as f
from shopterm.domain.fields import Field, Kind
from shopterm.domain.vocabulary import Doc, OrderState, Payer
from shopterm.domain.words import _

S = OrderState
ALIVE = states(S.RECEIVED, S.INTAKE_SIGNED, S.WITH_FOREMAN, S.IN_SHOP)
JOB_FIELDS = (
    Field("text", _("What is to be done"), max_length=500),
    Field("payer", _("Payer"), Kind.CHOICE, choices=Payer, default=Payer.CUSTOMER, required=False),
    Field("assembly", _("Assembly opened"), Kind.YES_NO, default=False, required=False),
)

ACTIONS = (
    Action("open_order", Doc.ORDER, "ADV-3.1", "n", _("New order"), g.ADVISOR, new=True,
           then=states(S.RECEIVED), hint=_("Write the complaint down in the customer's own words."),
           form=(
               Field("customer", _("Customer"), Kind.CUSTOMER, required=False,
                     help=_("number; empty: the machine's owner, or a new name")),
               Field("customer_name", _("Customer's name"), required=False, max_length=80),
               Field("phone", _("Telephone"), required=False, max_length=40),
               Field("serial", _("Serial number"), Kind.MACHINE, max_length=40),
               Field("maker", _("Maker"), required=False, max_length=40, help=_("only for an unknown machine")),
               Field("model", _("Model"), required=False, max_length=40),
               Field("tonnage", _("Tonnage"), Kind.QUANTITY, required=False, minimum=1, maximum=2_000_000),
               Field("hours", _("Hour meter"), Kind.INTEGER, required=False, minimum=0, maximum=200_000),
               f.COMPLAINT_LINES, f.NOTE,
           )),
    Action("read_back", Doc.ORDER, "ADV-3.1", "b", _("Read back"), g.ADVISOR, states(S.RECEIVED),
           hint=_("Read the complaint back; the customer confirms it."),
           form=(Field("confirmed_by", _("Confirmed by"), max_length=60, prefill=True),)),
    Action("ask_question", Doc.ORDER, "ADV-3.3", "q", _("Customer asks"), g.ADVISOR, ALIVE,
           form=(Field("question", _("Question"), max_length=300),
                 Field("answer", _("Answer"), required=False, max_length=500,
                       help=_("empty: stays open, needs a test drive")))),
    Action("answer_question", Doc.ORDER, "ADV-3.4", "Q", _("Answer"), g.ADVISOR, ALIVE,
           form=(Field("question", _("Question number"), Kind.INTEGER, minimum=1),
                 Field("answer", _("Answer"), max_length=500))),
    Action("inspect_intake", Doc.ORDER, "ADV-4.1", "i", _("Walk-round"), g.ADVISOR, states(S.RECEIVED),
           hint=_("From the cab round the machine, in the company's order."),
           form=(Field("marks", _("Checklist"), Kind.CHECKLIST),
                 Field("fuel", _("Fuel level"), max_length=7, prefill=True, help=_("as a fraction: 1/2, 1/4")),
                 Field("valuables", _("Valuables in the cab"), required=False, max_length=200, prefill=True),
                 Field("tonnage", _("Tonnage"), Kind.QUANTITY, required=False, minimum=1, maximum=2_000_000,
                       prefill=True, help=_("in tons; asked once, kept on the machine")), f.PHOTOS)),
    Action("call_engineer", Doc.ORDER, "ADV-4.3", "G", _("Engineer called"), g.ADVISOR, states(S.RECEIVED),
           hint=_("Seat the customer and bring water."), form=(f.NOTE,)),
    Action("sign_intake", Doc.ORDER, "ADV-4.3", "s", _("Customer signs intake"), g.ADVISOR,
           states(S.RECEIVED), states(S.INTAKE_SIGNED), (g.READ_BACK, g.INTAKE_DONE),
           (replace(f.SIGNED_BY, prefill=True),), signs=True),
    Action("fit_covers", Doc.ORDER, "ADV-4.4", "k", _("Covers fitted"), g.ADVISOR,
           states(S.RECEIVED, S.INTAKE_SIGNED), form=(f.NOTE,)),
    Action("hand_to_foreman", Doc.ORDER, "ADV-4.4", "h", _("Hand to foreman"), g.ADVISOR,
           states(S.INTAKE_SIGNED), states(S.WITH_FOREMAN), (g.COVERS_FITTED,),
           (Field("purpose", _("Purpose of the visit"), max_length=200, prefill=True),), signs=True, second=g.FOREMAN,
           before=(g.INTAKE_SIGNED,)),
    Action("add_job", Doc.ORDER, "OPS-2", "j", _("Add job"), g.ADVISOR, states(S.RECEIVED), form=JOB_FIELDS),
    Action("add_found_job", Doc.ORDER, "OPS-2", "j", _("Add job"), g.FOREMAN,
           states(S.WITH_FOREMAN, S.IN_SHOP), form=JOB_FIELDS, signs=True,
           hint=_("Looking at it is at the house's charge; repairs wait for the customer's consent.")),
    Action("joint_inspection", Doc.ORDER, "SHP-1.2", "J", _("Joint inspection"), g.MECHANIC,
           states(S.WITH_FOREMAN), guards=(g.ORDER_MECHANIC,), form=(f.NOTE, f.PHOTOS), signs=True,
           second=g.ADVISOR, hint=_("Inspect the machine and check the papers together with the advisor.")),
    Action("take_in", Doc.ORDER, "SHP-1.4", "d", _("Drive in"), g.FOREMAN | g.MECHANIC,
           states(S.WITH_FOREMAN), states(S.IN_SHOP),
           (g.ORDER_MECHANIC_OR_FOREMAN, g.ALL_ASSIGNED, g.JOINT_SIGNED),
           (Field("bay", _("Bay"), max_length=20, prefill=True),), hint=_("Washed, protected, driven in.")),
    Action("add_photos", Doc.ORDER, "SHP-1.3", "f", _("Photos"),
           g.ADVISOR | g.MECHANIC | g.FOREMAN | g.INSPECTOR, ALIVE,
           form=(Field("photos", _("Photos"), Kind.PHOTOS), f.NOTE)),
    Action("promise", Doc.ORDER, "ADV-5.4", "T", _("Promised time"), g.ADVISOR, ALIVE,
           form=(Field("promised", _("Promised time"), Kind.INSTANT, prefill=True), f.NOTE)),
    Action("make_quote", Doc.ORDER, "SHP-6.1", "u", _("Make quote"), g.ADVISOR, states(S.IN_SHOP),
           guards=(g.READY_FOR_QUOTE,), makes=Doc.QUOTE,
           form=(Field("promised", _("Promised time"), Kind.INSTANT, required=False, prefill=True), f.NOTE)),
    Action("report_washed", Doc.ORDER, "SHP-8.2", "W", _("Washed"), g.MECHANIC, states(S.IN_SHOP),
           guards=(g.ORDER_MECHANIC, g.JOBS_PASSED), form=(f.NOTE,)),
    Action("close_shop", Doc.ORDER, "SHP-9.1", "z", _("Close shop side"), g.FOREMAN,
           states(S.IN_SHOP), states(S.SHOP_CLOSED),
           (g.JOBS_FINISHED, g.WASHED, g.SHEETS_SIGNED, g.QUOTES_ANSWERED, g.HOURS_BOOKED, g.PARTS_SETTLED,
            g.LOANS_SETTLED, g.OLD_PARTS_TAGGED), (f.NOTE,), signs=True),
    Action("final_check", Doc.ORDER, "SHP-8.3", "c", _("Check machine"), g.ADVISOR,
           states(S.SHOP_CLOSED), states(S.CHECKED), (g.INSPECTOR_SIGNED, g.WASHED),
           (Field("marks", _("Checklist"), Kind.CHECKLIST), f.NOTE), signs=True,
           before=(g.INSPECTOR_SIGNED, g.WASHED)),
    Action("cancel_order", Doc.ORDER, "OPS-1", "X", _("Cancel order"), g.ADVISOR,
           states(S.RECEIVED, S.INTAKE_SIGNED, S.WITH_FOREMAN, S.IN_SHOP), states(S.CANCELLED), (g.NO_WORK_YET,),
           (f.REASON,), signs=True),
)
