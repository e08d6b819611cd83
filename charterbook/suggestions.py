"""Suggestions of known names for an unknown one, for messages about settings."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

#: Maximum number of listed names if none is similar.
_MAX_LISTED = 24


def question(word: object, known: Iterable[str]) -> str:
    """A sentence with the most similar known name, after a space; empty if none is similar."""
    text, names = str(word)[:80], list(dict.fromkeys(known))
    plain = {_plain(name): name for name in names}
    near = difflib.get_close_matches(text, names, n=1)
    found = plain.get(_plain(text)) or (near[0] if near else "")
    return f" Did you mean {found}?" if found else ""


def unknown_name(option: str, name: str, kind: str, known: Iterable[str]) -> str:
    """The message about an option with a name that is not one of its kind, such as "Audiences"; it lists all names."""
    names = list(dict.fromkeys(known))
    return f"{option}: there is no {name!r}.{question(name, names)} {kind}: {', '.join(names) or 'none'}."


def _plain(name: str) -> str:
    """A name without case and what separates its words."""
    return "".join(filter(str.isalnum, name)).casefold()


def closest(word: object, known: Iterable[str]) -> str:
    """The end of a message: the most similar known name, else all known names; empty without known names."""
    names = list(dict.fromkeys(known))
    near = difflib.get_close_matches(str(word)[:80], names, n=1)
    if near:
        return f"did you mean {near[0]}?"
    more = ", …" if len(names) > _MAX_LISTED else ""
    return f"available: {', '.join(names[:_MAX_LISTED])}{more}" if names else ""
