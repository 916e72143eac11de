"""Named conditions over facts: each with its rule, its refusal sentence and who can lift it."""

from typing import Any

from shopterm.domain.action import Guard, roles
from shopterm.domain.facts import (
    Actor,
    JobFacts,
    SheetFacts,
)
from shopterm.domain.vocabulary import JobState, OrderState, Role, SheetState
from shopterm.domain.words import _

ADVISOR = roles(Role.SERVICE_ADVISOR)
CLERK = roles(Role.PARTS_CLERK)
FOREMAN = roles(Role.FOREMAN)
MECHANIC = roles(Role.MECHANIC, Role.LEAD_MECHANIC)
INSPECTOR = roles(Role.QUALITY_INSPECTOR)
WARRANTY = roles(Role.WARRANTY_CLERK, Role.WARRANTY_SUPERVISOR)
ADMIN = roles(Role.ADMINISTRATOR)

FINISHED = {JobState.DONE, JobState.NOT_REPAIRED}
PASSED = FINISHED | {JobState.QC_PASSED}
AGREED = {JobState.CONSENTED, JobState.IN_WORK, JobState.SELF_CHECKED, JobState.QC_PASSED, JobState.DONE}
UNANSWERED = {JobState.REPORTED, JobState.APPROVED, JobState.PRICED, JobState.QUOTED, JobState.DECLINED}
UNSIGNED = {SheetState.DRAFT, SheetState.SUBMITTED, SheetState.RETURNED}
IN_HOUSE = {OrderState.WITH_FOREMAN, OrderState.IN_SHOP}


def _of_job(actor: Actor, facts: JobFacts | SheetFacts) -> bool:
    return actor.person == facts.lead or actor.person in facts.helpers


def _of_job_or_foreman(actor: Actor, facts: JobFacts | SheetFacts) -> bool:
    return _of_job(actor, facts) or Role.FOREMAN in actor.roles


def _judged_by_line(_actor: Actor, _facts: Any) -> bool:
    """Hold for the document; the use case judges the line that was named."""
    return True


def _guard(name: str, rule: str, sentence: str, who: frozenset[Role], holds: Any) -> Guard:
    return Guard(name, rule, sentence, who, holds)


def _apart(name: str, rule: str, sentence: str, who: frozenset[Role], holds: Any) -> Guard:
    """Make a guard that keeps two duties in two hands."""
    return Guard(name, rule, sentence, who, holds, separates=True)


# Work order: complaint and intake
READ_BACK = _guard("read_back", "ADV-3.1", _("The complaint has not been read back and confirmed by the customer."),
                   ADVISOR, lambda a, f: f.read_back)
INTAKE_DONE = _guard("intake_done", "ADV-4.1", _("The intake checklist has not been walked."),
                     ADVISOR, lambda a, f: f.intake_done)
INTAKE_SIGNED = _guard("intake_signed", "ADV-4.3",
                       _("The customer has not signed the intake sheet: the order does not go to the foreman."),
                       ADVISOR, lambda a, f: f.state is not OrderState.RECEIVED)
COVERS_FITTED = _guard("covers_fitted", "ADV-4.4", _("Protective covers are not ticked as fitted."),
                       ADVISOR, lambda a, f: f.covers_fitted)
NO_WORK_YET = _guard("no_work_yet", "OPS-1", _("Work has been booked on this order; it can no longer be cancelled."),
                     FOREMAN, lambda a, f: not f.work_started)
ALL_ASSIGNED = _guard("all_assigned", "SHP-1.1", _("A job has no lead mechanic yet."),
                      FOREMAN, lambda a, f: f.unassigned_jobs == 0)
JOINT_SIGNED = _guard("joint_signed", "SHP-1.2",
                      _("The joint inspection of mechanic and advisor has not been signed."),
                      MECHANIC | ADVISOR, lambda a, f: f.joint_signed)
ORDER_MECHANIC = _guard("order_mechanic", "SHP-1.1", _("Only a mechanic assigned to this order does this."),
                        FOREMAN, lambda a, f: a.person in f.mechanics)
ORDER_MECHANIC_OR_FOREMAN = _guard(
    "order_mechanic_or_foreman", "SHP-1.4", _("Only a mechanic assigned to this order or the foreman does this."),
    FOREMAN, lambda a, f: a.person in f.mechanics or Role.FOREMAN in a.roles)

# Jobs
ORDER_IN_HOUSE = _guard("order_in_house", "ADV-4.3",
                        _("The order has not been handed to the foreman: the customer's signature on the intake "
                          "sheet and the hand-over come first."),
                        ADVISOR | FOREMAN, lambda a, f: f.order_state in IN_HOUSE)
