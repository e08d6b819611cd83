"""The fingerprint of a sign-off: edits that change it, and edits that do not."""

from __future__ import annotations

import datetime
import random
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from charterbook.charter import Charter
from charterbook.charter.review_section import SignOff
from charterbook.compare import compare
from charterbook.load import load
from charterbook.signing import content_digest, fingerprint_of
from charterbook.signing.sign_off_state import without_signs
from tests import edits
from tests.charters import minimal_charter, minimal_data
from tests.generated import CHANCE, examples

SERVICES = [
    {"id": name, "name": name.title(), "summary": f"The {name}.", "audiences": ["sellers", "managers"]}
    for name in ("coaching", "onboarding")
]
AUDIENCES = [{"id": name, "name": name.title()} for name in ("sellers", "managers")]
FULL: dict[str, Any] = {"services": SERVICES, "audiences": AUDIENCES}
SIGNED = SignOff(role="CRO", decision="approved", date=datetime.date(2026, 1, 5))


def charter(**changes: Any) -> Charter:
    """A charter with two services and two audiences, with changes."""
    found = load(minimal_charter(**{**FULL, **changes}).encode())
    assert found.charter is not None, found.problems
    return found.charter


def digest(**changes: Any) -> str:
    """The digest of that charter's content."""
    return content_digest(charter(**changes))


def test_the_canonical_form_is_stable() -> None:
    """Sign-offs stay valid for years: this value never changes while the version is v1."""
    assert fingerprint_of(digest(), SIGNED) == "v1-f330c1cf940abd1cbf39"


def test_how_a_number_is_written_does_not_count() -> None:
    """3 and 3.0 are the same promise."""
    whole, point = (
        digest(services=[SERVICES[0] | {"service_levels": [{"request": "Card", "within": number}]}])
        for number in (3, 3.0)
    )
    assert whole == point


def _shuffled(value: Any, dice: random.Random) -> Any:
    if isinstance(value, dict):
        pairs = [(key, _shuffled(one, dice)) for key, one in value.items()]
        return dict(dice.sample(pairs, len(pairs)))
    if isinstance(value, list):
        return dice.sample([_shuffled(one, dice) for one in value], len(value))
    return value


@given(st.randoms(use_true_random=False))
def test_no_order_counts(dice: random.Random) -> None:
    """Neither of keys nor of lists."""
    data = _shuffled(minimal_data(**FULL), dice)
    found = load(yaml.safe_dump(data, sort_keys=False).encode())
    assert found.charter is not None
    assert content_digest(found.charter) == digest()


@pytest.mark.parametrize(
    "changes",
    [
        {"schema": 2},
        {"language": "en"},
        {"mission": {"statement": "Every seller  can hold the\nconversation that the buyer needs."}},
        {"review": {"sign_offs": [{"role": "CRO", "decision": "approved"}]}},
        {"review": {"cadence": "quarter"}},
    ],
    ids=["format", "default", "white space", "sign-offs", "empty section"],
)
def test_equal_content_has_one_fingerprint(changes: dict[str, Any]) -> None:
    """In any notation."""
    assert digest(**changes) == digest()


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Another"},
        {"mission": {"statement": "Every seller can hold the conversation that the buyer wants."}},
        {"review": {"cadence": "year"}},
        {"services": SERVICES[:1]},
        {"metrics": [{"id": "win-rate", "name": "Win rate", "kind": "leading"}]},
    ],
    ids=["title", "wording", "cadence", "service", "metric"],
)
def test_other_content_has_another_fingerprint(changes: dict[str, Any]) -> None:
    """For any word and any figure."""
    assert digest(**changes) != digest()


@pytest.mark.parametrize(
    "edit",
    [
        {"role": "CMO"},
        {"decision": "rejected"},
        {"date": datetime.date(2026, 1, 6)},
        {"condition": "If it works."},
    ],
    ids=str,
)
def test_an_edited_sign_off(edit: dict[str, Any]) -> None:
    """It has another fingerprint than the signed one."""
    assert fingerprint_of(digest(), SIGNED.model_copy(update=edit)) != fingerprint_of(digest(), SIGNED)


@pytest.mark.long
@settings(max_examples=examples(20))
@given(CHANCE)
def test_every_change_of_a_comparison_changes_the_fingerprint(chance: random.Random) -> None:
    """For any charter, except for order; the total follows from the sources."""
    data = edits.made(chance)
    old = edits.charter(data)
    edits.shuffle(chance, data)
    assert content_digest(edits.charter(data)) == content_digest(old)
    edits.change_value(chance, data)
    new = edits.charter(data)
    found = compare(without_signs(old), without_signs(new)).statements
    if any(one.severity != "order" and one.path != ("funding", "total") for one in found):
        assert content_digest(new) != content_digest(old)
