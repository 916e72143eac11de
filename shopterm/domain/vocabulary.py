"""The words of the house as types: roles, document kinds, states. Values are stored and printed by programs."""

from enum import StrEnum
from typing import Self

from shopterm.domain.words import _


class Word(StrEnum):
    """A stored word with a label for people; the label is a message id."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Make a member whose value is stored and whose label is shown."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Role(Word):
    """What a person may be in this house (several at a time, per site)."""

    SERVICE_ADVISOR = "service_advisor", _("service advisor")
    MECHANIC = "mechanic", _("mechanic")
    LEAD_MECHANIC = "lead_mechanic", _("lead mechanic")
    FOREMAN = "foreman", _("foreman")
    PARTS_CLERK = "parts_clerk", _("parts clerk")
    QUALITY_INSPECTOR = "quality_inspector", _("quality inspector")
    CASHIER = "cashier", _("cashier")
    FINANCE = "finance", _("finance")
    WARRANTY_CLERK = "warranty_clerk", _("warranty clerk")
    WARRANTY_SUPERVISOR = "warranty_supervisor", _("warranty supervisor")
    FIELD_ENGINEER = "field_engineer", _("field engineer")
    REGIONAL_SUPERVISOR = "regional_supervisor", _("regional supervisor")
    CALL_CENTRE_AGENT = "call_centre_agent", _("call-centre agent")
    CALL_CENTRE_SUPERVISOR = "call_centre_supervisor", _("call-centre supervisor")
    DEPARTMENT_HEAD = "department_head", _("department head")
    GENERAL_MANAGER = "general_manager", _("general manager")
    ADMINISTRATOR = "administrator", _("administrator")


class Doc(Word):
    """Kinds of document an action can be done to."""

    ORDER = "order", _("work order")
    JOB = "job", _("job")
    MATERIAL_SHEET = "material_sheet", _("material sheet")
    LABOUR_SHEET = "labour_sheet", _("labour sheet")
    QUOTE = "quote", _("quote")
    LOAN = "loan", _("loan")
    PERSON = "person", _("person")
    PART = "part", _("part")
    DAY = "day", _("labour day")


class OrderState(Word):
    """Where a visit stands."""

    RECEIVED = "received", _("received")
    INTAKE_SIGNED = "intake_signed", _("intake signed")
    WITH_FOREMAN = "with_foreman", _("with foreman")
    IN_SHOP = "in_shop", _("in the shop")
    SHOP_CLOSED = "shop_closed", _("shop closed")
    CHECKED = "checked", _("checked, ready for hand-over")
    CANCELLED = "cancelled", _("cancelled")


class JobState(Word):
    """Where a repair item stands."""

    OPENED = "opened", _("opened")
    TEARDOWN = "teardown", _("teardown")
    REPORTED = "reported", _("reported")
    APPROVED = "approved", _("approved")
    PRICED = "priced", _("priced")
    QUOTED = "quoted", _("quoted")
    CONSENTED = "consented", _("consented")
    DECLINED = "declined", _("declined")
    IN_WORK = "in_work", _("in work")
    SELF_CHECKED = "self_checked", _("self-checked")
    QC_PASSED = "qc_passed", _("QC passed")
    DONE = "done", _("done")
    NOT_REPAIRED = "not_repaired", _("not repaired")


class SheetState(Word):
    """Where a material or labour sheet stands."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("sent back")
    APPROVED = "approved", _("approved")
    PRICED = "priced", _("priced")
    WITHDRAWN = "withdrawn", _("withdrawn")


class QuoteState(Word):
    """Where a quote version stands."""

    DRAFT = "draft", _("draft")
    COMPLETE = "complete", _("complete")
    SHOWN = "shown", _("shown")
    ANSWERED = "answered", _("answered")
    EXPIRED = "expired", _("expired")
    REPLACED = "replaced", _("replaced")


class LoanState(Word):
    """Where a loan stands."""

    OUT = "out", _("out")
    SETTLED = "settled", _("settled")


class PersonState(Word):
    """Whether a person works here."""

    ACTIVE = "active", _("active")
    INACTIVE = "inactive", _("inactive")


class DayState(Word):
    """Whether a person's labour day runs."""

    AWAY = "away", _("away")
    PRESENT = "present", _("present")


class Payer(Word):
    """Who pays a line."""

    CUSTOMER = "customer", _("customer")
    WARRANTY = "warranty", _("warranty")
    HOUSE = "house", _("house")


class LabourKind(Word):
    """The parts of the labour charge."""

    REPAIR = "repair", _("repair")
    OUTSOURCED = "outsourced", _("outsourced machining")
    REMOVAL_INSTALLATION = "removal_installation", _("removal/installation")
    DIAGNOSIS = "diagnosis", _("diagnosis")


class Source(Word):
    """Where a priced line's part comes from; all but stock are marked at pricing and placed by consent."""

    STOCK = "stock", _("stock")
    ORDER = "order", _("order")
    RUSH = "rush", _("rush order")
    DEMO_MACHINE = "demo_machine", _("from a demo machine")


class MoveKind(Word):
    """Kinds of stock move."""

    OPENING = "opening", _("opening stock")
    RECEIVE = "receive", _("receive")
    ISSUE = "issue", _("issue")
    RETURN = "return", _("return")
    ADJUST = "adjust", _("adjust")
    LOAN_OUT = "loan_out", _("lend")
    LOAN_RETURN = "loan_return", _("loan return")
    LOAN_ISSUE = "loan_issue", _("loan to issue")
    WRITE_OFF = "write_off", _("write-off")


class ConsentMeans(Word):
    """How a customer said yes."""

    SIGNATURE = "signature", _("signature")
    CALL = "call", _("recorded call")


class WaitReason(Word):
    """What a job waits for."""

    PART = "part", _("part")
    BAY = "bay", _("bay")
    CUSTOMER = "customer", _("customer")
    OUTSIDE = "outside", _("outside work")
    PERSON = "person", _("person")


class InspectionKind(Word):
    """What an inspection is for; one mechanism, several checklists."""

    INTAKE = "intake", _("intake inspection")
    JOINT = "joint", _("joint inspection")
    SELF_CHECK = "self_check", _("self-check")
    QC = "qc", _("quality inspection")
    FINAL = "final", _("final check")


class EntryKind(Word):
    """Kinds of labour entry."""

    DIRECT = "direct", _("direct")
    INDIRECT = "indirect", _("indirect")
    BREAK = "break", _("break")


STATES: dict[Doc, type[Word]] = {
    Doc.ORDER: OrderState,
    Doc.JOB: JobState,
    Doc.MATERIAL_SHEET: SheetState,
    Doc.LABOUR_SHEET: SheetState,
    Doc.QUOTE: QuoteState,
    Doc.LOAN: LoanState,
    Doc.PERSON: PersonState,
    Doc.DAY: DayState,
}
"""Which states a kind of document has; a part has none."""
