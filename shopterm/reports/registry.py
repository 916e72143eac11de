"""All reports by name; the module of each is loaded when it is asked for."""

from typing import NamedTuple

from shopterm.domain.words import _


class Entry(NamedTuple):
    """A report that can be asked for."""

    name: str
    title: str
    aliases: tuple[str, ...] = ()


REPORTS: tuple[Entry, ...] = (
    Entry("labor", _("Labour summary: what became of the hours"), ("labour",)),
    Entry("day", _("Labour day: one person's intervals, gaps and corrections")),
)
