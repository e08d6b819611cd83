"""The kinds of audiences on pages: only where the charter tells them apart."""

from __future__ import annotations

from typing import Any

import pytest

from tests.site.editions import block, edition, words


@pytest.mark.parametrize(
    ("kinds", "shown"),
    [
        ((None, None), False),  # nobody said that new hires are a sales team
        (("sales", "sales"), False),
        (("sales", "internal"), True),
        ((None, "customer_facing"), True),
    ],
)
def test_a_kind_that_nobody_stated_is_not_shown(kinds: tuple[str | None, ...], shown: bool) -> None:
    """A charter outside sales has no sales teams on its pages."""
    audiences: list[dict[str, Any]] = [
        {"id": f"group-{place}", "name": "Group", "headcount": 5} | ({"kind": kind} if kind else {})
        for place, kind in enumerate(kinds)
    ]
    page = edition({"audiences": audiences})
    assert ("Sales" in words(block(page, "audience_list"))) == shown
    own = next(one for one in page.pages.pages if one.url.endswith("audiences/group-0/"))
    assert ("Sales" in words(block(page, "audience_expects", own))) == shown
