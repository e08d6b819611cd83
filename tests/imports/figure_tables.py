"""Tables of values of metrics, and the values read from them."""

from __future__ import annotations

import datetime
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

from charterbook.charter import Charter
from charterbook.imports import read_table
from charterbook.imports.figure_findings import Findings
from charterbook.imports.figures import FigureReader
from charterbook.load import load
from tests.charters import minimal_charter

TODAY = datetime.date(2026, 11, 29)
METRICS: list[dict[str, Any]] = [
    {"id": "ramp", "name": "Ramp-up", "kind": "leading", "unit": "count", "was": ["ramp-time"]},
    {"id": "win-rate", "name": "Доля побед", "kind": "lagging"},
    {"id": "revenue", "name": "Revenue", "kind": "lagging", "unit": "currency", "currency": "EUR"},
]


def charter(**parts: Any) -> Charter:
    """A charter with three metrics."""
    found = load(minimal_charter(metrics=METRICS, **parts).encode()).charter
    assert found is not None
    return found


def read(
    data: bytes, name: str = "f.csv", encoding: str | None = None, **options: Any
) -> tuple[dict[tuple[str, datetime.date], Decimal], list[str]]:
    """Readings of a file, and the rules of its problems."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        findings = Findings()
        readings = FigureReader(charter(), TODAY, **options).read(
            [read_table(path, encoding=encoding)], findings
        )
    return {(one.metric, one.day): one.value for one in readings}, [one.rule for one in findings.problems]
