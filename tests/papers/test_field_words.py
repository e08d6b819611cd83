"""Fields of a charter in words for papers: each number has its unit."""

from __future__ import annotations

from charterbook.papers.charter_document import charter_document
from tests.papers.sources import charter, document_text, source

LEVEL = {"request": "New card", "within": 3, "unit": "working_days", "target_share": 95}
SERVICE = {
    "id": "cards",
    "name": "Cards",
    "summary": "Two pages each.",
    "hours_per_quarter": 4,
    "effort_share": 30,
    "service_levels": [LEVEL],
}
SOURCE = {"id": "sales", "name": "Sales", "funder": "Sales", "share": 100, "amount": 1200}
FUNDING = {"owner": "CFO", "currency": "USD", "sources": [SOURCE]}
SELLERS = {"id": "sellers", "name": "Sellers", "headcount": 17}


def test_numbers_have_their_units() -> None:
    """Shares, hours, times with the unit of their promise, money, and numbers of people."""
    made = charter(services=[SERVICE], funding=FUNDING, audiences=[SELLERS])
    text = document_text(charter_document(source(made=made)))
    for words in ("30%", "95%", "4 hours", "3 working days", "$1,200"):
        assert words in text
    assert "17%" not in text
    assert "1,200%" not in text
