"""A report drawn: it fits, it reads without colours, and text from data stays text."""

from hypothesis import given
from hypothesis import strategies as st

from shopterm.domain.text import width
from shopterm.reports.report import Cell, Column, Note, Part, Report, Row
from shopterm.reports.table import Canvas, Line, draw, explain

COLUMNS = (
    Column("number", "Number"),
    Column("name", "Name"),
    Column("time", "time", unit="minutes", rank=0, alarming=True),
    Column("share", "share of it", unit="ratio", rank=1),
    Column("more", "and more", unit="minutes", rank=2),
    Column("rare", "rarely", unit="minutes", optional=True),
    Column("open", "open", unit="flag"),
)
PARTS = (Part("one", "█", "#", "green"), Part("other", "?", "?", "red"))


def report(*rows: Row, notes: tuple[Note, ...] = ()) -> Report:
    return Report("test", "A title", {}, "2030-03-13", COLUMNS, rows, "Nobody.", None, PARTS, notes)


def row(name: str, time: int = 90, bar: tuple[int, int] = (60, 30), rare: int = 0) -> Row:
    cells: tuple[Cell, ...] = ("M1", name, time, 345, 6, rare, True)
    return Row(cells, bar)


def plain(lines: list[Line]) -> list[str]:
    return ["".join(span.text for span in line) for line in lines]


names = st.text(st.sampled_from("aWg 金戊许\x1b[é漢\u202e"), min_size=1, max_size=60)


@given(st.lists(names, min_size=1, max_size=5), st.integers(40, 200), st.booleans())
def test_no_line_is_wider_than_the_terminal(given_names: list[str], cells: int, ascii_only: bool) -> None:
    notes = (Note("A rather long sentence about {who}, " * 5, {"who": "somebody"}),)
    drawn = plain(list(draw(report(*map(row, given_names), notes=notes), Canvas(cells, True, ascii_only))))

    assert max(map(width, drawn)) <= cells
    assert not any("\x1b" in line or "\u202e" in line for line in drawn)


@given(st.lists(st.tuples(st.integers(0, 600), st.integers(0, 600)), min_size=1, max_size=6))
def test_bars_are_as_long_as_their_minutes(bars: list[tuple[int, int]]) -> None:
    drawn = plain(list(draw(report(*(row("a", bar=bar) for bar in bars)), Canvas(60, bars=True))))
    longest = max(map(sum, bars))
    lengths = [len(line.strip()) for line in drawn if set(line.strip()) and set(line.strip()) <= {"█", "?"}]

    expected = [(2 * 58 * sum(bar) + longest) // (2 * longest) for bar in bars if sum(bar)]
    assert lengths == [length for length in expected if length]


def test_a_narrow_table_leaves_out_the_least_and_says_so() -> None:
    drawn = plain(list(draw(report(row("Wu Jin")), Canvas(30))))

    assert drawn[2:] == [
        "Number Name   time share of it",
        "M1     Wu Jin 1:30       34.5%",
        "Not shown for want of room:",
        "and more.",
    ]


def test_without_a_terminal_everything_is_told() -> None:
    drawn = plain(list(draw(report(row("Wu Jin", rare=5)), Canvas())))

    assert drawn[2:] == [
        "Number Name   time share of it and more rarely",
        "M1     Wu Jin 1:30       34.5%     0:06   0:05",
    ]


def test_bad_news_is_red_and_none_is_not() -> None:
    spans = {span for line in draw(report(row("a"), row("b", time=0)), Canvas(80)) for span in line}

    assert [span.text.strip() for span in spans if span.style == "bold red"] == ["1:30"]


def test_wide_terminals_have_the_bar_beside_its_row() -> None:
    drawn = plain(list(draw(report(row("Wu Jin")), Canvas(100, bars=True))))

    assert drawn[3].startswith("M1     Wu Jin 1:30") and drawn[3].endswith("?")
    assert drawn[4].startswith("█ one  ? other  longest bar 1:30")


def test_a_console_without_blocks_gets_ascii() -> None:
    drawn = "".join(plain(list(draw(report(row("Wu Jin")), Canvas(60, bars=True, ascii=True)))))

    assert drawn.isascii()


def test_markup_in_data_is_no_markup() -> None:
    drawn = plain(list(draw(report(row("[red]x[/]")), Canvas(80))))

    assert "[red]x[/]" in drawn[3]


def test_nothing_to_tell() -> None:
    assert plain(list(draw(report(), Canvas(80)))) == ["A title  2030-03-13", "", "Nobody."]
    assert list(explain(report(), Canvas(80))) == []
