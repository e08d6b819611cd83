"""Characters that look like others: instead of YAML's own ones, and inside names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from typing import NamedTuple

#: Letters of Cyrillic and Greek that look like a Latin one.
_LETTERS = dict(
    zip(
        map(ord, "авеіјкмнорсѕтухԁһԛԝАВЕІЈКМНОРСЅТУХΑΒΕΖΗΙΚΜΝΟΡΤΥΧαινορυχ"),
        "abeijkmhopcstyxdhqwABEIJKMHOPCSTYXABEZHIKMNOPTYXaivopux",
        strict=True,
    )
)

#: Hyphens and dashes other than YAML's hyphen.
_DASHES = "\u2010-\u2015\u2212\ufe58\ufe63\uff0d"

#: White space other than YAML's space and tab.
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"

_OTHER = re.compile(f"[{_DASHES}{_SPACES}]")
_IS_DASH = re.compile(f"[{_DASHES}]")

#: A line in which such a character replaces one of YAML's: the indentation, the hyphen of a list, or the colon after
#: a key.
_IN_PLACE = re.compile(
    rf"(?P<space> *)(?=[{_SPACES}])|(?P<hyphen>[ ]*)(?=[{_DASHES}•·‣▪●*][ {_SPACES}])|(?P<colon>[ ]*(?:- )?[\w-]+)(?=[：﹕∶])"
)


class Lookalike(NamedTuple):
    """A character in a line, with its column from 1, and the part of YAML that it replaces."""

    column: int
    character: str
    part: str


def in_place_of_yaml(line: str) -> Lookalike | None:
    """The character in a line that looks like one of YAML's; None without one."""
    found = _IN_PLACE.match(line)
    if found is None:
        return None
    assert found.lastgroup is not None
    return Lookalike(found.end() + 1, line[found.end()], found.lastgroup)


def is_twin(one: str, other: str) -> bool:
    """Whether two different words look the same."""
    return one != other and not (one + other).isascii() and _plain(one) == _plain(other)


def _plain(word: str) -> str:
    """A word with the Latin letters, hyphens and spaces that it looks like."""
    folded = unicodedata.normalize("NFKC", word).translate(_LETTERS)
    return _OTHER.sub(lambda found: "-" if _IS_DASH.match(found[0]) else " ", folded).strip()


def lookalike_of(word: str, known: Collection[str]) -> tuple[str, str] | None:
    """A known word that looks like an unknown one, and their first different character; None without such a word."""
    near = next((name for name in known if is_twin(name, word)), None)
    if near is None:
        return None
    return near, next((mine for mine, theirs in zip(word, near, strict=False) if mine != theirs), word[-1])
