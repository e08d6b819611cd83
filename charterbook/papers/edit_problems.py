"""Problems of the edits of a workbook, with the places of their cells."""

from __future__ import annotations

from dataclasses import field

from charterbook.charter import Charter
from charterbook.frozen_dataclass import dataclass
from charterbook.i18n import translator
from charterbook.load.lazy_message import Fact, LazyMessage
from charterbook.papers.workbook_messages import MESSAGES


@dataclass(frozen=True)
class EditProblem:
    """A problem of an edit, with the place of its cell."""

    place: str
    text: LazyMessage
    fix: LazyMessage

    def sentence(self, language: str) -> str:
        """The description and the advice."""
        words = translator(language)
        return f"{self.text.text(words)}. {self.fix.text(words)}".strip()


@dataclass
class EditedCharter:
    """The charter with the edits; None if there are problems."""

    charter: Charter | None = None
    problems: list[EditProblem] = field(default_factory=list)

    def add(self, place: str, rule: str, advice: LazyMessage | None = None, /, **facts: Fact) -> None:
        """Report a problem."""
        text, fix = (LazyMessage(message, **facts) for message in MESSAGES[rule])
        self.problems.append(EditProblem(place, text, advice or fix))
