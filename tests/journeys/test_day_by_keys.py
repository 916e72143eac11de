"""The repair centre's day by keys alone, on real terminals of 80 by 24, on imported data."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from shopterm.domain.actions import action_named
from shopterm.domain.units import Minutes
from tests.journeys import terminal as keys
from tests.journeys.clock import Clock
from tests.journeys.hands import Hands
from tests.journeys.imported import CREW, DEMO
from tests.journeys.program import Program
from tests.journeys.setting_up import PICTURES, prepare, verified
from tests.journeys.summary import check_summary
from tests.journeys.terminal import Terminal
from tests.journeys.visit import COMPLAINTS, CUSTOMER, PLACE, Visit

DRAFT_PARTS = "Material sheet {number} is a draft; submit it when complete."
DRAFT_WORK = "Labour sheet {number} is a draft; submit it when complete."
SOON = 2.0
"""Seconds within which a colleague's change is seen: one by the goal, one more for a machine with other work."""


@pytest.fixture
def program(database: str, tmp_path: Path) -> Program:
    """A house at work in an own database."""
    program = Program(database, tmp_path)
    prepare(program, DEMO)
    program.clock.next_morning()
    return program


@pytest.fixture
def bay(program: Program) -> Iterator[Terminal]:
    """The terminal on the shop floor."""
    terminal = Terminal(program, "bay-1")
    yield terminal
    terminal.close()


@pytest.fixture
def counter(program: Program) -> Iterator[Terminal]:
    """The terminal of the parts counter."""
    terminal = Terminal(program, "counter-1")
    yield terminal
    terminal.close()


def test_the_day_by_keys(program: Program, bay: Terminal, counter: Terminal) -> None:
    day = Day(Visit(DEMO), program.clock, Hands(bay), Hands(counter))

    day.reception()
    day.into_the_shop()
    day.teardown()
    day.foreman_signs()
    day.counter_prices()
    day.customer_agrees()
    day.work_begins()
    day.hidden_damage()
    day.parts_arrive()
    day.inspection()
    day.hand_over_to_the_advisor()

    assert (bay.quit(), counter.quit()) == (0, 0)
    evening(program)
    verified(program)


def evening(program: Program) -> None:
    """The foreman pulls the labour summary at a prompt of 80 columns."""
    today = f"{program.clock.now():%Y-%m-%d}"
    summary = program.json("report", "labor", "--date", today)
    check_summary(summary, DEMO)
    (direct,) = [row["direct"] for row in summary["rows"] if row["number"] == CREW.lead]
    prompt = Terminal(program, "office", "--lang", "zh", "report", "labor", "--date", today)
    prompt.expect("工时汇总", "金戊", "吴己", str(Minutes(direct)), "未说明")
    assert prompt.ended() == 0


