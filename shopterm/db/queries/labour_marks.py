"""The mark by which people name one interval of a labour day: the event that made it and its place there, 1532.1."""

import re

from shopterm.db.keys import MOST_ROWS, ROW_BITS, SEQ_BITS, key

_MARK = re.compile(r"#?\s*(\d{1,10})\.(\d{1,5})", re.ASCII)


def mark_of(row_key: int) -> str:
    """Return the mark of a row; it stays the same whatever is corrected around it."""
    return f"{(row_key >> ROW_BITS) % (1 << SEQ_BITS)}.{row_key % MOST_ROWS}"


def key_of(site: int, text: str) -> int | None:
    """Return the key a mark means at a site, or None if it is no mark."""
    found = _MARK.fullmatch(text.strip())
    if found is None or int(found[2]) >= MOST_ROWS or int(found[1]) >= 1 << SEQ_BITS:
        return None
    return key(site, int(found[1]), int(found[2]))
