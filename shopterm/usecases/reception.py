"""A machine comes in: complaint, intake, hand-over to the foreman, into the shop."""

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.domain.errors import Invalid, Problem, invalid
from shopterm.domain.money import labour_amount
from shopterm.domain.vocabulary import ConsentMeans, Doc, InspectionKind, JobState, LabourKind, OrderState, Payer
from shopterm.domain.words import _
from shopterm.usecases.context import Context, Values
from shopterm.usecases.photos import attach
from shopterm.usecases.walked_checklist import check_marks, store_inspection

UNKNOWN_MACHINE = _("Machine “{serial}” is not on file: give its maker, so that it can be opened.")
SEVERAL_MACHINES = _("Serial number “{serial}” exists at several makers: give the maker.")
UNKNOWN_CUSTOMER = _("There is no customer “{customer}”.")
LOWER_HOURS = _("The hour meter was at {before} before; {now} is lower.")
FINDINGS = """
    SELECT n.item, n.mark, n.value, n.note FROM inspection_item n WHERE n.inspection_id = (
      SELECT MAX(i.id) FROM inspection i WHERE i.order_id = ? AND i.kind = 'intake') ORDER BY n.id"""
"""What the last walk-round found; the customer signs it."""
FRACTION = _("Write the fuel level as a fraction, for instance 1/2.")


def open_order(ctx: Context, _row: None, values: Values) -> None:
    """Open a work order with one job per complaint, for a known or unknown machine (ADV-2.2, ADV-3.1)."""
    if not values["complaints"]:
        raise invalid("complaints", _("Write down at least one complaint."))
    customer = _customer(values)
    machine = _machine(ctx, values, customer)
    _read_hours(ctx, machine, values["hours"])
    order = ctx.new_key()
    number = ctx.next_number("WO")
    m.WorkOrder.insert(
        id=order,
        site=ctx.site,
        number=number,
        state=OrderState.RECEIVED,
        customer=customer,
        machine=machine.id,
        customer_name=values["customer_name"] or (customer.name if customer else ""),
        phone=values["phone"] or (customer.phone if customer else ""),
        hours=values["hours"],
        received_at=ctx.at,
        received_by=ctx.actor.person,
        note=values["note"] or "",
        changed_at=ctx.at,
    ).execute()
    ctx.born(Doc.ORDER, order, number, OrderState.RECEIVED)
    for line, complaint in enumerate(values["complaints"], 1):
        open_job(ctx, order, number, line, complaint)
    ctx.message, ctx.params = _("Order {number} is open."), {"number": number}


def _customer(values: Values) -> m.Customer | None:
    if not values["customer"]:
        if values["customer_name"]:
            return None
        if (owner := _owner(values)) is None:
            raise invalid("customer_name", _("Give the customer's number or name."))
        return owner
    found: m.Customer | None = m.Customer.get_or_none(m.Customer.number == values["customer"].upper())
    if found is None:
        raise invalid("customer", UNKNOWN_CUSTOMER, customer=values["customer"])
    return found


def _owner(values: Values) -> m.Customer | None:
    """Return whose machine it is, as the file has it: who only names the machine means its owner."""
    found = _on_file(values)
    return found[0].customer if len(found) == 1 else None


def _on_file(values: Values) -> list[m.Machine]:
    found = list(m.Machine.select().where(m.Machine.serial == values["serial"].upper()))
    maker = (values["maker"] or "").lower()
    return [machine for machine in found if maker in ("", machine.maker.lower())]


def _machine(ctx: Context, values: Values, customer: m.Customer | None) -> m.Machine:
    serial, found = values["serial"].upper(), _on_file(values)
    if len(found) > 1:
        raise invalid("maker", SEVERAL_MACHINES, serial=serial)
    if found:
        _keep_tonnage(found[0], values["tonnage"])
        return found[0]
    if not values["maker"]:
        raise invalid("maker", UNKNOWN_MACHINE, serial=serial)
    key = ctx.new_key()
    m.Machine.insert(
        id=key,
        serial=serial,
        maker=values["maker"],
        model=values["model"] or "",
        customer=customer,
        tonnage=values["tonnage"],
        site_code=ctx.actor.site_code,
    ).execute()
    ctx.notes["new_machine"] = serial
    return m.Machine.get_by_id(key)


def _read_hours(ctx: Context, machine: m.Machine, hours: int | None) -> None:
    if hours is None:
        return
    if machine.hours is not None and machine.hours < 99_999 and hours < machine.hours:
        raise invalid("hours", LOWER_HOURS, before=machine.hours, now=hours)
    sql.change("UPDATE machine SET hours = ?, hours_read_on = ? WHERE id = ?", hours, ctx.day(), machine.id)


