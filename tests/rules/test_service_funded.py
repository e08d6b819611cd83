from __future__ import annotations

from tests.load.sample import SMALL, small
from tests.rules.sample import found, places

SECOND = "services:\n  - {id: content, name: Content, summary: Decks., audiences: [sales]%s}\n"
OTHER = "funder: Sales\n    - {id: marketing, name: Marketing, funder: Marketing}\n"


def test_a_single_source_pays_for_everything() -> None:
    """Without `covers`."""
    assert places("service-funded", SMALL) == []


def test_a_service_that_nobody_pays_for() -> None:
    """A warning at its id, if sources have `covers`."""
    source = small("services:\n", SECOND % "").replace(
        "funder: Sales\n", "funder: Sales\n      covers: [content]\n"
    )
    (problem,) = found("service-funded", source)
    assert str(problem) == (
        "6:9: warning service-funded: no funding source pays for the service “Onboarding”. Add onboarding to the covers of a source, or end the service."
    )


def test_a_retired_service() -> None:
    """It costs nothing."""
    source = small("services:\n", SECOND % ", status: retired")
    assert (
        places(
            "service-funded", source.replace("funder: Sales\n", "funder: Sales\n      covers: [onboarding]\n")
        )
        == []
    )


def test_several_sources_that_do_not_say_what_for() -> None:
    """One warning, at the list."""
    assert places("service-funded", small("funder: Sales\n", OTHER)) == [(14, 3, "warning")]
