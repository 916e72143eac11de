"""The living workshop: about forty machines in all states, so that work waits on every desk."""

from collections.abc import Callable
from itertools import count

from shopterm.db.queries.cast import Cast, CastPart
from shopterm.demo.build import Tell
from shopterm.demo.day import stocked
from shopterm.demo.player import MINUTE, Player
from shopterm.demo.visit import Crew, Visit, crew_of, part_line
from shopterm.domain.units import Minutes, Quantity
from shopterm.domain.vocabulary import Payer, Role

COMPLAINTS = (
    ("大臂油缸漏油", True), ("回转异响", True), ("发动机冒黑烟", True), ("行走跑偏", False), ("500 小时保养", False),
    ("空调不制冷", False), ("液压油温高", True), ("履带脱轨", False), ("启动困难", False), ("铲斗销轴磨损", False),
    ("Hydraulic pump noisy", True), ("Track roller leaking", False), ("Boom drops slowly", True),
    ("No swing brake", True),
)  # fmt: skip
WORK = ("检修", "更换密封", "拆装", "调试", "Repair", "Replace seals")
STAGES = (
    ("closed", 1), ("washed", 1), ("self_checked", 3), ("in_work", 4), ("consented", 3), ("shown", 2),
    ("quote_draft", 2), ("priced", 3), ("approved", 4), ("submitted", 4), ("draft", 2), ("teardown", 3), ("in_shop", 3),
    ("with_foreman", 3), ("intake", 2), ("received", 3),
)  # fmt: skip
"""How many machines stand at which stage; those that are farthest came first."""
DAYS, EVENING, PACE, GAP = 3, 17, 30_000_000, 25
PURPOSES = ("试装", "外勤", "诊断", "索赔")


def fill(player: Player, tell: Tell | None = None) -> int:
    """Fill the workshop over the last days; returns the number of machines in the house."""
    cast = player.cast()
    today = player.now
    player.now, player.pace = today - DAYS * 24 * 60 * MINUTE, PACE
    total, number = sum(many for _stage, many in STAGES), count(1)
    working: list[Visit] = []
    for stage, many in STAGES:
        for _machine in range(many):
            index = next(number)
            if tell:
                tell("machines", index, total)
            stand = _Stand(player, cast, index)
            stand.at(stage)
            if stage == "in_work":
                working.append(stand.visit)
            pass_time(player, cast, today)
    evening(player, cast)
    player.now = max(player.now, today)
    lend(player, cast)
    begin_day(player, cast, working)
    return total


def pass_time(player: Player, cast: Cast, today: int) -> None:
    """Let a while pass before the next machine; in the evening everybody goes home."""
    player.wait(GAP)
    if player.hour() >= EVENING and player.now < today:
        evening(player, cast)
        player.next_morning()


def evening(player: Player, cast: Cast) -> None:
    """Everybody who is still there goes home."""
    for person in cast.people[Role.MECHANIC]:
        if player.is_present(person):
            player.do(person, "clock_out", person)


def lend(player: Player, cast: Cast) -> None:
    """A few parts are out on loan."""
    clerk, parts = cast.one(Role.PARTS_CLERK), stocked(cast)
    for index, purpose in enumerate(PURPOSES):
        line = {"part": parts[20 + index].scan, "quantity": Quantity(1000)}
        player.do(clerk, "lend_parts", "new", second=cast.one(Role.MECHANIC, index), purpose=purpose, lines=[line])


def begin_day(player: Player, cast: Cast, working: list[Visit]) -> None:
    """The mechanics are at work: some on their jobs, the others on a break or tidying up."""
    for visit in working:
        player.do(visit.crew.lead, "clock_on", visit.jobs[0])
    codes = player.shop.settings.indirect.codes
    for index, person in enumerate(cast.people[Role.MECHANIC]):
        if player.is_present(person):
            continue
        player.do(person, "clock_in", person)
        if index % 3 == 1:
            player.do(person, "start_indirect", person, code=codes[index % len(codes)].code)
        elif index % 3 == 2:
            player.do(person, "start_break", person)


