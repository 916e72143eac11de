"""The day that must work, played through the use cases on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shopterm.db import sql
from shopterm.demo.build import build
from shopterm.demo.day import play_day
from shopterm.demo.player import Player
from shopterm.demo.workshop import STAGES, fill
from shopterm.domain.vocabulary import OrderState
from shopterm.usecases.verify import verify
from tests import postgres, shopkit

EIGHT = 1_795_564_800_000_000  # 2026-11-25 08:00 in Shanghai


@pytest.fixture(params=["sqlite", "postgres"])
def player(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Player]:
    server: postgres.Server | None = None
    if request.param == "postgres":
        server = request.getfixturevalue("pg_server")
        name = server.create()
        url = server.url(name)
    else:
        url = f"sqlite:///{tmp_path / 'shop.db'}"
    player = build(url, tmp_path, shopkit.settings_for(tmp_path), now=EIGHT + 3 * 3_600_000_000)
    yield player
    player.shop.close()
    if server:
        server.drop(name)


def test_the_day_runs_to_the_advisors_check_and_verifies(player: Player) -> None:
    story = play_day(player)

    with player.shop.reader():
        states = dict(sql.rows("SELECT number, state FROM work_order"))
        jobs = [state for (state,) in sql.rows("SELECT state FROM job ORDER BY line")]
        reserved = sql.scalar("SELECT COALESCE(SUM(reserved), 0) FROM balance")
        loans = sql.rows("SELECT state FROM loan")
    assert states == {story.order: OrderState.CHECKED.value}
    assert jobs == ["done", "done", "not_repaired"]
    assert int(reserved) == 0
    assert loans == [("settled",)]
    assert list(verify(player.shop)) == []


def test_the_living_workshop_has_machines_at_every_stage_and_verifies(player: Player) -> None:
    machines = fill(player)

    with player.shop.reader():
        states = {state for (state,) in sql.rows("SELECT DISTINCT state FROM job")}
    assert machines == sum(many for _stage, many in STAGES)
    assert {"opened", "teardown", "reported", "approved", "priced", "quoted", "consented", "in_work", "self_checked",
            "done"} <= states  # fmt: skip
    assert list(verify(player.shop)) == []
