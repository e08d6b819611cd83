"""Quote values of a file, and suggest known names."""

from __future__ import annotations

import difflib
from collections.abc import Collection

from charterbook.i18n import N_
from charterbook.load.lazy_message import LazyMessage
from charterbook.load.lookalikes import is_twin, lookalike_of
from charterbook.problems import escape_terminal

#: Maximum number of names that are compared with an unknown one.
MAX_CANDIDATES = 100
#: Maximum number of names in a message.
MAX_LISTED = 12
#: The fewest letters of an abbreviation.
_SHORTEST = 3

_LOOKS_LIKE = N_('Write "%(word)s": "%(letter)s" (%(code)s) only looks the same.')


def quote(value: object, limit: int = 60) -> LazyMessage:
    """A value of the file in quotes, in one line, shortened."""
    return LazyMessage(N_('"%(value)s"'), value=short(str(value), limit))


def short(text: str, limit: int = 60) -> str:
    """A text of the file without quotes, in one line, shortened."""
    return escape_terminal(text[:limit]) + "…" * (len(text) > limit)


def quoted(text: str, limit: int = 200) -> str:
    """A text in YAML quotes, in one line, shortened."""
    line = short(text, limit)
    return f'"{line}"' if not set('"\\\\') & set(line) else "'" + line.replace("'", "''") + "'"


def nearest(word: str, known: Collection[str]) -> str:
    """The most similar known name; empty if none is similar."""
    for form in dict.fromkeys((word[:80], word[:80].lower())):
        candidates = known if len(known) <= MAX_CANDIDATES else _likely(form, known)
        if found := difflib.get_close_matches(form, candidates, n=1, cutoff=0.6):
            return found[0]
    return _abbreviated(word[:80].lower(), known)


def _abbreviated(word: str, known: Collection[str]) -> str:
    """The only known name that begins with a word, or with which the word begins, such as admin for administrator."""
    found = [
        name
        for name in known
        if min(len(name), len(word)) >= _SHORTEST and (name.startswith(word) or word.startswith(name))
    ]
    return found[0] if len(found) == 1 else ""


def _likely(word: str, known: Collection[str]) -> list[str]:
    """Known names with the same first letters: comparing all of many would take too long."""
    return [name for name in known if name[:2] == word[:2]][:MAX_CANDIDATES]


def did_you_mean(word: str, known: Collection[str]) -> LazyMessage | None:
    """A question with the nearest known name; None if none is similar."""
    if same := looks_like(word, known):
        return same
    near = nearest(word, known)
    return (
        LazyMessage(N_('Did you mean "%(word)s"?'), word=near) if near and not is_twin(near, word) else None
    )


def looks_like(word: str, known: Collection[str]) -> LazyMessage | None:
    """Advice for a name that looks like a known one; None if it looks like none."""
    same = None if word.isascii() else lookalike_of(word[:80], [name for name in known if name.isascii()])
    if same is None:
        return None
    near, letter = same
    return LazyMessage(_LOOKS_LIKE, word=near, letter=escape_terminal(letter), code=f"U+{ord(letter):04X}")


def suggest(word: str, known: Collection[str]) -> LazyMessage:
    """Advice for an unknown name: the nearest known one, else all known ones."""
    names = ", ".join(sorted(known)[:MAX_LISTED]) + ", …" * (len(known) > MAX_LISTED)
    return did_you_mean(word, known) or LazyMessage(N_("Available: %(names)s."), names=names)
