"""Keys made by the program: the site in the high bits, then the event that made the row, then a count."""

from collections.abc import Iterator

SITE_BITS, SEQ_BITS, ROW_BITS = 13, 36, 14
MOST_ROWS = 1 << ROW_BITS
"""Rows one transaction may make; larger imports go in batches."""


def key(site: int, seq: int, row: int) -> int:
    """Return the 63-bit key of the ``row``-th row made by event ``seq`` of ``site``."""
    if not (0 <= site < 1 << SITE_BITS and 0 <= seq < 1 << SEQ_BITS and 0 <= row < MOST_ROWS):
        raise OverflowError(f"no key for site {site}, event {seq}, row {row}")
    return site << (SEQ_BITS + ROW_BITS) | seq << ROW_BITS | row


def keys(site: int, seq: int) -> Iterator[int]:
    """Yield the keys of one event; row 0 is the event itself."""
    return (key(site, seq, row) for row in range(1, MOST_ROWS))


def site_of(row_key: int) -> int:
    """Return the site a key belongs to."""
    return row_key >> (SEQ_BITS + ROW_BITS)
