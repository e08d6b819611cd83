"""Who is consulted if an item is merged, split, renamed or moved, including its former owners."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

import pytest

from charterbook.charter import Charter, charter_schema
from charterbook.charter.base import RESPONSIBLE_FIELDS
from charterbook.charter.model_shape import shapes
from charterbook.compare import compare
from charterbook.load import load
from charterbook.settings import Settings
from charterbook.signing import Owners
from tests.charters import minimal_charter

ROLES: list[dict[str, Any]] = [{"id": id_, "name": id_.title()} for id_ in ("ann", "bo", "chief")]
FUNDING = {"owner": "ann", "sources": [{"id": "own", "name": "Own", "funder": "Sales"}]}
SIGNED = {"sign_offs": [{"role": "chief", "decision": "approved", "date": datetime.date(2026, 1, 10)}]}


def service(id_: str, owner: str, days: int = 2, *was: str) -> dict[str, Any]:
    """A service that promises an answer within this many days."""
    known = {
        "id": id_,
        "name": id_.title(),
        "summary": "Help.",
        "owner": owner,
        "service_levels": [{"request": "Answer", "within": days}],
    }
    return known | ({"was": list(was)} if was else {})


def charter(*services: dict[str, Any], roles: Sequence[dict[str, Any]] = ROLES, **changes: Any) -> Charter:
    """A charter with these services."""
    loaded = load(
        minimal_charter(services=list(services), roles=list(roles), funding=FUNDING, **changes).encode()
    )
    assert loaded.charter is not None, loaded.problems
    return loaded.charter


def asked(old: Charter, new: Charter, settings: Settings | None = None) -> tuple[set[str], set[str]]:
    """Reviewers and signers."""
    owners, found = Owners(old, new, settings or Settings()), compare(old, new).statements
    return {one.role for one in owners.reviewers(found)}, {one.role for one in owners.signers(found)}


OLD = charter(service("one", "ann"), service("two", "bo"), review=SIGNED)


@pytest.mark.parametrize(
    ("services", "former"),
    [
        pytest.param([service("one", "ann", 9, "two")], "bo", id="merged into the other"),
        pytest.param([service("both", "ann", 9, "one", "two")], "bo", id="merged under a new id"),
        pytest.param([service("one", "ann"), service("new", "ann", 9, "two")], "bo", id="renamed"),
        pytest.param(
            [service("one", "ann"), service("x", "ann", 9, "two"), service("y", "ann", 9, "two")],
            "bo",
            id="split",
        ),
        pytest.param([service("one", "ann"), service("two", "ann", 9)], "bo", id="another owner only"),
    ],
)
def test_the_former_owner_is_asked(services: list[dict[str, Any]], former: str) -> None:
    """To review and, if the item has another id now, to agree to its loss."""
    reviewers, signers = asked(OLD, charter(*services, review=SIGNED))
    assert former in reviewers
    assert "chief" in signers
    assert (former in signers) == any("was" in one for one in services)


def test_who_loses_nothing_is_not_asked() -> None:
    """The owner of another service, and of a mere name."""
    reviewers, signers = asked(OLD, charter(service("one", "ann"), service("two", "bo", 9), review=SIGNED))
    assert (reviewers, signers) == ({"bo"}, {"chief"})


def test_settings_of_a_former_item() -> None:
    """A pattern for the merged item still names its roles, beside its successor's."""
    settings = Settings(owners=(("services.two", ("chief",)),), signers=(("services.two.**", ("bo",)),))
    new = charter(service("one", "ann", 9, "two"), review=SIGNED)
    reviewers, signers = asked(OLD, new, settings)
    assert {"ann", "chief"} <= reviewers
    assert {"bo", "chief"} <= signers


def test_a_renamed_role_is_one_role() -> None:
    """It is consulted once, under its new id, and found by the handle of its former id."""
    roles = [*ROLES[:2], {"id": "boss", "name": "Boss", "was": ["chief"]}]
    review = {"sign_offs": [{"role": "boss", "decision": "approved", "date": datetime.date(2026, 1, 10)}]}
    new = charter(service("one", "ann"), service("two", "bo", 9), roles=list(roles), review=review)
    _, signers = asked(OLD, new)
    assert signers == {"boss"}
    (one,) = Owners(OLD, new, Settings(handles=(("chief", ("@c",)),))).signers(compare(OLD, new).statements)
    assert one.handles == ("@c",)


def test_every_reference_to_one_role_is_a_responsibility_or_a_record() -> None:
    """A new key with a role is in `RESPONSIBLE_FIELDS`, unless it records a decision, a sign-off or a stand-in."""
    single = {
        shape.key
        for part in charter_schema._models(Charter)
        for shape in shapes(part).values()
        if shape.refers and shape.refers.kinds == ("roles",) and not shape.is_list
    }
    assert single == {*RESPONSIBLE_FIELDS, "by", "role", "backup"}
