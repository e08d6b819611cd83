from __future__ import annotations

import datetime

import pytest

from charterbook import clock
from charterbook.errors import SettingsError


def test_a_fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the time zone, for reproducible builds."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1774353600")
    assert clock.today() == datetime.date(2026, 3, 24)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert clock.now().year > 2025


@pytest.mark.parametrize(
    "value", ["", "abc", "-1", "1e3", "1.5", "²", "١٢", " 1", "9" * 17, "9" * 30, "9" * 5000]
)
def test_a_value_that_is_no_time(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    """One line, rather than the present day."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    with pytest.raises(
        SettingsError, match=r"^SOURCE_DATE_EPOCH: .* is not a number of seconds since 1970\.$"
    ):
        clock.now()
