"""A new id for an item, with all references."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given

from charterbook.charter import ITEM_LISTS, Charter
from charterbook.charter.model_shape import walk
from charterbook.compare import compare
from charterbook.diff import plain
from charterbook.errors import CharterbookError
from charterbook.load import load
from charterbook.propose import CommandLineEdits, Proposal, apply_proposals
from tests.charters import minimal_charter
from tests.generated import CHANCE
from tests.propose.styled_charters import CharterWriter, loaded, sound_charters
from tests.propose.test_generate import nothing_is_left
from tests.propose.test_rewrite import random_charters

CODE = "`[a](services/training)`"
LINKS = "See [it](services/training), [part](<services/training#cost>) and " + CODE


def charter(**parts: Any) -> str:
    """A charter with many references to one service, one role and one audience."""
    service = {
        "id": "training",
        "name": "Training",
        "summary": LINKS,
        "audiences": ["sellers"],
        "owner": "lead",
    }
    usual: dict[str, Any] = {
        "services": [service, {"id": "other", "name": "Other", "summary": "x", "audiences": ["sellers"]}],
        "funding": {
            "owner": "lead",
            "sources": [{"id": "own", "name": "Own", "funder": "F", "covers": ["other", "training"]}],
        },
        "roles": [
            {"id": "lead", "name": "Lead", "responsible": ["training"]},
            {"id": "sellers", "name": "S"},
        ],
        "review": {
            "participants": ["lead", "sellers"],
            "sign_offs": [{"role": "lead", "decision": "approved"}],
        },
        "mission": {"statement": "training", "principles": ["One", "[Two](services/training)"]},
    }
    return minimal_charter(**(usual | parts))


def renamed(text: str, *edits: str) -> Charter:
    """The charter with new ids, which loads without errors; a second application changes nothing."""
    changes = [change for wish in edits for change in CommandLineEdits(text.encode(), "x").rename(wish)]
    proposals = [Proposal("It is time.", tuple(changes))]
    outcome = apply_proposals(text.encode(), proposals)
    assert outcome.refusals == ()
    nothing_is_left(outcome, proposals)
    return outcome.new


def test_all_that_refers_to_a_service_follows() -> None:
    """Fields, lists and links in texts, but neither code nor plain words."""
    new = renamed(charter(), "services/training=certification")
    assert (new.services[0].id, new.services[0].was) == ("certification", ["training"])
    assert new.services[0].summary == LINKS.replace("(services/training", "(services/certification").replace(
        "(<services/training", "(<services/certification"
    ).replace("`[a](services/certification)`", CODE)
    assert new.funding.sources[0].covers == ["other", "certification"]
    assert new.roles[0].responsible == ["certification"]
    assert new.mission.principles == ["One", "[Two](services/certification)"]
    assert new.mission.statement == "training"
    old = load(charter().encode()).charter
    assert old is not None
    assert [one.kind for one in compare(old, new).statements] == ["renamed"]


def test_the_address_of_a_link_follows() -> None:
    """With its fragment; an address elsewhere stays."""
    addresses = ["services/b", "services/b#how", "services/bb", "https://example.org/services/b"]
    services = [
        {"id": "b", "name": "B", "summary": "x"},
        {"id": "bb", "name": "BB", "summary": "x"}
        | {"links": [{"label": "Where", "address": address} for address in addresses]},
    ]
    found = renamed(minimal_charter(services=services), "services/b=c").services[1].links
    assert [one.address for one in found] == ["services/c", "services/c#how", *addresses[2:]]


def test_a_name_that_means_the_role_is_no_audience() -> None:
    """If both have the same id, a participant is the role."""
    new = renamed(charter(), "audiences.sellers=reps", "roles/lead=head")
    assert new.services[1].audiences == ["reps"]
    assert new.review is not None
    assert new.review.participants == ["head", "sellers"]
    assert new.review.sign_offs[0].role == new.funding.owner == "head"


def test_back_to_a_former_id() -> None:
    """An item can get its own former id again, but not another item's."""
    names = [("b", ["a"]), ("d", ["c"])]
    services = [{"id": id_, "name": "B", "summary": "x", "was": was} for id_, was in names]
    source = minimal_charter(services=services)
    assert renamed(source, "services/b=a").services[0].was == ["b"]
    with pytest.raises(CharterbookError, match="was that of 'd' before"):
        renamed(source, "services/b=c")


WRONG = {
    "services/training": "expected KIND/ID=NEW-ID",
    "training=x": "expected KIND/ID=NEW-ID",
    "service/training=x": "there is no kind of items 'service'; did you mean services?",
    "services/trainig=x": "there is no services/trainig; did you mean training?",
    "services/training=Certified People": "cannot be an id; use lower-case letters, digits and single hyphens: certified-people",
    "services/training=other": "the id 'other' is taken",
    "services/training=con": "the id 'con' is reserved",
    "services/training=training": "the id 'training' is taken",
}


@pytest.mark.parametrize("wish", WRONG)
def test_what_cannot_be_done(wish: str) -> None:
    """The error gives the reason, and the nearest name."""
    with pytest.raises(CharterbookError) as caught:
        CommandLineEdits(charter().encode(), "x").rename(wish)
    assert str(caught.value).startswith(f"--rename {wish}: ")
    assert WRONG[wish] in str(caught.value)


@pytest.mark.long
@random_charters
@given(sound_charters(), CHANCE)
def test_nothing_names_the_old_id_any_more(data: dict[str, Any], chance: random.Random) -> None:
    """For any charter in any style; nothing else changes."""
    text = CharterWriter(chance).charter(data)
    before = loaded(text)
    kind = chance.choice([kind for kind in ITEM_LISTS if before.items(kind)])
    old = chance.choice(before.items(kind)).id
    after = plain(renamed(text, f"{kind}/{old}=brand-new"))
    assert _named(plain(before), kind, old) == _named(after, kind, "brand-new")
    assert _named(after, kind, old) == 0
    assert _leaves(plain(before)) == _leaves(after) - 1


def _named(data: dict[str, Any], kind: str, id_: str) -> int:
    """Number of references to an item in fields for its kind."""
    return sum(
        1
        for found in walk(data)
        if found.shape.refers and found.shape.refers.kinds[0] == kind and found.value == id_
    )


def _leaves(data: dict[str, Any]) -> int:
    return sum(1 for found in walk(data) if not isinstance(found.value, (dict, list)))
