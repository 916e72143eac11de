"""Hostile texts, each by what it tries; and how to see that none of them reached a terminal."""

import re
import unicodedata

ESC, BEL, C1_CSI, C1_OSC, ST = "\x1b", "\x07", "\x9b", "\x9d", "\x9c"
RLO, ISOLATE, ZERO_WIDTH, JOINER = "\u202e", "\u2066", "\u200b", "\u200d"

TEXTS: dict[str, str] = {
    "open bracket": "seal [/",
    "markup state": "[state=CLOSED]",
    "markup click": "[@click=app.bell()]x[/]",
    "markup quit": "[@click='app.quit']Li[/]",
    "markup link": "[link=file:///etc/passwd]x[/link]",
    "markup style": "[bold red on white]x[/] [b]O[/b] [/]]",
    "markup variable": "[$error]x[/] [not a style!]",
    "title": f"{ESC}]0;owned{BEL}x",
    "clipboard": f"{ESC}]52;c;b3duZWQ={BEL}x",
    "hyperlink": f"{ESC}]8;;http://x{ESC}\\x{ESC}]8;;{ESC}\\",
    "clear": f"{ESC}[2J{ESC}[1;1Howned",
    "answer back": f"{ESC}[6n{ESC}[c{ESC}[?1000h",
    "device control": f"{ESC}P$q\"p{ESC}\\x",
    "reset": f"{ESC}c{ESC}(0x",
    "C1 CSI": f"{C1_CSI}31mred",
    "C1 OSC": f"{C1_OSC}0;owned{ST}x",
    "backspace": "x\b\b\b\x7fy\x0e\x0f",
    "nul": "a\x00b",
    "bidi override": f"a{RLO}b{ISOLATE}c\u2067d\u2069\u061c",
    "zero width": f"a{ZERO_WIDTH}b\u2060\ufeffc\xad",
    "tags": "a" + "".join(chr(0xE0000 + ord(letter)) for letter in "owned") + "\U000e007f",
    "pile": "Z" + "\u0336\u0322\u0353\u030e" * 30 + "a",
    "lone marks": "\u0301\u0489\u20dd\u0e49\u3099" * 20,
    "long word": "Q" * 4000,
    "long Chinese": "液压油缸总成" * 666 + "末尾尾尾",
    "wide": "北" * 30 + "ＡＢＣ",
    "emoji family": f"👩🏽{JOINER}🔧👨{JOINER}👩{JOINER}👧🇨🇳⚠\ufe0f1\ufe0f\u20e3🏽",
    "line ends": "one\ntwo\r\nthree\rfour\u2028five\u2029six\x85seven",
    "tabs": "a\tb\t\tc\x0b\x0c",
    "formula =": "=HYPERLINK(\"http://x\",1)",
    "formula +": "+1+cmd|' /C calc'!A0",
    "formula -": "-2+3",
    "formula @": "@SUM(1+1)",
    "percent": "%s %d %(x)s %",
    "braces": "{} {0} {x} {number.__class__} }{",
    "dollar": "${x} $x $$ $",
    "quotes": "'; DROP TABLE part; -- \" \\",
    "blanks": "   \u3000\xa0  ",
    "fillers": "\u3164\u115f\u2800\uffa0",
}  # fmt: skip
"""By what it tries, a text for one column of one row."""
LONE = {"high surrogate": "a\ud83d", "low surrogate": "\udc1bb", "not UTF-8": "x\udcff\udc9b31m"}
"""Texts that UTF-8 cannot hold: they come in through JSON or through arguments that are no UTF-8."""

_OBEYED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)


def unsafe(text: str) -> str:
    """Return what of a text a terminal could obey, hide or reorder by; line feeds are the program's own.

    Written apart from `shopterm.domain.text`: by the categories of Unicode and a list of our own.
    """
    found = {char for char in text if char != "\n" and unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
    return ascii("".join(sorted(found | set(_OBEYED.findall(text)))))[1:-1]
