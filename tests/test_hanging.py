from __future__ import annotations

import pytest

from tests import hanging


def test_what_never_ends_is_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where everything that is an Exception is caught."""
    monkeypatch.setattr(hanging, "PATIENCE", 0.1)

    def hang() -> None:
        while True:
            pass

    with pytest.raises(hanging.HangsError, match="no end"), hanging.never_hangs():
        hang()


def test_what_ends_is_left_alone() -> None:
    """It gives what it gives."""
    with hanging.never_hangs():
        assert sum(range(1000)) == 499500
