"""Text equality that ignores invisible differences, and optionally capitals and punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

#: Formatting characters, such as a zero-width space or a soft hyphen, and variation selectors.
_INVISIBLE = re.compile("[\u034f\ufe00-\ufe0f]")

#: A minus sign, and the dashes used for one before a digit.
_MINUS = re.compile("[\u2010-\u2013\u2212](?=[0-9])")

#: Tokens that distinguish texts: letters and digits, figures with a sign, and signs other than punctuation.
_WORD = re.compile(r"[-+]?\d+(?:[.,]\d+)*|[^\W\d_]+|[%‰@#/*&§^]|.", re.DOTALL)


def tidy(text: str) -> str:
    """A text in Unicode form NFC, without invisible characters; white space is unchanged."""
    if text.isascii():
        return text
    seen = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", seen))


def visible_value(value: Any) -> Any:
    """The visible part of a value: texts in one line with single spaces, also inside lists and mappings."""
    if isinstance(value, str):
        return " ".join(tidy(value).split())
    if isinstance(value, list | tuple):
        return [visible_value(one) for one in value]
    if isinstance(value, dict):
        return {key: visible_value(one) for key, one in value.items()}
    return value


def looks_equal(old: Any, new: Any) -> bool:
    """Whether two values differ only in white space, invisible characters or Unicode forms."""
    return bool(visible_value(old) == visible_value(new))


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, with the signs that distinguish figures: `1.5` is not `1 5`, -5 is not 5, and ≤ is not ≥."""
    plain = unicodedata.normalize("NFC", _MINUS.sub("-", tidy(text)).casefold())
    return tuple(word for word in _WORD.findall(plain) if _is_significant(word))


def _is_significant(word: str) -> bool:
    """Whether a token is a word, a figure, or a sign other than punctuation."""
    if len(word) > 1 or word in "%‰@#/*&§^":
        return True
    return unicodedata.category(word)[0] in "LNMS" and word not in "`´¨¯"
