"""From nothing to a house at work, by the command line alone: init, imports, one-time codes, PINs."""

import json
from concurrent.futures import ThreadPoolExecutor

from shopterm.db.setup import create_database
from shopterm.demo.pictures import fill_drop_folder
from shopterm.settings import load
from shopterm.usecases import imports
from shopterm.usecases.setup import first_administrator as make_administrator
from shopterm.usecases.setup import load_checklists, set_pins
from shopterm.usecases.sign_in import sign_in
from tests.journeys.imported import SHARED, Files
from tests.journeys.program import Program, Told, pin_of

ADMIN = "ADM"
AT_ONCE = 4
"""So many people set their PIN at the same time: each of them has a process of their own."""
CIRCLES = ({"held": 3}, {"refused": 1})
"""What the large sample of supersessions holds besides good lines: a circle of three, and one of one."""
PICTURES = ("walkround-1.png", "walkround-2.png", "teardown-1.png")


def set_up(program: Program, files: Files) -> None:
    """Make the house; people have PINs and pictures lie in the drop folder."""
    first_administrator(program)
    for kind, _name in files.names:
        take_in(program, files, kind)
    with ThreadPoolExecutor(AT_ONCE) as hands:
        list(hands.map(lambda person: first_pin(program, person), files.people))
    fill_drop_folder(program.data_dir / "photos-in", PICTURES)


def prepare(program: Program, files: Files) -> None:
    """Make a test house with the same imports in this process: PINs are set at once there, and cost little to judge."""
    settings = load({}, {"storage.data_dir": str(program.data_dir), "database.url": program.url})
    shop = create_database(program.url, program.data_dir, settings, kind="test")
    load_checklists(shop)
    make_administrator(shop, ADMIN, "管理员")
    set_pins(shop, [(ADMIN, pin_of(ADMIN))])
    actor = sign_in(shop, ADMIN, pin_of(ADMIN), "office")
    for kind, name in files.names:
        with imports.check(shop, files.path(kind), kind) as checked:
            imports.store(shop, actor, checked, name)
    set_pins(shop, [(person, pin_of(person)) for person in files.people])
    fill_drop_folder(program.data_dir / "photos-in", PICTURES)
    shop.close()


def first_administrator(program: Program) -> None:
    """Nothing works before `init`, and nothing without the code it prints once."""
    assert "init" in program.run("order", "list", status=7).err
    made = program.json("init", "--admin", ADMIN)
    program.run("init", "--admin", ADMIN, status=7)
    assert made["administrator"] == ADMIN
    assert (program.data_dir / "pepper").stat().st_mode & 0o777 == 0o600

    wrong = program.private("code-wrong", "00000000" if made["code"] != "00000000" else "11111111")
    pin = program.pin_file(ADMIN)
    program.run("person", "set-pin", ADMIN, "--code-file", wrong, "--pin-file", pin, status=8)
    code = program.private("code", made["code"])
    easy = program.private("easy", "123456")
    program.run("person", "set-pin", ADMIN, "--code-file", code, "--pin-file", easy, status=4)
    program.run("person", "set-pin", ADMIN, "--code-file", code, "--pin-file", pin)
    program.run("person", "set-pin", ADMIN, "--code-file", code, "--pin-file", pin, status=8)


def take_in(program: Program, files: Files, kind: str) -> None:
    """Import one file; all its rows are counted, and what is left out is named."""
    circles = files is SHARED and kind == "supersessions"
    told = program.run(
        "--as", ADMIN, "--pin-file", program.pin_file(ADMIN), "import", kind, files.path(kind), "--json",
        status=4 if circles else 0,
    ).json  # fmt: skip
    expected = files.counted.get(files.path(kind).name, len(files.rows(kind)))
    left_out = sum(sum(part.values()) for part in CIRCLES) if circles else 0
    assert told["lines"]["good"] == expected - left_out, told
    assert sum(told["lines"].values()) == expected
    assert told["stored"]["added"] + told["stored"]["same"] == told["lines"]["good"]
    assert (told["verdict"], "error" in told) == (("partial", True) if circles else ("accept", False))


def first_pin(program: Program, person: str) -> None:
    """The administrator hands out a code, the person sets the PIN with it."""
    code = program.do(ADMIN, "issue_code", person).json["secret"]
    told = program.json(
        "person", "set-pin", person, "--code-file", program.private(f"code-{person}", code),
        "--pin-file", program.pin_file(person),
    )  # fmt: skip
    assert told["person"] == person


def fine_marks(program: Program, action: str, document: str) -> dict[str, dict[str, str]]:
    """Find nothing wrong: every item of the checklist an action walks, measures in the middle of their limits."""
    checklist = program.json("actions", action, document)["checklist"]
    good = next(mark for mark in ("ok", "pass") if mark in checklist["marks"])
    return {item["id"]: {"mark": good, "value": _value(item)} for item in checklist["items"]}


def start_of(program: Program, action: str, document: str) -> dict[str, object]:
    """Return what the form of an action starts from."""
    start: dict[str, object] = program.json("actions", action, document)["start"]
    return start


def _value(item: dict[str, object]) -> str:
    limits = [float(str(limit)) for limit in (item["low"], item["high"]) if limit is not None]
    if item["kind"] == "measure":
        return str(sum(limits) / len(limits)) if limits else "1"
    return str(json.loads(json.dumps(item["choices"]))[0]) if item["kind"] == "choice" else ""


def verified(program: Program) -> Told:
    """Everything holds."""
    told = program.run("verify", "--json")
    assert told.json == {"ok": True, "violations": []}
    return told
