"""The state to which each signer has agreed, and the changes for them since."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from charterbook.charter import Charter
from charterbook.charter.review_section import SignOff
from charterbook.compare import compare
from charterbook.load import load
from charterbook.settings import Settings
from charterbook.signing import Owners, content_digest, fingerprint_of, sign_off_states
from tests.charters import minimal_charter

SERVICE = {"id": "onboarding", "name": "Onboarding", "summary": "Four weeks.", "audiences": ["sellers"]}
WORDED = {"services": [SERVICE | {"summary": "Four weeks that end in a first deal."}]}
PILOT = {"services": [SERVICE | {"status": "pilot"}]}
BASE: dict[str, Any] = {"services": [SERVICE]}
DAY = datetime.date(2026, 1, 5)


def _own_day(one: SignOff) -> dict[str, Any]:
    """The day as a separate object: YAML would write an alias for a repeated one."""
    return {"date": datetime.date(one.date.year, one.date.month, one.date.day)} if one.date else {}


def charter(*signs: SignOff, **changes: Any) -> Charter:
    """A charter with these sign-offs."""
    data = [one.model_dump(exclude_none=True, exclude_unset=True) | _own_day(one) for one in signs]
    review = {"review": {"sign_offs": data}} if data else {}
    found = load(minimal_charter(**{**BASE, **review, **changes}).encode())
    assert found.charter is not None, found.problems
    return found.charter


def signed(content: Charter, role: str = "CRO", **more: Any) -> SignOff:
    """A sign-off of this content."""
    one = SignOff.model_validate({"role": role, "decision": "approved", "date": DAY, **more})
    return one.model_copy(update={"agreed": fingerprint_of(content_digest(content), one)})


ONE = signed(charter())


def states(now: Charter, *past: Charter, **more: Any) -> list[tuple[str, int | None, list[str]]]:
    """State, position and differences of each sign-off."""
    return [
        (one.agreement, one.at, [change.sentence for change in one.differs])
        for one in sign_off_states(now, past, **more)
    ]


WEAKER = "Onboarding: status is now pilot, was live (weaker)"


def test_a_history_that_is_too_short() -> None:
    """It tells nothing of a sign-off that its first charter has already, and nothing of an unknown fingerprint."""
    plain = ONE.model_copy(update={"agreed": None})
    entered = charter(plain)
    assert states(charter(plain, **PILOT), entered, is_complete=False) == [("unverified", None, [])]
    assert states(charter(plain, **PILOT), entered)[0][0] == "older"
    assert states(charter(plain, **PILOT), charter(), entered, is_complete=False)[0][:2] == ("older", 1)
    assert states(charter(ONE, **PILOT), charter(ONE, **PILOT), is_complete=False) == [
        ("unverified", None, [])
    ]


def test_agreed_to_this() -> None:
    """The signed charter is the present one, before and after the sign-off was committed."""
    assert states(charter(ONE), charter()) == [("this", 1, [])]


def test_agreed_to_an_older_state() -> None:
    """With the commitments that have changed since."""
    assert states(charter(ONE, **PILOT), charter(), charter(ONE)) == [("older", 1, [WEAKER])]


def test_wording_needs_no_new_sign_off() -> None:
    """Another word is another fingerprint, and no reason to sign again."""
    assert states(charter(ONE, **WORDED), charter(ONE)) == [("this", 0, [])]


def test_taken_back() -> None:
    """The newest matching state counts."""
    assert states(charter(ONE), charter(ONE), charter(ONE, **PILOT)) == [("this", 2, [])]


def test_an_edited_sign_off() -> None:
    """It matches no state; without the whole history, that is unknown."""
    forged = ONE.model_copy(update={"role": "CMO"})
    assert states(charter(forged), charter()) == [("unmatched", None, [])]
    assert states(charter(forged), charter(), is_complete=False) == [("unverified", None, [])]
    assert [one.agreement for one in sign_off_states(charter(forged), None)] == ["unverified"]
    assert [one.agreement for one in sign_off_states(charter(ONE), None)] == ["this"]


def test_without_a_fingerprint() -> None:
    """The state is the one in which the sign-off was entered."""
    plain = SignOff(role="CRO", decision="approved", date=DAY)
    assert states(charter(plain, **PILOT), charter(), charter(plain)) == [("older", 1, [WEAKER])]
    assert states(charter(plain, **PILOT), charter()) == [("this", 1, [])]


def test_a_renamed_role() -> None:
    """It keeps its agreement."""
    funding = {"owner": "cfo", "sources": [{"id": "sales", "name": "Sales", "funder": "Sales"}]}
    cfo = {"id": "cfo", "name": "Finance"}
    renamed = {"roles": [{"id": "revenue", "name": "CRO", "was": ["cro"]}, cfo], "funding": funding}
    before = charter(roles=[{"id": "cro", "name": "CRO"}, cfo], funding=funding)
    one = signed(before, "cro")
    now = charter(one.model_copy(update={"role": "revenue"}), **renamed)
    assert states(now, before) == [("this", 0, [])]


def test_changes_that_concern_a_signer() -> None:
    """The commitments that the setting assigns to them, and those for the audience that they represent."""
    audiences = [{"id": "sellers", "name": "Sellers", "manager": "VP"}]
    content = charter(audiences=audiences)
    signs = [signed(content, role) for role in ("CRO", "CFO", "VP")]
    settings = Settings(signers=(("services.**", ("CRO",)),))
    found = states(charter(*signs, audiences=audiences, **PILOT), content, settings=settings)
    assert [(agreement, differs) for agreement, _, differs in found] == [
        ("older", [WEAKER]),
        ("this", []),
        ("older", [WEAKER]),
    ]
    found = states(charter(*signs, audiences=audiences, **WORDED), content, settings=settings)
    assert {agreement for agreement, _, _ in found} == {"this"}


@pytest.mark.parametrize(("value", "met"), [(20, False), (30, True), (None, None)])
def test_a_condition_that_names_a_metric(value: int | None, met: bool | None) -> None:
    """It is met with the metric's target; another word is not a name."""
    actual = {"actual": {"value": value}} if value else {}
    metric = {"id": "win-rate", "name": "Win rate", "kind": "lagging", "target": {"value": 25}} | actual
    condition = "A Win rate of 25 % or more."
    one = SignOff(role="CRO", decision="approved_with_condition", date=DAY, condition=condition)
    (state,) = sign_off_states(charter(one, metrics=[metric]), ())
    assert state.condition is not None
    assert (state.condition.metric.id, state.condition.met) == ("win-rate", met)
    other = one.model_copy(update={"condition": "Win rates are up."})
    assert sign_off_states(charter(other, metrics=[metric]), ())[0].condition is None


