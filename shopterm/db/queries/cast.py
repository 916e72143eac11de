"""Who and what a story can be played with in a database: people by role, a machine, parts, standards."""

from collections.abc import Mapping
from dataclasses import dataclass

from shopterm.db import sql
from shopterm.domain.errors import NotFound
from shopterm.domain.vocabulary import Role
from shopterm.domain.words import _

NOT_ENOUGH = _("The demo's story needs {what}; import it first.")


@dataclass(frozen=True)
class CastPart:
    """A part with free stock at the site."""

    number: str
    maker: str
    free: int
    tracked: bool
    whole: bool

    @property
    def scan(self) -> str:
        """Return what is typed for it: maker and number, unambiguous."""
        return f"{self.maker} {self.number}"


@dataclass(frozen=True)
class Cast:
    """People by role (numbers), machines (serial numbers), parts and labour standards."""

    people: dict[Role, tuple[str, ...]]
    machines: tuple[tuple[str, str, str], ...]
    """Serial number, maker, customer's number."""
    parts: tuple[CastPart, ...]
    superseded: tuple[str, str] | None
    """An old number and its maker, replaced by one in the catalogue."""
    standards: tuple[str, ...]
    models: Mapping[str, str]
    """Model by serial number."""

    def one(self, role: Role, index: int = 0, *, but: tuple[str, ...] = ()) -> str:
        """Return the number of the index-th person of a role who is not among ``but``."""
        found = [person for person in self.people.get(role, ()) if person not in but]
        if not found:
            raise NotFound(NOT_ENOUGH, what=role)
        return found[index % len(found)]


def read_cast(site: str, limit: int = 60) -> Cast:
    """Read what there is at a site."""
    people: dict[Role, tuple[str, ...]] = {}
    for role, number in sql.rows(
        "SELECT r.role, p.number FROM person_role r JOIN person p ON p.id = r.person_id "
        "JOIN site s ON s.id = r.site OR r.site = 0 WHERE s.code = ? AND p.state = 'active' ORDER BY p.number",
        site,
    ):
        people[Role(role)] = (*people.get(Role(role), ()), number)
    machines = sql.rows(
        "SELECT c.serial, c.maker, k.number, c.model FROM machine c JOIN customer k ON k.id = c.customer_id "
        "WHERE c.demo = 0 AND c.kind = 'excavator' AND (SELECT COUNT(*) FROM machine d WHERE d.serial = c.serial) = 1 "
        "ORDER BY CASE WHEN c.maker = 'Komatsu' THEN 0 ELSE 1 END, c.id LIMIT ?",
        limit,
    )
    parts = sql.rows(
        """
        SELECT p.number, p.maker, SUM(b.on_hand - b.reserved), p.serial_tracked, p.unit IN ('EA', 'SET')
        FROM balance b JOIN bin n ON n.id = b.bin_id JOIN site s ON s.id = n.site JOIN part p ON p.id = b.part_id
        WHERE s.code = ? AND n.virtual = 0 AND p.list_price > 0
        GROUP BY p.id, p.number, p.maker, p.serial_tracked, p.unit HAVING SUM(b.on_hand - b.reserved) >= 4000
        ORDER BY p.serial_tracked, p.unit NOT IN ('EA', 'SET'), CASE WHEN p.maker = 'Komatsu' THEN 0 ELSE 1 END, p.id
        LIMIT ?""",
        site,
        limit,
    )
    superseded = sql.row("""
        SELECT x.old_number, x.maker FROM supersession x JOIN part o ON o.maker = x.maker AND o.number = x.old_number
        JOIN part p ON p.maker = x.maker AND p.number = x.new_number AND p.list_price > 0
        WHERE x.kind = 'replaced' ORDER BY CASE WHEN x.maker = 'Komatsu' THEN 0 ELSE 1 END, x.id LIMIT 1""")
    standards = [code for (code,) in sql.rows("SELECT DISTINCT code FROM labour_standard ORDER BY code LIMIT ?", limit)]
    if not (machines and len(parts) >= 8 and standards):
        raise NotFound(NOT_ENOUGH, what="machines, parts, labour standards")
    return Cast(
        people,
        tuple((str(a), str(b), str(c)) for a, b, c, _model in machines),
        tuple(
            CastPart(number, maker, int(free), bool(tracked), bool(whole))
            for number, maker, free, tracked, whole in parts
        ),
        superseded,
        tuple(standards),
        {str(serial): str(model) for serial, _maker, _customer, model in machines},
    )
