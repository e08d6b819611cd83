"""The nearest known name for a word that means nothing, for messages about settings."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

#: Names that a message lists where none of them is near.
_MOST_LISTED = 24


def closest(word: object, known: Iterable[str]) -> str:
    """The end of a message: the known name that is most like a word, else what there is; empty where there is none."""
    names = list(dict.fromkeys(known))
    near = difflib.get_close_matches(str(word)[:80], names, n=1)
    if near:
        return f"did you mean {near[0]}?"
    more = ", …" if len(names) > _MOST_LISTED else ""
    return f"available: {', '.join(names[:_MOST_LISTED])}{more}" if names else ""