def test_not_decided_yet() -> None:
    """It agrees to nothing."""
    assert states(charter(SignOff(role="CRO", decision="pending")), charter()) == [("pending", None, [])]


def test_signed_again() -> None:
    """Another fingerprint alone is a new sign-off of the same day, and no commitment."""
    again = signed(charter(**PILOT))
    (one,) = [
        change
        for change in compare(charter(ONE), charter(again, **PILOT)).statements
        if change.path[0] == "review"
    ]
    assert (one.sentence, one.severity) == ("CRO: new sign-off: approved on 5 January 2026", "wording")


def test_a_sign_off_asks_nobody_else() -> None:
    """It is the decision of its own role, so no other role has to sign again."""
    old, new = charter(ONE), charter(ONE.model_copy(update={"decision": "rejected"}))
    found = compare(old, new).statements
    assert [change.severity for change in found] == ["commitment"]
    assert Owners(old, new, Settings()).signers(found) == []


def test_an_action_concerns_its_owner() -> None:
    """The others decided on it in the review, and need not sign again."""
    signs = [signed(charter(), role) for role in ("CRO", "CFO")]
    data = [one.model_dump(exclude_none=True, exclude_unset=True) | _own_day(one) for one in signs]
    actions = [{"id": "hire", "what": "Fill the post", "owner": "CFO"}]
    now = charter(review={"sign_offs": data, "actions": actions})
    assert states(now, charter()) == [("this", 0, []), ("older", 0, ["New action: Fill the post"])]
