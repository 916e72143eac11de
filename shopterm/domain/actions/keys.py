"""One key, one sense, on every desk; function keys belong to desks whose heart is a search field."""

from shopterm.domain.words import _

SENSES: dict[str, str] = {
    "a": _("approve"), "b": _("read or send back"), "c": _("check for completeness"), "d": _("drive in"),
    "e": _("edit"), "f": _("photos"), "g": _("tag"), "h": _("hand over"), "i": _("inspect"), "j": _("job"),
    "k": _("covers"), "l": _("labour"), "m": _("measure"), "n": _("new"), "o": _("on, or roles"), "p": _("parts"),
    "q": _("question"), "r": _("again"), "s": _("sign or submit"), "t": _("teardown"), "u": _("quote"),
    "v": _("tell the customer"), "w": _("work plan"), "x": _("fails or lapses"), "y": _("yes, passes"),
    "z": _("close"),
    "A": _("maker agrees"), "B": _("break"), "C": _("code"), "D": _("end what runs"), "E": _("revise"),
    "F": _("finish"), "G": _("engineer"), "H": _("hold"), "I": _("come in"), "J": _("joint inspection"),
    "K": _("call"), "L": _("lead mechanic"), "M": _("money"), "N": _("not needed"), "O": _("off"),
    "P": _("supplement: parts"), "Q": _("answer"), "R": _("reassembled"), "S": _("supplement: labour"),
    "T": _("promised time"), "U": _("go out"), "V": _("unlock"), "W": _("washed"), "X": _("ends for good"),
    "f3": _("price"), "f4": _("issue"), "f5": _("take back"), "f6": _("exchange"), "f7": _("lend"),
    "f8": _("other part"), "f9": _("receive"), "f10": _("adjust"),
}
"""What every key of the table means; the table lint refuses a row whose key is not here."""
