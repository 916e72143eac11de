"""Rows for quotes: warranty signature, completeness, the customer's answer, the shop's confirmation."""

from shopterm.domain import guards as g
from shopterm.domain.action import Action, states
from shopterm.domain.actions import forms as f
from shopterm.domain.fields import Field, Kind
from shopterm.domain.vocabulary import Doc, QuoteState
from shopterm.domain.words import _

S = QuoteState

ACTIONS = (
    Action("sign_warranty", Doc.QUOTE, "ADV-5.1", "s", _("Sign warranty lines"), g.WARRANTY, states(S.DRAFT),
           form=(f.WARRANTY_LINES, f.NOTE), signs=True,
           hint=_("Name the warranty lines; no line means “none”.")),
    Action("complete_quote", Doc.QUOTE, "ADV-5.1", "c", _("Complete"), g.ADVISOR, states(S.DRAFT),
           states(S.COMPLETE), (g.WARRANTY_SIGNED, g.PLANS_ISSUED, g.QUOTE_CURRENT),
           (Field("file_checked", _("Customer file checked"), Kind.YES_NO),
            Field("promised", _("Promised time"), Kind.INSTANT, prefill=True))),
    Action("show_quote", Doc.QUOTE, "SHP-6.4", "v", _("Show to customer"), g.ADVISOR, states(S.COMPLETE),
           states(S.SHOWN), (g.QUOTE_CURRENT,), before=(g.WARRANTY_SIGNED, g.PLANS_ISSUED)),
    Action("sign_quote", Doc.QUOTE, "SHP-6.4", "s", _("Customer signs"), g.ADVISOR, states(S.SHOWN),
           states(S.ANSWERED), (g.QUOTE_CURRENT, g.NOT_EXPIRED), (f.ANSWER_LINES, f.SIGNED_BY), signs=True),
    Action("call_quote", Doc.QUOTE, "ADV-6.2", "K", _("Recorded call"), g.ADVISOR, states(S.SHOWN),
           states(S.ANSWERED), (g.CALLS_ALLOWED, g.QUOTE_CURRENT, g.NOT_EXPIRED),
           (f.ANSWER_LINES,
            Field("spoke", _("Who spoke"), max_length=60),
            Field("phone", _("Number called"), max_length=40, prefill=True),
            Field("recording", _("Recording"), max_length=120, help=_("reference or file of the recording"))),
           signs=True),
    Action("replace_quote", Doc.QUOTE, "SHP-6.4", "r", _("Take quote back"), g.ADVISOR,
           states(S.DRAFT, S.COMPLETE, S.SHOWN), states(S.REPLACED), form=(f.REASON,),
           hint=_("The sheets may change again; the next quote is its next edition.")),
    Action("expire_quote", Doc.QUOTE, "OPS-8", "x", _("Mark as expired"), g.ADVISOR, states(S.SHOWN), states(S.EXPIRED),
           (g.HAS_EXPIRED,)),
    Action("confirm_job_order", Doc.QUOTE, "ADV-5.3", "y", _("Confirm job order"), g.FOREMAN | g.MECHANIC,
           states(S.ANSWERED), guards=(g.QUOTE_MECHANIC_OR_FOREMAN, g.NOT_CONFIRMED), signs=True,
           hint=_("The advisor repeats the work; who does it confirms.")),
)
