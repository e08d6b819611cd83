"""Fingerprints of changes: stable over the versions of the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from charterbook.charter import ITEM_LISTS, Charter
from charterbook.charter.charter_schema import _models
from charterbook.charter.model_shape import shapes
from charterbook.compare import compare, fingerprint
from charterbook.diff import Change
from tests.golden import PAIRS, example, published

#: The keys with a default, by part. They are in the values of added and removed parts.
DEFAULTS = {
    "Action": {"state"},
    "Audience": {"kind", "part"},
    "Metric": {"definition_version", "unit", "direction"},
    "Priority": {"unit"},
    "Review": {"cadence"},
    "Service": {"status"},
    "ServiceLevel": {"unit"},
    "Step": {"status"},
}


@pytest.mark.long
def test_fingerprints_are_stable() -> None:
    """Feeds, logs and links identify the example's changes by their published fingerprints."""
    kept = Path(__file__).with_name("fingerprints.txt").read_text(encoding="utf-8").splitlines()
    for old, new in PAIRS:
        missing = {line.split(" ")[1]: line for line in kept if line.startswith(f"{old}..{new} ")}
        assert missing
        for later in reversed(published()[new]):  # nearly all are in the last one
            if missing:
                found = compare(example()[old], later, (old, new)).statements
                missing = {key: missing[key] for key in missing.keys() - {each.fingerprint for each in found}}
        assert missing == {}


@pytest.mark.parametrize("kind", ITEM_LISTS)
def test_a_new_list_of_items_changes_no_fingerprint(kind: str) -> None:
    """Empty in charters that do not have its key, at any depth."""
    item = {"id": "a", "name": "A", "service_levels": [{"request": "x"}]}
    newer = item | {"a_new_key": [], "service_levels": [{"request": "x", "a_new_key": []}]}
    before, after = (
        [Change("added", (kind, "a"), None, one), Change("removed", (kind, "a"), one)]
        for one in (item, newer)
    )
    assert [*map(fingerprint, before)] == [*map(fingerprint, after)]


def test_no_new_key_has_a_default() -> None:
    """It would change the fingerprint of each added or removed item of its kind: make the default None.

    For a new kind of items, add its keys here.
    """
    fields = {model: model.model_fields for model in _models(Charter) if model is not Charter}
    assert {
        model.__name__: found
        for model, inside in fields.items()
        if (
            found := {
                name
                for name, field in inside.items()
                if not field.is_required()
                and not shapes(model)[field.alias or name].is_list
                and field.get_default(call_default_factory=True) is not None
            }
        )
    } == DEFAULTS
