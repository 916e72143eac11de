"""The repair centre's day by the command line alone, on imported data, from `init` to the labour report."""

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.clock import Clock
from tests.journeys.imported import FOLDERS
from tests.journeys.program import Program, Told
from tests.journeys.setting_up import PICTURES, fine_marks, set_up, start_of, verified
from tests.journeys.summary import check_summary
from tests.journeys.visit import COMPLAINTS, CUSTOMER, LEAKING, PLACE, UNKNOWN, Visit

REFUSED, INVALID, CONFLICT, NOT_FOUND, NOT_SIGNED_IN = 3, 4, 5, 6, 8


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_day_by_the_command_line(database: str, folder: str, tmp_path: Path) -> None:
    program, visit = Program(database, tmp_path), Visit(FOLDERS[folder])
    set_up(program, visit.files)
    day = Day(program, visit)
    program.clock.next_morning()

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
    day.labour_summary()

    verified(program)


@dataclass
class Day:
    """Plays the day and looks at what comes of each step."""

    program: Program
    visit: Visit

    @property
    def clock(self) -> Clock:
        """The time of the day."""
        return self.program.clock

    def do(self, person: str, action: str, document: str = "new", *options: object, second: str = "", status: int = 0,
           **values: object) -> Told:  # fmt: skip
        """Do a verb as somebody of the crew, named by the work done."""
        return self.program.do(
            getattr(self.visit.crew, person), action, document, *options,
            second=getattr(self.visit.crew, second) if second else "", status=status, **values,
        )  # fmt: skip

    def refused(self, rule: str, person: str, action: str, document: str = "new", second: str = "",
                **values: object) -> None:  # fmt: skip
        """Try a verb that this rule forbids now; the answer names the rule and who can lift it."""
        told = self.do(person, action, document, second=second, status=REFUSED, **values)
        assert told.rule == rule, told.out
        assert told.json["error"]["who"]

    # ── morning ──────────────────────────────────────────────────────────────────────────────────────

    def reception(self) -> None:
        """The complaint is written down and read back, the machine walked round, the customer signs."""
        visit, files = self.visit, self.visit.files
        complaints = [{"text": text, "assembly": number == 0} for number, text in enumerate(COMPLAINTS)]
        self.wrong_pin()
        self.do("advisor", "open_order", serial=files.serial, complaints=[], status=INVALID)
        opened = self.do(
            "advisor", "open_order", serial=files.serial, customer=files.customer, complaints=complaints,
            note="客户在现场等候报价",
        )  # fmt: skip
        visit.order, visit.jobs = opened.json["document"]["number"], opened.made("job")
        assert (opened.state, len(visit.jobs)) == ("received", 3)

        self.do("advisor", "ask_question", visit.order, question="发动机转速为什么不稳?")
        self.do("advisor", "answer_question", visit.order, question=1, answer="试车后确认: 油门拉线松")
        self.refused("ADV-3.1", "advisor", "sign_intake", visit.order, signed_by=CUSTOMER)
        self.do("advisor", "read_back", visit.order, confirmed_by=CUSTOMER)
        self.refused("ADV-4.1", "advisor", "sign_intake", visit.order, signed_by=CUSTOMER)

        marks = fine_marks(self.program, "inspect_intake", visit.order)
        half = {item: said for item, said in marks.items() if item != LEAKING}
        self.do("advisor", "inspect_intake", visit.order, marks=half, fuel="1/2", status=INVALID)
        marks[LEAKING] = {"mark": "leaking", "value": "", "note": "左侧"}
        self.do("advisor", "inspect_intake", visit.order, marks=marks, fuel="1/2", photos=list(PICTURES[:2]))
        self.do("advisor", "fit_covers", visit.order)
        self.refused("ADV-4.3", "advisor", "hand_to_foreman", visit.order, second="foreman", purpose="大修油缸")
        assert self.do("advisor", "sign_intake", visit.order, signed_by=CUSTOMER).state == "intake_signed"

    def wrong_pin(self) -> None:
        """Nobody signs in with somebody else's PIN."""
        crew = self.visit.crew
        theirs = self.program.pin_file(crew.foreman)
        told = self.program.run(
            "--as", crew.advisor, "--pin-file", theirs, "do", "open_order", "new", "--json", status=NOT_SIGNED_IN
        )
        assert told.json["error"]["rule"] is None

    def into_the_shop(self) -> None:
        """Handed over by two signatures, assigned, inspected together, driven in."""
        visit = self.visit
        self.refused("ADV-4.3", "foreman", "assign_job", visit.boom, lead=visit.crew.lead)
        self.do("advisor", "hand_to_foreman", visit.order, second="lead", purpose="大修油缸", status=REFUSED)
        handed = self.do(
            "advisor", "hand_to_foreman", visit.order, second="foreman", purpose="大修油缸, 保养, 检查空调"
        )
        assert handed.state == "with_foreman"
        for job in visit.jobs:
            self.do("foreman", "assign_job", job, lead=visit.crew.lead, helpers=[visit.crew.helper], bay="3")
        self.refused("SHP-1.2", "lead", "take_in", visit.order, bay="3")
        self.refused("SHP-1.4", "lead", "start_teardown", visit.boom)
        self.do("lead", "joint_inspection", visit.order, second="advisor", photos=[PICTURES[2]])
        assert self.do("lead", "take_in", visit.order, bay="3").state == "in_shop"

        listed = self.program.json("order", "list", "--state", "in_shop")
        assert [row["number"] for row in listed["rows"]] == [visit.order]
        for person in ("lead", "helper"):
            self.do(person, "clock_in", getattr(visit.crew, person))

    def teardown(self) -> None:
        """Nine parts, one of them unknown and one superseded; repair, outsourced work, removal and installation."""
        visit = self.visit
        self.do("lead", "clock_on", visit.boom)
        self.do("lead", "start_teardown", visit.boom)
        nothing = [{"part": visit.parts[0], "quantity": 0}]
        told = self.do("lead", "report_parts", visit.boom, lines=nothing, status=INVALID)
        assert [(one["field"], one["line"]) for one in told.json["error"]["problems"]] == [("lines.quantity", 1)]
        self.report(visit.boom, visit.reported, [
            {"text": "大臂油缸检修", "kind": "repair", "minutes": 180},
            {"text": "缸筒外协镗磨", "kind": "outsourced", "minutes": "5h"},
            {"text": "大臂油缸拆装", "kind": "removal_installation", "minutes": "4:00", "people": 2},
        ])  # fmt: skip
        for job, part, work in (
            (visit.service, visit.parts[0], {"standard": visit.files.standard["code"]}),
            (visit.cooling, visit.parts[1], {"text": "空调系统检修", "kind": "repair", "minutes": 90}),
        ):
            self.do("lead", "start_teardown", job)
            self.report(job, [{"part": part}], [dict(work)])
        self.clock.wait(45)
        self.do("lead", "clock_off", visit.boom)

        sheet = self.program.show("sheet", visit.material[visit.boom])
        assert (sheet.state, len(sheet.table("parts"))) == ("submitted", 9)
        assert sheet.table("parts")[8]["part"] == UNKNOWN
        found = self.program.json("part", "find", visit.files.superseded[0])["rows"]
        assert found[0]["successor"] == visit.files.superseded[1]

    def report(self, job: str, parts: list[dict[str, object]], work: list[dict[str, object]]) -> None:
        """Report what a job needs and hand both sheets to the foreman; told twice by one operation, done once."""
        visit, operation = self.visit, uuid.uuid4()
        for again in (False, True):
            told = self.do("lead", "report_parts", job, "--op-id", operation, lines=parts)
            assert told.json["replayed"] is again
        [visit.material[job]] = told.made("material_sheet")
        [visit.labour[job]] = self.do("lead", "report_labour", job, lines=work).made("labour_sheet")
        self.do("lead", "submit_parts", visit.material[job])
        self.do("lead", "submit_labour", visit.labour[job])

    def foreman_signs(self) -> None:
        """One line goes back with a reason and is mended; what somebody saw before that cannot be signed."""
        visit, sheet = self.visit, self.visit.material[self.visit.boom]
        seen = self.program.show("sheet", sheet).version
        self.refused("SHP-4.1", "clerk", "price_parts", sheet, lines=[])
        self.do("lead", "approve_parts", sheet, old_parts_seen=True, status=REFUSED)
        wrong = [{"line": 7, "reason": "旧件只有一只, 数量不对"}]
        assert self.do("foreman", "return_parts", sheet, lines=wrong).state == "returned"

        start = start_of(self.program, "edit_parts", sheet)
        lines = start["lines"]
        assert isinstance(lines, list) and lines[6]["quantity"] == "2"
        lines[6]["quantity"] = "1"
        self.do("lead", "edit_parts", sheet, lines=lines)
        self.do("lead", "submit_parts", sheet)
        stale = self.do("foreman", "approve_parts", sheet, "--if-version", seen, old_parts_seen=True, status=CONFLICT)
        assert stale.json["error"]["code"] == "conflict"

        for job in visit.jobs:
            self.do("foreman", "approve_parts", visit.material[job], old_parts_seen=True)
            self.do("foreman", "approve_labour", visit.labour[job])
            plan: dict[str, Any] = start_of(self.program, "plan_job", job)
            assert plan["people"] == [visit.crew.lead, visit.crew.helper]
            self.do("foreman", "plan_job", job, **plan, start=self.clock.in_days(0, 11),
                    finish=self.clock.in_days(0, 18), instruction="按作业指导书施工")  # fmt: skip
        assert self.program.state("job", visit.boom) == "approved"

    def counter_prices(self) -> None:
        """Stock and lead time on every line; one in a rush, one from a demo machine, the unknown one found."""
        visit, sheet = self.visit, self.visit.material[self.visit.boom]
        lines: list[dict[str, object]] = [
            {"line": 5, "source": "rush", "lead_days": 3},
            {"line": 6, "source": "demo_machine", "lead_days": 1},
            {"line": 8, "part": visit.new_number, "source": "order", "lead_days": 7},
        ]
        self.do("clerk", "price_parts", sheet, lines=lines, status=INVALID)
        nowhere = self.do("clerk", "price_parts", sheet, lines=[*lines, {"line": 9, "part": "NO-1"}], status=INVALID)
        assert "NO-1" in nowhere.sentence
        self.do("clerk", "receive_parts", "NO-1", quantity=1, bin="RUSH-1", status=NOT_FOUND)
        self.do("clerk", "price_parts", sheet, lines=[*lines, {"line": 9, "part": visit.parts[8]}])
        for job in (visit.service, visit.cooling):
            self.do("clerk", "price_parts", visit.material[job])

        prices = self.program.show("sheet", sheet).table("prices")
        assert [row["source"] for row in prices] == [*["stock"] * 4, "rush", "demo_machine", "stock", "order", "stock"]
        assert [row["lead_days"] for row in prices] == [0, 0, 0, 0, 3, 1, 0, 7, 0]
        assert self.program.state("job", visit.boom) == "priced"

    def customer_agrees(self) -> None:
        """Two warranty lines with the maker's yes; the customer signs all but the air conditioning."""
        visit = self.visit
        [visit.quote] = self.do("advisor", "make_quote", visit.order).made("quote")
        promised = self.clock.in_days(2, 17)
        self.refused("ADV-5.1", "advisor", "complete_quote", visit.quote, file_checked=True, promised=promised)
        work = [row["line"] for row in self.program.show("quote", visit.quote).table("lines") if row["job"] == 1]
        self.do("warranty", "sign_warranty", visit.quote, lines=[{"line": line} for line in work[1:3]])
        self.do("advisor", "complete_quote", visit.quote, file_checked=True, promised=promised)
        assert self.do("advisor", "show_quote", visit.quote).state == "shown"

        today = f"{self.clock.now():%Y-%m-%d}"
        self.do("warranty", "approve_warranty", visit.boom, reference=f"M-{visit.order}", date=today)
        self.refused("SHP-6.5", "lead", "clock_on", visit.boom)
        self.refused("SHP-6.5", "clerk", "issue_parts", visit.material[visit.boom], lines=[{"part": visit.parts[0]}])
        answers = [{"job": job, "accepted": job != 3} for job in (1, 2, 3)]
        call: dict[str, Any] = {"answers": answers, "spoke": CUSTOMER, "phone": "10000000001", "recording": "REC-1"}
        self.refused("ADV-6.2", "advisor", "call_quote", visit.quote, **call)
        assert self.do("advisor", "sign_quote", visit.quote, signed_by=CUSTOMER, answers=answers).state == "answered"
        assert [self.program.state("job", job) for job in visit.jobs] == ["consented", "consented", "declined"]
        self.do("foreman", "confirm_job_order", visit.quote)
        payers = [row["payer"] for row in self.program.show("quote", visit.quote).table("lines")]
        assert payers.count("warranty") == 2

    # ── work ─────────────────────────────────────────────────────────────────────────────────────────

    def work_begins(self) -> None:
        """A part is lent to try it, two mechanics work, one takes a break and tidies up."""
        visit, crew = self.visit, self.visit.crew
        lent = [{"part": visit.parts[5], "quantity": 1}]
        told = self.do("clerk", "lend_parts", second="lead", purpose="大臂油缸试装", order=visit.order, lines=lent)
        visit.loan = told.json["document"]["number"]
        self.do("lead", "clock_on", visit.boom)
        self.do("helper", "clock_on", visit.boom)
        self.clock.wait(80)
        self.refused("OPS-12", "lead", "start_break", crew.helper)
        self.do("helper", "start_break", crew.helper)
        self.clock.wait(20)
        self.do("helper", "start_indirect", crew.helper, code="clean")
        self.clock.wait(15)
        self.do("helper", "clock_on", visit.boom)
        self.clock.wait(30)
        assert self.program.state("job", visit.boom) == "in_work"

    def hidden_damage(self) -> None:
        """Something new is found: supplement, foreman, price, consent by recorded call."""
        visit = self.visit
        found = [{"part": visit.parts[4], "reason": "隐蔽损坏"}]
        work = [{"text": "销轴座补焊", "kind": "repair", "minutes": 120}]
        [visit.extra] = self.do(
            "lead", "supplement_parts", visit.boom, lines=found, finding="销轴座裂纹"
        ).made("material_sheet")  # fmt: skip
        [labour] = self.do(
            "lead", "supplement_labour", visit.boom, lines=work, finding="销轴座裂纹"
        ).made("labour_sheet")  # fmt: skip
        self.do("lead", "submit_parts", visit.extra)
        self.do("lead", "submit_labour", labour)
        self.do("foreman", "approve_parts", visit.extra, old_parts_seen=True)
        self.do("foreman", "approve_labour", labour)
        self.do("clerk", "price_parts", visit.extra)
        self.refused("SHP-6.5", "clerk", "issue_parts", visit.extra, lines=[{"part": visit.parts[4]}])

        [visit.supplement] = self.do("advisor", "make_quote", visit.order).made("quote")
        self.do("warranty", "sign_warranty", visit.supplement, lines=[])
        promised = self.clock.in_days(3, 12)
        self.do("advisor", "complete_quote", visit.supplement, file_checked=True, promised=promised)
        self.do("advisor", "show_quote", visit.supplement)
        told = self.do("advisor", "call_quote", visit.supplement, spoke=CUSTOMER, phone="10000000001",
                       recording="REC-2026-118", answers=[{"job": 1, "accepted": True}])  # fmt: skip
        assert told.state == "answered"
        self.do("foreman", "confirm_job_order", visit.supplement)

    def parts_arrive(self) -> None:
        """Ordered parts come in, all is issued by scan, the loan too, and a wrong one is exchanged."""
        visit, sheet = self.visit, self.visit.material[self.visit.boom]
        for part, reference in ((visit.parts[4], "DN-77120"), (visit.new_number, "DN-77121")):
            self.do("clerk", "receive_parts", part, quantity=2, bin="RUSH-1", reference=reference)
        self.do("clerk", "issue_loan", visit.loan, sheet=sheet, lines=[{"part": visit.parts[5]}])
        assert self.program.state("loan", visit.loan) == "settled"
        for number in (sheet, visit.extra, visit.material[visit.service]):
            self.issue(number)
        too_many = self.do("clerk", "issue_parts", sheet, lines=[{"part": visit.parts[0]}], status=REFUSED)
        assert too_many.rule == "SHP-4.1"
        self.do("clerk", "exchange_parts", sheet, part=visit.parts[0], quantity=1, reason="发错件")
        [found] = self.program.json("part", "find", visit.files.superseded[1])["rows"][:1]
        assert (found["number"], found["on_hand"]) == (visit.files.superseded[1], "1")

    def issue(self, sheet: str) -> None:
        """Issue what is left of a sheet."""
        lines = start_of(self.program, "issue_parts", sheet)["lines"]
        self.do("clerk", "issue_parts", sheet, lines=lines, receiver=self.visit.crew.lead)
        assert not start_of(self.program, "issue_parts", sheet)["lines"]

    # ── inspection and evening ───────────────────────────────────────────────────────────────────────

    def inspection(self) -> None:
        """Parameters, old parts, self-check; QC fails a point, passes after the rework; one job is not repaired."""
        visit, sheet = self.visit, self.visit.material[self.visit.boom]
        pressure = {"name": "主溢流压力", "value": "34.8", "unit": "MPa", "low": "34", "high": "36"}
        self.do("lead", "record_parameters", visit.boom, lines=[pressure])
        self.refused("SHP-7.3", "lead", "self_check", visit.boom, marks={"x": "pass"})
        for person in ("lead", "helper"):
            self.do(person, "clock_off", visit.boom)
        self.do("lead", "finish_line", visit.boom, line=start_of(self.program, "finish_line", visit.boom)["line"])
        for job, minutes in ((visit.service, 50), (visit.boom, 40)):
            self.do("lead", "clock_on", job)
            self.clock.wait(minutes)
        self.do("lead", "clock_off", visit.boom)
        for number in (sheet, visit.extra, visit.material[visit.service]):
            self.tag_old_parts(number)

        self.self_check(visit.boom)
        self.do("lead", "pass_inspection", visit.boom, marks={"x": "pass"}, status=REFUSED)
        failed = self.do("inspector", "fail_inspection", visit.boom, reason="油缸杆头有渗油")
        assert failed.state == "in_work"
        self.do("lead", "clock_on", visit.boom)
        self.clock.wait(35)
        self.do("lead", "clock_off", visit.boom)
        for job in (visit.boom, visit.service):
            self.self_check(job)
            marks = fine_marks(self.program, "pass_inspection", job)
            assert self.do("inspector", "pass_inspection", job, marks=marks).state == "qc_passed"
        self.do("lead", "close_declined", visit.cooling, reassembled=True)

    def tag_old_parts(self, sheet: str) -> None:
        """Every old part gets a tag and a place."""
        lines = start_of(self.program, "tag_old_parts", sheet)["lines"]
        assert isinstance(lines, list) and lines
        self.do("lead", "tag_old_parts", sheet, lines=[line | {"place": PLACE} for line in lines])

    def self_check(self, job: str) -> None:
        """The lead mechanic signs that nothing is left out, loose, lying about or leaking."""
        marks = fine_marks(self.program, "self_check", job)
        assert self.do("lead", "self_check", job, marks=marks).state == "self_checked"

    def hand_over_to_the_advisor(self) -> None:
        """Washed, closed, checked; the mechanics go home."""
        visit, crew = self.visit, self.visit.crew
        self.refused("SHP-9.1", "foreman", "close_shop", visit.order)
        self.do("helper", "report_washed", visit.order)
        assert self.do("foreman", "close_shop", visit.order).state == "shop_closed"
        marks = fine_marks(self.program, "final_check", visit.order)
        self.do("advisor", "final_check", visit.order, marks=marks | {next(iter(marks)): {"mark": "fail"}},
                status=INVALID)  # fmt: skip
        assert self.do("advisor", "final_check", visit.order, marks=marks).state == "checked"
        for person in ("lead", "helper"):
            self.do(person, "clock_out", getattr(crew, person))
        assert [self.program.state("job", job) for job in visit.jobs] == ["done", "done", "not_repaired"]

    def labour_summary(self) -> None:
        """In the evening the foreman pulls the day's figures, by mechanic, by order and by kind."""
        today = f"{self.clock.now():%Y-%m-%d}"
        report = self.program.run("report", "labor", "--date", today, "--format", "json").json
        check_summary(report, self.visit.files)
        [order] = self.program.json("report", "labor", "--date", today, "--by", "order")["rows"]
        assert (order["number"], order["direct"]) == (self.visit.order, report["total"]["direct"])
        kinds = self.program.json("report", "labor", "--date", today, "--by", "kind")["rows"]
        direct = {("direct", kind) for kind in ("diagnosis", "repair", "outsourced")}
        assert {(row["entry"], row["code"]) for row in kinds} == direct | {("indirect", "clean"), ("break", "")}
        lines = self.program.run("report", "labor", "--from", today, "--to", today, "--format", "csv").out.splitlines()
        assert lines[0].startswith("number,name,attendance,direct,rework") and len(lines) == 3
