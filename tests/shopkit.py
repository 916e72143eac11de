"""A small test workshop: people with PINs, a machine, parts with stock, standards; how to act in it and watch it."""

import itertools
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from shopterm.db import models as m
from shopterm.db import sql
from shopterm.db.session import Shop, open_shop
from shopterm.db.setup import create_database
from shopterm.domain.facts import Actor
from shopterm.domain.vocabulary import LabourKind, MoveKind, Role
from shopterm.settings import Settings, load
from shopterm.usecases.request import Done, Request, Second
from shopterm.usecases.run import run
from shopterm.usecases.setup import load_checklists, set_pins
from shopterm.usecases.sign_in import actor_of

PIN = "482913"
PEOPLE = {
    "A1": ("赵甲", "Jia Zhao", "service_advisor"),
    "F1": ("韩丙", "Bing Han", "foreman"),
    "F2": ("吕丁", "Ding Lü", "foreman quality_inspector"),
    "M1": ("金戊", "Wu Jin", "mechanic lead_mechanic"),
    "M2": ("吴己", "Ji Wu", "mechanic lead_mechanic"),
    "M3": ("许辛", "Xin Xu", "mechanic"),
    "P1": ("孔寅", "Yin Kong", "parts_clerk"),
    "P2": ("钱卯", "Mao Qian", "parts_clerk"),
    "Q1": ("杨巳", "Si Yang", "quality_inspector"),
    "W1": ("沈酉", "You Shen", "warranty_clerk"),
    "X1": ("张冬八", "Dongba Zhang", "administrator"),
    "X2": ("陈夏六", "Xialiu Chen", "administrator"),
}
PARTS: tuple[tuple[str, str, str, str, str, int, int, dict[str, int]], ...] = (
    # maker, number, english, chinese, unit, list price, tracked, bins
    ("Komatsu", "600-311-3750", "Fuel filter", "柴油滤芯", "EA", 12_000, 0, {"A-01-1": 10_000}),
    ("Komatsu", "707-98-45230", "Service kit, boom cylinder", "大臂油缸修理包", "SET", 86_000, 0, {"A-02-3": 2_000}),
    ("Komatsu", "708-2L-00300", "Main pump", "主泵", "EA", 4_500_000, 1, {"B-01-1": 1_000}),
    ("Komatsu", "07000-12011", "O-ring", "O形圈", "EA", 800, 0, {"C-04-2": 50_000, "C-04-3": 5_000}),
    ("STD-OIL", "HM46", "Hydraulic oil", "液压油", "L", 2_600, 0, {"T-01": 400_000}),
    ("Komatsu", "205-70-19570", "Bucket tooth", "斗齿", "EA", 15_500, 0, {}),
    ("Huashen", "600-311-3750", "Fuel filter, after-market", "柴油滤芯 副厂", "EA", 4_000, 0, {"A-01-2": 3_000}),
)
SERIALS = ("SN-1001",)
FILTER, KIT, PUMP, RING, OIL, TOOTH = (number for _maker, number, *_rest in PARTS[:6])
UNWATCHED = (m.Event, m.ChainHead, m.Attempts)
"""Tables that a refusal may touch: it is recorded, and wrong PINs are counted."""
RECORDED = {"refused", "signing_failed"}
"""Events that a refusal may leave."""
_ops = itertools.count()


def settings_for(data_dir: Path) -> Settings:
    """Return the shipped settings with a data directory of the test's own."""
    (data_dir / "drop").mkdir(parents=True, exist_ok=True)
    return load({}, {"storage.data_dir": str(data_dir), "photos.drop_dir": str(data_dir / "drop")})


def build(url: str, data_dir: Path) -> Shop:
    """Set up the test workshop in an empty database."""
    shop = create_database(url, data_dir, settings_for(data_dir), kind="test")
    load_checklists(shop)
    shop.write(_fill)
    set_pins(shop, [(number, PIN) for number in PEOPLE])
    return shop


def reopen(url: str, data_dir: Path) -> Shop:
    """Open a copy of the test workshop."""
    return open_shop(url, data_dir=data_dir, settings=settings_for(data_dir))


def _fill() -> None:
    keys = itertools.count(1)
    people = {}
    for number, (zh, en, roles) in PEOPLE.items():
        people[number] = next(keys)
        m.Person.insert(id=people[number], number=number, name_zh=zh, name_en=en, badge=f"B{number}").execute()
        for role in roles.split():
            m.PersonRole.insert(person=people[number], site=1, role=Role(role)).execute()
    customer = next(keys)
    m.Customer.insert(id=customer, number="K00001", name="北岭东样土方工程", phone="10003447795").execute()
    m.Machine.insert(
        id=next(keys),
        serial="KMT0021001",
        maker="Komatsu",
        model="PC210-8",
        tonnage=21_000,
        customer=customer,
        hours=5200,
        purchase_date="2025-04-04",
        warranty_months=24,
    ).execute()
    for code, name, minutes, kind in (
        ("LM101", "整机保养 250 小时", 54, LabourKind.REPAIR),
        ("HY201", "大臂油缸拆装", 240, LabourKind.REMOVAL_INSTALLATION),
        ("OS301", "缸筒镗磨", 300, LabourKind.OUTSOURCED),
    ):
        m.LabourStandard.insert(
            id=next(keys), code=code, name_zh=name, name_en=code, minutes=minutes, kind=kind, rate=18_000
        ).execute()
    _stock(keys, people["P1"])


