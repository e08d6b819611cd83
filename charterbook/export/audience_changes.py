"""The changes for an audience in each version as JSON, as `audience_changes.schema.json` describes them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from charterbook.compare import Statement
from charterbook.export.changes_json import dumped, item_of
from charterbook.frozen_dataclass import dataclass

#: The version of the document's format.
SCHEMA = 1

#: Maximum number of changes in a document. Older versions beyond it are omitted as a whole.
MOST = 2_000


@dataclass(frozen=True)
class AudienceStep:
    """A version with its changes, each with the day of its commit, the oldest first."""

    version: str
    changes: Sequence[tuple[datetime.date, Statement]]


def as_audience_changes(audience: str, name: str, language: str, steps: Sequence[AudienceStep]) -> str:
    """The document as text with a final newline. The steps are the newest first."""
    shown = _newest(steps)
    data = {
        "schema": SCHEMA,
        "audience": audience,
        "name": name,
        "language": language,
        "complete": len(shown) == len(steps),
        "versions": [
            {"version": step.version, "changes": [_change(*one) for one in step.changes]} for step in shown
        ],
    }
    return dumped(data, indent=None)


def _newest(steps: Sequence[AudienceStep]) -> list[AudienceStep]:
    """The newest versions whose changes fit, at least one."""
    found: list[AudienceStep] = []
    count = 0
    for step in steps:
        count += len(step.changes)
        if found and count > MOST:
            break
        found.append(step)
    return found


def _change(date: datetime.date, statement: Statement) -> dict[str, Any]:
    return {
        "fingerprint": statement.fingerprint,
        "date": date,
        "severity": statement.severity,
        "direction": statement.direction,
        "section": statement.section,
        "item": item_of(statement),
        "sentence": statement.sentence,
    }
