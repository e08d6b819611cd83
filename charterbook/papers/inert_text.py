"""Texts of a charter without control characters, for formats in which a reader or a program would act on them."""

from __future__ import annotations

import re
import unicodedata

#: Control characters except line feeds, bidirectional controls, surrogates and noncharacters.
_CONTROLS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)

#: Spaces at which a line may break; a no-break space joins a number and its unit.
SPACES = re.compile("[^\\S\u00a0\u2007\u202f]+")

#: Characters that can precede a formula: white space and characters without a width.
_BEFORE_FORMULA = re.compile(r"[\s\u200b-\u200f\u2060-\u2064\ufeff]*")

#: Characters with which spreadsheets begin a formula when they read, paste or edit a text.
_FORMULA = frozenset("=+-@|")


def inert(text: str) -> str:
    """The text with its lines; each control character becomes a space."""
    return _CONTROLS.sub(" ", text.replace("\r\n", "\n"))


def inert_line(text: str) -> str:
    """The text in one line. No-break spaces remain."""
    return SPACES.sub(" ", inert(text)).strip()


def is_like_formula(text: str) -> bool:
    """Whether a spreadsheet might read a text as a formula. Some do so for full-width signs."""
    start = _BEFORE_FORMULA.sub("", text, count=1)[:1]
    return unicodedata.normalize("NFKC", start) in _FORMULA
