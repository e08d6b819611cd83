"""Findings in files of figures: problems and notes, each with its place."""

from __future__ import annotations

from dataclasses import field

from charterbook.frozen_dataclass import dataclass
from charterbook.i18n import translator
from charterbook.imports.figure_messages import MESSAGES
from charterbook.imports.tables import Cell, Note, TableError, located
from charterbook.load.lazy_message import Fact, LazyMessage

#: Maximum number of problems: users do not fix more at once.
MOST = 100


@dataclass(frozen=True)
class FigureFinding:
    """A problem of a file at a place."""

    file: str
    place: str
    rule: str
    text: LazyMessage
    fix: LazyMessage

    def line(self, language: str) -> str:
        """The problem in one line."""
        return f"{located(self.file, self.place)}: {self.rule}: {self.sentence(language)}"

    def sentence(self, language: str) -> str:
        """The description and the advice."""
        own = translator(language)
        return f"{self.text.text(own)}. {self.fix.text(own)}".strip()


@dataclass
class Findings:
    """All findings so far. A kind of problem is reported once for the same words."""

    problems: list[FigureFinding] = field(default_factory=list)
    known: int = 0
    notes: list[tuple[str, Note]] = field(default_factory=list)
    _known: set[tuple[str, ...]] = field(default_factory=set)

    @property
    def full(self) -> bool:
        """Whether further problems would be dropped."""
        return len(self.problems) > MOST

    def add(
        self,
        file: str,
        place: str,
        rule: str,
        advice: LazyMessage | None = None,
        /,
        *,
        once: str = "",
        **facts: Fact,
    ) -> None:
        """Report a problem; those with the same `once` in a file are reported at the first place only."""
        key = (file, rule, once)
        if (once and key in self._known) or self.full:
            return
        self._known.add(key)
        if len(self.problems) == MOST:
            rule, advice, facts = "more", None, {"limit": MOST}
        text, fix = (LazyMessage(message, **facts) for message in MESSAGES[rule])
        self.problems.append(FigureFinding(file, place, rule, text, advice or fix))

    def cell(
        self, file: str, cell: Cell, rule: str, advice: LazyMessage | None = None, /, **facts: Fact
    ) -> None:
        """Report a problem of a cell."""
        self.add(file, cell.place, rule, advice, once="", **facts)

    def file(self, error: TableError) -> None:
        """Report a file that cannot be read as a table."""
        self.problems.append(FigureFinding(error.file, error.place, error.rule, error.text, error.fix))

    def note(self, file: str, place: str, message: str, **facts: Fact) -> None:
        """Note a decision, once for each file."""
        if (file, message) not in self._known:
            self._known.add((file, message))
            self.notes.append((file, Note(place, LazyMessage(message, **facts))))