@dataclass
class Day:
    """Plays the day; people take turns at the terminal in the bay, the counter has its own."""

    visit: Visit
    clock: Clock
    bay: Hands
    counter: Hands

    # ── morning ──────────────────────────────────────────────────────────────────────────────────────

    def reception(self) -> None:
        """The complaint is written down and read back, the machine walked round, the customer signs."""
        visit, hands, screen = self.visit, self.bay, self.bay.terminal
        hands.sign_in(visit.crew.advisor, pin="000000")
        screen.expect("Name or PIN is wrong.")
        screen.send(keys.ESCAPE)
        hands.sign_in(visit.crew.advisor)
        screen.expect("待办 0", "没有等待接待的工单")

        complaints = [{"text": text, "assembly": number == 0} for number, text in enumerate(COMPLAINTS)]
        hands.do("open_order", told="Order {number} is open.", customer=visit.files.customer, serial=visit.files.serial,
                 complaints=[row if row["assembly"] else {"text": row["text"]} for row in complaints],
                 note="客户在现场等候报价")  # fmt: skip
        visit.order = hands.newest("WO")
        visit.jobs = [f"{visit.order}/{number}" for number in (1, 2, 3)]
        screen.expect("待办 1")

        hands.do("ask_question", visit.order, question="发动机转速为什么不稳?")
        hands.do("answer_question", visit.order, question=1, answer="试车后确认: 油门拉线松")
        hands.ask_why("sign_intake", "客户主诉尚未向客户复述并经其确认", "ADV-3.1")
        hands.do("read_back", visit.order, confirmed_by=CUSTOMER)
        hands.do("inspect_intake", visit.order, marks={"油缸": "l"}, fuel="1/2", photos=list(PICTURES[:2]))
        hands.do("sign_intake", visit.order, signed_by=CUSTOMER)
        hands.do("fit_covers", visit.order)

    def into_the_shop(self) -> None:
        """Handed over by two signatures, assigned, inspected together, driven in."""
        visit, hands, screen = self.visit, self.bay, self.bay.terminal
        hands.do("hand_to_foreman", visit.order, second=visit.crew.foreman, purpose="大修油缸, 保养, 检查空调")
        screen.expect("已交车间")
        hands.switch_to(visit.crew.foreman)
        screen.expect("待办 4")
        for job in visit.jobs:
            hands.do("assign_job", job, lead=visit.crew.lead, helpers=[visit.crew.helper], bay="3")
        screen.expect("待办 1")

        hands.switch_to(visit.crew.lead, "en")
        screen.expect("4 waiting", "Not come in yet.")
        hands.do("clock_in", told="Present; nothing runs.")
        hands.choose(visit.order)
        hands.press("d")
        screen.expect("The joint inspection of mechanic and advisor has not been signed.", "SHP-1.2")
        hands.do("joint_inspection", visit.order, second=visit.crew.advisor, photos=[PICTURES[2]])
        hands.do("take_in", visit.order, bay="3")
        screen.expect("3 waiting")

    def teardown(self) -> None:
        """Nine parts, one of them unknown and one superseded; repair, outsourced work, removal and installation."""
        visit, hands, screen = self.visit, self.bay, self.bay.terminal
        hands.clock_on(visit.boom)
        hands.do("start_teardown", visit.boom)
        self.report(visit.boom, visit.reported, [
            {"text": "大臂油缸检修", "kind": "repair", "minutes": "180"},
            {"text": "缸筒外协镗磨", "kind": "outsourced", "minutes": "5h"},
            {"text": "大臂油缸拆装", "kind": "removal_installation", "minutes": "4:00", "people": "2"},
        ])  # fmt: skip
        for job, part, work in (
            (visit.service, visit.parts[0], {"standard": visit.files.standard["code"]}),
            (visit.cooling, visit.parts[1], {"text": "空调系统检修", "kind": "repair", "minutes": "90"}),
        ):
            hands.do("start_teardown", job)
            self.report(job, [{"part": part}], [dict(work)])
        self.clock.wait(45)
        hands.do("clock_off", visit.boom, told="Present; nothing runs.")
        screen.expect("reported")

    def report(self, job: str, parts: list[dict[str, object]], work: list[dict[str, object]]) -> None:
        """Report what a job needs, and hand both sheets to the foreman."""
        visit, hands = self.visit, self.bay
        hands.do("report_parts", job, told=DRAFT_PARTS, lines=parts)
        visit.material[job] = hands.newest("MS")
        hands.do("report_labour", job, told=DRAFT_WORK, lines=work)
        visit.labour[job] = hands.newest("LS")
        hands.do("submit_parts", visit.material[job])
        hands.do("submit_labour", visit.labour[job])

    def foreman_signs(self) -> None:
        """One line goes back with a reason and is mended; what the foreman signs is at the counter within a second."""
        visit, hands, screen = self.visit, self.bay, self.bay.terminal
        sheet = visit.material[visit.boom]
        self.counter.sign_in(visit.crew.clerk)
        self.counter.terminal.expect("待办 0")
        hands.switch_to(visit.crew.foreman)
        screen.expect("待办 6")
        hands.do("return_parts", sheet, lines=[{"line": 7, "reason": "旧件只有一只, 数量不对"}])

        hands.switch_to(visit.crew.lead, "en")
        hands.choose(sheet)
        screen.expect("sent back", "旧件只有一只, 数量不对")
        hands.do("edit_parts", sheet, lines={7: {"quantity": "1"}})
        hands.do("submit_parts", sheet)

        hands.switch_to(visit.crew.foreman)
        self.watched_approval(sheet)
        for job in visit.jobs:
            if job != visit.boom:
                hands.do("approve_parts", visit.material[job], old_parts_seen=True)
            hands.do("approve_labour", visit.labour[job])
            hands.do("plan_job", job, start="11:00", finish="18:00", instruction="按作业指导书施工")
        screen.expect("待办 0")

    def watched_approval(self, sheet: str) -> None:
        """The foreman approves; the clerk, who touches nothing, sees the sheet come."""
        hands, counter = self.bay, self.counter
        hands.begin("approve_parts", sheet, old_parts_seen=True)
        assert counter.row(sheet) == 0
        hands.terminal.send(keys.F2)
        seconds = counter.terminal.until(lambda: counter.row(sheet) > 0, f"{sheet} at the counter", seconds=SOON + 3)
        hands.terminal.expect(f"{sheet} ✓")
        assert seconds <= SOON
        counter.terminal.expect("待办 1")

    def counter_prices(self) -> None:
        """Stock and lead time on every line; one in a rush, one from a demo machine, the unknown one found."""
        visit, hands, screen = self.visit, self.counter, self.counter.terminal
        screen.expect("待办 3")
        screen.send(keys.DOWN)
        sheet = visit.material[visit.boom]
        hands.begin("price_parts", sheet, lines={
            5: {"source": "rush", "lead_days": "3"},
            6: {"source": "demo_machine", "lead_days": "1"},
            8: {"part": visit.new_number, "source": "order", "lead_days": "7"},
        })  # fmt: skip
        screen.send(keys.F2)
        screen.expect("目录中没有")
        hands.type_lines(action_named("price_parts").form[0], {9: {"part": visit.parts[8], "source": "stock"}})
        hands.save(action_named("price_parts"))
        for job in (visit.service, visit.cooling):
            hands.do("price_parts", visit.material[job], told="Sheet {number} is priced: {count} lines.")
        screen.expect("待办 0")

    def customer_agrees(self) -> None:
        """Two warranty lines with the maker's yes; the customer signs all but the air conditioning."""
        visit, hands = self.visit, self.bay
        hands.switch_to(visit.crew.advisor)
        hands.do("make_quote", visit.order, told="Quote {number} is a draft; the warranty clerk signs next.")
        visit.quote = hands.newest("QU")
        hands.choose(visit.quote)
        hands.ask_why("complete_quote", "索赔员尚未签字确认", "ADV-5.1")

        hands.switch_to(visit.crew.warranty)
        hands.do("sign_warranty", visit.quote, lines=[{"line": 2}, {"line": 3}])

        hands.switch_to(visit.crew.advisor)
        promised = self.clock.in_days(2, 17)
        hands.do("complete_quote", visit.quote, file_checked=True, promised=promised)
        hands.do("show_quote", visit.quote)
        hands.choose(visit.quote)
        hands.ask_why("call_quote", "首次报价", "ADV-6.2")
        hands.do("sign_quote", visit.quote, answers={3: {"accepted": False}}, signed_by=CUSTOMER)

        hands.switch_to(visit.crew.warranty)
        today = f"{self.clock.now():%Y-%m-%d}"
        hands.do("approve_warranty", visit.boom, reference=f"M-{visit.order}", date=today)
        hands.switch_to(visit.crew.foreman)
        hands.do("confirm_job_order", visit.quote)

    # ── work ─────────────────────────────────────────────────────────────────────────────────────────

    def work_begins(self) -> None:
        """A part is lent to try it, two mechanics work, one takes a break and tidies up."""
        visit, hands, screen = self.visit, self.bay, self.bay.terminal
        self.counter.do("lend_parts", told="out", second=visit.crew.lead, purpose="大臂油缸试装",
                        order=visit.order, lines=[{"part": visit.parts[5]}])  # fmt: skip
        visit.loan = self.counter.newest("LN")
        hands.switch_to(visit.crew.lead, "en")
        hands.clock_on(visit.boom)
        screen.expect("in work")
        hands.switch_to(visit.crew.helper)
        hands.do("clock_in", told="Present; nothing runs.")
        hands.clock_on(visit.boom)
        self.clock.wait(80)
        hands.do("start_break", told="Break.")
        self.clock.wait(20)
        hands.do("start_indirect", code="clean", told="Indirect: {code}.")
        self.clock.wait(15)
        hands.clock_on(visit.boom)
        self.clock.wait(30)

    def hidden_damage(self) -> None:
        """Something new is found: supplement, foreman, price, consent by recorded call."""
        visit, hands, screen = self.visit, self.bay, self.bay.terminal
        hands.switch_to(visit.crew.lead, "en")
        parts, work = {"part": visit.parts[4], "reason": "隐蔽损坏"}, {"text": "销轴座补焊", "minutes": "120"}
        hands.do("supplement_parts", visit.boom, told=DRAFT_PARTS, lines=[parts], finding="销轴座裂纹")
        visit.extra = hands.newest("MS")
        hands.do("supplement_labour", visit.boom, told=DRAFT_WORK, lines=[work], finding="销轴座裂纹")
        labour = hands.newest("LS")
        hands.do("submit_parts", visit.extra)
        hands.do("submit_labour", labour)
        hands.switch_to(visit.crew.foreman)
        screen.expect("补报")
        hands.do("approve_parts", visit.extra, old_parts_seen=True)
        hands.do("approve_labour", labour)
        self.counter.do("price_parts", visit.extra, told="Sheet {number} is priced: {count} lines.")

        hands.switch_to(visit.crew.advisor)
        hands.do("make_quote", visit.order, told="Quote {number} is a draft; the warranty clerk signs next.")
        visit.supplement = hands.newest("QU")
        hands.switch_to(visit.crew.warranty)
        hands.do("sign_warranty", visit.supplement)
        hands.switch_to(visit.crew.advisor)
        promised = self.clock.in_days(3, 12)
        hands.do("complete_quote", visit.supplement, file_checked=True, promised=promised)
        hands.do("show_quote", visit.supplement)
        hands.do("call_quote", visit.supplement, spoke=CUSTOMER, phone="10000000001", recording="REC-2026-118")
        hands.switch_to(visit.crew.foreman)
        hands.do("confirm_job_order", visit.supplement)

    def parts_arrive(self) -> None:
        """Ordered parts come in, all is issued by scan, the loan too, and a wrong one is exchanged."""
        visit, hands, screen = self.visit, self.counter, self.counter.terminal
        sheet = visit.material[visit.boom]
        for part, reference in ((visit.files.parts[4], "DN-77120"), (visit.files.superseded[1], "DN-77121")):
            hands.look_up(part)
            hands.do("receive_parts", told=part, quantity="2", bin="RUSH-1", reference=reference)
        hands.put_hits_away()
        screen.send(keys.DOWN)
        # the form proposes what is out, and the only sheet it can be meant for
        hands.do("issue_loan", visit.loan, told="Issued from loan {number} to {sheet}.")
        for number in (sheet, visit.extra, visit.material[visit.service]):
            hands.do("issue_parts", number, told="Issued on {number}: {parts}.", receiver=visit.crew.lead)
        screen.expect("待办 0")
        hands.open(sheet)
        hands.do("exchange_parts", told="Exchanged on {number}: {parts}.", part=visit.parts[0], reason="发错件")
        hands.close()

    # ── inspection and evening ───────────────────────────────────────────────────────────────────────

    def inspection(self) -> None:
        """Parameters, old parts, self-check; QC fails a point, passes after the rework; one job is not repaired."""
        visit, hands, screen = self.visit, self.bay, self.bay.terminal
        hands.switch_to(visit.crew.helper)
        hands.do("clock_off", visit.boom, told="Present; nothing runs.")
        hands.switch_to(visit.crew.lead, "en")
        pressure = {"name": "主溢流压力", "value": "34.8", "unit": "MPa", "low": "34", "high": "36"}
        hands.do("record_parameters", visit.boom, lines=[pressure])
        hands.choose(visit.boom)
        hands.ask_why("self_check", "Somebody is still clocked on to this job.", "SHP-7.3")
        hands.do("clock_off", visit.boom, told="Present; nothing runs.")
        hands.do("finish_line", visit.boom, told="Done: {work}.")
        for job, minutes in ((visit.service, 50), (visit.boom, 40)):
            hands.clock_on(job)
            self.clock.wait(minutes)
        hands.do("clock_off", visit.boom, told="Present; nothing runs.")
        for sheet, lines in ((visit.material[visit.boom], 9), (visit.extra, 1), (visit.material[visit.service], 1)):
            hands.do("tag_old_parts", sheet, lines={line: {"place": PLACE} for line in range(1, lines + 1)})
        hands.do("self_check", visit.boom, marks={})
        screen.expect("2 waiting")

        hands.switch_to(visit.crew.inspector)
        screen.expect("待办 1")
        hands.do(
            "fail_inspection",
            visit.boom,
            told="Back to the job; the time from now on is rework.",
            reason="油缸杆头有渗油",
        )
        screen.expect("待办 0")
        hands.switch_to(visit.crew.lead, "en")
        hands.choose(visit.boom)
        screen.expect("rework")
        hands.clock_on(visit.boom)
        self.clock.wait(35)
        hands.do("clock_off", visit.boom, told="Present; nothing runs.")
        for job in (visit.boom, visit.service):
            hands.do("self_check", job, marks={})
        hands.do("close_declined", visit.cooling)

        hands.switch_to(visit.crew.inspector)
        for job in (visit.boom, visit.service):
            hands.do("pass_inspection", job, told="Passed. The mechanics wash the machine next.", marks={})
        screen.expect("待办 0")

    def hand_over_to_the_advisor(self) -> None:
        """Washed, closed, checked; the mechanics go home."""
        visit, hands, screen = self.visit, self.bay, self.bay.terminal
        hands.switch_to(visit.crew.foreman)
        hands.open(visit.order)
        hands.ask_why("close_shop", "有维修项目既未完成，也未注明未修。", "SHP-9.1")
        hands.close()
        hands.switch_to(visit.crew.helper)
        hands.do("report_washed", visit.order, told="Washed. The foreman closes the shop side next.")
        hands.do("clock_out", told="Not come in yet.")
        hands.switch_to(visit.crew.foreman)
        hands.do("close_shop", visit.order, told="Closed. The advisor checks the machine next.")
        hands.switch_to(visit.crew.advisor)
        hands.do("final_check", visit.order, told="Checked. The machine is ready for hand-over.", marks={})
        screen.expect("待办 0")
        hands.switch_to(visit.crew.lead, "en")
        hands.do("clock_out", told="Not come in yet.")
