"""What is still to fill in.

A new charter's texts are placeholders between ‹ and ›. This rule hints at each text that still has
one.
"""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.charter import Charter
from charterbook.charter.shape import walk
from charterbook.places import Places
from charterbook.problems import Problem
from charterbook.words import words


def check(charter: Charter, places: Places) -> Iterator[Problem]:
    """Gives texts that hold a placeholder."""
    _ = words(charter.language).gettext
    for value in walk(charter.model_dump(by_alias=True, exclude_unset=True)):
        if isinstance(value.value, str) and "‹" in value.value.partition("›")[0] and "›" in value.value:
            fix = _("Write your own words instead of ‹…›, or remove the line.")
            yield Problem(*places.of(value.path), "placeholder", "hint", _("still to fill in"), fix)