class _Stand:
    """One machine brought to a stage."""

    def __init__(self, player: Player, cast: Cast, index: int) -> None:
        self.player, self.cast, self.index = player, cast, index
        self.visit = Visit(player, crew_of(cast, index))
        self.steps: tuple[tuple[str, Callable[[], None]], ...] = (
            ("received", self.received), ("intake", self.intake), ("with_foreman", self.with_foreman),
            ("in_shop", self.in_shop), ("teardown", self.teardown), ("draft", self.draft),
            ("submitted", self.submitted), ("approved", self.approved), ("priced", self.priced),
            ("quote_draft", self.quote_draft), ("shown", self.shown), ("consented", self.consented),
            ("in_work", self.in_work), ("self_checked", self.self_checked), ("washed", self.washed),
            ("closed", self.closed),
        )  # fmt: skip

    @property
    def crew(self) -> Crew:
        """Return who works on this machine."""
        return self.visit.crew

    @property
    def job(self) -> str:
        """Return the number of its only job."""
        return self.visit.jobs[0]

    @property
    def parts(self) -> list[CastPart]:
        """Two parts of this machine's own share of the store."""
        parts = stocked(self.cast)
        return [parts[(self.index * 2 + step) % len(parts)] for step in range(2)]

    def at(self, stage: str) -> None:
        """Play every step up to and including the stage."""
        for name, step in self.steps:
            step()
            if name == stage:
                return

    def received(self) -> None:
        """The machine comes in with one complaint."""
        serial, maker, customer = self.cast.machines[self.index % len(self.cast.machines)]
        text, assembly = COMPLAINTS[self.index % len(COMPLAINTS)]
        payer = Payer.WARRANTY if self.index % 7 == 0 else Payer.CUSTOMER
        self.visit.receive(serial, customer, [{"text": text, "payer": payer, "assembly": assembly}], maker=maker)

    def intake(self) -> None:
        """It is walked round, and the customer signs."""
        serial = self.cast.machines[self.index % len(self.cast.machines)][0]
        self.visit.intake(photos=["walkround-1.png"], model=self.cast.models[serial])

    def with_foreman(self) -> None:
        """It is handed to the foreman."""
        self.visit.hand_over("维修")

    def in_shop(self) -> None:
        """It is inspected together and driven into a bay."""
        self.visit.take_in(str(self.index % 8 + 1), photos=["teardown-1.png"])

    def teardown(self) -> None:
        """The lead mechanic takes it apart."""
        self.player.do(self.crew.lead, "start_teardown", self.job)

    def draft(self) -> None:
        """Both sheets are begun: two parts and one work line."""
        lines = [part_line(part) for part in self.parts]
        work = {"text": WORK[self.index % len(WORK)], "minutes": Minutes(60 + self.index % 5 * 30)}
        self.visit.note(self.job, lines, [work])

    def submitted(self) -> None:
        """Both sheets are handed in."""
        self.visit.submit(self.job)

    def approved(self) -> None:
        """The foreman signs both sheets and the plan."""
        self.visit.approve(self.job)

    def priced(self) -> None:
        """The counter prices the parts."""
        self.visit.price(self.job)

    def quote_draft(self) -> None:
        """The advisor begins the quote."""
        self.visit.make_quote()

    def shown(self) -> None:
        """The quote is complete, and the customer sees it."""
        self.visit.show()

    def consented(self) -> None:
        """The customer signs."""
        self.visit.consent({1: True})

    def in_work(self) -> None:
        """The lead mechanic clocks on."""
        self.player.do(self.crew.lead, "clock_on", self.job)

    def self_checked(self) -> None:
        """Fifty minutes later the work is done, parts are issued, old ones tagged, and everything is checked."""
        self.player.wait(50)
        self.player.do(self.crew.lead, "clock_off", self.job)
        self.visit.issue(self.job, self.visit.to_issue(self.visit.material[self.job]))
        self.visit.tag_all(self.visit.material[self.job])
        self.visit.self_check(self.job)

    def washed(self) -> None:
        """The inspector passes it, and it is washed."""
        self.visit.pass_inspection(self.job)
        self.player.do(self.crew.lead, "report_washed", self.visit.order)

    def closed(self) -> None:
        """The foreman closes the shop side."""
        self.player.do(self.crew.foreman, "close_shop", self.visit.order)
