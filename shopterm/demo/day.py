"""The day that must work, repair centre: from the complaint read back to the advisor's check, with its troubles."""

from dataclasses import dataclass

from shopterm.db.queries.cast import Cast, CastPart
from shopterm.demo.player import Player
from shopterm.demo.visit import Line, Visit, crew_of, part_line
from shopterm.domain.units import Minutes, Quantity
from shopterm.domain.vocabulary import Payer, Source

UNKNOWN = "回转接头密封 (无件号)"
ONE = Quantity(1000)
LEAKING_ITEM = "upper.cylinders"


@dataclass(frozen=True)
class Story:
    """What the day left behind: the order and its documents."""

    order: str
    jobs: tuple[str, ...]
    loan: str
    quote: str
    supplement: str


def play_day(player: Player) -> Story:
    """Play the whole day and return what it made."""
    cast = player.cast()
    visit = Visit(player, crew_of(cast, 0))
    for person in (visit.crew.lead, visit.crew.helper):
        if not player.is_present(person):
            player.do(person, "clock_in", person)
    reception(visit, cast)
    teardown(visit, cast)
    foreman_signs(visit)
    counter_prices(visit, cast)
    customer_agrees(visit)
    loan = work_begins(visit, cast)
    supplement = hidden_damage(visit, cast)
    parts_arrive(visit, cast, loan)
    inspection(visit)
    visit.close()
    for person in (visit.crew.lead, visit.crew.helper):
        player.do(person, "clock_out", person)
    return Story(visit.order, tuple(visit.jobs), loan, visit.quote, supplement)


def reception(visit: Visit, cast: Cast) -> None:
    """The excavator arrives; complaint, walk-round, customer's signature, hand-over, into the shop."""
    serial, maker, customer = cast.machines[0]
    visit.receive(
        serial,
        customer,
        [
            {"text": "大臂油缸漏油, 举升无力", "payer": Payer.CUSTOMER, "assembly": True},
            {"text": "250 小时保养", "payer": Payer.CUSTOMER},
            {"text": "空调不制冷", "payer": Payer.CUSTOMER},
        ],
        maker=maker,
        note="客户在现场等候报价",
    )
    visit.player.do(visit.crew.advisor, "ask_question", visit.order, question="发动机转速为什么不稳?")
    visit.player.do(visit.crew.advisor, "answer_question", visit.order, question=1, answer="试车后确认: 油门拉线松")
    visit.intake(photos=["walkround-1.png", "walkround-2.png"], found={LEAKING_ITEM: "leaking"},
                 model=cast.models[serial])  # fmt: skip
    visit.hand_over("大修油缸, 保养, 检查空调")
    visit.take_in("3", photos=["teardown-1.png"])


def teardown(visit: Visit, cast: Cast) -> None:
    """Nine lines with one unknown and one superseded number; repair, outsourced and removal/installation work."""
    boom, service, cooling = visit.jobs
    visit.player.do(visit.crew.lead, "clock_on", boom)
    visit.player.wait(45)
    parts = stocked(cast)
    lines = [part_line(part) for part in parts[:6]] + [part_line(parts[6], 2)]
    lines += [
        part_line(f"{cast.superseded[1]} {cast.superseded[0]}") if cast.superseded else part_line(parts[7]),
        part_line(UNKNOWN),
    ]
    visit.report(
        boom,
        lines,
        [
            {"text": "大臂油缸检修", "kind": "repair", "minutes": Minutes(180), "people": 1},
            {"text": "缸筒外协镗磨", "kind": "outsourced", "minutes": Minutes(300), "people": 1},
            {"text": "大臂油缸拆装", "kind": "removal_installation", "minutes": Minutes(240), "people": 2},
        ],
    )
    visit.report(service, [part_line(parts[0])], [{"standard": cast.standards[0]}])
    visit.report(cooling, [part_line(parts[1])], [{"text": "空调系统检修", "kind": "repair", "minutes": Minutes(90)}])
    visit.player.do(visit.crew.lead, "clock_off", boom)


def stocked(cast: Cast) -> list[CastPart]:
    """Return parts counted in pieces and without serial numbers."""
    return [part for part in cast.parts if part.whole and not part.tracked]


def foreman_signs(visit: Visit) -> None:
    """One line goes back with a reason, is mended, and all is signed; the plans are issued."""
    boom = visit.jobs[0]
    sheet, foreman, lead = visit.material[boom], visit.crew.foreman, visit.crew.lead
    visit.player.do(foreman, "return_parts", sheet, lines=[{"line": 7, "reason": "旧件只有一只, 数量不对"}])
    corrected = visit.present_lines(sheet)
    corrected[6]["quantity"] = ONE
    visit.player.do(lead, "edit_parts", sheet, lines=corrected)
    visit.player.do(lead, "submit_parts", sheet)
    for job in visit.jobs:
        visit.approve(job)


def counter_prices(visit: Visit, cast: Cast) -> None:
    """Stock and lead time on every line; one for rush order, one from the demo machine, the unknown one found."""
    boom, service, cooling = visit.jobs
    spare = stocked(cast)[8 if len(stocked(cast)) > 8 else 5]
    visit.price(
        boom,
        [
            {"line": 5, "source": Source.RUSH, "lead_days": 3},
            {"line": 6, "source": Source.DEMO_MACHINE, "lead_days": 1},
            {"line": 8, "source": Source.ORDER, "lead_days": 7},
            {"line": 9, "part": spare.scan},
        ],
    )
    visit.price(service)
    visit.price(cooling)


