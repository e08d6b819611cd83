"""Proposals from the handbook for a group: they change visible parts, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from charterbook.load import load
from charterbook.propose import ApplyResult, Proposal, apply_proposals
from charterbook.propose.proposal import ProposedChange

CHARTER = """\
title: Open charter
mission: {statement: We help.}
services:
  - id: onboarding   # kept
    name: Onboarding
    summary: Four weeks. See [it](services/secret).
    audiences: [managers, sellers, spies, leads]
    asks: A secret question
    restricted: [{keys: [asks], visible_to: [internal]}]
  - id: secret
    name: Secret
    summary: Hidden.
    visible_to: [internal]
  - id: clinics
    name: Clinics
    summary: Weekly.
audiences:
  - {id: sellers, name: Sellers}
  - {id: spies, name: Spies, visible_to: [internal]}
  - {id: managers, name: Managers}
  - {id: leads, name: Leads}
funding:
  owner: CRO
  sources: [{id: sales, name: Sales, funder: Sales}]
metrics: [{id: win-rate, name: Win rate, kind: lagging}]
risks: [{id: launch, name: Launch}]
groups: [{id: partners}, {id: internal}]
restricted: [{keys: [risks], visible_to: [internal]}]
"""


def applied(*changes: ProposedChange, group: str = "partners") -> ApplyResult:
    """The result of a proposal of a group."""
    return apply_proposals(CHARTER.encode(), [Proposal("Why", changes, group=group, file="p.yml")])


def changed(path: str, old: Any, new: Any, before: str | None = None) -> ApplyResult:
    """The result of one change, which must be applied."""
    result = applied(ProposedChange(path, old, new, before))
    assert result.refusals == ()
    return result


def test_a_visible_value() -> None:
    """It changes, and every other byte stays."""
    result = changed("services.clinics.summary", "Weekly.", "Daily.")
    assert result.data.decode() == CHARTER.replace("Weekly.", "Daily.")


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (["managers", "sellers"], "[managers, sellers, spies]"),
        (["sellers", "managers", "leads"], "[sellers, spies, managers, leads]"),
        (["leads"], "[spies, leads]"),
        (None, "[spies]"),
    ],
)
def test_hidden_elements_stay_in_lists(new: list[str] | None, expected: str) -> None:
    """After the element that they follow; at the start if that was removed."""
    result = changed("services.onboarding.audiences", ["managers", "sellers", "leads"], new)
    assert result.data.decode() == CHARTER.replace("[managers, sellers, spies, leads]", expected)


def test_items_come_go_and_move() -> None:
    """As for the whole charter, around the hidden ones."""
    added = changed("services.labs", None, {"name": "Labs", "summary": "Daily."}, "clinics").new
    assert [one.id for one in added.services] == ["onboarding", "secret", "labs", "clinics"]
    gone = changed("services.clinics", {"name": "Clinics", "summary": "Weekly."}, None).new
    assert [one.id for one in gone.services] == ["onboarding", "secret"]
    moved = changed("services", ["onboarding", "clinics"], ["clinics", "onboarding"]).new
    assert [one.id for one in moved.services] == ["clinics", "secret", "onboarding"]


@pytest.mark.parametrize(
    ("change", "rule"),
    {
        "of a hidden item": (ProposedChange("services.secret.summary", "Hidden.", "Shown."), "no-such-item"),
        "of a hidden key": (
            ProposedChange("services.onboarding.asks", "A secret question", "None"),
            "old-value",
        ),
        "a guess at a hidden key": (ProposedChange("services.onboarding.asks", None, "None"), "hidden-parts"),
        "of a hidden section": (ProposedChange("risks.launch.name", "Launch", "Start"), "no-such-item"),
        "an item in a hidden section": (ProposedChange("risks.new", None, {"name": "New"}), "hidden-parts"),
        "the removal of an item with hidden keys": (
            ProposedChange(
                "services.onboarding",
                {
                    "name": "Onboarding",
                    "summary": "Four weeks. See it.",
                    "audiences": ["managers", "sellers", "leads"],
                },
                None,
            ),
            "hidden-parts",
        ),
        "a text with a hidden link": (
            ProposedChange("services.onboarding.summary", "Four weeks. See it.", "Two weeks."),
            "hidden-parts",
        ),
        "who sees it": (ProposedChange("services.clinics.visible_to", None, ["internal"]), "hidden-parts"),
        "the groups": (ProposedChange("groups.partners.sees", None, ["internal"]), "no-such-item"),
        "another group": (ProposedChange("groups.more", None, {"sees": ["internal"]}), "hidden-parts"),
    }.values(),
)
def test_what_a_group_cannot_propose(change: ProposedChange, rule: str) -> None:
    """Nothing is changed."""
    result = applied(change)
    assert [one.problem.rule for one in result.refusals] == [rule]
    assert result.data == CHARTER.encode()


def test_an_unknown_group() -> None:
    """It is refused."""
    result = applied(ProposedChange("services.clinics.summary", "Weekly.", "Daily."), group="nobody")
    assert [one.problem.rule for one in result.refusals] == ["unknown-group"]


def test_the_sample_is_valid() -> None:
    """Otherwise nothing could be proposed."""
    assert load(CHARTER.encode()).charter is not None
