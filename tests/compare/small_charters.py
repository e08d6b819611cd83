"""Parts of small charters, and the comparison of two of them."""

from __future__ import annotations

import datetime
from typing import Any

from charterbook.compare import Comparison, Statement, compare
from tests.test_diff import charter


def level(within: float = 3, unit: str = "working_days", **more: Any) -> list[dict[str, Any]]:
    """A single promise."""
    return [{"request": "New card", "within": within, "unit": unit} | more]


def metric(**more: Any) -> list[dict[str, Any]]:
    """A single metric."""
    return [{"id": "m", "name": "Win rate", "kind": "lagging"} | more]


def money(amount: float, **more: Any) -> dict[str, Any]:
    """Funding with a single source."""
    source = {"id": "s", "name": "Sales", "funder": "Sales", "amount": amount}
    return {"owner": "CRO", "currency": "USD", "sources": [source]} | more


def figure(value: float, date: str | None = None) -> dict[str, Any]:
    """A metric's figure."""
    return {"value": value} | ({"date": datetime.date.fromisoformat(date)} if date else {})


def compared(old: dict[str, Any], new: dict[str, Any], language: str = "en", **more: Any) -> Comparison:
    """Comparison of two minimal charters with some keys replaced."""
    return compare(charter(**old), charter(**new), language=language, **more)


def only(of: Comparison) -> Statement:
    """The single statement of a comparison."""
    (statement,) = of.statements
    return statement
