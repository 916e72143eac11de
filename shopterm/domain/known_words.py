"""Words that came in files or settings as they are: the known ones have a label for people, the others stay text."""

from typing import TypeVar

from shopterm.domain.vocabulary import Word
from shopterm.domain.words import _

AnyWord = TypeVar("AnyWord", bound=Word)


class Language(Word):
    """What a person speaks with the program."""

    ZH = "zh", _("Chinese")
    EN = "en", _("English")


class MachineKind(Word):
    """What kind of machine it is; checklists and labour standards are chosen by it."""

    EXCAVATOR = "excavator", _("excavator")
    LOADER = "loader", _("loader")
    BULLDOZER = "bulldozer", _("bulldozer")


class CustomerKind(Word):
    """Whether a customer is a firm or a person."""

    COMPANY = "company", _("company")
    PERSON = "person", _("private person")


class Returnable(Word):
    """Whether a maker takes a part back."""

    YES = "Y", _("yes")
    NO = "N", _("no")
    YEAR_END = "E", _("until the end of the year")
    SPECIAL = "S", _("no, special order")


class Fit(Word):
    """How another maker's part fits."""

    DIRECT = "direct", _("fits as it is")
    CHECK = "check", _("check before fitting")


class Skill(Word):
    """What a mechanic is trained in."""

    ENGINE = "engine", _("engine")
    HYDRAULICS = "hydraulics", _("hydraulics")
    ELECTRICS = "electrics", _("electrics")
    UNDERCARRIAGE = "undercarriage", _("undercarriage")
    WELDING = "welding", _("welding")


def known(kind: type[AnyWord], text: str | None) -> AnyWord | str:
    """Return the word a stored text is, or the text itself where it is none of this kind."""
    return next((word for word in kind if word == text), text or "")