ORDER_IN_SHOP = _guard("order_in_shop", "SHP-1.4", _("The machine has not been driven into the shop yet."),
                       FOREMAN | MECHANIC, lambda a, f: f.order_state is OrderState.IN_SHOP)
OWN_JOB = _guard("own_job", "SHP-1.1", _("You are not assigned to this job."), FOREMAN, _of_job)
OWN_JOB_OR_FOREMAN = _guard("own_job_or_foreman", "SHP-1.1", _("You are not assigned to this job."),
                            FOREMAN, _of_job_or_foreman)
LEAD_OF_JOB = _guard("lead_of_job", "SHP-7.3", _("Only the job's lead mechanic signs the self-check."),
                     FOREMAN, lambda a, f: a.person == f.lead)
ASSEMBLY_PHOTOS = _guard("assembly_photos", "ADV-4.2",
                         _("An assembly is to be opened: photographs must be on file before teardown."),
                         MECHANIC | ADVISOR, lambda a, f: not f.assembly or f.assembly_photos > 0)
JOB_CONSENTED = _guard("job_consented", "SHP-6.5",
                       _("The customer has not agreed to this job: work on it does not start."),
                       ADVISOR, lambda a, f: f.state not in UNANSWERED)
HAS_LEAD = _guard("has_lead", "SHP-1.1", _("The job has no lead mechanic yet."),
                  FOREMAN, lambda a, f: f.lead is not None)
NO_MATERIAL_SHEET = _guard("no_material_sheet", "SHP-2.2",
                           _("The job has a material sheet already: edit that sheet, or revise it."),
                           MECHANIC, lambda a, f: not f.has_material_sheet)
NO_LABOUR_SHEET = _guard("no_labour_sheet", "SHP-3.1",
                         _("The job has a labour sheet already: edit that sheet, or revise it."),
                         MECHANIC, lambda a, f: not f.has_labour_sheet)
NO_OPEN_SUPPLEMENT = _guard("no_open_supplement", "ADV-6.1",
                            _("A supplementary sheet of this job is not answered by the customer yet."),
                            ADVISOR | FOREMAN, lambda a, f: not f.open_supplement)
LABOUR_APPROVED = _guard("labour_approved", "SHP-4.2", _("The labour sheet is not signed by the foreman yet."),
                         FOREMAN, lambda a, f: f.labour_approved)
NOBODY_CLOCKED_ON = _guard("nobody_clocked_on", "SHP-7.3", _("Somebody is still clocked on to this job."),
                           MECHANIC | FOREMAN, lambda a, f: f.open_entries == 0)
OWN_CLOCK_RUNS = _guard("own_clock_runs", "OPS-12", _("You are not clocked on to this job."),
                        MECHANIC, lambda a, f: f.own_open_entry)
WAITING = _guard("waiting", "OPS-13", _("The job is not waiting for anything."), FOREMAN, lambda a, f: f.waiting)
NOT_WAITING = _guard("not_waiting", "OPS-13", _("The job is waiting already."), FOREMAN, lambda a, f: not f.waiting)
PARTS_ISSUED = _guard("parts_issued", "SHP-7.1",
                      _("Consented parts of this job are neither issued nor released."),
                      CLERK, lambda a, f: f.unissued_lines == 0)
NOT_A_MECHANIC_OF_ORDER = _apart(
    "not_a_mechanic_of_order", "SHP-8.1",
    _("You worked on this order (assigned, clocked or reporting): another inspector must inspect it."),
    INSPECTOR, lambda a, f: a.person not in f.order_mechanics)

NOT_ITS_INSPECTOR = _guard("not_its_inspector", "SHP-8.1",
                           _("{name} has inspected this order and does not work on it: name another mechanic."),
                           FOREMAN, _judged_by_line)

# Sheets
HAS_LINES = _guard("has_lines", "SHP-2.2", _("The sheet has no lines and does not say “none”."),
                   MECHANIC, lambda a, f: f.lines > 0 or f.declared_none)
SHEET_OWN_JOB = _guard("sheet_own_job", "SHP-2.2", _("You are not assigned to the job of this sheet."),
                       FOREMAN, _of_job_or_foreman)
NOT_REPORTER = _apart("not_reporter", "SHP-4.2",
                      _("You reported or edited this sheet: another foreman must approve it."),
                      FOREMAN, lambda a, f: a.person not in f.editors)
SHEET_SIGNED = _guard("sheet_signed", "SHP-4.1",
                      _("The foreman has not signed this sheet: it is neither priced nor issued from."),
                      FOREMAN, lambda a, f: f.state not in UNSIGNED)
