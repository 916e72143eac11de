"""The calendar file: the shipped one is right, a broken one says where."""

from datetime import date
from pathlib import Path

import pytest

from shopterm.calendar_file import load_calendars, parse_calendars
from shopterm.domain.errors import Invalid

SHIPPED = Path(__file__).parents[2] / "config" / "calendar.toml"
SMALL = 'zone = "Asia/Shanghai"\nweek.mon = ["08:00-12:00", "13:00-17:30"]\nweek.tue = ["20:00-24:00"]\n'


def test_the_shipped_calendar_knows_the_holidays_and_make_up_days_of_2026() -> None:
    calendar = load_calendars(SHIPPED).default
    assert str(calendar.zone) == "Asia/Shanghai"
    off = [day for day, special in calendar.special.items() if not special.plan]
    make_up = [day for day, special in calendar.special.items() if special.plan]
    assert len(off) == 33 and len(make_up) == 6
    assert calendar.shift_minutes(date(2026, 2, 17)) == calendar.shift_minutes(date(2026, 3, 1)) == 0
    assert calendar.shift_minutes(date(2026, 9, 20)) == calendar.shift_minutes(date(2026, 3, 7)) == 510


def test_a_site_takes_over_what_it_does_not_name() -> None:
    shared = '[[special]]\nname = "feast"\nfrom = 2026-05-01\nto = 2026-05-03\n'
    site = (
        '[sites.R03]\nzone = "Asia/Urumqi"\nweek.tue = []\nweek.sun = ["10:00-11:00"]\n'
        'special = [{ name = "stocktaking", from = 2026-05-02, hours = ["09:00-10:00"] }]\n'
    )
    calendars = parse_calendars(SMALL + shared + site, "calendar.toml")
    own, default = calendars.of("R03"), calendars.of("C01")
    assert default is calendars.default
    assert (str(own.zone), str(default.zone)) == ("Asia/Urumqi", "Asia/Shanghai")
    assert [len(plan) for plan in own.week] == [2, 0, 0, 0, 0, 0, 1]
    assert [len(plan) for plan in default.week] == [2, 1, 0, 0, 0, 0, 0]
    names = [own.special[date(2026, 5, day)].name for day in (1, 2, 3)]
    assert names == ["feast", "stocktaking", "feast"]
    assert default.special[date(2026, 5, 2)].name == "feast"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("zone = ", "TOML"),
        ('week.mon = ["08:00-12:00"]', "zone"),
        ('zone = "Asia"\nweek.mon = ["08:00-12:00"]', "zone"),
        ('zone = "../etc/passwd"\nweek.mon = ["08:00-12:00"]', "zone"),
        ('zone = "UTC"\nweek.mon = 3', "week.mon"),
        ('zone = "UTC"\nweek.mo = []', "mo"),
        ('zone = "UTC"\n[week]', "week"),
        ('zone = "UTC"\nweek.mon = ["8-12"]', "week.mon[0]"),
        ('zone = "UTC"\nweek.mon = ["08:00-12:00", "22:00-06:00"]', "week.mon[1]"),
        ('zone = "UTC"\nweek.mon = ["20:00-24:01"]', "week.mon[0]"),
        ('zone = "UTC"\nweek.mon = ["08:00-12:00", "11:00-13:00"]', "week.mon"),
        (SMALL + '[[special]]\nname = "x"\nfrom = 2026-05-03\nto = 2026-05-01', "special[0].to"),
        (SMALL + '[[special]]\nname = "x"\nfrom = 2026-05-03\nto = 2062-05-03', "special[0].to"),
        (
            SMALL + 'special = [{ name = "x", from = 2026-05-03 }, { name = "y", from = 2026-05-03 }]',
            "special[1]",
        ),
        (SMALL + 'special = [{ name = "x", from = 2026-05-03, hours = ["x"] }]', "special[0].hours[0]"),
        (SMALL + 'special = [{ name = "x", from = "soon" }]', "special[0].from"),
        (SMALL + '[sites.R03]\nzone = "Moon"', "sites.R03.zone"),
        (SMALL + "[sites.R03]\nweek.mon = []\nweek.tue = []", "sites.R03.week"),
        (SMALL + "[sites.R03]\nholidays = []", "holidays"),
    ],
)
def test_a_broken_file_is_refused_with_its_name_and_the_key(text: str, key: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse_calendars(text, "shop/calendar.toml")
    assert "shop/calendar.toml" in str(refused.value)
    assert key in str(refused.value)


def test_a_missing_or_unreadable_file_is_named(tmp_path: Path) -> None:
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b'zone = "\xe9"')
    for path in (tmp_path / "missing.toml", latin):
        with pytest.raises(Invalid, match=path.name):
            load_calendars(path)
