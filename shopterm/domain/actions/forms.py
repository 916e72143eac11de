"""Fields that several verbs ask for."""

from shopterm.domain.fields import Field, Kind
from shopterm.domain.units import Quantity
from shopterm.domain.vocabulary import LabourKind, Payer, Source
from shopterm.domain.words import _

ONE_PIECE = Quantity(1000)

NOTE = Field("note", _("Note"), Kind.LONG_TEXT, required=False, max_length=1000)
REASON = Field("reason", _("Reason"), max_length=300)
PHOTOS = Field("photos", _("Photos"), Kind.PHOTOS, required=False, help=_("files from the drop folder"))

PART_LINES = Field("lines", _("Parts"), Kind.LINES, required=False, prefill=True, columns=(
    Field("part", _("Part number"), Kind.PART, max_length=60, help=_("scan, number, or words for an unknown part")),
    Field("quantity", _("Quantity"), Kind.QUANTITY, minimum=1, default=ONE_PIECE),
    Field("reason", _("Reason"), required=False, max_length=200),
    Field("old_part", _("With old part"), Kind.YES_NO, default=True, required=False),
))
LABOUR_LINES = Field("lines", _("Work"), Kind.LINES, required=False, prefill=True, columns=(
    Field("standard", _("Code"), Kind.STANDARD, required=False, max_length=20,
          help=_("code of a labour standard, or empty")),
    Field("text", _("Work"), required=False, max_length=200, help=_("empty: the standard's name")),
    Field("kind", _("Kind"), Kind.CHOICE, choices=LabourKind, default=LabourKind.REPAIR, required=False),
    Field("minutes", _("Time"), Kind.MINUTES, required=False, minimum=1, maximum=60 * 24 * 60,
          help=_("minutes, 1.5h or 1:30; empty: the standard's")),
    Field("people", _("People"), Kind.INTEGER, minimum=1, maximum=20, default=1, required=False),
))
NONE_NEEDED = Field("none", _("None needed"), Kind.YES_NO, required=False, default=False)
LINE_NO = Field("line", _("Line"), Kind.INTEGER, minimum=1)
RETURN_LINES = Field("lines", _("What is wrong"), Kind.LINES, prefill=True, columns=(
    LINE_NO, Field("reason", _("Reason"), max_length=200)))
PRICE_LINES = Field("lines", _("Prices"), Kind.LINES, required=False, prefill=True, columns=(
    LINE_NO,
    Field("part", _("Part number"), Kind.PART, max_length=60, required=False),
    Field("price", _("Unit price"), Kind.MONEY, minimum=0, required=False, help=_("empty: the list price")),
    Field("source", _("Source"), Kind.CHOICE, choices=Source, default=Source.STOCK, required=False),
    Field("lead_days", _("Lead days"), Kind.INTEGER, minimum=0, maximum=365, required=False,
          help=_("empty: usual for its source")),
))
ISSUE_LINES = Field("lines", _("Issue"), Kind.LINES, prefill=True, given=True, columns=(
    Field("part", _("Part number"), Kind.PART, max_length=60),
    Field("quantity", _("Quantity"), Kind.QUANTITY, minimum=1, default=ONE_PIECE),
    Field("serial", _("Serial number"), required=False, max_length=60),
))
BACK_LINES = Field("lines", _("Returned"), Kind.LINES, columns=(
    Field("part", _("Part number"), Kind.PART, max_length=60),
    Field("quantity", _("Quantity"), Kind.QUANTITY, minimum=1, default=ONE_PIECE),
    Field("bin", _("Bin"), required=False, max_length=20, help=_("empty: where it came from")),
    Field("serial", _("Serial number"), required=False, max_length=60),
))
RELEASE_LINES = Field("lines", _("Not needed"), Kind.LINES, columns=(
    LINE_NO, Field("reason", _("Reason"), max_length=200)))
OLD_PART_LINES = Field("lines", _("Old parts"), Kind.LINES, prefill=True, columns=(
    LINE_NO, Field("tag", _("Tag"), max_length=30), Field("place", _("Place"), max_length=40)))
LOAN_LINES = Field("lines", _("Parts"), Kind.LINES, columns=(
    Field("part", _("Part number"), Kind.PART, max_length=60),
    Field("quantity", _("Quantity"), Kind.QUANTITY, minimum=1, default=ONE_PIECE),
    Field("serial", _("Serial number"), required=False, max_length=60),
))
PARAMETER_LINES = Field("lines", _("Parameters"), Kind.LINES, columns=(
    Field("name", _("Parameter"), max_length=80),
    Field("value", _("Value"), Kind.QUANTITY, minimum=-(10**12)),
    Field("unit", _("Unit"), max_length=12, required=False),
    Field("low", _("Lower limit"), Kind.QUANTITY, minimum=-(10**12), required=False),
    Field("high", _("Upper limit"), Kind.QUANTITY, minimum=-(10**12), required=False),
))
COMPLAINT_LINES = Field("complaints", _("Complaints"), Kind.LINES, columns=(
    Field("text", _("In the customer's words"), max_length=500),
    Field("payer", _("Payer"), Kind.CHOICE, choices=Payer, default=Payer.CUSTOMER, required=False),
    Field("assembly", _("Assembly opened"), Kind.YES_NO, default=False, required=False),
))
WARRANTY_LINES = Field("lines", _("Warranty lines"), Kind.LINES, required=False, prefill=True, columns=(
    LINE_NO,
    Field("payer", _("Payer"), Kind.CHOICE, choices=Payer, default=Payer.WARRANTY, required=False),
))
ANSWER_LINES = Field("answers", _("Customer's answer"), Kind.LINES, prefill=True, columns=(
    Field("job", _("Job"), Kind.INTEGER, minimum=1),
    Field("accepted", _("Agreed"), Kind.YES_NO, default=True, required=False),
))
SIGNED_BY = Field("signed_by", _("Signed by"), max_length=60, help=_("the customer or who signs for them"))
