from __future__ import annotations

from charterbook.check import check
from charterbook.rule_context import RuleContext
from tests.charters import minimal_charter

FORGED = minimal_charter(
    review={
        "sign_offs": [
            {"role": "CRO", "decision": "approved", "date": "2026-01-05", "agreed": f"v1-{'0' * 20}"}
        ]
    }
).replace("'2026-01-05'", "2026-01-05")


def rules(*, is_complete: bool) -> list[str]:
    """Rules that find something in the sign-offs of a charter with a forged one."""
    context = RuleContext(past=list, is_complete=lambda: is_complete)
    found = check(FORGED.encode(), (), context)
    return [problem.rule for problem in found if "sign" in problem.rule]


def test_a_forged_sign_off() -> None:
    """A warning once the whole history is known."""
    assert rules(is_complete=True) == ["unmatched-sign-off"]
    assert rules(is_complete=False) == []
