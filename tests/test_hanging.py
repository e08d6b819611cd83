from __future__ import annotations

import pytest

from tests import hanging


def test_a_hanging_program_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even if every Exception is caught."""
    monkeypatch.setattr(hanging, "PATIENCE", 0.1)

    def hang() -> None:
        while True:
            pass

    with pytest.raises(hanging.HangsError, match="no end"), hanging.never_hangs():
        hang()


def test_a_program_that_ends_is_not_killed() -> None:
    """Its result is returned."""
    with hanging.never_hangs():
        assert sum(range(1000)) == 499500
