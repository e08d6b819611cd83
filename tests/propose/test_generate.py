"""A proposal from two charters: applied to the first, it gives the second."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given

from charterbook.charter import Charter
from charterbook.diff import plain
from charterbook.load import load
from charterbook.propose import (
    ApplyResult,
    Proposal,
    ProposedChange,
    apply_proposals,
    changes_between,
    proposal_text,
    read_proposal,
)
from tests.generated import CHANCE
from tests.histories import run_git
from tests.propose.styled_charters import CharterWriter, loaded, sound_charters
from tests.propose.test_rewrite import random_charters
from tests.test_example import ROOT

RUSSIAN = (ROOT / "examples" / "ru" / "charter.yml").read_bytes()


@dataclass(frozen=True)
class Quarter:
    """A charter's file, and its data."""

    data: bytes
    charter: Charter


@pytest.fixture(scope="module")
def quarters() -> list[Quarter]:
    """The example's readable charters at the end of each quarter, oldest first."""
    commits = run_git(ROOT, "log", "--first-parent", "--reverse", "--format=%H", "--", "charter.yml").split()
    files: dict[str, Quarter] = {}
    for commit in commits:
        data = run_git(ROOT, "show", f"{commit}:charter.yml").encode()
        charter = load(data).charter
        if charter and charter.version:
            files[charter.version] = Quarter(data, charter)
    return list(files.values())


def through_a_file(old: Charter, new: Charter) -> Proposal:
    """The proposal from one charter to the other, written and read again."""
    text = proposal_text(Proposal("It is time.", changes_between(old, new)))
    proposal, problems = read_proposal(text.encode(), "p.yml")
    assert proposal is not None, problems
    return proposal


@pytest.mark.long
def test_two_quarters_of_the_example(quarters: list[Quarter]) -> None:
    """Neighbouring and distant ones, with renames, splits, merges and new orders; a second application changes nothing."""
    assert len(quarters) == 8
    for before, after in [
        *pairwise(quarters),
        *zip(quarters, quarters[3:], strict=False),
        (quarters[0], quarters[-1]),
    ]:
        proposal = through_a_file(before.charter, after.charter)
        outcome = apply_proposals(before.data, [proposal])
        assert outcome.refusals == ()
        assert outcome.new == after.charter
        again = apply_proposals(outcome.data, [proposal])
        assert (again.refusals, again.applied) == ((), 0)


@pytest.mark.long
def test_backwards(quarters: list[Quarter]) -> None:
    """Added items are removed, and removed ones are added."""
    for after, before in pairwise(quarters):
        proposal = through_a_file(before.charter, after.charter)
        assert apply_proposals(before.data, [proposal]).new == after.charter


@pytest.mark.long
def test_comments_of_the_example_stay(quarters: list[Quarter]) -> None:
    """All except those inside a removed item."""
    before, after = quarters[-2:]
    outcome = apply_proposals(before.data, [through_a_file(before.charter, after.charter)])
    comments = [line for line in before.data.decode().splitlines() if line.lstrip().startswith("#")]
    assert [line for line in comments if line not in outcome.data.decode().splitlines()] == []


def test_in_russian() -> None:
    """Texts are written without escapes."""
    old = load(RUSSIAN).charter
    assert old
    title = old.model_copy(update={"title": "Устав: что мы делаем"})
    outcome = apply_proposals(RUSSIAN, [through_a_file(old, title)])
    assert outcome.new == title
    assert 'title: "Устав: что мы делаем"' in outcome.data.decode()


def nothing_is_left(outcome: ApplyResult, proposals: list[Proposal]) -> None:
    """A second application finds everything applied, and changes nothing."""
    again = apply_proposals(outcome.data, proposals)
    assert (again.refusals, again.applied, again.data) == ((), 0, outcome.data)
    assert again.already == sum(len(proposal.changes) for proposal in proposals)


