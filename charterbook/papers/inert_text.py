"""Texts of a charter without control characters, for formats in which a reader or a program would act on them."""

from __future__ import annotations

import re

#: Control characters except line feeds, bidirectional controls, surrogates and noncharacters.
_CONTROLS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)

#: Spaces at which a line may break; a no-break space joins a number and its unit.
SPACES = re.compile("[^\\S\u00a0\u2007\u202f]+")


def inert(text: str) -> str:
    """The text with its lines; each control character becomes a space."""
    return _CONTROLS.sub(" ", text.replace("\r\n", "\n"))


def inert_line(text: str) -> str:
    """The text in one line. No-break spaces remain."""
    return SPACES.sub(" ", inert(text)).strip()
