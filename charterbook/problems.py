"""A problem: a value with a place. Never an exception."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "hint"]


@dataclass(frozen=True, order=True)
class Problem:
    """Something to mend in a file.

    `line` and `column` count from 1; `rule` is the stable name of what was checked;
    `text` says what is wrong and `fix` what would be right, both as plain text for an author.
    """

    line: int
    column: int
    rule: str
    severity: Severity
    text: str
    fix: str = ""

    def __str__(self) -> str:
        return f"{self.line}:{self.column}: {self.severity} {self.rule}: {self.words}"

    @property
    def words(self) -> str:
        """What is wrong and what would be right, in one line."""
        return f"{sentence(self.text)} {self.fix}" if self.fix else self.text


def sentence(text: str) -> str:
    """A text with a full stop, unless it ends a sentence already: as a Russian date does, "2026 г."."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


_LIVE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

#: What CI servers take for a command, wherever in a line it stands: `##[error]` on GitHub, `##vso[…]` on Azure.
_COMMAND = re.compile(r"##(?=\w*\[)")


def escape_terminal(text: str) -> str:
    """The text in one line, without anything that moves a terminal's cursor, turns its writing or commands CI."""
    return _COMMAND.sub("## ", _LIVE.sub(" ", text))