NOT_CONSENTED = _guard("not_consented", "ADV-6.1",
                       _("The customer has agreed to this sheet: report a supplement instead."),
                       MECHANIC, lambda a, f: f.consented_lines == 0 and (f.supplement or f.job_state not in AGREED))
NOT_QUOTED = _guard("not_quoted", "ADV-5.1",
                    _("The prices are in a quote that is out: take the quote back first."),
                    ADVISOR, lambda a, f: not f.quoted and (f.supplement or f.job_state is not JobState.QUOTED))
SHEET_CONSENTED = _guard("sheet_consented", "SHP-6.5",
                         _("The customer has not agreed to any line of this sheet; a part needed earlier is a loan."),
                         ADVISOR, lambda a, f: f.consented_lines > 0)
SHOP_OPEN = _guard("shop_open", "SHP-9.1",
                   _("The shop side of this order is closed: what comes now is a new order."),
                   ADVISOR, lambda a, f: f.order_state is OrderState.IN_SHOP)
SOMETHING_ISSUED = _guard("something_issued", "OPS-6", _("Nothing has been issued from this sheet."),
                          CLERK, lambda a, f: f.issued_lines > 0)
OLD_PARTS_DUE = _guard("old_parts_due", "SHP-9.1", _("No old part of this sheet waits for a tag."),
                       MECHANIC, lambda a, f: f.old_parts_due > 0)

# Quotes
READY_FOR_QUOTE = _guard("ready_for_quote", "ADV-5.1",
                         _("No job or supplement is priced with its labour sheet signed and not yet quoted."),
                         CLERK | FOREMAN, lambda a, f: f.priced_unquoted > 0)
WARRANTY_SIGNED = _guard("warranty_signed", "ADV-5.1",
                         _("The warranty clerk has not signed which lines are warranty (or “none”)."),
                         WARRANTY, lambda a, f: f.warranty_signed)
PLANS_ISSUED = _guard("plans_issued", "ADV-5.1", _("The foreman has not issued the work plan of every job."),
                      FOREMAN, lambda a, f: f.jobs_without_plan == 0)
QUOTE_CURRENT = _guard("quote_current", "SHP-6.4",
                       _("A sheet changed after this quote was made: take it back and make a new one."),
                       ADVISOR, lambda a, f: not f.outdated)
NOT_EXPIRED = _guard("not_expired", "SHP-6.4", _("The quote has expired: make a new one."),
                     ADVISOR, lambda a, f: not f.expired)
HAS_EXPIRED = _guard("has_expired", "OPS-8", _("The quote is still valid."), ADVISOR, lambda a, f: f.expired)
CALLS_ALLOWED = _guard("calls_allowed", "ADV-6.2",
                       _("The first quote needs the customer's signature; a recorded call serves for supplements."),
                       ADVISOR, lambda a, f: f.supplement or f.calls_allowed)
NOT_CONFIRMED = _guard("not_confirmed", "ADV-5.3", _("The job order has been confirmed already."),
                       FOREMAN, lambda a, f: not f.confirmed)
QUOTE_MECHANIC_OR_FOREMAN = _guard(
    "quote_mechanic_or_foreman", "ADV-5.3",
    _("Only the foreman or a mechanic assigned to the order confirms the job order."),
    FOREMAN, lambda a, f: a.person in f.mechanics or Role.FOREMAN in a.roles)

# Work
JOB_ORDER_CONFIRMED = _guard("job_order_confirmed", "ADV-5.3",
                             _("Foreman or mechanic have not confirmed the job order yet."),
                             FOREMAN | MECHANIC, _judged_by_line)
LINE_CONSENTED = _guard("line_consented", "ADV-6.1",
                        _("The customer has not agreed to line “{line}”: work on it must not start."),
                        ADVISOR, _judged_by_line)
MAKER_AGREED = _guard("maker_agreed", "WAR-4.1",
                      _("Line “{line}” is warranty work: it must not start before the maker agrees."),
                      WARRANTY, _judged_by_line)

# Closing
JOBS_PASSED = _guard("jobs_passed", "SHP-8.2", _("A job has not passed the quality inspection yet."),
                     INSPECTOR, lambda a, f: bool(f.job_states) and set(f.job_states) <= PASSED)
JOBS_FINISHED = _guard("jobs_finished", "SHP-9.1", _("A job is neither done nor declared not repaired."),
                       FOREMAN, lambda a, f: bool(f.job_states) and set(f.job_states) <= FINISHED)
