"""The invariants of `make fuzz` hold for valid inputs, for random ones, and for findings of the fuzzer."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import BREAK, SEEDS, TARGETS
from tests.generated import examples

#: Inputs for which an invariant once failed.
FOUND: tuple[tuple[str, bytes], ...] = (("load", b"title: 0x_\n"),)


@pytest.mark.parametrize("name", TARGETS)
def test_seeds(name: str) -> None:
    """Each target reaches the code behind the parsers."""
    for seed in SEEDS[name]:
        TARGETS[name](seed)


@pytest.mark.parametrize(("name", "data"), FOUND)
def test_what_was_found(name: str, data: bytes) -> None:
    """It stays mended."""
    TARGETS[name](data)


@settings(max_examples=examples(20))
@given(
    st.sampled_from(list(TARGETS)),
    st.lists(
        st.tuples(
            st.floats(0, 1), st.integers(0, 12), st.binary(max_size=6) | st.sampled_from([BREAK, b"0x_"])
        )
    ),
)
def test_damaged_seeds(name: str, edits: list[tuple[float, int, bytes]]) -> None:
    """In `make test`, without coverage."""
    data = SEEDS[name][0]
    for at, length, new in edits:
        start = int(at * len(data))
        data = data[:start] + new + data[start + length :]
    TARGETS[name](data)
