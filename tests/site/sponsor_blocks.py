"""Blocks of the sponsor's page, rendered for a sequence of charters."""

from __future__ import annotations

from typing import Any

from charterbook.site.edition import Edition
from charterbook.site.render.views import (
    columns,
    service_rows,
)
from tests.site.editions import block, edition, words

Change = dict[str, Any]
BLOCKS = ("sponsor_summary", "sponsor_services", "sponsor_money", "sponsor_coverage", "sponsor_metrics")


def services(**status: str) -> Change:
    """Services with these ids and states."""
    items = [{"id": key, "name": key.title(), "summary": "S.", "status": how} for key, how in status.items()]
    return {"services": items}


def funding(*amounts: float | None, currency: str | None = "USD", **more: Any) -> Change:
    """Sources that pay these amounts."""
    sources = [
        {"id": f"s{n}", "name": f"Source {n}", "funder": "F"} | ({} if amount is None else {"amount": amount})
        for n, amount in enumerate(amounts)
    ]
    named = {"currency": currency} if currency else {}
    return {"funding": {"owner": "CFO", "sources": sources} | named | more}


def page(shown: Edition) -> str:
    """The words of the whole page."""
    return words(" ".join(block(shown, name) for name in BLOCKS))


def states(*changes: Change) -> dict[str, list[str | None]]:
    """Rows of services with their cells."""
    shown = columns(edition(*changes))
    return {row.item.id: [cell.status if cell else None for cell in row.cells] for row in service_rows(shown)}
