"""Rows for jobs: assignment, teardown, reports, work, inspection."""

from shopterm.domain import guards as g
from shopterm.domain.action import Action, states
from shopterm.domain.actions import forms as f
from shopterm.domain.fields import Field, Kind
from shopterm.domain.vocabulary import Doc, JobState, WaitReason
from shopterm.domain.words import _

S = JobState
BEFORE_CONSENT = states(S.OPENED, S.TEARDOWN, S.REPORTED, S.APPROVED, S.PRICED, S.QUOTED)
REPORTING = states(S.OPENED, S.TEARDOWN)
WORKING = states(S.CONSENTED, S.IN_WORK)
RUNNING = BEFORE_CONSENT | WORKING

ACTIONS = (
    Action("assign_job", Doc.JOB, "SHP-1.1", "L", _("Assign"), g.FOREMAN, RUNNING, guards=(g.ORDER_IN_HOUSE,),
           form=(Field("lead", _("Lead mechanic"), Kind.PERSON, prefill=True),
                 Field("helpers", _("Helpers"), Kind.PEOPLE, required=False, prefill=True),
                 Field("bay", _("Bay"), required=False, max_length=20, prefill=True))),
    Action("start_teardown", Doc.JOB, "SHP-2.1", "t", _("Start teardown"), g.MECHANIC, states(S.OPENED),
           states(S.TEARDOWN), (g.OWN_JOB, g.ORDER_IN_SHOP, g.ASSEMBLY_PHOTOS),
           hint=_("By the work standards.")),
    Action("report_parts", Doc.JOB, "SHP-2.2", "p", _("Report parts"), g.MECHANIC, REPORTING,
           guards=(g.OWN_JOB, g.ORDER_IN_SHOP, g.NO_MATERIAL_SHEET), makes=Doc.MATERIAL_SHEET,
           form=(f.PART_LINES, f.NONE_NEEDED, f.NOTE),
           hint=_("If possible all at once. Check related systems too.")),
    Action("report_labour", Doc.JOB, "SHP-3.1", "l", _("Report labour"), g.MECHANIC, REPORTING,
           guards=(g.OWN_JOB, g.ORDER_IN_SHOP, g.NO_LABOUR_SHEET), makes=Doc.LABOUR_SHEET,
           form=(f.LABOUR_LINES, f.NONE_NEEDED, f.NOTE)),
    Action("supplement_parts", Doc.JOB, "ADV-6.1", "P", _("Supplement: parts"), g.MECHANIC, WORKING,
           guards=(g.OWN_JOB,), makes=Doc.MATERIAL_SHEET,
           form=(f.PART_LINES, Field("finding", _("What was found"), max_length=300)),
           hint=_("This work waits for the customer's consent.")),
    Action("supplement_labour", Doc.JOB, "ADV-6.1", "S", _("Supplement: labour"), g.MECHANIC, WORKING,
           guards=(g.OWN_JOB,), makes=Doc.LABOUR_SHEET,
           form=(f.LABOUR_LINES, Field("finding", _("What was found"), max_length=300)),
           hint=_("This work waits for the customer's consent.")),
    Action("advise", Doc.JOB, "SHP-2.3", "v", _("Advice"), g.MECHANIC | g.ADVISOR, RUNNING,
           form=(Field("advice", _("Advice to the customer"), max_length=300),
                 Field("decision", _("Customer's decision"), required=False, max_length=200))),
    Action("plan_job", Doc.JOB, "SHP-4.2", "w", _("Work plan"), g.FOREMAN,
           states(S.APPROVED, S.PRICED, S.QUOTED, S.CONSENTED, S.IN_WORK),
           guards=(g.HAS_LEAD, g.LABOUR_APPROVED), signs=True,
           form=(Field("people", _("People"), Kind.PEOPLE, prefill=True),
                 Field("bay", _("Bay"), max_length=20, prefill=True),
                 Field("start", _("Start"), Kind.INSTANT), Field("finish", _("Finish"), Kind.INSTANT),
                 Field("instruction", _("Work instruction"), Kind.LONG_TEXT, max_length=1000))),
    Action("approve_warranty", Doc.JOB, "WAR-4.1", "A", _("Maker agrees"), g.WARRANTY, RUNNING,
           form=(Field("reference", _("Maker's reference"), max_length=40),
                 Field("date", _("Date"), Kind.DATE), f.NOTE)),
    Action("clock_on", Doc.JOB, "OPS-12", "o", _("Clock on"), g.MECHANIC,
           states(S.OPENED, S.TEARDOWN, S.CONSENTED, S.IN_WORK),
           states(S.OPENED, S.TEARDOWN, S.CONSENTED, S.IN_WORK),
           (g.OWN_JOB, g.ORDER_IN_SHOP, g.ASSEMBLY_PHOTOS),
           (Field("line", _("Work line"), Kind.INTEGER, required=False, minimum=1, prefill=True,
                  help=_("empty: the first open line")),), before=(g.JOB_CONSENTED,)),
    Action("clock_off", Doc.JOB, "OPS-12", "O", _("Clock off"), g.MECHANIC, guards=(g.OWN_CLOCK_RUNS,)),
    Action("finish_line", Doc.JOB, "SHP-7.4", "F", _("Line done"), g.MECHANIC, states(S.IN_WORK),
           guards=(g.OWN_JOB,), form=(Field("line", _("Work line"), Kind.INTEGER, minimum=1, prefill=True),),
           signs=True),
    Action("record_parameters", Doc.JOB, "SHP-7.2", "m", _("Parameters"), g.MECHANIC, states(S.IN_WORK),
           guards=(g.OWN_JOB,), form=(f.PARAMETER_LINES,)),
    Action("self_check", Doc.JOB, "SHP-7.3", "c", _("Self-check"), g.MECHANIC, states(S.IN_WORK),
           states(S.SELF_CHECKED),
           (g.LEAD_OF_JOB, g.NOBODY_CLOCKED_ON, g.NO_OPEN_SUPPLEMENT, g.PARTS_ISSUED),
           (Field("marks", _("Checklist"), Kind.CHECKLIST), f.NOTE), signs=True,
           hint=_("Nothing left out, bolts tight, tools cleared, site clean, no leaks.")),
    Action("pass_inspection", Doc.JOB, "SHP-8.1", "y", _("Pass"), g.INSPECTOR, states(S.SELF_CHECKED),
           states(S.QC_PASSED), (g.NOT_A_MECHANIC_OF_ORDER,),
           (Field("marks", _("Checklist"), Kind.CHECKLIST), f.NOTE, f.PHOTOS), signs=True),
    Action("fail_inspection", Doc.JOB, "SHP-8.1", "x", _("Fail"), g.INSPECTOR, states(S.SELF_CHECKED),
           states(S.IN_WORK), (g.NOT_A_MECHANIC_OF_ORDER,),
           (Field("marks", _("Checklist"), Kind.CHECKLIST, required=False), f.REASON, f.PHOTOS), signs=True),
    Action("close_declined", Doc.JOB, "OPS-3", "R", _("Reassembled"), g.MECHANIC | g.FOREMAN,
           states(S.DECLINED), states(S.NOT_REPAIRED), (g.OWN_JOB_OR_FOREMAN, g.NOBODY_CLOCKED_ON),
           (Field("reassembled", _("Reassembled"), Kind.YES_NO, default=True,
                  help=_("no: left as it is")), f.NOTE), signs=True),
    Action("wait_job", Doc.JOB, "OPS-13", "H", _("Set waiting"), g.FOREMAN | g.MECHANIC, RUNNING,
           guards=(g.OWN_JOB_OR_FOREMAN, g.NOT_WAITING),
           form=(Field("reason", _("Waits for"), Kind.CHOICE, choices=WaitReason),
                 Field("due", _("Until"), Kind.INSTANT, required=False), f.NOTE)),
    Action("resume_job", Doc.JOB, "OPS-13", "r", _("End waiting"), g.FOREMAN | g.MECHANIC, RUNNING,
           guards=(g.OWN_JOB_OR_FOREMAN, g.WAITING)),
)
