"""Report YAML syntax errors: tabs, characters that look like YAML's, and the parser's errors as messages for authors."""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from charterbook.i18n import N_
from charterbook.load.collector import ProblemCollector
from charterbook.load.decode import LineIndex
from charterbook.load.did_you_mean import quoted, short
from charterbook.load.lazy_message import LazyMessage
from charterbook.load.lookalikes import in_place_of_yaml
from charterbook.load.syntax_messages import syntax

#: First and last line of a quoted or block scalar, in which tabs are allowed.
Span = tuple[int, int]

#: Maximum length of an examined line, in characters.
_LONGEST_LINE = 2_000

_TAB = re.compile(r"^ *\t[ \t]*(?=[^\s#])", re.MULTILINE)


def report_tabs(text: str, spans: Sequence[Span], report: ProblemCollector, until: int | None = None) -> bool:
    """Report lines indented with tabs, up to a line. Returns whether there are any."""
    if "\t" not in text:
        return False
    lines, inside = LineIndex(text), {line for first, last in spans for line in range(first + 1, last + 1)}
    found = False
    for match in _TAB.finditer(text):
        line, column = lines.place(text.index("\t", match.start()))
        if line not in inside and (until is None or line <= until):
            report.add("tab-indent", (line, column))
            found = True
        if report.full:
            break
    return found


def report_syntax(text: str, spans: Sequence[Span], error: yaml.YAMLError, report: ProblemCollector) -> None:
    """Report the error that stopped the parser."""
    mark = getattr(error, "problem_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    if report_tabs(text, spans, report, until=line):
        return
    if _report_lookalike(text, line, report) or _report_fence(text, line, report):
        return
    words = f"{getattr(error, 'context', None)} {getattr(error, 'problem', None)}"
    start = getattr(error, "context_mark", None)
    if start and _NOTICED_LATER.search(words):
        line, column = start.line + 1, start.column + 1
    what, fix = syntax(words)
    if "mapping values are not allowed" in words:
        fix = _in_quotes(text, line) or fix
    report.add("yaml-syntax", (line, column), what=what, advice=fix)


#: Errors that the parser notices after their place: a quote or a bracket that is not closed, and a key without a colon.
_NOTICED_LATER = re.compile(
    r"quoted scalar.*end of stream|expected ',' or|could not find expected ':'", re.DOTALL
)


def _report_lookalike(text: str, line: int, report: ProblemCollector) -> bool:
    """Report a character that looks like one of YAML's, on the line where the parser stopped or the one before."""
    lines = text.splitlines()
    for number in (line - 1, line):
        found = in_place_of_yaml(lines[number - 1][:_LONGEST_LINE]) if 0 < number <= len(lines) else None
        if found is not None:
            code = f"U+{ord(found.character):04X}"
            report.add(f"odd-{found.part}", (number, found.column), found=code, character=found.character)
            return True
    return False


def _report_fence(text: str, line: int, report: ProblemCollector) -> bool:
    """Report a line that begins or ends code in Markdown: it is pasted together with the code."""
    lines = text.splitlines()
    mark = _FENCE.match(lines[line - 1]) if 0 < line <= len(lines) else None
    if mark is None:
        return False
    report.add("code-fence", (line, mark.start(1) + 1), mark=mark[1])
    return True


_FENCE = re.compile(r" *(```|~~~)")

#: A key or a hyphen, followed by an unquoted text with a colon.
_COLON = re.compile(r"[ ]*(?:- )?([\w-]+: |- )([^\s'\"|>\[{#&*!].*?:[ ].*?)[ \t]*", re.DOTALL)


def _in_quotes(text: str, line: int) -> LazyMessage | None:
    """Advice for an unquoted text with a colon: the line with quotes."""
    match = _COLON.fullmatch(text.splitlines()[line - 1][:_LONGEST_LINE])
    if match is None:
        return None
    return LazyMessage(
        N_("For text, write it in quotes: %(quoted)s."), quoted=short(match[1]) + quoted(match[2])
    )
