from __future__ import annotations

from tests.load.sample import SMALL, small
from tests.rules.sample import found, places

RETIRED = small("[sales]\n", "[sales]\n    status: retired\n")


def test_money_for_a_retired_service() -> None:
    """A hint at the reference."""
    (problem,) = found(
        "retired-reference", RETIRED.replace("funder: Sales\n", "funder: Sales\n      covers: [onboarding]\n")
    )
    assert str(problem) == (
        "19:16: hint retired-reference: the retired service “Onboarding” is still listed here. Remove onboarding from this list."
    )


def test_a_role_for_a_retired_service() -> None:
    """For any of its responsibilities."""
    role = "roles:\n  - {id: cro, name: CRO, consulted: [onboarding]}\n"
    source = f"{RETIRED}{role}".replace("owner: Chief revenue officer", "owner: cro")
    assert places("retired-reference", source) == [(24, 38, "hint")]


def test_references_in_records_of_the_past() -> None:
    """Completed steps and links in texts may name it; a planned step may not."""
    step = "roadmap:\n  - {id: end, name: End it, status: %s, services: [onboarding]}\n"
    text = RETIRED.replace("We help.", "We ended [onboarding](services/onboarding).")
    assert places("retired-reference", text + step % "done") == []
    assert places("retired-reference", RETIRED + step % "planned") == [(24, 57, "hint")]


def test_nothing_is_retired() -> None:
    """No problem."""
    source = SMALL.replace("funder: Sales\n", "funder: Sales\n      covers: [onboarding]\n")
    assert places("retired-reference", source) == []
