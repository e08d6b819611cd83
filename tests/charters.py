"""Minimal charters for tests."""

from __future__ import annotations

from typing import Any

import yaml

#: Writes the same as yaml.SafeDumper without folding long lines, eight times as fast.
_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

_MINIMAL: dict[str, Any] = {
    "title": "Enablement charter",
    "mission": {"statement": "Every seller can hold the conversation that the buyer needs."},
    "services": [
        {"id": "onboarding", "name": "Onboarding", "summary": "Four weeks that end in a first deal."}
    ],
    "audiences": [{"id": "sellers", "name": "Sellers"}],
    "funding": {"owner": "Head of sales", "sources": [{"id": "sales", "name": "Sales", "funder": "Sales"}]},
    "metrics": [{"id": "win-rate", "name": "Win rate", "kind": "lagging"}],
}


def minimal_charter(**changes: Any) -> str:
    """Text of a charter with only the five required sections.

    A keyword replaces or adds the value of a top-level key; None leaves the key out.

    >>> minimal_charter(version="2026-Q3", metrics=None).splitlines()[-1]
    'version: 2026-Q3'
    """
    return str(yaml.dump(minimal_data(**changes), Dumper=_DUMPER, allow_unicode=True, sort_keys=False))


def minimal_data(**changes: Any) -> dict[str, Any]:
    """The same charter as read from its file. Given values and values of other calls are shared."""
    return {key: value for key, value in (_MINIMAL | changes).items() if value is not None}


def charter_file(title: str, **changes: Any) -> dict[str, str | bytes | None]:
    """The file charter.yml with a minimal charter, as `tests.histories.Repo.commit` takes it."""
    return {"charter.yml": minimal_charter(title=title, **changes)}
