"""The repair centre's day by keys alone, on real terminals of 80 by 24, on imported data."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from shopterm.domain.actions import action_named
from tests.journeys import terminal as keys
from tests.journeys.hands import Hands
from tests.journeys.imported import DEMO
from tests.journeys.program import Program
from tests.journeys.setting_up import PICTURES, prepare, verified
from tests.journeys.terminal import Terminal
from tests.journeys.visit import COMPLAINTS, CUSTOMER, Visit

ZONE = ZoneInfo("Asia/Shanghai")
SOON = 2.0
"""Seconds within which a colleague's change is seen: one by the goal, one more for a machine with other work."""


@pytest.fixture
def program(database: str, tmp_path: Path) -> Program:
    """A house at work in an own database."""
    program = Program(database, tmp_path)
    prepare(program, DEMO)
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


def test_the_day_by_keys_until_the_supplement_is_agreed(program: Program, bay: Terminal, counter: Terminal) -> None:
    day = Day(Visit(DEMO), Hands(bay), Hands(counter))

    day.reception()
    day.into_the_shop()
    day.teardown()
    day.foreman_signs()
    day.counter_prices()
    day.customer_agrees()
    day.work_begins()
    day.hidden_damage()

    assert (bay.quit(), counter.quit()) == (0, 0)
    verified(program)


@dataclass
class Day:
    """Plays the day; people take turns at the terminal in the bay, the counter has its own."""

    visit: Visit
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
        hands.do("open_order", told="已开。", customer=visit.files.customer, serial=visit.files.serial,
                 complaints=[row if row["assembly"] else {"text": row["text"]} for row in complaints],
                 note="客户在现场等候报价")  # fmt: skip
        visit.order = hands.newest("WO")
        visit.jobs = [f"{visit.order}/{number}" for number in (1, 2, 3)]
        screen.expect("待办 1")

        hands.do("ask_question", visit.order, question="发动机转速为什么不稳?")
        hands.do("answer_question", visit.order, question=1, answer="试车后确认: 油门拉线松")
        hands.ask_why("签接车单", "客户主诉尚未向客户复述并经其确认", "ADV-3.1")
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
        hands.press_key("d")
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
        hands.do("clock_off", visit.boom, told="Present; nothing runs.")
        screen.expect("reported")

    def report(self, job: str, parts: list[dict[str, object]], work: list[dict[str, object]]) -> None:
        """Report what a job needs, and hand both sheets to the foreman."""
        visit, hands = self.visit, self.bay
        hands.do("report_parts", job, told="submit it when complete.", lines=parts)
        visit.material[job] = hands.newest("MS")
        hands.do("report_labour", job, told="submit it when complete.", lines=work)
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
        start = (datetime.now(ZONE) + timedelta(hours=1)).replace(second=0, microsecond=0)
        for job in visit.jobs:
            if job != visit.boom:
                hands.do("approve_parts", visit.material[job], old_parts_seen=True)
            hands.do("approve_labour", visit.labour[job])
            finish = start + timedelta(hours=6)
            hands.do("plan_job", job, start=f"{start:%Y-%m-%d %H:%M}", finish=f"{finish:%Y-%m-%d %H:%M}",
                     instruction="按作业指导书施工")  # fmt: skip
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
        screen.expect("已核价")
        for job in (visit.service, visit.cooling):
            hands.do("price_parts", visit.material[job], told=f"{visit.material[job]} 已核价")
        screen.expect("待办 0")

    def customer_agrees(self) -> None:
        """Two warranty lines with the maker's yes; the customer signs all but the air conditioning."""
        visit, hands = self.visit, self.bay
        hands.switch_to(visit.crew.advisor)
        hands.do("make_quote", visit.order, told="是草稿")
        visit.quote = hands.newest("QU")
        hands.choose(visit.quote)
        hands.ask_why("备齐", "索赔员尚未签字确认", "ADV-5.1")

        hands.switch_to(visit.crew.warranty)
        hands.do("sign_warranty", visit.quote, lines=[{"line": 2}, {"line": 3}])

        hands.switch_to(visit.crew.advisor)
        promised = f"{datetime.now(ZONE) + timedelta(days=2):%Y-%m-%d} 17:00"
        hands.do("complete_quote", visit.quote, file_checked=True, promised=promised)
        hands.do("show_quote", visit.quote)
        hands.choose(visit.quote)
        hands.ask_why("录音电话", "首次报价", "ADV-6.2")
        hands.do("sign_quote", visit.quote, answers={3: {"accepted": False}}, signed_by=CUSTOMER)

        hands.switch_to(visit.crew.warranty)
        today = f"{datetime.now(ZONE):%Y-%m-%d}"
        hands.do("approve_warranty", visit.boom, reference=f"M-{visit.order}", date=today)
        hands.switch_to(visit.crew.foreman)
        hands.do("confirm_job_order", visit.quote)

    # ── work ─────────────────────────────────────────────────────────────────────────────────────────

    def work_begins(self) -> None:
        """A part is lent to try it, two mechanics work, one takes a break and tidies up."""
        visit, hands, screen = self.visit, self.bay, self.bay.terminal
        self.counter.do("lend_parts", told="在借", second=visit.crew.lead, purpose="大臂油缸试装",
                        order=visit.order, lines=[{"part": visit.parts[5]}])  # fmt: skip
        visit.loan = self.counter.newest("LN")
        hands.switch_to(visit.crew.lead, "en")
        hands.clock_on(visit.boom)
        screen.expect("in work")
        hands.switch_to(visit.crew.helper)
        hands.do("clock_in", told="在岗")
        hands.clock_on(visit.boom)
        hands.do("start_break", told="休息开始。")
        hands.do("start_indirect", code="clean", told="clean，自")
        hands.clock_on(visit.boom)

    def hidden_damage(self) -> None:
        """Something new is found: supplement, foreman, price, consent by recorded call."""
        visit, hands, screen = self.visit, self.bay, self.bay.terminal
        hands.switch_to(visit.crew.lead, "en")
        hands.do("supplement_parts", visit.boom, told="submit it", finding="销轴座裂纹",
                 lines=[{"part": visit.parts[4], "reason": "隐蔽损坏"}])  # fmt: skip
        visit.extra = hands.newest("MS")
        hands.do("supplement_labour", visit.boom, told="submit it", finding="销轴座裂纹",
                 lines=[{"text": "销轴座补焊", "kind": "repair", "minutes": "120"}])  # fmt: skip
        labour = hands.newest("LS")
        hands.do("submit_parts", visit.extra)
        hands.do("submit_labour", labour)
        hands.switch_to(visit.crew.foreman)
        screen.expect("补报")
        hands.do("approve_parts", visit.extra, old_parts_seen=True)
        hands.do("approve_labour", labour)
        self.counter.do("price_parts", visit.extra, told=f"{visit.extra} 已核价")

        hands.switch_to(visit.crew.advisor)
        hands.do("make_quote", visit.order, told="是草稿")
        visit.supplement = hands.newest("QU")
        hands.switch_to(visit.crew.warranty)
        hands.do("sign_warranty", visit.supplement)
        hands.switch_to(visit.crew.advisor)
        promised = f"{datetime.now(ZONE) + timedelta(days=3):%Y-%m-%d} 12:00"
        hands.do("complete_quote", visit.supplement, file_checked=True, promised=promised)
        hands.do("show_quote", visit.supplement)
        hands.do("call_quote", visit.supplement, spoke=CUSTOMER, phone="10000000001", recording="REC-2026-118")
        hands.switch_to(visit.crew.foreman)
        hands.do("confirm_job_order", visit.supplement)
