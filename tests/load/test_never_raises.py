"""For any bytes, `load` returns a charter or the reasons why not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charterbook.load import load
from charterbook.load.yaml_scalars import read_as, resolve
from tests.generated import examples
from tests.load.sample import SMALL, problems

SIGNS = [
    "\n",
    "  ",
    "- ",
    "\t",
    "{",
    "}",
    "[",
    "]",
    "&a",
    "*a",
    "<<: ",
    "!x",
    "---\n",
    "...\n",
    '"',
    "'",
    "? ",
    ": ",
]
VALUES_AND_MORE = [
    "|\n",
    ">\n",
    "1:30",
    "010",
    "no",
    "2026-02-30",
    ".nan",
    "~",
    "\r",
    "\x85",
    "\ufeff",
    "#",
    "%YAML 1.1\n",
]
PIECES = st.sampled_from([*SMALL.split("\n"), *SIGNS, *VALUES_AND_MORE])


def answers(source: bytes) -> bool:
    """Whether there is a charter, or at least one error."""
    loaded = load(source)
    errors = [problem for problem in loaded.problems if problem.severity == "error"]
    lines = source.count(b"\n") + source.count(b"\r") + 1
    assert all(1 <= problem.line <= lines + 1 and problem.column >= 1 for problem in errors)
    return (loaded.charter is None) == bool(errors)


@pytest.mark.parametrize("text", ["title: 0x_\n", "0b_", "title: -0x__\n"])
def test_what_was_found(text: str) -> None:
    """Numbers of YAML 1.1 without a digit."""
    assert answers(text.encode())


@given(st.binary(max_size=200))
def test_any_bytes(source: bytes) -> None:
    """Mostly not UTF-8."""
    assert answers(source)


@given(st.text(max_size=200))
def test_any_text(source: str) -> None:
    """Mostly not YAML."""
    assert answers(source.encode("utf-8", "replace"))


@pytest.mark.long
@settings(max_examples=examples(150))
@given(st.sampled_from(["", "-", "0x", "0b", "0", "1:", "1_", "."]), st.text("0189_.:eE+-af", max_size=5))
def test_anything_like_a_number(start: str, rest: str) -> None:
    """Whatever YAML 1.1 takes for a number, such as `0x_`."""
    text = start + rest
    found = resolve(text)
    assert found.surprise is None or read_as(found.surprise, text)


@settings(max_examples=examples(75))
@given(st.lists(PIECES, max_size=30))
def test_pieces_of_a_charter(pieces: list[str]) -> None:
    """Mostly YAML, and not a charter."""
    assert answers("".join(pieces).encode())


@given(st.integers(0, len(SMALL) - 1), st.integers(0, 12), PIECES)
def test_a_damaged_charter(start: int, length: int, piece: str) -> None:
    """A charter with something replaced."""
    assert answers((SMALL[:start] + piece + SMALL[start + length :]).encode())


SCALARS = st.recursive(
    st.one_of(
        st.sampled_from(["x", "1", "1.5", "no", "null", "2026-01-01", "'x'", "sales", "1:30", '""']),
        st.just("[]"),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda values: f"[{', '.join(values)}]"),
        st.dictionaries(st.sampled_from(["id", "name", "was", "drives", "share"]), inner, max_size=3).map(
            lambda values: "{" + ", ".join(f"{key}: {value}" for key, value in values.items()) + "}"
        ),
    ),
    max_leaves=6,
)
VALUES = [line.partition(": ")[2] for line in SMALL.split("\n") if ": " in line]


@pytest.mark.long
@settings(max_examples=examples(75))
@given(st.sampled_from(VALUES), SCALARS)
def test_any_value_in_any_place(old: str, new: str) -> None:
    """Values of every type where another one belongs."""
    assert answers(SMALL.replace(f": {old}\n", f": {new}\n", 1).encode())


@given(SCALARS)
def test_any_value_for_a_main_key(value: str) -> None:
    """Nothing relies on the type of a section."""
    for key in ("mission", "services", "audiences", "funding", "metrics", "schema", "version"):
        assert problems(f"{key}: {value}\n")
