"""The reasons of versions, without those that only repeat the one before."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise


def version_reasons(states: Iterable[tuple[str, str | None]]) -> tuple[tuple[str, str], ...]:
    """The versions after the first one that have a reason of their own, with it, newest first.

    `states` are the names of versions with the reason in a charter of theirs, oldest first; a version may have several.
    """
    found = {name: note for (_, before), (name, note) in pairwise(states) if note and note != before}
    return tuple(found.items())[::-1]
