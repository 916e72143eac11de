"""Rows for material and labour sheets: report, sign, price, issue, return."""

from shopterm.domain import guards as g
from shopterm.domain.action import Action, states
from shopterm.domain.actions import forms as f
from shopterm.domain.fields import Field, Kind
from shopterm.domain.vocabulary import Doc, SheetState
from shopterm.domain.words import _

S = SheetState
OPEN = states(S.DRAFT, S.RETURNED)
SIGNED = states(S.APPROVED, S.PRICED)

MATERIAL = (
    Action("edit_parts", Doc.MATERIAL_SHEET, "SHP-2.2", "e", _("Edit"), g.MECHANIC, OPEN,
           guards=(g.SHEET_OWN_JOB,), form=(f.PART_LINES, f.NONE_NEEDED, f.NOTE)),
    Action("submit_parts", Doc.MATERIAL_SHEET, "SHP-2.2", "s", _("Submit"), g.MECHANIC, OPEN,
           states(S.SUBMITTED), (g.SHEET_OWN_JOB, g.HAS_LINES),
           hint=_("Goes to the foreman, with the old parts.")),
    Action("approve_parts", Doc.MATERIAL_SHEET, "SHP-4.1", "a", _("Approve"), g.FOREMAN, states(S.SUBMITTED),
           states(S.APPROVED), (g.NOT_REPORTER,),
           (Field("old_parts_seen", _("Checked against the old parts"), Kind.YES_NO),), signs=True),
    Action("return_parts", Doc.MATERIAL_SHEET, "SHP-4.1", "b", _("Send back"), g.FOREMAN, states(S.SUBMITTED),
           states(S.RETURNED), form=(f.RETURN_LINES,)),
    Action("revise_parts", Doc.MATERIAL_SHEET, "SHP-4.1", "E", _("Revise"), g.MECHANIC | g.FOREMAN,
           states(S.SUBMITTED, S.APPROVED, S.PRICED), states(S.DRAFT),
           (g.SHOP_OPEN, g.SHEET_OWN_JOB, g.NOT_CONSENTED, g.NOT_QUOTED), (f.REASON,),
           hint=_("Makes a new version; the foreman's signature falls.")),
    Action("withdraw_parts", Doc.MATERIAL_SHEET, "OPS-5", "X", _("Withdraw"), g.MECHANIC | g.FOREMAN,
           states(S.DRAFT, S.RETURNED, S.SUBMITTED), states(S.WITHDRAWN), (g.SHEET_OWN_JOB,), (f.REASON,)),
    Action("price_parts", Doc.MATERIAL_SHEET, "SHP-5.1", "f3", _("Price parts"), g.CLERK, SIGNED,
           states(S.PRICED), (g.NOT_CONSENTED, g.NOT_QUOTED), (f.PRICE_LINES, f.NOTE), before=(g.SHEET_SIGNED,)),
    Action("propose_part", Doc.MATERIAL_SHEET, "SHP-5.1", "f8", _("Other part"), g.CLERK, SIGNED,
           states(S.SUBMITTED), (g.SHOP_OPEN, g.NOT_CONSENTED, g.NOT_QUOTED),
           (f.LINE_NO, Field("part", _("Part number"), Kind.PART, max_length=60), f.REASON),
           hint=_("A part other than reported goes back to the foreman."), before=(g.SHEET_SIGNED,)),
    Action("issue_parts", Doc.MATERIAL_SHEET, "SHP-6.5", "f4", _("Issue"), g.CLERK, states(S.PRICED),
           guards=(g.SHEET_CONSENTED,),
           form=(f.ISSUE_LINES, Field("receiver", _("Given to"), Kind.PERSON, required=False)), signs=True,
           before=(g.SHEET_SIGNED,)),
    Action("take_back_parts", Doc.MATERIAL_SHEET, "OPS-6", "f5", _("Take parts back"), g.CLERK, states(S.PRICED),
           guards=(g.SHOP_OPEN, g.SOMETHING_ISSUED), form=(f.BACK_LINES, f.REASON), signs=True),
    Action("exchange_parts", Doc.MATERIAL_SHEET, "OPS-6", "f6", _("Exchange wrong part"), g.CLERK,
           states(S.PRICED), guards=(g.SHOP_OPEN, g.SOMETHING_ISSUED),
           hint=_("The piece that came back is booked in, and another of the same part goes out for it."),
           form=(Field("part", _("Part number"), Kind.PART, max_length=60),
                 Field("quantity", _("Quantity"), Kind.QUANTITY, minimum=1, default=f.ONE_PIECE),
                 Field("bin", _("Wrong one goes to bin"), required=False, max_length=20,
                       help=_("empty: where it came from")),
                 f.REASON), signs=True),
    Action("release_parts", Doc.MATERIAL_SHEET, "SHP-9.1", "N", _("Not needed"), g.CLERK | g.FOREMAN,
           states(S.PRICED), guards=(g.SHEET_CONSENTED,), form=(f.RELEASE_LINES,), signs=True),
    Action("tag_old_parts", Doc.MATERIAL_SHEET, "SHP-9.1", "g", _("Tag old parts"), g.MECHANIC | g.CLERK,
           guards=(g.OLD_PARTS_DUE,), form=(f.OLD_PART_LINES,)),
)

LABOUR = (
    Action("edit_labour", Doc.LABOUR_SHEET, "SHP-3.1", "e", _("Edit"), g.MECHANIC, OPEN,
           guards=(g.SHEET_OWN_JOB,), form=(f.LABOUR_LINES, f.NONE_NEEDED, f.NOTE)),
    Action("submit_labour", Doc.LABOUR_SHEET, "SHP-3.2", "s", _("Submit"), g.MECHANIC, OPEN,
           states(S.SUBMITTED), (g.SHEET_OWN_JOB, g.HAS_LINES)),
    Action("approve_labour", Doc.LABOUR_SHEET, "SHP-4.2", "a", _("Approve"), g.FOREMAN, states(S.SUBMITTED),
           states(S.APPROVED), (g.NOT_REPORTER,), signs=True),
    Action("change_rates", Doc.LABOUR_SHEET, "SHP-3.2", "M", _("Rates"), g.FOREMAN,
           states(S.SUBMITTED),
           form=(Field("lines", _("Rates"), Kind.LINES, prefill=True, columns=(
               f.LINE_NO, Field("rate", _("Rate per hour"), Kind.MONEY, minimum=0))),)),
    Action("return_labour", Doc.LABOUR_SHEET, "SHP-4.2", "b", _("Send back"), g.FOREMAN, states(S.SUBMITTED),
           states(S.RETURNED), form=(f.RETURN_LINES,)),
    Action("revise_labour", Doc.LABOUR_SHEET, "SHP-4.2", "E", _("Revise"), g.MECHANIC | g.FOREMAN,
           states(S.SUBMITTED, S.APPROVED), states(S.DRAFT),
           (g.SHOP_OPEN, g.SHEET_OWN_JOB, g.NOT_CONSENTED, g.NOT_QUOTED), (f.REASON,),
           hint=_("Makes a new version; the foreman's signature falls.")),
    Action("withdraw_labour", Doc.LABOUR_SHEET, "OPS-5", "X", _("Withdraw"), g.MECHANIC | g.FOREMAN,
           states(S.DRAFT, S.RETURNED, S.SUBMITTED), states(S.WITHDRAWN), (g.SHEET_OWN_JOB,), (f.REASON,)),
)

ACTIONS = MATERIAL + LABOUR
