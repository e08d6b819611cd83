"""Errors in YAML other than charters, such as mkdocs.yml and the front matter of pages, in the words for charters."""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

from charterbook.load.collector import ProblemCollector
from charterbook.load.decode import report_bytes
from charterbook.load.git_leftovers import report_leftovers
from charterbook.load.yaml_errors import report_syntax

#: An entry of a list that is a name.
_ENTRY = re.compile(r"( *)- ([\w-]+) *")


class YamlFault(NamedTuple):
    """An error with line and column, counted from 1."""

    line: int
    column: int
    words: str


def text_fault(data: bytes) -> YamlFault | None:
    """Why bytes are not a text in UTF-8, or a text with an unresolved merge conflict; None if nothing is wrong."""
    report = ProblemCollector("en")
    if not report_leftovers(data, report):
        report_bytes(data, report)
    return _first(report)


def syntax_fault(text: str, error: yaml.YAMLError) -> YamlFault:
    """An error of the YAML parser in a text."""
    if isinstance(error, yaml.reader.ReaderError):
        before = text[: error.position]
        words = f"there is an invisible control character here (U+{error.character:04X}). Delete it."
        return YamlFault(before.count("\n") + 1, error.position - before.rfind("\n"), words)
    if "mapping values are not allowed" in str(getattr(error, "problem", "")):
        mark = error.problem_mark  # type: ignore[attr-defined]
        lines = text.splitlines()[: mark.line + 1]
        above = _ENTRY.fullmatch(lines[-2]) if len(lines) > 1 else None
        if above and len(lines[-1]) - len(lines[-1].lstrip()) > len(above[1]):
            words = f"this entry has no colon, but its settings follow. Write: - {above[2]}:"
            return YamlFault(mark.line, len(above[1]) + 3, words)
    report = ProblemCollector("en")
    report_syntax(text, (), error, report)
    found = _first(report)
    assert found is not None
    return found


def _first(report: ProblemCollector) -> YamlFault | None:
    problem = next(iter(report.problems()), None)
    return YamlFault(problem.line, problem.column, problem.words) if problem else None
