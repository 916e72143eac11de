"""Our own faults: one sentence with a reference for the person, the traceback for the private log."""

import sys
from pathlib import Path

from rich.text import Text

from shopterm.domain.words import _
from shopterm.fault_log import log_fault
from shopterm.i18n import tr

FAULT = 9
"""Exit status for our own faults."""
SENTENCE = _("shopterm met a fault of its own and ended. Drafts are kept. Tell the administrator: {reference}")
UNLOGGED = _("shopterm met a fault of its own and ended. Drafts are kept. The log could not be written: {reason}")


def report(error: BaseException | None, folder: Path) -> Text:
    """Log a fault (the one being handled, if none is given) and return what to tell the person."""
    handled = error or sys.exc_info()[1] or RuntimeError("ended without an error")
    reference, reason = log_fault(handled, folder)
    return Text(tr(UNLOGGED, reason=reason) if reason else tr(SENTENCE, reference=reference))
