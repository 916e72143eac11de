"""Rows for loans and the store."""

from dataclasses import replace

from shopterm.domain import guards as g
from shopterm.domain.action import Action, roles, states
from shopterm.domain.actions import forms as f
from shopterm.domain.fields import Field, Kind
from shopterm.domain.vocabulary import Doc, LoanState, Role
from shopterm.domain.words import _

S = LoanState
BORROWERS = roles(*Role)
WRITERS_OFF = roles(Role.FOREMAN, Role.DEPARTMENT_HEAD, Role.GENERAL_MANAGER)
PART = Field("part", _("Part number"), Kind.PART, max_length=60)
QUANTITY = Field("quantity", _("Quantity"), Kind.QUANTITY, minimum=1, default=f.ONE_PIECE)

ACTIONS = (
    Action("lend_parts", Doc.LOAN, "OPS-9", "f7", _("Lend"), g.CLERK, new=True, then=states(S.OUT),
           form=(f.LOAN_LINES, Field("purpose", _("For"), max_length=120, help=_("job, field job or claim")),
                 Field("order", _("Work order"), required=False, max_length=30),
                 Field("due", _("Back by"), Kind.DATE, required=False)),
           signs=True, second=BORROWERS, second_as=_("Borrower")),
    Action("return_loan", Doc.LOAN, "FLD-11.1", "f5", _("Take loan back"), g.CLERK, states(S.OUT),
           states(S.OUT, S.SETTLED), form=(replace(f.BACK_LINES, prefill=True, given=True),), signs=True),
    Action("issue_loan", Doc.LOAN, "FLD-11.1", "f4", _("Issue"), g.CLERK, states(S.OUT),
           states(S.OUT, S.SETTLED), form=(Field("sheet", _("Material sheet"), max_length=30, prefill=True),
                 replace(f.LOAN_LINES, prefill=True, given=True)),
           signs=True, hint=_("What stays out is issued to a signed and consented sheet.")),
    Action("write_off_loan", Doc.LOAN, "OPS-9", "X", _("Write off"), WRITERS_OFF, states(S.OUT),
           states(S.OUT, S.SETTLED), (g.NOT_BORROWER,), (f.LOAN_LINES, f.REASON), signs=True),
    Action("receive_parts", Doc.PART, "SHP-7.1", "f9", _("Receive"), g.CLERK,
           form=(QUANTITY, Field("bin", _("Bin"), max_length=20),
                 Field("cost", _("Unit cost"), Kind.MONEY, minimum=0, required=False),
                 Field("serial", _("Serial number"), required=False, max_length=60),
                 Field("reference", _("Delivery note"), required=False, max_length=60)), signs=True),
    Action("adjust_stock", Doc.PART, "OPS-7", "f10", _("Adjust"), g.CLERK,
           form=(Field("bin", _("Bin"), max_length=20),
                 Field("change", _("Change"), Kind.QUANTITY, minimum=-(10**9), help=_("plus or minus")),
                 Field("serial", _("Serial number"), required=False, max_length=60),
                 f.REASON), signs=True, second=WRITERS_OFF),
)