def open_job(ctx: Context, order: int, number: str, line: int, complaint: Values) -> int:
    """Open a job with its diagnosis line (docs/decisions.md, 25); returns its key."""
    job, rules = ctx.new_key(), ctx.shop.settings.labour
    job_number = f"{number}/{line}"
    m.Job.insert(
        id=job,
        site=ctx.site,
        number=job_number,
        order=order,
        line=line,
        state=JobState.OPENED,
        text=complaint["text"],
        payer=complaint["payer"] or Payer.CUSTOMER,
        assembly=bool(complaint["assembly"]),
        changed_at=ctx.at,
    ).execute()
    amount = labour_amount(rules.diagnosis_minutes, rules.diagnosis_rate)
    m.LabourLine.insert(
        id=ctx.new_key(),
        job=job,
        sheet=None,
        line=0,
        text=complaint["text"],
        kind=LabourKind.DIAGNOSIS,
        minutes=rules.diagnosis_minutes,
        rate=rules.diagnosis_rate,
        amount=amount,
        entered_by=ctx.actor.person,
    ).execute()
    ctx.born(Doc.JOB, job, job_number, JobState.OPENED)
    return job


def add_found_job(ctx: Context, order: m.WorkOrder, values: Values) -> None:
    """Add a repair item after intake: the foreman's signature stands for looking at it, at the house's charge."""
    add_job(ctx, order, values)
    line = m.LabourLine.get(m.LabourLine.job == ctx.made[-1][1])
    m.LabourLine.update(rate=0, amount=0).where(m.LabourLine.id == line.id).execute()
    m.Consent.insert(
        id=ctx.new_key(),
        site=ctx.site,
        job=line.job_id,
        labour_line=line.id,
        means=ConsentMeans.SIGNATURE,
        payer=Payer.HOUSE,
        amount=0,
        content_hash=ctx.hash([line.id, values["text"], 0]),
        given_by=ctx.actor.name,
        attested_by=ctx.actor.person,
        at=ctx.at,
    ).execute()


def add_job(ctx: Context, order: m.WorkOrder, values: Values) -> None:
    """Add a repair item; its diagnosis is covered by the intake signature that comes after (OPS-2)."""
    line = 1 + int(sql.scalar("SELECT COALESCE(MAX(line), 0) FROM job WHERE order_id = ?", order.id))
    open_job(ctx, order.id, order.number, line, values)
    if order.state is OrderState.RECEIVED:
        ctx.set(read_back_by="", read_back_at=None)  # what the customer confirmed was less
    ctx.set(changed_at=ctx.at)
    ctx.message, ctx.params = _("Job {number} is added."), {"number": f"{order.number}/{line}"}


def read_back(ctx: Context, _order: m.WorkOrder, values: Values) -> None:
    """The complaint is read back and confirmed by the customer (ADV-3.1)."""
    ctx.set(read_back_by=values["confirmed_by"], read_back_at=ctx.at)


def ask_question(ctx: Context, order: m.WorkOrder, values: Values) -> None:
    """A customer's question, answered at once or left open (ADV-3.3)."""
    line = 1 + int(sql.scalar("SELECT COUNT(*) FROM question WHERE order_id = ?", order.id))
    m.Question.insert(
        id=ctx.new_key(),
        order=order.id,
        line=line,
        question=values["question"],
        answer=values["answer"] or "",
        asked_at=ctx.at,
        answered_at=ctx.at if values["answer"] else None,
    ).execute()
    ctx.set(changed_at=ctx.at)


def answer_question(ctx: Context, order: m.WorkOrder, values: Values) -> None:
    """An open question gets its answer (ADV-3.4)."""
    changed = sql.change(
        "UPDATE question SET answer = ?, answered_at = ? WHERE order_id = ? AND line = ? AND answered_at IS NULL",
        values["answer"],
        ctx.at,
        order.id,
        values["question"],
    )
    if changed != 1:
        raise invalid("question", _("Question {line} is not open."), line=values["question"])
    ctx.set(changed_at=ctx.at)


def inspect_intake(ctx: Context, order: m.WorkOrder, values: Values) -> None:
    """The walk-round in the company's fixed order (ADV-4.1); a new walk replaces the former."""
    if not _fraction(values["fuel"]):
        raise invalid("fuel", FRACTION)
    _keep_tonnage(order.machine, values["tonnage"])  # first: the checklist's limits depend on it
    checklist, found = check_marks(order.machine, InspectionKind.INTAKE, values["marks"])
    store_inspection(ctx, InspectionKind.INTAKE, order.id, None, checklist, found, passed=True)
    attach(ctx, Doc.ORDER, order.id, values["photos"])
    ctx.set(fuel=values["fuel"], valuables=values["valuables"] or "")


