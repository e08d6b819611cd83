from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.lighthouse import table
from benchmarks.page_kinds import page_kinds


def test_one_address_of_each_kind(tmp_path: Path) -> None:
    """All sections, the largest page of each kind of items, and the home page of the oldest version."""
    sizes = {
        "latest": 1,
        "latest/funding": 1,
        "latest/services": 1,
        "latest/services/small": 1,
        "latest/services/large": 9,
        "latest/own/part": 5,
        "2025-Q1": 1,
        "2025-Q2": 1,
        "draft": 1,
    }
    for folder, size in sizes.items():
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / folder / "index.html").write_text("x" * size, encoding="utf-8")
    assert page_kinds(tmp_path) == [
        "latest/",
        "latest/funding/",
        "latest/services/",
        "latest/services/large/",
        "2025-Q1/",
    ]


def test_table_of_scores() -> None:
    """Performance with its range, or that it was not measured; the audits that did not pass."""
    scores = {"accessibility": 100, "best-practices": 96, "seo": 100}
    results: dict[str, dict[str, Any]] = {
        "latest/": {"scores": scores | {"performance": 97}, "runs": [95, 97, 99], "failed": []},
        "latest/funding/": {"scores": scores, "failed": ["Has errors in the console"]},
    }
    assert list(table(results))[-2:] == [
        "| `latest/` | 97 (95–99) | 100 | 96 | 100 |  |",
        "| `latest/funding/` | not measured | 100 | 96 | 100 | Has errors in the console |",
    ]
