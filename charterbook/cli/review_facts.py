"""Facts from files, entered in the charter before its review."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from charterbook.atomic_write import replace_file
from charterbook.charter import Charter
from charterbook.cli.handbook import Handbook
from charterbook.cli.measured_log import LogQuery, kept_changes, measured_log, reason_of
from charterbook.cli.new_figures import FiguresTarget, readable_tables
from charterbook.cli.notices import ADD_APPLY, CHANGED, NOTHING_NEW, notice
from charterbook.errors import CharterbookError
from charterbook.export.figures_text import lines
from charterbook.export.promise_formats import remark_line
from charterbook.export.proposals import summary
from charterbook.frozen_dataclass import dataclass
from charterbook.imports.figure_findings import Findings
from charterbook.propose import ApplyResult, Proposal, apply_proposals
from charterbook.terminal import note


@dataclass(frozen=True)
class FactFiles:
    """Files with figures, and request logs.

    `day` is the last day to include, None for today; `since` the first day with values, None for the charter's own.
    """

    figures: Sequence[Path]
    requests: Sequence[Path]
    day: datetime.date | None
    since: datetime.date | None = None


class UnreadableFactsError(Exception):
    """Something in the files cannot be read. It has been reported on standard error."""


def charter_with_facts(book: Handbook, files: FactFiles, *, applies: bool) -> Charter:
    """The charter on disk with the facts of these files; with `applies`, it is written.

    Raises UnreadableFactsError and CharterbookError before anything is written.
    """
    target = FiguresTarget(book)
    proposals = [one for one in (_of_figures(target, files), _of_requests(book, files)) if one]
    outcome = apply_proposals(target.file.data, proposals, str(target.path))
    if outcome.refusals:
        raise CharterbookError(outcome.refusals[0].problem.words)
    if applies and outcome.data != target.file.data:
        replace_file(target.path, outcome.data, expected=target.file.data)
    _report(target, outcome, applies=applies)
    return outcome.new


def _report(target: FiguresTarget, outcome: ApplyResult, *, applies: bool) -> None:
    language, file = target.charter.language, target.path
    if outcome.data == target.file.data:
        notice(NOTHING_NEW, language, file=file)
        return
    note(*summary(outcome, str(file), dict(target.settings.severity)).splitlines())
    notice(CHANGED if applies else ADD_APPLY, language, file=file)


def _of_figures(target: FiguresTarget, files: FactFiles) -> Proposal | None:
    findings = Findings()
    tables = list(readable_tables(files.figures, {}, findings))
    found = target.proposal(tables, None, files.since, findings) if files.figures else None
    for line in lines(findings, target.charter.language):
        note(line)
    if findings.problems:
        raise UnreadableFactsError
    return found and target.with_reason(found, files.figures, None, None)


def _of_requests(book: Handbook, files: FactFiles) -> Proposal | None:
    if not files.requests:
        return None
    report = measured_log(
        book, LogQuery(files.requests, book.settings.promises, None, None, None, None, files.day)
    )
    for remark in report.remarks:
        note(remark_line(remark, report.language))
    if any(remark.level == "error" for remark in report.remarks):
        raise UnreadableFactsError
    period, changes = kept_changes(book, report, None)
    return Proposal(reason_of(period, report), changes, None, book.settings.charter) if changes else None