def _keep_tonnage(machine: m.Machine, tonnage: int | None) -> None:
    """Keep on the machine what it weighs, once it is known (docs/decisions.md, 27)."""
    if tonnage is not None and tonnage != machine.tonnage:
        sql.change("UPDATE machine SET tonnage = ?, version = version + 1 WHERE id = ?", tonnage, machine.id)
        machine.tonnage = tonnage


def _fraction(text: str) -> bool:
    over, _slash, under = text.partition("/")
    if not under:
        return over in ("0", "1")
    return over.isdigit() and under.isdigit() and 0 <= int(over) <= int(under) > 0


def call_engineer(ctx: Context, _order: m.WorkOrder, _values: Values) -> None:
    """An engineer is needed to help diagnose (ADV-4.3)."""
    ctx.set(engineer_called=True)


def sign_intake(ctx: Context, order: m.WorkOrder, values: Values) -> None:
    """The customer signs the intake sheet; diagnosis is covered by it (ADV-4.3)."""
    ctx.customer = values["signed_by"]
    ctx.content = {
        "order": order.number,
        "fuel": order.fuel,
        "valuables": order.valuables,
        "note": order.note,
        "findings": [list(row) for row in sql.rows(FINDINGS, order.id)],
        "complaints": [
            list(row)
            for row in sql.rows(
                "SELECT j.line, j.text, l.amount FROM job j JOIN labour_line l ON l.job_id = j.id "
                "AND l.sheet_id IS NULL WHERE j.order_id = ? ORDER BY j.line",
                order.id,
            )
        ],
    }
    consent_to_diagnosis(ctx, order.id, values["signed_by"])
    ctx.become(OrderState.INTAKE_SIGNED)


def consent_to_diagnosis(ctx: Context, order: int, signed_by: str) -> None:
    """Write the consent to every diagnosis line of the order that has none yet (docs/decisions.md, 3)."""
    for line, job, amount, text in sql.rows(
        "SELECT l.id, l.job_id, l.amount, j.text FROM labour_line l JOIN job j ON j.id = l.job_id "
        "WHERE j.order_id = ? AND l.sheet_id IS NULL AND NOT EXISTS "
        "(SELECT 1 FROM consent c WHERE c.labour_line_id = l.id)",
        order,
    ):
        m.Consent.insert(
            id=ctx.new_key(),
            site=ctx.site,
            job=job,
            labour_line=line,
            means=ConsentMeans.SIGNATURE,
            payer=Payer.CUSTOMER,
            amount=amount,
            content_hash=ctx.hash([line, text, amount]),
            given_by=signed_by,
            attested_by=ctx.actor.person,
            at=ctx.at,
        ).execute()


def fit_covers(ctx: Context, _order: m.WorkOrder, _values: Values) -> None:
    """Protective covers are on (ADV-4.4)."""
    ctx.set(covers_at=ctx.at)


def hand_to_foreman(ctx: Context, _order: m.WorkOrder, values: Values) -> None:
    """The machine is handed to the foreman, recorded by both (ADV-4.4)."""
    ctx.set(purpose=values["purpose"], handed_at=ctx.at)
    ctx.become(OrderState.WITH_FOREMAN)


def joint_inspection(ctx: Context, order: m.WorkOrder, values: Values) -> None:
    """Mechanic and advisor inspect the machine and check the papers (SHP-1.2)."""
    m.Inspection.insert(
        id=ctx.new_key(),
        site=ctx.site,
        order=order.id,
        kind=InspectionKind.JOINT,
        person=ctx.actor.person,
        at=ctx.at,
        passed=True,
        note=values["note"] or "",
    ).execute()
    attach(ctx, Doc.ORDER, order.id, values["photos"])
    ctx.set(joint_at=ctx.at)


def take_in(ctx: Context, _order: m.WorkOrder, values: Values) -> None:
    """Washed, protected, driven in; the board shows it (SHP-1.4)."""
    ctx.set(bay=values["bay"])
    ctx.become(OrderState.IN_SHOP)


def add_photos(ctx: Context, order: m.WorkOrder, values: Values) -> None:
    """Photos are put on file (SHP-1.3, ADV-4.2)."""
    if not values["photos"]:
        raise Invalid([Problem("photos", _("Choose at least one photo."))])
    attach(ctx, Doc.ORDER, order.id, values["photos"], values["note"] or "")
    ctx.set(changed_at=ctx.at)


def promise(ctx: Context, _order: m.WorkOrder, values: Values) -> None:
    """The promised time is told and shown on the board (ADV-5.4)."""
    refuse_past(ctx, values["promised"])
    ctx.set(promised=values["promised"])


def refuse_past(ctx: Context, promised: int | None) -> None:
    """Refuse to promise a time that is over."""
    if promised is not None and promised <= ctx.at:
        raise invalid("promised", _("The promised time lies in the past."))