def customer_agrees(visit: Visit) -> None:
    """Two warranty lines with the maker's approval; the customer signs all but the air conditioning."""
    visit.make_quote()
    work = visit.quote_lines(visit.jobs[0])
    visit.show([{"line": line} for line in work[1:3]])
    visit.player.do(
        visit.crew.warranty, "approve_warranty", visit.jobs[0], reference="M-" + visit.order, date=visit.today()
    )
    visit.consent({1: True, 2: True, 3: False})


def work_begins(visit: Visit, cast: Cast) -> str:
    """A part from the demo machine is lent, two mechanics work, one takes a break and tidies up."""
    crew, player, boom = visit.crew, visit.player, visit.jobs[0]
    lent = stocked(cast)[5]
    loan = player.do(
        crew.clerk,
        "lend_parts",
        "new",
        second=crew.lead,
        purpose="大臂油缸试装",
        order=visit.order,
        lines=[{"part": lent.scan, "quantity": ONE}],
    ).number
    player.do(crew.lead, "clock_on", boom)
    player.do(crew.helper, "clock_on", boom)
    player.wait(80)
    player.do(crew.helper, "start_break", crew.helper)
    player.wait(20)
    player.do(crew.helper, "start_indirect", crew.helper, code=player.shop.settings.indirect.codes[0].code)
    player.wait(15)
    player.do(crew.helper, "clock_on", boom)
    player.wait(30)
    return loan


def hidden_damage(visit: Visit, cast: Cast) -> str:
    """Something new is found: supplement, foreman, price, consent by recorded call."""
    crew, player, boom = visit.crew, visit.player, visit.jobs[0]
    found: list[Line] = [part_line(stocked(cast)[4], 1, "隐蔽损坏")]
    parts = player.made(player.do(crew.lead, "supplement_parts", boom, lines=found, finding="销轴座裂纹"))
    labour = player.made(
        player.do(
            crew.lead,
            "supplement_labour",
            boom,
            finding="销轴座裂纹",
            lines=[{"text": "销轴座补焊", "kind": "repair", "minutes": Minutes(120)}],
        )
    )
    player.do(crew.lead, "submit_parts", parts)
    player.do(crew.lead, "submit_labour", labour)
    player.do(crew.foreman, "approve_parts", parts, old_parts_seen=True)
    player.do(crew.foreman, "approve_labour", labour)
    player.do(crew.clerk, "price_parts", parts, lines=[])
    first, visit.quote = visit.quote, player.made(player.do(crew.advisor, "make_quote", visit.order))
    visit.show()
    player.do(
        crew.advisor,
        "call_quote",
        visit.quote,
        spoke="现场客户",
        phone="10000000001",
        recording="REC-2026-118",
        answers=[{"job": 1, "accepted": True}],
    )
    player.do(crew.foreman, "confirm_job_order", visit.quote)
    supplement, visit.quote = visit.quote, first
    visit.extra = parts
    return supplement


def parts_arrive(visit: Visit, cast: Cast, loan: str) -> None:
    """The rush part comes in, everything is issued by scan, a wrong one exchanged, the loan issued to the job."""
    crew, player = visit.crew, visit.player
    rush, lent = stocked(cast)[4], stocked(cast)[5]
    player.do(crew.clerk, "receive_parts", rush.scan, quantity=Quantity(2000), bin="RUSH-1", reference="DN-77120")
    if cast.superseded:
        number, maker = cast.superseded
        ordered = f"{maker} {number}"
        player.do(crew.clerk, "receive_parts", ordered, quantity=ONE, bin="RUSH-1", reference="DN-77121")
    player.do(
        crew.clerk,
        "issue_loan",
        loan,
        sheet=visit.material[visit.jobs[0]],
        lines=[{"part": lent.scan, "quantity": ONE}],
    )
    for sheet in (visit.material[visit.jobs[0]], visit.extra, visit.material[visit.jobs[1]]):
        player.do(crew.clerk, "issue_parts", sheet, lines=visit.to_issue(sheet), receiver=crew.lead)
    player.do(
        crew.clerk,
        "exchange_parts",
        visit.material[visit.jobs[0]],
        part=stocked(cast)[0].scan,
        quantity=ONE,
        reason="发错件",
    )


def inspection(visit: Visit) -> None:
    """Parameters, old parts, self-check; QC fails one point, the rework is clocked, QC passes; one job not repaired."""
    crew, player = visit.crew, visit.player
    boom, service, cooling = visit.jobs
    player.do(
        crew.lead,
        "record_parameters",
        boom,
        lines=[
            {
                "name": "主溢流压力",
                "value": Quantity(34_800),
                "unit": "MPa",
                "low": Quantity(34_000),
                "high": Quantity(36_000),
            }
        ],
    )
    player.do(crew.helper, "clock_off", boom)
    for number in (1, 2, 3):
        visit.work(boom, 40)
        player.do(crew.lead, "finish_line", boom, line=visit.open_line(boom))
        if number == 3:
            visit.work(boom, 25, crew.helper)
    visit.work(service, 50)
    for sheet in (visit.material[boom], visit.extra, visit.material[service]):
        visit.tag_all(sheet)
    visit.self_check(boom)
    player.do(crew.inspector, "fail_inspection", boom, reason="油缸杆头有渗油", marks={})
    visit.work(boom, 35)
    visit.self_check(boom)
    visit.pass_inspection(boom)
    visit.self_check(service)
    visit.pass_inspection(service)
    player.do(crew.lead, "close_declined", cooling, reassembled=True)
