"""What is typed into forms that ask for more than the kinds of their fields tell."""

from collections.abc import Mapping

from shopterm.db.queries.labour_marks import mark_of
from shopterm.domain.actions import TABLE
from shopterm.domain.units import Instant
from shopterm.domain.vocabulary import Doc
from tests.stateful import counter_forms as counter
from tests.stateful.typist import STANDARDS, TYPED_PARTS, WORDS, Form, Typist, Values
from tests.stateful.world import MINUTE

QUESTIONS = "SELECT line FROM question WHERE order_id = ? AND answered_at IS NULL ORDER BY line"
LABOUR_LINES = counter.MATERIAL_LINES.replace("material", "labour")
QUOTED_JOBS = """
    SELECT DISTINCT j.line FROM quote_line k JOIN job j ON j.id = k.job_id WHERE k.quote_id = ? ORDER BY j.line"""
SHIFTS = 'SELECT id, start, "end" FROM attendance WHERE person_id = ? AND voided = 0 ORDER BY id'
ENTRIES = 'SELECT id, start, "end" FROM labour_entry WHERE person_id = ? AND voided = 0 ORDER BY id'
MORE_ROLES = ("mechanic", "foreman", "quality_inspector", "parts_clerk", "finance")


def _order(typist: Typist, _none: int) -> Values:
    dice = typist.dice
    complaints = [
        {"text": dice.choice(WORDS), "payer": dice.choice(("customer", "customer", "warranty", "house")),
         "assembly": dice.random() < 0.3} for _job in range(dice.choice((1, 1, 2)))]  # fmt: skip
    return {"customer": "K00001", "maker": "Komatsu", "hours": None, "complaints": complaints}


def _parts(typist: Typist, _key: int) -> Values:
    dice = typist.dice
    lines = [
        {"part": part, "quantity": dice.choice(("1", "1", "2")), "old_part": dice.random() < 0.6}
        for part in dice.sample(TYPED_PARTS, dice.choice((0, 1, 1, 2, 3)))
    ]
    return {"lines": lines, "none": not lines}


def _more_parts(typist: Typist, key: int) -> Values:
    return {"lines": _parts(typist, key)["lines"] or [{"part": "07000-12011", "quantity": "2"}]}


def _work(typist: Typist, _key: int) -> Values:
    dice = typist.dice
    lines: list[Values] = [{"standard": code} for code in dice.sample(STANDARDS, dice.choice((0, 1, 1, 2)))]
    if dice.random() < 0.4:
        lines.append({"text": dice.choice(WORDS), "minutes": "1.5h", "kind": "repair"})
    return {"lines": lines, "none": not lines}


def _more_work(typist: Typist, key: int) -> Values:
    return {"lines": _work(typist, key)["lines"] or [{"standard": "HY201"}]}


def _proposal(typist: Typist, sheet: int) -> Values:
    line = counter.lines_of(counter.MATERIAL_LINES)(typist, sheet)["lines"][0]
    return {"line": line["line"], "part": typist.dice.choice(TYPED_PARTS[:-1])}


def _person(typist: Typist, _none: int) -> Values:
    number = f"N{typist.dice.randrange(40)}"
    return {"number": number, "badge": f"B{number}", "roles": typist.dice.choice(("mechanic", "parts_clerk, foreman"))}


def _roles(typist: Typist, person: int) -> Values:
    held = [role for (role,) in typist.rows("SELECT role FROM person_role WHERE person_id = ? ORDER BY role", person)]
    return {"roles": ", ".join(dict.fromkeys([*held, typist.dice.choice(MORE_ROLES)]))}


def _delegation(typist: Typist, _person: int) -> Values:
    roles = typist.world.actor(typist.person).roles
    own = [action.name for action in TABLE if action.by & roles and action.doc not in (Doc.PERSON, Doc.DAY)]
    verbs = typist.dice.sample(own, min(len(own), 4))
    return {"verbs": " ".join(verbs), "since": typist.dice.choice(("", "", "+1d 08:00")), "until": "+5d 17:00"}


