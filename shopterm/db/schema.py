"""Which schema this program knows; an older program refuses a newer database."""

from shopterm.domain.errors import Unavailable
from shopterm.domain.words import _

SCHEMA = 2
"""Number of the newest migration; an older program refuses to write to a newer schema."""


def refuse_schema(found: int) -> None:
    """Refuse to work with another schema than this program's."""
    if found > SCHEMA:
        raise Unavailable(
            _("The database was upgraded by a newer program (schema {found}, this one knows {known})."),
            found=found,
            known=SCHEMA,
        )
    if found < SCHEMA:
        raise Unavailable(_("The database is older than the program: run “shopterm migrate” (it backs up first)."))
