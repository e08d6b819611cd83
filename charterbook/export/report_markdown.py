"""A report as Markdown, for a comment on a pull request. It never grows beyond a limit.

Where it would, unchanged words around changes go first, then words that are gone. New words are never cut: a change
that has no room is left out as a whole, and it is said how many are and where to read them.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from charterbook.compare import Segment
from charterbook.export.changes_markdown import escaped, marked
from charterbook.export.report_parts import ReportLine
from charterbook.i18n import translator
from charterbook.report import Report

#: By this first line, which nobody sees, a workflow finds its own comment again.
MARK = "<!-- charterbook-report -->\n"

#: How long a line that tells no change may be, in characters.
_LONGEST = 1_200


@dataclass(frozen=True)
class _Detail:
    """How many characters of unchanged words are shown beside a change, and how many of those that are gone."""

    around: int
    gone: int


#: From all that helps a reader down to what has to be seen.
_DETAILS = (_Detail(40, 1_000_000), _Detail(15, 1_000_000), _Detail(0, 400), _Detail(0, 60), _Detail(0, 0))


def markdown(parts: Sequence[ReportLine], report: Report, limit: int) -> str:
    """The parts in as much detail as there is room for, in characters."""
    pieces: list[str] = []
    for detail in _DETAILS:
        pieces = [_piece(part, report, detail) for part in parts]
        if len(MARK) + sum(map(len, pieces)) <= limit:
            return "".join([MARK, *pieces])
    return _within_limit(parts, pieces, report, limit)


def _within_limit(parts: Sequence[ReportLine], pieces: Sequence[str], report: Report, limit: int) -> str:
    """What is most important of it, in the order of the report, and how much is left out."""
    heading_of = dict(_headings(parts))
    shown: set[int] = set()
    room = limit - len(MARK) - len(_rest(report, list(parts)))
    for index in sorted(heading_of, key=lambda index: parts[index].rank):
        wanted = {index, *heading_of[index]} - shown
        cost = sum(len(pieces[one]) for one in wanted)
        if cost <= room:
            shown |= wanted
            room -= cost
    left = [part for index, part in enumerate(parts) if index in heading_of and index not in shown]
    return "".join([MARK, *(pieces[index] for index in sorted(shown)), _rest(report, left) if left else ""])


def _headings(parts: Sequence[ReportLine]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Each part that is no heading, by its position, with the position of the heading that it stands below."""
    heading: tuple[int, ...] = ()
    for index, part in enumerate(parts):
        if part.kind == "heading":
            heading = (index,)
        else:
            yield index, heading


def _piece(part: ReportLine, report: Report, detail: _Detail) -> str:
    if part.kind == "link":
        preview = translator(report.language).gettext("See a preview of the handbook")
        return f"\n[{escaped(preview)}](<{part.text}>)\n"
    text = part.text if part.statement else _cut(part.text)
    called = "".join(f" @{handle.removeprefix('@')}" for handle in part.handles)
    before = {"title": "## ", "heading": "\n### ", "line": "\n", "item": "- "}[part.kind]
    after = "\n\n" if part.kind == "heading" else "\n"
    below = f"\n  > {marked(_shown(part.segments, detail))}\n\n" if part.segments else ""
    return f"{before}{escaped(text)}{called}{after}{below}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _shown(segments: Sequence[Segment], detail: _Detail) -> list[Segment]:
    """Segments with as many of their unchanged words and of those that are gone as the detail allows."""
    last = len(segments) - 1
    limits = {"equal": detail.around, "del": detail.gone}
    return [
        segment
        if segment.kind == "ins"
        else Segment(segment.kind, _middle_cut(segment.text, limits[segment.kind], index > 0, index < last))
        for index, segment in enumerate(segments)
    ]


def _middle_cut(text: str, most: int, head: bool, tail: bool) -> str:
    """A text with at most so many characters of each end that stands beside a change."""
    head, tail = (head, tail) if head or tail else (True, True)
    if len(text) <= most * (head + tail) + 1:
        return text
    start = re.sub(r"\S*$", "", text[:most]) if head and most else ""
    end = re.sub(r"^\S*", "", text[-most:]) if tail and most else ""
    return f"{start}…{end}"


def _rest(report: Report, left: Sequence[ReportLine]) -> str:
    """What stands at the end of a report that leaves parts out."""
    t = translator(report.language)
    changes = [part.statement for part in left if part.statement]
    grave = sum(change.severity == "commitment" for change in changes)
    others = len(left) - len(changes)
    said = []
    if changes:
        message = t.ngettext(
            "%(n)s more change does not fit here.",
            "%(n)s more changes do not fit here.",
            len(changes),
        )
        said.append(f"**{escaped(message % {'n': t.number(len(changes))})}**")
    if grave:
        message = t.ngettext("%(n)s of them is a commitment.", "%(n)s of them are commitments.", grave)
        said.append(f"**{escaped(message % {'n': t.number(grave)})}**")
    if others:
        message = t.ngettext(
            "%(n)s other line is not shown either.", "%(n)s other lines are not shown either.", others
        )
        said.append(escaped(message % {"n": t.number(others)}))
    command = shlex.join(["charterbook", "report", *report.asked])
    said.append(f"{escaped(t.gettext('All of them are shown by:'))} {escaped(command)}")
    return f"\n{' '.join(said)}\n"
