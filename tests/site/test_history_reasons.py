"""The reasons of versions on the history page."""

from __future__ import annotations

from dataclasses import replace

from charterbook.site.edition import PastVersion
from charterbook.site.render.views.comparison_pages import own_reasons
from tests.site.editions import edition


def test_a_reason_that_was_left_unchanged_is_not_repeated() -> None:
    """It is that of the first version with it; the same reason can come back later."""
    notes = ["First.", "First.", None, "Second.", "First."]
    shown = edition(*({"change_note": note} if note else {} for note in notes))
    versions: list[PastVersion] = [*shown.past, shown.own]
    names = [version.name for version in versions]
    assert own_reasons(versions) == {names[0]: "First.", names[3]: "Second.", names[4]: "First."}
    unread = [versions[0], replace(versions[1], charter=None), versions[1]]
    assert own_reasons(unread) == {names[0]: "First."}
