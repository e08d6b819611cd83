from __future__ import annotations

import pytest

from charterbook.load import load
from tests.load.sample import small


@pytest.mark.parametrize(
    ("written", "advice"),
    [("99,5", "99.5"), ("0,5", "0.5"), ("1,000", "1000"), ("1,000,000", "1000000"), ("about 40 %", "40")],
)
def test_the_advice_keeps_the_size_of_the_number(written: str, advice: str) -> None:
    """A decimal comma becomes a point, other separators are removed."""
    source = small("funder: Sales\n", f'funder: Sales\n      amount: "{written}"\n')
    fixes = [problem.fix for problem in load(source.encode()).problems]
    assert any(fix.endswith(f"for example amount: {advice}.") for fix in fixes), fixes
