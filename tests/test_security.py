"""SECURITY.md: each promise names a test, and the tests exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
FAULTS = (ROOT / "guide" / "publish.md").read_text(encoding="utf-8").partition("### When something fails")[2]

#: Names of the numbers of faults.
NUMBERS = {18: "eighteen", 19: "nineteen", 20: "twenty", 21: "twenty-one", 22: "twenty-two"}


def test_each_promise_names_its_test() -> None:
    """Files that are there, and functions in one of the test files."""
    rows = [row for text in (TEXT, FAULTS.partition("###")[0]) for row in _last_cells(text)]
    named = [re.findall(r"`(tests/[\w/]+\.py|test_\w+)`", row) for row in rows]
    assert len(rows) > 25
    assert all(named)
    functions = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    unknown = [
        name for names in named for name in names if name not in functions and not (ROOT / name).is_file()
    ]
    assert unknown == []


def _last_cells(text: str) -> list[str]:
    """The last cell of each row of a table, without its head."""
    return re.findall(r"^\| .* \| (.*) \|$", text, re.MULTILINE)[1:]


def test_the_number_of_faults() -> None:
    """The rows of the guide's table."""
    (promised,) = re.findall(r"\[(\w+) kinds of faults\]", TEXT)
    assert NUMBERS[len(_last_cells(FAULTS.partition("###")[0]))] == promised


def test_the_number_of_attacks() -> None:
    """At least as many as it says."""
    from tests.site.rotated_attacks import all_attacks

    (promised,) = re.findall(r"(\d+) attacks", TEXT)
    assert len(all_attacks()) >= int(promised)