def _stock(keys: "itertools.count[int]", clerk: int) -> None:
    from shopterm.db.search import index_parts
    from shopterm.domain.partnumber import compact

    bins: dict[str, int] = {}
    parts = []
    for maker, number, en, zh, unit, price, tracked, stock in PARTS:
        part = next(keys)
        parts.append(part)
        m.Part.insert(
            id=part,
            maker=maker,
            number=number,
            compact=compact(number),
            name_en=en,
            name_zh=zh,
            unit=unit,
            list_price=price,
            cost=price * 6 // 10,
            serial_tracked=tracked,
        ).execute()
        for code, quantity in stock.items():
            if code not in bins:
                bins[code] = next(keys)
                m.Bin.insert(id=bins[code], site=1, code=code).execute()
            m.Balance.insert(
                part=part, bin=bins[code], on_hand=quantity, reserved=0, unit_cost=price * 6 // 10
            ).execute()
            m.Move.insert(
                id=next(keys),
                site=1,
                at=0,
                part=part,
                bin=bins[code],
                quantity=quantity,
                kind=MoveKind.OPENING,
                unit_cost=price * 6 // 10,
                person=clerk,
            ).execute()
            if tracked:
                for serial in SERIALS:
                    m.Serial.insert(id=next(keys), part=part, serial=serial, bin=bins[code]).execute()
    index_parts(parts)


def who(shop: Shop, number: str) -> Actor:
    """Return a person of the test workshop as an actor."""
    with shop.reader():
        return actor_of(shop, m.Person.get(m.Person.number == number), "test")


def do(
    shop: Shop,
    person: str,
    action: str,
    ref: str | int | None = None,
    *,
    second: str | None = None,
    op_id: str | None = None,
    version: int | None = None,
    pin: str = PIN,
    **values: Any,
) -> Done:
    """Do a verb as a person, with the right PINs."""
    request = Request(
        action, ref, values, op_id or str(uuid.uuid4()), version, pin, Second(second, PIN) if second else None
    )
    return run(shop, who(shop, person), request)


@contextmanager
def unchanged(shop: Shop) -> Iterator[list[str]]:
    """Expect that nothing changes meanwhile, versions and balances included; gives the events refusals left."""
    before, happened, noted = _content(shop), _events(shop), list[str]()
    yield noted
    assert _content(shop) == before
    noted += _events(shop)[len(happened) :]
    assert set(noted) <= RECORDED


def _content(shop: Shop) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table that a refusal leaves alone."""
    with shop.reader():
        tables = [model._meta.table_name for model in m.MODELS if model not in UNWATCHED]
        return {table: sorted(sql.rows(f'SELECT * FROM "{table}"'), key=repr) for table in tables}


def _events(shop: Shop) -> list[str]:
    with shop.reader():
        return [action for (action,) in sql.rows("SELECT action FROM event ORDER BY site, seq")]


def stock(shop: Shop, number: str, maker: str = "Komatsu") -> tuple[int, int]:
    """Return pieces on hand and reserved in the site's bins, what is on loan left out."""
    with shop.reader():
        found = sql.row(
            "SELECT COALESCE(SUM(b.on_hand), 0), COALESCE(SUM(b.reserved), 0) FROM balance b "
            "JOIN bin n ON n.id = b.bin_id AND n.virtual = 0 JOIN part p ON p.id = b.part_id "
            "WHERE p.number = ? AND p.maker = ?", number, maker)  # fmt: skip
    assert found is not None
    return int(found[0]) // 1000, int(found[1]) // 1000


def material_lines(shop: Shop, sheet: str) -> list[m.MaterialLine]:
    """Return the lines of a sheet's present version as stored."""
    with shop.reader():
        row = m.MaterialSheet.get(m.MaterialSheet.number == sheet)
        return list(
            m.MaterialLine.select()
            .where((m.MaterialLine.sheet == row.id) & (m.MaterialLine.rev == row.rev))
            .order_by(m.MaterialLine.line)
        )


@contextmanager
def traced(shop: Shop) -> Iterator[list[str]]:
    """Collect the statements a SQLite shop carries out meanwhile, BEGIN and COMMIT among them."""
    seen: list[str] = []

    def note(_cursor: object, statement: str, _values: object) -> bool:
        seen.append(statement.split()[0].upper().rstrip(";"))
        return True

    connection = shop.db.connection()
    connection.exec_trace = note
    yield seen
    connection.exec_trace = None
