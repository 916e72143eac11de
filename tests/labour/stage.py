"""The test workshop on whose jobs the scripted days are worked, and the hands that clock, sign and correct there."""

from datetime import date

from shopterm.calendar_file import load_calendars
from shopterm.db import sql
from shopterm.db.queries.labour_marks import mark_of
from shopterm.db.session import Shop
from shopterm.demo.player import Player
from shopterm.demo.visit import Crew, Line, Visit, part_line
from shopterm.domain.units import Instant, Minutes
from shopterm.reports.labor import Ask, By, labor
from shopterm.reports.labor_days import Period
from shopterm.reports.report import Report
from shopterm.settings import find_config
from tests import shopkit
from tests.labour.script import Step, at

CREW = Crew("A1", "F1", "M1", "M2", "P1", "Q1", "W1")
KINDS = ("repair", "outsourced", "repair", "repair", "removal_installation")
MINUTES = (120, 240, 61, 300, 97)
STANDARDS = {
    f"{job}{number}": 7 * place + minutes
    for place, job in enumerate("ABCDR")
    for number, minutes in enumerate(MINUTES, 2)
}
"""Minutes of each work line by job and number."""
KIND_OF = {f"{job}{number}": kind for job in "ABCDR" for number, kind in enumerate(KINDS, 2)}
REWORKED = "R"


class Stage:
    """A workshop with the jobs A to D in work and job R sent back by the inspector."""

    def __init__(self, shop: Shop, eve: date) -> None:
        """Bring the machines to where they may be worked on, the day before."""
        self.shop = shop
        self.player = Player(shop, dict.fromkeys(shopkit.PEOPLE, shopkit.PIN), at(eve, "08:00") * 1_000_000)
        self.player.pace = 1_000_000
        self.jobs: dict[str, str] = {}
        self.orders: dict[str, str] = {}
        for names in ("AB", "CD", REWORKED):
            self._visit(names)
        self.calendar = load_calendars(find_config("calendar.toml", {})).of("C01")

    def _visit(self, names: str) -> None:
        visit = Visit(self.player, CREW)
        visit.receive("KMT0021001", "K00001", [{"text": f"故障 {name}"} for name in names], maker="Komatsu")
        visit.intake()
        visit.hand_over("检修")
        visit.take_in("1")
        for name, job in zip(names, visit.jobs, strict=True):
            self.jobs[name], self.orders[name] = job, visit.order
            self.player.do("F1", "assign_job", job, lead="M1", helpers=["M2", "M3"], bay="1")
            work: list[Line] = [
                {"text": f"作业 {name}{number}", "kind": kind, "minutes": Minutes(STANDARDS[f"{name}{number}"])}
                for number, kind in enumerate(KINDS, 2)
            ]
            visit.report(job, [part_line("Komatsu 07000-12011")], work)
            visit.approve(job)
            visit.price(job)
        visit.make_quote()
        visit.show()
        visit.consent({place: True for place, _name in enumerate(names, 1)})
        if names == REWORKED:
            self._send_back(visit)

    def _send_back(self, visit: Visit) -> None:
        """Let the inspector fail the job, so that all further work on it is rework."""
        (job,) = visit.jobs
        sheet = visit.material[job]
        self.player.do("M1", "clock_on", job)
        self.player.do("M1", "clock_off", job)
        self.player.do("M1", "clock_out", "M1")
        visit.issue(job, visit.to_issue(sheet))
        visit.tag_all(sheet)
        visit.self_check(job)
        self.player.do("Q1", "fail_inspection", job, reason="渗油", marks={})

    # ── doing ────────────────────────────────────────────────────────────────────────────────────────────────────

    def play(self, step: Step) -> None:
        """Do one step of a script through the use cases, at its instant."""
        self.player.now = step.instant - self.player.pace
        if step.fix:
            fix = step.fix
            self.player.do(
                step.person,
                "correct_day",
                fix.person,
                interval=self.mark(fix.person, fix.kind, fix.begun),
                end=Instant(fix.end * 60_000_000),
                back=None if fix.back is None else Instant(fix.back * 60_000_000),
                reason="忘记打卡",
            )
            return
        job = self.jobs.get(step.what[:1], "")
        if step.verb in ("on", "done"):
            verb = {"on": "clock_on", "done": "finish_line"}[step.verb]
            self.player.do(step.person, verb, job, line=int(step.what[1:]))
        elif step.verb == "off":
            self.player.do(step.person, "clock_off", job)
        elif step.verb == "code":
            self.player.do(step.person, "start_indirect", step.person, code=step.what)
        else:
            verb = {"in": "clock_in", "out": "clock_out", "break": "start_break", "stop": "stop_entry"}[step.verb]
            self.player.do(step.person, verb, step.person)

    def mark(self, person: str, kind: str, minute: int) -> str:
        """Return the mark of the last interval that somebody began in a minute and that counts."""
        table = {"in": "attendance", "on": "labour_entry"}[kind]
        with self.shop.reader():
            key = sql.scalar(
                f"SELECT x.id FROM {table} x JOIN person p ON p.id = x.person_id WHERE p.number = ? AND x.voided = 0 "
                "AND x.start >= ? AND x.start < ? ORDER BY x.start DESC, x.id DESC LIMIT 1",
                *(person, minute * 60_000_000, (minute + 1) * 60_000_000),
            )
        assert key is not None, (person, kind, minute)
        return mark_of(key)

    def report(self, by: By, first: date, last: date) -> Report:
        """Ask for the labour summary."""
        ask = Ask(Period(first, last), self.player.now, self.calendar.zone, by, 1, "C01")
        with self.shop.reader():
            return labor(sql.rows, {0: self.calendar, 1: self.calendar}, ask)
