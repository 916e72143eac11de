"""Reading words of a closed vocabulary, in the spellings other systems use for them."""

from collections.abc import Mapping

from shopterm.domain.partnumber import plain
from shopterm.domain.vocabulary import LabourKind, Role
from shopterm.imports.issues import Finding, Value, shown
from shopterm.imports.reasons import Outcome, Reason
from shopterm.imports.texts import BLANKS, Reader, code

UNITS = {
    "EA": "件 个 只 支 根 台 PC PCS PCE EACH ST STK",
    "SET": "套 组 KIT",
    "L": "升 公升 LTR LITRE LITER",
    "M": "米 MTR METRE METER",
}
RETURNABLE = {
    "Y": "是 可 可退 YES T TRUE 1",
    "N": "否 不可 不可退 NO F FALSE 0",
    "E": "年底前",
    "S": "否(特订) 特订",
}
CUSTOMER_KINDS = {"company": "公司 单位 企业", "person": "个人 PRIVATE"}
LANGUAGES = {"zh": "中文 汉语 ZH-CN CN CHINESE", "en": "英文 英语 ENGLISH"}
TERMS = {"cash": "现金 现结", "prepay": "预付 PREPAID"}
FITS = {"direct": "直接 直接互换 通用", "check": "核对 需核对"}
SUPERSESSIONS = {"replaced": "替代 替换", "split": "拆分", "either": "互换 通用"}
ABC = {"A": "", "B": "", "C": "", "D": ""}
ROLES = {role.value: "" for role in Role} | {Role.SERVICE_ADVISOR.value: "receiving_clerk"}
LABOUR_KINDS = {
    LabourKind.REPAIR.value: "维修",
    LabourKind.OUTSOURCED.value: "外协 外协加工",
    LabourKind.REMOVAL_INSTALLATION.value: "拆装",
}
YES = "1 Y YES T TRUE 是 有 X"
NO = "0 N NO F FALSE 否 无"


def choice(words: Mapping[str, str]) -> Reader:
    """Return a reader of one of the words; the mapping gives other spellings of each, separated by blanks."""
    known = _spellings(words)

    def read(raw: str) -> Value | Finding:
        return raw if raw in words else _spelt(raw, known, words)

    return read


def flag(raw: str) -> Value | Finding:
    """Read yes or no as 1 or 0."""
    value = _YES_NO(raw)
    return _FLAGS[value] if isinstance(value, str) else value


def terms(raw: str) -> Value | Finding:
    """Read terms of payment: cash, prepay, or days as 30d."""
    value = plain(raw).strip(BLANKS).lower()
    return value if value.endswith("d") and value[:-1].isdigit() and len(value) <= 4 else _TERMS(raw)


def several(words: Mapping[str, str] | None = None, *, number: bool = False) -> Reader:
    """Return a reader of values separated by a bar, each once, in the order given; of the words, if there are any."""
    element = choice(words) if words else code(40, number=number)

    def read(raw: str) -> Value | Finding:
        found: dict[str, None] = {}
        for piece in raw.split("|"):
            value = element(piece)
            if isinstance(value, Finding) and value.outcome in (Outcome.REJECT, Outcome.HOLD):
                return value
            one = value.value if isinstance(value, Finding) else value
            found |= {one: None} if isinstance(one, str) else {}
        return tuple(found) or None

    return read


def _spelt(raw: str, known: Mapping[str, str], words: Mapping[str, str]) -> Value | Finding:
    bare = raw.strip(BLANKS)
    value = plain(bare)
    if not value:
        return None
    word = known.get(value.casefold())
    if word is None:
        return _unknown(raw, words)
    if value != bare and value.isascii():
        return Finding(Outcome.NORMALISE, Reason.FULL_WIDTH, word, word, {"value": shown(raw)})
    return word


def _spellings(words: Mapping[str, str]) -> dict[str, str]:
    return {spelling.casefold(): word for word, more in words.items() for spelling in (word, *more.split())}


def _unknown(raw: str, words: Mapping[str, str]) -> Finding:
    return Finding(Outcome.REJECT, Reason.BAD_CHOICE, params={"value": shown(raw), "known": ", ".join(words)})


_YES_NO = choice({"yes": YES, "no": NO})
_FLAGS = {"yes": 1, "no": 0}
_TERMS = choice(TERMS)