def _correction(typist: Typist, person: int) -> Values:
    dice = typist.dice
    shifts = [(*row, True) for row in typist.rows(SHIFTS, person)]
    entries = [(*row, False) for row in typist.rows(ENTRIES, person)]
    if not shifts:
        return {"interval": "1.1", "end": Instant(typist.world.now)}
    key, start, end, shift = dice.choice(shifts[-1:] * 2 + entries[-2:] + shifts)
    first, last = start // MINUTE, max(start, end or typist.world.now) // MINUTE
    ended = dice.randint(first, last)
    back = Instant(dice.randint(ended, last) * MINUTE) if shift and dice.random() < 0.4 else None
    return {"interval": mark_of(key), "end": Instant(ended * MINUTE), "back": back}


def _answers(typist: Typist, quote: int) -> Values:
    jobs = typist.rows(QUOTED_JOBS, quote)
    return {"answers": [{"job": line, "accepted": typist.dice.random() < 0.65} for (line,) in jobs]}


def _warranty(typist: Typist, quote: int) -> Values:
    dice = typist.dice
    lines = [line for (line,) in typist.rows("SELECT line FROM quote_line WHERE quote_id = ? ORDER BY line", quote)]
    chosen = dice.sample(lines, min(len(lines), dice.choice((0, 0, 1, 2))))
    return {"lines": [{"line": line, "payer": dice.choice(("warranty", "house"))} for line in chosen]}


def _parameters(typist: Typist, _job: int) -> Values:
    value = typist.dice.choice(("34.8", "34.8", "34.8", "50"))
    return {"lines": [{"name": "主溢流压力", "value": value, "unit": "MPa", "low": "34", "high": "36"}]}


FORMS: Mapping[str, Form] = {
    "open_order": _order,
    "inspect_intake": lambda typist, _order: {"fuel": typist.dice.choice(("1/2", "3/4", "1"))},
    "answer_question": lambda typist, order: {"question": (typist.rows(QUESTIONS, order) or [(1,)])[0][0]},
    "report_parts": _parts,
    "edit_parts": _parts,
    "supplement_parts": _more_parts,
    "report_labour": _work,
    "edit_labour": _work,
    "supplement_labour": _more_work,
    "return_parts": counter.lines_of(counter.MATERIAL_LINES, reason="数量不对"),
    "return_labour": counter.lines_of(LABOUR_LINES, reason="工时不对"),
    "change_rates": counter.lines_of(LABOUR_LINES, rate="150"),
    "price_parts": counter.prices,
    "propose_part": _proposal,
    "issue_parts": counter.pieces(counter.TO_ISSUE),
    "take_back_parts": counter.pieces(counter.ISSUED, bins=True),
    "exchange_parts": counter.exchange,
    "release_parts": counter.lines_of(counter.RELEASABLE, reason="不需要"),
    "tag_old_parts": counter.tags,
    "lend_parts": counter.lend,
    "return_loan": counter.pieces(counter.LENT, bins=True),
    "issue_loan": counter.issue_loan,
    "write_off_loan": counter.pieces(counter.LENT),
    "receive_parts": counter.receive,
    "adjust_stock": counter.adjust,
    "create_person": _person,
    "change_roles": _roles,
    "give_delegation": _delegation,
    "correct_day": _correction,
    "start_indirect": lambda typist, _person: {"code": typist.world.shop.settings.indirect.codes[0].code},
    "sign_quote": _answers,
    "call_quote": _answers,
    "sign_warranty": _warranty,
    "record_parameters": _parameters,
    "assign_job": lambda typist, _job: {"lead": typist.dice.choice(("M1", "M1", "M2", "Z1"))},
    "plan_job": lambda _typist, _job: {"start": "+1d 08:00", "finish": "+3d 17:00"},
    "approve_warranty": lambda _typist, job: {"reference": f"R-{job}"},
    "fail_inspection": lambda _typist, _job: {"marks": {}},
}
"""How the form of a verb is filled in better than by the kinds of its fields alone."""
