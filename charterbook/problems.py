"""A problem with its place in a file, as data rather than as an exception."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from charterbook.invisible_characters import HIDING, VISIBLE

#: The severity of a problem. Changes have their own: `charterbook.compare.Severity`.
ProblemSeverity = Literal["error", "warning", "hint"]


@dataclass(frozen=True, order=True)
class Problem:
    """A mistake in a file.

    `line` and `column` count from 1; `rule` is the stable name of the check; `text` describes the mistake and `fix`
    the correction, both as plain text for an author.
    """

    line: int
    column: int
    rule: str
    severity: ProblemSeverity
    text: str
    fix: str = ""

    def __str__(self) -> str:
        return f"{self.line}:{self.column}: {self.severity} {self.rule}: {self.words}"

    @property
    def words(self) -> str:
        """Description and correction in one line."""
        return f"{sentence(self.text)} {self.fix}" if self.fix else self.text


def sentence(text: str) -> str:
    """A text with a final full stop, added unless the text ends with one, like the Russian date "2026 г."."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def full_sentence(text: str) -> str:
    """A text as a sentence of its own: with a capital and a final full stop."""
    return sentence(text[:1].upper() + text[1:])


_CONTROL_CHARACTERS = re.compile(
    f"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff{HIDING}]{VISIBLE}"
)

#: Commands of CI servers, anywhere in a line: `##[error]` on GitHub, `##vso[…]` on Azure.
_COMMAND = re.compile(r"##(?=\w*\[)")


def escape_terminal(text: str) -> str:
    """The text in one line, without terminal control characters, bidirectional controls, hidden text and CI commands."""
    return _COMMAND.sub("## ", _CONTROL_CHARACTERS.sub(" ", text))
