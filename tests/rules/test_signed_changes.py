from __future__ import annotations

from tests.load.sample import SMALL, small
from tests.rules.sample import found, places


def signed(day: str, source: str = SMALL, decision: str = "approved") -> str:
    """A charter signed on a day."""
    return f"{source}review:\n  sign_offs:\n    - {{role: CRO, decision: {decision}, date: {day}}}\n"


PILOT = small("[sales]\n", "[sales]\n    status: pilot\n")
WORDED = small("We help.", "We help sellers.")


def test_a_commitment_that_changed_since() -> None:
    """A warning at the sign-offs, with the changes."""
    (problem,) = found("signed-changes", signed("2026-01-05", PILOT), past=[signed("2026-01-05")])
    assert (problem.line, problem.column, problem.severity) == (24, 3, "warning")
    assert problem.text == (
        "1 commitment has changed since the last sign-off: Onboarding: status is now pilot, was live (weaker)"
    )


def test_signed_again() -> None:
    """Together with the change, or after it."""
    assert places("signed-changes", signed("2026-04-05", PILOT), past=[signed("2026-01-05")]) == []
    past = [signed("2026-01-05"), signed("2026-01-05", PILOT), signed("2026-04-05", PILOT)]
    assert places("signed-changes", signed("2026-04-05", PILOT), past=past) == []


def test_what_is_no_approval() -> None:
    """It signs nothing."""
    again = signed("2026-04-05", PILOT, "rejected")
    assert places("signed-changes", again, past=[signed("2026-01-05")]) == [(24, 3, "warning")]


def test_signed_before_it_was_committed() -> None:
    """Signatures belong to the revision that adds them, regardless of their date."""
    assert places("signed-changes", signed("2025-12-01", PILOT), past=[SMALL]) == []


def test_another_id_for_the_role_signs_nothing() -> None:
    """Nor does another order."""
    renamed = signed("2026-01-05", PILOT).replace("CRO", "Chief revenue officer")
    assert places("signed-changes", renamed, past=[signed("2026-01-05")]) == [(24, 3, "warning")]


def test_no_commitment() -> None:
    """Wording can change without a signature, and a reverted change needs none."""
    assert places("signed-changes", signed("2026-01-05", WORDED), past=[signed("2026-01-05")]) == []
    past = [signed("2026-01-05"), signed("2026-01-05", PILOT)]
    assert places("signed-changes", signed("2026-01-05"), past=past) == []


def test_nobody_has_signed_yet() -> None:
    """There is nothing to compare with, as without a history."""
    assert places("signed-changes", PILOT, past=[SMALL]) == []
    assert places("signed-changes", signed("2026-01-05", PILOT)) == []


def test_one_of_two_sign_offs_has_a_fingerprint() -> None:
    """Then the other one counts; with two fingerprints, the state of each is known exactly."""
    agreed = f"v1-{'ab' * 10}"

    def twice(source: str, *extra: str) -> str:
        more = f"    - {{role: CFO, decision: approved, date: 2026-01-05{''.join(extra)}}}\n"
        return signed("2026-01-05", source) + more

    one = f", agreed: {agreed}"
    assert len(found("signed-changes", twice(PILOT, one), past=[twice(SMALL, one)])) == 1
    both = [twice(source, one).replace("2026-01-05}", f"2026-01-05{one}}}") for source in (PILOT, SMALL)]
    assert found("signed-changes", both[0], past=[both[1]]) == []


def test_many_changes() -> None:
    """Three are quoted, and all are counted."""
    services = "".join(f"  - {{id: s{n}, name: S{n}, summary: x, audiences: [sales]}}\n" for n in range(5))
    changed = signed("2026-01-05", small("services:\n", f"services:\n{services}"))
    (problem,) = found("signed-changes", changed, past=[signed("2026-01-05")])
    assert problem.text.startswith("5 commitments have changed since the last sign-off: ")
    assert problem.text.count(";") == 3
    assert problem.text.endswith("; …")
