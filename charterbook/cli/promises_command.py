"""`charterbook promises`."""

from __future__ import annotations

import datetime
import zoneinfo
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from charterbook.cli.day_option import day
from charterbook.cli.group import FOUND
from charterbook.cli.handbook import Handbook, config_file
from charterbook.cli.notices import NOTHING_NEW_IN_LOG, UNREADABLE_REQUESTS, words
from charterbook.cli.table_options import table_options
from charterbook.errors import CharterbookError
from charterbook.log_settings import DATE_ORDERS, LOG_COLUMNS, LogSettings
from charterbook.suggestions import closest
from charterbook.terminal import note, show

if TYPE_CHECKING:
    from charterbook.export.promise_formats import PromiseReport

#: Value of --propose without FILE: a new file in proposals/.
_NAMED_FOR_YOU = ""


@click.command()
@config_file
@click.argument("files", nargs=-1, metavar="FILE…", type=click.Path(path_type=Path))
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="NAME=HEADER",
    help=f"The header of a column in the log; NAME is one of {', '.join(LOG_COLUMNS)}.",
)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    metavar="KIND=PROMISE",
    help="The promise for a kind of request: a request of a service level, a service, SERVICE/REQUEST, or ignore.",
)
@click.option(
    "--dates", type=click.Choice(DATE_ORDERS), help="The order of day and month in dates with slashes."
)
@click.option(
    "--timezone", help="The time zone of times without one; by default, that of the charter's calendar."
)
@table_options
@click.option("--period", help="Only this period, such as 2026-Q3.")
@click.option(
    "--as-of",
    "day",
    type=day,
    metavar="DAY",
    help="Report the state at the end of this day; by default, the present one.",
)
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "markdown", "junit"]),
    default="text",
    show_default=True,
)
@click.option(
    "--fail-on",
    type=click.Choice(["broken", "never"]),
    default="never",
    show_default=True,
    help="Exit with 1 if a share is below its target.",
)
@click.option(
    "--propose",
    "output",
    is_flag=False,
    flag_value=_NAMED_FOR_YOU,
    metavar="[FILE]",
    help="Write a proposal to enter the shares in the charter, by default to a new file in proposals/; - prints it.",
)
@click.pass_context
def promises(
    ctx: click.Context,
    book: Handbook,
    files: tuple[Path, ...],
    columns: tuple[str, ...],
    kinds: tuple[str, ...],
    dates: str | None,
    timezone: str | None,
    sheet: str | None,
    encoding: str | None,
    delimiter: str | None,
    period: str | None,
    day: datetime.datetime | None,
    style: str,
    fail_on: str,
    output: str | None,
) -> None:
    """Report how often promises were kept, from a request log.

    FILE is a CSV or XLSX export of a ticket system with a row for each request: its kind, and when it was opened and
    answered. Each request is measured by the charter's working calendar, and counted in the period in which it was
    opened. Only counts are printed, never the content of a request. `promises` in mkdocs.yml can map columns and kinds.
    The exit code is 1 if requests cannot be read.
    """
    from charterbook.cli.measured_log import LogQuery, measured_log
    from charterbook.export.promise_formats import remark_line, render

    if not files:
        raise click.UsageError(
            f"name a request log. --propose took {output} for the file to write: name the log first, or write --propose=FILE."
            if output
            else "name a request log."
        )
    options = _log_settings(book.settings.promises, columns, kinds, dates, timezone)
    query = LogQuery(files, options, sheet, encoding, delimiter, period, day.date() if day else None)
    report = measured_log(book, query)
    if style != "json":
        for remark in report.remarks:
            note(remark_line(remark, report.language))
    if output != "-":
        show(render(report, style), style=style)
    failed = any(remark.level == "error" for remark in report.remarks)
    if output is not None:
        _propose(book, report, output, period, failed=failed)
    if failed or (fail_on == "broken" and any(fact.measured.broken for fact in report.facts)):
        ctx.exit(FOUND)


def _log_settings(
    own: LogSettings, columns: Sequence[str], kinds: Sequence[str], dates: str | None, timezone: str | None
) -> LogSettings:
    """The settings of mkdocs.yml; options of the command take precedence. Raises UsageError, CharterbookError."""
    return LogSettings(
        tuple({**dict(own.columns), **dict(_pair(one, "--column", LOG_COLUMNS) for one in columns)}.items()),
        tuple({**dict(own.kinds), **dict(_pair(one, "--kind") for one in kinds)}.items()),
        dates or own.dates,
        _zone(timezone or own.timezone),
    )


def _pair(text: str, option: str, known: Sequence[str] = ()) -> tuple[str, str]:
    """A name and its meaning. Raises UsageError."""
    name, sign, meaning = text.partition("=")
    if not (name.strip() and sign and meaning.strip()):
        raise click.UsageError(f"{option} {text}: expected NAME=MEANING.")
    if known and name not in known:
        raise click.UsageError(f"{option}: there is no column {name!r}; {closest(name, known)}")
    return name.strip(), meaning.strip()


def _zone(name: str | None) -> str | None:
    try:
        return name and zoneinfo.ZoneInfo(name).key
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise CharterbookError(f"{name!r} is not a time zone, for example Europe/Berlin.") from None


def _propose(book: Handbook, report: PromiseReport, output: str, period: str | None, *, failed: bool) -> None:
    """Write the proposal. Raises CharterbookError if there is nothing to propose."""
    from charterbook.cli.measured_log import kept_changes, reason_of
    from charterbook.cli.proposal_file import write_proposal
    from charterbook.propose import Proposal

    if failed:
        raise CharterbookError(words(UNREADABLE_REQUESTS, report.language))
    measured, changes = kept_changes(book, report, period)
    if not changes:
        raise CharterbookError(words(NOTHING_NEW_IN_LOG, report.language, period=measured))
    write_proposal(
        book,
        Proposal(reason_of(measured, report), changes, None, book.settings.charter),
        output or None,
        err=True,
    )
