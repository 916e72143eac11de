"""What a visit leaves behind on its way: the numbers of its documents, and words its people use."""

from dataclasses import dataclass, field

from tests.journeys.imported import CREW, MAKER, Crew, Files

CUSTOMER = "现场客户"
COMPLAINTS = ("大臂油缸漏油, 举升无力", "250 小时保养", "空调不制冷")
UNKNOWN = "回转接头密封 (无件号)"
LEAKING = "upper.cylinders"
PLACE = "旧件库 2-1"


@dataclass
class Visit:
    """One visit of one machine."""

    files: Files
    crew: Crew = CREW
    order: str = ""
    jobs: list[str] = field(default_factory=list)
    material: dict[str, str] = field(default_factory=dict)
    labour: dict[str, str] = field(default_factory=dict)
    quote: str = ""
    supplement: str = ""
    extra: str = ""
    """Material sheet of the supplement."""
    loan: str = ""

    @property
    def boom(self) -> str:
        """The job of the leaking cylinder."""
        return self.jobs[0]

    @property
    def service(self) -> str:
        """The job of the service."""
        return self.jobs[1]

    @property
    def cooling(self) -> str:
        """The job the customer will not have done."""
        return self.jobs[2]

    @property
    def parts(self) -> list[str]:
        """Parts from stock as they are typed: maker and number, unambiguous."""
        return [f"{MAKER} {number}" for number in self.files.parts]

    @property
    def old_number(self) -> str:
        """The superseded number on the mechanic's sheet."""
        return f"{MAKER} {self.files.superseded[0]}"

    @property
    def new_number(self) -> str:
        """What replaces it."""
        return f"{MAKER} {self.files.superseded[1]}"

    @property
    def reported(self) -> list[dict[str, object]]:
        """The nine lines of the parts report; two pieces are asked for in the seventh, one too many."""
        known: list[dict[str, object]] = [{"part": part} for part in self.parts[:6]]
        return [*known, {"part": self.parts[6], "quantity": 2}, {"part": self.old_number}, {"part": UNKNOWN}]
