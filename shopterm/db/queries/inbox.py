"""Photos waiting in the drop folder."""

from shopterm.db.attachments import photos_waiting
from shopterm.db.session import Shop


def photos(shop: Shop) -> list[str]:
    """Return the file names in the drop folder, newest first."""
    return photos_waiting(shop)
