"""Collect the problems of one file, in its language."""

from __future__ import annotations

from charterbook.i18n import translator
from charterbook.load.lazy_message import Fact, LazyMessage
from charterbook.load.loader_messages import message
from charterbook.problems import Problem
from charterbook.source_map import Path, Place

#: Users do not fix more at once, and this bounds the cost of a hostile file.
MAX_PROBLEMS = 100


class ProblemCollector:
    """The problems so far, in one language, and the paths that already have one."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._problems: dict[Problem, None] = {}
        self._paths: set[Path] = set()

    @property
    def full(self) -> bool:
        """Whether further problems are dropped."""
        return len(self._problems) >= MAX_PROBLEMS

    def add(
        self, rule: str, place: Place, path: Path | None = None, fix: LazyMessage | None = None, **facts: Fact
    ) -> None:
        """Report a problem; `fix` overrides the rule's advice, `facts` fill in its message."""
        if path is not None:
            self._paths.add(path)
        if not self.full:
            self._problems[self._problem(rule, place, fix, facts)] = None

    def _problem(self, rule: str, place: Place, fix: LazyMessage | None, facts: dict[str, Fact]) -> Problem:
        severity, text, usual = message(rule, facts)
        t = translator(self.language)
        return Problem(*place, rule, severity, text.text(t), (fix or usual).text(t))

    def covers(self, path: Path) -> bool:
        """Whether the value at this path, or a value around it, already has a problem."""
        return any(path[:end] in self._paths for end in range(len(path) + 1))

    def problems(self) -> tuple[Problem, ...]:
        """All problems, sorted by place; if there may be more, the last one says so."""
        found = sorted(self._problems)
        if self.full:
            last = (found[-1].line, found[-1].column)
            found.append(self._problem("too-many-problems", last, None, {"limit": MAX_PROBLEMS}))
        return tuple(found)