@pytest.mark.long
@random_charters
@given(sound_charters(), CHANCE)
def test_applying_twice_is_applying_once(data: dict[str, Any], chance: random.Random) -> None:
    """For any interaction of names, orders, values and added or removed items, in several proposals."""
    before = CharterWriter(chance).charter(data)
    changes = list(wished(loaded(before), chance))
    chance.shuffle(changes)
    cut = chance.randint(0, len(changes))
    proposals = [
        Proposal("It is time.", tuple(some), file=name)
        for name, some in (("a", changes[:cut]), ("b", changes[cut:]))
        if some
    ]
    outcome = apply_proposals(before.encode(), proposals)
    if not outcome.refusals:
        nothing_is_left(outcome, proposals)


def wished(charter: Charter, chance: random.Random) -> Iterator[ProposedChange]:
    """Changes of lists of items, which can interact."""
    data = plain(charter)
    for kind in ("services", "metrics", "roles", "glossary"):
        items = data.get(kind, [])
        ids = [item["id"] for item in items]
        if len(ids) > 1 and chance.random() < 0.5:
            yield ProposedChange(kind, ids, chance.sample(ids, len(ids)))
        for item in items:
            yield from _about(kind, item, ids, chance)
        for level in items[0].get("service_levels", ()) if items else ():
            yield from _about(f"{kind}.{ids[0]}.service_levels", level, [], chance)
        if items and chance.random() < 0.3:
            new = items[0] | {"id": "brand-new", "was": []}
            yield ProposedChange(f"{kind}.brand-new", None, new, chance.choice([None, *ids]))


def _about(
    path: str, item: dict[str, Any], ids: list[str], chance: random.Random
) -> Iterator[ProposedChange]:
    key = "id" if "id" in item else "request"
    at = f"{path}.{item[key]}"
    if chance.random() < 0.2:
        yield ProposedChange(at, item, None)
        return
    if chance.random() < 0.5:
        yield ProposedChange(f"{at}.{key}", item[key], chance.choice(["new-name", *ids]))
    if key == "id" and chance.random() < 0.3:
        yield ProposedChange(f"{at}.was", item["was"] or None, [*item["was"], item["id"]])
    name = next((one for one in ("name", "term", "escalation") if one in item), None)
    if name and chance.random() < 0.5:
        yield ProposedChange(f"{at}.{name}", item[name], "Another name")


@pytest.mark.long
@random_charters
@given(sound_charters(), sound_charters(), CHANCE)
def test_any_proposal_for_any_charter(
    old: dict[str, Any], new: dict[str, Any], chance: random.Random
) -> None:
    """In any style, the result loads to exactly the proposed charter."""
    writer = CharterWriter(chance)
    before, after = writer.charter(old), writer.charter(new)
    if changes_between(loaded(before), loaded(after)):
        outcome = apply_proposals(before.encode(), [through_a_file(loaded(before), loaded(after))])
        assert outcome.refusals == ()
        assert outcome.new == load(outcome.data).charter == loaded(after)
        nothing_is_left(outcome, [through_a_file(loaded(before), loaded(after))])


@pytest.mark.long
@random_charters
@given(sound_charters(), sound_charters(), CHANCE)
def test_a_part_of_a_proposal(old: dict[str, Any], new: dict[str, Any], chance: random.Random) -> None:
    """It is applied exactly, or refused with a reason; the rest is unchanged."""
    before = CharterWriter(chance).charter(old)
    changes = changes_between(loaded(before), Charter.model_validate(new))
    some = tuple(change for change in changes if chance.random() < 0.3)
    outcome = apply_proposals(before.encode(), [Proposal("It is time.", some)])
    assert not [one for one in outcome.refusals if one.problem.rule == "not-in-place"]
    if outcome.refusals:
        assert outcome.data == before.encode()
        return
    nothing_is_left(outcome, [Proposal("It is time.", some)])
    left = {change.path for change in changes_between(outcome.new, Charter.model_validate(new))}
    values = {change.path for change in some if change.old is not None and change.new is not None}
    assert not left & values
