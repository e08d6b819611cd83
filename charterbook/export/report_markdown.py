"""A report as Markdown of limited length, for a comment on a pull request.

To fit the limit, unchanged words around changes are cut first, then removed words. Added words are never cut: a
change that does not fit is omitted as a whole, and a line gives the number of omitted changes and a command to see
them.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence

from charterbook.compare import Segment
from charterbook.export.changes_markdown import escaped, marked
from charterbook.export.report_parts import ReportLine
from charterbook.frozen_dataclass import dataclass
from charterbook.i18n import translator
from charterbook.report import Report

#: HTML comment in the first line, by which a workflow finds its own comment.
MARK = "<!-- charterbook-report -->\n"

#: Maximum length of a line without a change, in characters.
_MAX_LINE = 1_200


@dataclass(frozen=True)
class _Detail:
    """Maximum number of unchanged characters shown beside a change, and of removed ones."""

    around: int
    gone: int


#: Levels of detail, from full to minimal.
_DETAILS = (_Detail(40, 1_000_000), _Detail(15, 1_000_000), _Detail(0, 400), _Detail(0, 60), _Detail(0, 0))


def markdown(parts: Sequence[ReportLine], report: Report, limit: int) -> str:
    """The parts in as much detail as the limit allows, in characters."""
    pieces: list[str] = []
    for detail in _DETAILS:
        pieces = [_piece(part, report, detail) for part in parts]
        if len(MARK) + sum(map(len, pieces)) <= limit:
            return "".join([MARK, *pieces])
    return _within_limit(parts, pieces, report, limit)


def _within_limit(parts: Sequence[ReportLine], pieces: Sequence[str], report: Report, limit: int) -> str:
    """The most important parts in report order, and a note on omitted ones."""
    heading_of = dict(_headings(parts))
    shown: set[int] = set()
    available = limit - len(MARK) - len(_rest(report, list(parts)))
    for index in sorted(heading_of, key=lambda index: parts[index].rank):
        wanted = {index, *heading_of[index]} - shown
        cost = sum(len(pieces[position]) for position in wanted)
        if cost <= available:
            shown |= wanted
            available -= cost
    left = [part for index, part in enumerate(parts) if index in heading_of and index not in shown]
    return "".join([MARK, *(pieces[index] for index in sorted(shown)), _rest(report, left) if left else ""])


def _headings(parts: Sequence[ReportLine]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The position of each part that is not a heading, with the position of its heading."""
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
    mentions = "".join(f" @{handle.removeprefix('@')}" for handle in part.handles)
    before = {"title": "## ", "heading": "\n### ", "line": "\n", "item": "- "}[part.kind]
    after = "\n\n" if part.kind == "heading" else "\n"
    below = f"\n  > {marked(_shown(part.segments, detail))}\n\n" if part.segments else ""
    return f"{before}{escaped(text)}{mentions}{after}{below}"


def _cut(text: str) -> str:
    return text if len(text) <= _MAX_LINE else text[: _MAX_LINE - 1] + "…"


def _shown(segments: Sequence[Segment], detail: _Detail) -> list[Segment]:
    """Segments with unchanged and removed words cut to the detail."""
    last = len(segments) - 1
    limits = {"equal": detail.around, "del": detail.gone}
    return [
        segment
        if segment.kind == "ins"
        else Segment(segment.kind, _middle_cut(segment.text, limits[segment.kind], index > 0, index < last))
        for index, segment in enumerate(segments)
    ]


def _middle_cut(text: str, most: int, head: bool, tail: bool) -> str:
    """A text cut to a maximum number of characters at each end that is next to a change."""
    head, tail = (head, tail) if head or tail else (True, True)
    if len(text) <= most * (head + tail) + 1:
        return text
    start = re.sub(r"\S*$", "", text[:most]) if head and most else ""
    end = re.sub(r"^\S*", "", text[-most:]) if tail and most else ""
    return f"{start}…{end}"


def _rest(report: Report, left: Sequence[ReportLine]) -> str:
    """The note at the end of an incomplete report."""
    t = translator(report.language)
    changes = [part.statement for part in left if part.statement]
    commitments = sum(change.severity == "commitment" for change in changes)
    others = len(left) - len(changes)
    sentences = []
    if changes:
        message = t.ngettext(
            "%(n)s more change does not fit here.",
            "%(n)s more changes do not fit here.",
            len(changes),
        )
        sentences.append(f"**{escaped(message % {'n': t.number(len(changes))})}**")
    if commitments:
        message = t.ngettext("%(n)s of them is a commitment.", "%(n)s of them are commitments.", commitments)
        sentences.append(f"**{escaped(message % {'n': t.number(commitments)})}**")
    if others:
        message = t.ngettext(
            "%(n)s other line is not shown either.", "%(n)s other lines are not shown either.", others
        )
        sentences.append(escaped(message % {"n": t.number(others)}))
    command = shlex.join(["charterbook", "report", *report.requested])
    sentences.append(f"{escaped(t.gettext('All of them are shown by:'))} {escaped(command)}")
    return f"\n{' '.join(sentences)}\n"
