"""Fingerprints of changes: stable identifiers, by which feeds, logs and links name a change.

A fingerprint is a hash of the kind, the path and the values of a change. A published one must never change, although
the model gets new keys. A new key without a value is absent from the values. An empty list is dropped here, unless its
key is as old as the first fingerprints. A new key of an existing kind of items must not have any other default: it
would be in the values of every added and removed item, and change their fingerprints.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from charterbook.diff import Change, Path

#: Length of a fingerprint: 16 hexadecimal digits.
_LENGTH = 16

#: Keys of lists that are part of a fingerprint even if they are empty. Add none: published fingerprints depend on them.
_FIRST_LISTS = frozenset(
    (
        "accountable",
        "alternatives",
        "audiences",
        "consulted",
        "contributors",
        "covers",
        "days",
        "decisions",
        "drives",
        "holidays",
        "hours",
        "informed",
        "keys",
        "later",
        "metrics",
        "out",
        "participants",
        "paths",
        "platforms",
        "principles",
        "priorities",
        "responsible",
        "routes",
        "sees",
        "service_levels",
        "services",
        "sign_offs",
        "sources",
        "to",
        "versions",
        "was",
    )
)


def fingerprints(changes: Sequence[Change]) -> list[str]:
    """A fingerprint for each change. Equal changes from several merged items differ by their source."""
    found: dict[str, None] = {}
    for change in changes:
        print_ = fingerprint(change)
        found[print_ if print_ not in found else fingerprint(change, change.source)] = None
    return list(found)


def fingerprint(change: Change, source: Path | None = None) -> str:
    """A stable identifier of a change, made from its kind, path and values, never from its wording."""
    values = [
        change.kind,
        change.path,
        *_without_newer_lists((change.old, change.new)),
        *([source] if source else []),
    ]
    text = json.dumps(values, default=datetime.date.isoformat, ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]


def _without_newer_lists(value: Any) -> Any:
    """A value without the empty lists of keys that are newer than the first fingerprints."""
    if isinstance(value, list | tuple):
        return [_without_newer_lists(element) for element in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _without_newer_lists(inner) for key, inner in value.items() if inner != [] or key in _FIRST_LISTS
    }
