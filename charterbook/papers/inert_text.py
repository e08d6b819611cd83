"""Texts of a charter without control characters, for formats in which a reader or a program would act on them."""

from __future__ import annotations

import re
import unicodedata

#: Control characters except line feeds, bidirectional controls, surrogates and noncharacters.
_CONTROLS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)

#: Spaces at which a line can break; a no-break space joins a number and its unit.
SPACES = re.compile("[^\\S\u00a0\u2007\u202f]+")

#: Invisible letters and signs that can precede a formula, besides white space, control characters and marks.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")

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
    start = next((char for char in text if not _is_blank(char)), "")
    return unicodedata.normalize("NFKC", start) in _FORMULA


def _is_blank(char: str) -> bool:
    return unicodedata.category(char)[0] in "ZCM" or char in _BLANK
