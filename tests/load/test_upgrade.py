"""Upgrades of old formats, step by step."""

from __future__ import annotations

from typing import Any

import pytest

from charterbook.charter import SCHEMA
from charterbook.load import load
from charterbook.load.upgrade import STEPS, upgrade_data
from tests.load.sample import SMALL


def rename_aim(data: dict[str, Any]) -> dict[str, Any]:
    """A step such as a later format might need."""
    return {("goal" if key == "aim" else key): value for key, value in data.items()}


def test_steps_run_in_order() -> None:
    """Data of the first format passes all steps, and has the newest format's number at the end."""
    steps = {1: rename_aim, 2: lambda data: {**data, "goal": data["goal"].upper()}}
    assert upgrade_data({"schema": 1, "aim": "x"}, steps, newest=3) == {"schema": 3, "goal": "X"}


def test_newer_data_skips_old_steps() -> None:
    """A step runs only on its own format."""
    assert upgrade_data({"schema": 2, "aim": "x"}, {1: rename_aim}, newest=2) == {"schema": 2, "aim": "x"}


def test_every_old_format_has_a_step() -> None:
    """Old charters stay readable."""
    assert sorted(STEPS) == list(range(1, SCHEMA))


@pytest.mark.parametrize("line", ["", "schema: 1\n"])
def test_the_first_format_is_read(line: str) -> None:
    """With and without its number."""
    assert load((line + SMALL).encode()).charter is not None