SHEETS_SIGNED = _guard("sheets_signed", "SHP-9.1", _("A sheet of this order is not signed."),
                       FOREMAN, lambda a, f: f.unsigned_sheets == 0)
HOURS_BOOKED = _guard("hours_booked", "SHP-9.1", _("Somebody is still clocked on to this order."),
                      MECHANIC, lambda a, f: f.open_entries == 0)
PARTS_SETTLED = _guard("parts_settled", "SHP-9.1", _("A consented part is neither issued nor released."),
                       CLERK, lambda a, f: f.unissued_lines == 0)
LOANS_SETTLED = _guard("loans_settled", "SHP-9.1", _("A loan for this order is still out."),
                       CLERK, lambda a, f: f.open_loans == 0)
OLD_PARTS_TAGGED = _guard("old_parts_tagged", "SHP-9.1", _("An old part has no tag and place yet."),
                          MECHANIC | CLERK, lambda a, f: f.untagged_old_parts == 0)
QUOTES_ANSWERED = _guard("quotes_answered", "SHP-9.1", _("A quote of this order is not answered."),
                         ADVISOR, lambda a, f: f.open_quotes == 0)
WASHED = _guard("washed", "SHP-8.2", _("The machine is not reported as washed."),
                MECHANIC, lambda a, f: f.washed)
INSPECTOR_SIGNED = _guard("inspector_signed", "ADV-7.1", _("The inspector's signature is missing."),
                          INSPECTOR, lambda a, f: f.inspector_signed)

# The counter: judged line by line, over the whole form
OTHER_PART = _guard("other_part", "SHP-5.1",
                    _("Line {line}: {part} is neither the reported part nor its supersession. Use “Other part”, so "
                      "that the foreman signs again."), FOREMAN, _judged_by_line)
SHEET_PRICED = _guard("sheet_priced", "SHP-4.1", _("Sheet {number} is not signed by the foreman and priced."),
                      FOREMAN | CLERK, _judged_by_line)
NOT_ON_SHEET = _guard("not_on_sheet", "SHP-4.1",
                      _("{part} is not on sheet {number}. A part needed earlier is a loan; another part goes back to "
                        "the foreman."), FOREMAN, _judged_by_line)
MORE_THAN_SIGNED = _guard("more_than_signed", "SHP-4.1",
                          _("{part}: {quantity} asked, but the signed sheet needs only {open} more."),
                          FOREMAN, _judged_by_line)
IN_STOCK = _guard("in_stock", "OPS-10", _("{part} is not in stock here: {quantity} asked."), CLERK, _judged_by_line)
ENOUGH_IN_STOCK = _guard("enough_in_stock", "OPS-10",
                         _("{part}: {quantity} asked, only {on_hand} in stock ({bins})."), CLERK, _judged_by_line)
NOT_PROMISED = _guard("not_promised", "OPS-10",
                      _("{part}: {quantity} asked, {on_hand} in stock ({bins}), but {reserved} of it is reserved "
                        "for {holders}."), CLERK, _judged_by_line)

# Loans, people, labour day
NOT_BORROWER = _apart("not_borrower", "OPS-9", _("The borrower does not write off their own loan."),
                      FOREMAN, lambda a, f: a.person != f.borrower)
NOT_LAST_ADMIN = _guard("not_last_admin", "OPS-4", _("The last administrator cannot be removed."),
                        ADMIN, lambda a, f: not f.is_administrator or f.other_administrators > 0)
NOT_ONESELF = _guard("not_oneself", "OPS-4", _("Another administrator must do this to you."),
                     ADMIN, lambda a, f: a.person != f.person)
NOT_TO_ONESELF = _guard("not_to_oneself", "OPS-16", _("Nobody delegates to themselves."), ADMIN,
                        lambda a, f: a.person != f.person)
LENT_SOMETHING = _guard("lent_something", "OPS-16", _("You have delegated nothing to this person."), ADMIN,
                        lambda a, f: a.person in f.lent_by)
OWN_DAY = _guard("own_day", "OPS-12", _("Everybody clocks only their own day."), FOREMAN,
                 lambda a, f: a.person == f.person)
SOMETHING_RUNS = _guard("something_runs", "OPS-12", _("Nothing of yours is running."), MECHANIC,
                        lambda a, f: bool(f.open_kind))
NOT_OWN_DAY = _guard("not_own_day", "OPS-15", _("Another foreman corrects your day."), FOREMAN,
                     lambda a, f: a.person != f.person)

GUARDS: dict[str, Guard] = {g.name: g for g in list(globals().values()) if isinstance(g, Guard)}
"""All guards by name, for the documentation and the table lint."""
