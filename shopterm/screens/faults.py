"""Our own faults: one sentence with a reference for the person, the traceback for the log."""

import logging
import secrets

from rich.text import Text

from shopterm.domain.words import _
from shopterm.i18n import tr

FAULT = 9
"""Exit status for our own faults."""
SENTENCE = _("shopterm met a fault of its own and ended. Drafts are kept. Tell the administrator: {reference}")
_LOG = logging.getLogger("shopterm")


def report(error: BaseException | None) -> Text:
    """Log a fault (the one being handled, if none is given) and return what to tell the person."""
    reference = secrets.token_hex(4)
    _LOG.error("fault %s", reference, exc_info=error or True)
    return Text(tr(SENTENCE, reference=reference))
