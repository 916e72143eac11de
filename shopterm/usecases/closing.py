"""The machine is washed, the shop side is closed, the advisor checks it; or the order is cancelled."""

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.domain.vocabulary import Doc, InspectionKind, JobState, OrderState
from shopterm.domain.words import _
from shopterm.usecases.context import Context, Values
from shopterm.usecases.walked_checklist import check_marks, store_inspection


def report_washed(ctx: Context, order: m.WorkOrder, _values: Values) -> None:
    """Washed to standard; the foreman is told, and the passed jobs are done (SHP-8.2)."""
    for job in m.Job.select().where((m.Job.order == order.id) & (m.Job.state == JobState.QC_PASSED)):
        ctx.move(Doc.JOB, m.Job, job, JobState.DONE)
    ctx.set(washed_at=ctx.at)
    ctx.message = _("Washed. The foreman closes the shop side next.")


def close_shop(ctx: Context, order: m.WorkOrder, values: Values) -> None:
    """Sheets signed, hours booked, parts and loans settled, old parts accounted for (SHP-9.1)."""
    ctx.content = {
        "order": order.number,
        "note": values["note"] or "",
        "jobs": [
            list(row) for row in sql.rows("SELECT line, state FROM job WHERE order_id = ? ORDER BY line", order.id)
        ],
    }
    ctx.become(OrderState.SHOP_CLOSED)
    ctx.message = _("Closed. The advisor checks the machine next.")


def final_check(ctx: Context, order: m.WorkOrder, values: Values) -> None:
    """The advisor's general check; the machine is ready for hand-over (SHP-8.3, ADV-7.1)."""
    checklist, rows = check_marks(order.machine, InspectionKind.FINAL, values["marks"], must_pass=True)
    store_inspection(ctx, InspectionKind.FINAL, order.id, None, checklist, rows, passed=True, note=values["note"] or "")
    ctx.content = {"order": order.number, "checklist": checklist.hash, "marks": values["marks"]}
    ctx.become(OrderState.CHECKED)
    ctx.message = _("Checked. The machine is ready for hand-over.")


def cancel_order(ctx: Context, order: m.WorkOrder, values: Values) -> None:
    """The visit ends before any work (OPS-1); nothing of it is waited for any more."""
    sql.change(
        "UPDATE clock SET stopped = ? WHERE doc = 'job' AND stopped IS NULL "
        "AND doc_id IN (SELECT id FROM job WHERE order_id = ?)",
        ctx.at,
        order.id,
    )
    ctx.notes["reason"] = values["reason"]
    ctx.become(OrderState.CANCELLED)
