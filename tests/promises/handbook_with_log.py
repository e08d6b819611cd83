"""A handbook with a request log, and the output of the command `promises` for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.charters import minimal_charter
from tests.command_line import call

SERVICES = [
    {
        "id": "onboarding",
        "name": "Onboarding",
        "summary": "Four weeks.",
        "service_levels": [{"request": "Another mentor", "within": 3, "target_share": 90}],
    },
    {
        "id": "content",
        "name": "Content",
        "summary": "Cards.",
        "service_levels": [
            {"request": "New battle card", "within": 5, "target_share": 95},
            {"request": "Fix v1.2", "within": 24, "unit": "hours"},
        ],
    },
]
CALENDAR = {"hours": ["09:00-12:30", "13:30-18:00"], "timezone": "Europe/Berlin"}
#: The secret, which must never be seen again: it is in every cell without a kind or a time, and in some of
#: the others.
CANARY = "canary-anna@example.com"
HEAD = "kind,who,opened,answered,text\n"
GOOD = (
    f"New battle card,{CANARY},2026-07-03 10:00,2026-07-10 18:00,{CANARY}\n"
    f"new  battle card,{CANARY},2026-07-03 10:00,2026-07-13 09:01,{CANARY}\n"
    f"onboarding,{CANARY},2026-07-03 10:00,2026-07-08 10:00,{CANARY}\n"
    f"Fix v1.2,{CANARY},2026-07-03T08:00Z,,{CANARY}\n"
)
DAY = ("--as-of", "2026-10-02")


def write_handbook(folder: Path) -> None:
    """A charter and a log in a folder, without a history."""
    text = minimal_charter(schema=2, version="2026-Q3", services=SERVICES, calendar=CALENDAR)
    (folder / "charter.yml").write_text(text, encoding="utf-8")
    log(folder, GOOD)


def log(book: Path, rows: str, head: str = HEAD) -> None:
    """Write a log."""
    (book / "log.csv").write_text(head + rows, encoding="utf-8")


def facts(*arguments: str) -> dict[str, dict[str, Any]]:
    """The JSON output, by request."""
    found = json.loads(call("promises", "log.csv", *DAY, "--format", "json", *arguments).stdout)
    return {fact["request"]: fact for fact in found["promises"]}
