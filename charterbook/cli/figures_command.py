"""`charterbook figures`."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from charterbook.cli.editable_charter import EditableCharter
from charterbook.cli.group import FOUND, LIST_FORMATS, text
from charterbook.cli.handbook import Handbook, config_file
from charterbook.errors import CharterbookError
from charterbook.problems import escape_terminal
from charterbook.terminal import note, show

if TYPE_CHECKING:
    from charterbook.imports import Table
    from charterbook.imports.figure_findings import Findings
    from charterbook.propose import Proposal

_DECIMALS = {"point": ".", "comma": ",", None: None}


@click.command()
@config_file
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--sheet", help="The sheet of a workbook that has several.")
@click.option("--encoding", help="The encoding of CSV files: UTF-8, UTF-16, Windows-1251 or Windows-1252.")
@click.option("--delimiter", help="The separator of columns in CSV files: ; or , or tab.")
@click.option(
    "--header", type=click.IntRange(min=1), help="The number of the row with the names of the columns."
)
@click.option(
    "--decimal", type=click.Choice(["point", "comma"]), help="The decimal sign of numbers such as 1.234."
)
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="The first day with values to import; by default, the first day of the charter's period.",
)
@click.option("--reason", type=text, help="The reason for the proposal.")
@click.option("--by", type=text, help="The name of the proposer.")
@click.option("--output", type=click.Path(path_type=Path), help="The file to write the proposal to.")
@click.option("--apply", "applies", is_flag=True, help="Change the charter.")
@click.option("--dry-run", is_flag=True, help="With --apply or --output, only print the proposal.")
@click.option("--format", "style", type=LIST_FORMATS, default="text", show_default=True)
@click.pass_context
def figures(
    ctx: click.Context,
    /,
    book: Handbook,
    files: tuple[Path, ...],
    since: datetime.datetime | None,
    decimal: str | None,
    reason: str | None,
    by: str | None,
    output: Path | None,
    applies: bool,
    dry_run: bool,
    style: str,
    **options: Any,
) -> None:
    """Read values of metrics from CSV and XLSX FILES, and propose the new ones.

    A table has a row for each value (metric, day, value, note), a column for each metric beside the days, or a column
    for each day or month beside the metrics. Metrics are named by id, name or former id; mkdocs.yml can map other names. The
    proposal is printed; --output writes it to a file, --apply changes the charter. If a cell is ambiguous or cannot be
    read, the exit code is 1 and nothing is written. Notes and problems go to standard error.
    """
    from charterbook.export.figures_text import as_json, lines
    from charterbook.imports.figure_findings import Findings

    if applies and output:
        raise click.UsageError("--apply does not write a proposal; omit --output.")
    target = _Target(book)
    findings = Findings()
    tables = list(_tables(files, options, findings))
    proposal = target.proposal(tables, _DECIMALS[decimal], since and since.date(), findings)
    proposal = proposal and target.with_reason(proposal, files, reason, by)
    language = target.charter.language
    if style == "json":
        show(as_json([str(file) for file in files], findings, proposal, language), style="json")
    else:
        for line in lines(findings, language):
            note(line)
    if findings.problems:
        note(f"{escape_terminal(str(target.path))}: nothing was changed.")
        ctx.exit(FOUND)
    if proposal is None:
        note("nothing to propose: there are no new values.")
    elif dry_run or not (applies or output):
        _print(proposal, style)
    elif output:
        from charterbook.cli.proposal_file import write_proposal

        write_proposal(book, proposal, str(output), err=True)
    else:
        changed = target.apply(proposal)
        note(f"{escape_terminal(str(target.path))}: changed.")
        if style == "text":
            show(changed)


def _tables(files: tuple[Path, ...], options: dict[str, Any], findings: Findings) -> Iterator[Table]:
    """The tables in all files. Files without a readable table are reported."""
    from charterbook.imports import TableError, read_table

    for file in files:
        try:
            yield read_table(file, **options)
        except TableError as error:
            findings.file(error)


def _print(proposal: Proposal, style: str) -> None:
    from charterbook.propose import proposal_text

    if style == "text":
        show(proposal_text(proposal), style="yaml")


class _Target(EditableCharter):
    """The charter that gets new values. Raises CharterError if it has errors, or if a setting names no metric."""

    def __init__(self, book: Handbook) -> None:
        from charterbook.setting_names import refuse_unknown, unknown_names

        super().__init__(book)
        if self.settings.file is not None and self.settings.figure_metrics:
            unknown = unknown_names(self.settings, [self.charter], lambda: None)
            refuse_unknown([one for one in unknown if one.keys[0] == "figures"], self.settings.file)

    def proposal(
        self, tables: list[Table], decimal: str | None, since: datetime.date | None, findings: Findings
    ) -> Proposal | None:
        """The proposal of the new values in these tables; None if there are none, or if there are problems."""
        from charterbook.imports import TableError
        from charterbook.imports.figure_changes import Window, figure_changes
        from charterbook.imports.figures import FigureReader
        from charterbook.propose import Proposal

        reader = FigureReader(
            self.charter,
            self.today,
            dict(self.settings.figure_columns),
            dict(self.settings.figure_metrics),
            decimal,
            self.settings.fiscal_year_start,
        )
        try:
            readings = reader.read(tables, findings)
        except TableError as error:
            findings.file(error)
            return None
        window = Window(self._first_day, since)
        changes = figure_changes(self.charter, self.file.written, readings, window, findings)
        if findings.problems or not changes:
            return None
        return Proposal("-", changes, None, self.settings.charter)

    def with_reason(
        self, proposal: Proposal, files: tuple[Path, ...], reason: str | None, by: str | None
    ) -> Proposal:
        """The proposal with its reason. Raises CharterbookError if it could not be applied."""
        from dataclasses import replace

        from charterbook.i18n import translator
        from charterbook.imports.figure_messages import REASON
        from charterbook.propose import proposal_text, read_proposal

        names = escape_terminal(", ".join(file.name for file in files))
        usual = translator(self.charter.language).gettext(REASON) % {"files": names}
        worded = replace(proposal, reason=(reason or "").strip() or usual, by=by)
        if problems := read_proposal(proposal_text(worded).encode("utf-8", "replace"), "")[1]:
            raise CharterbookError(problems[0].words)
        return worded

    @property
    def _first_day(self) -> datetime.date:
        """The first day of the charter's period."""
        from charterbook.versions import bounds, is_version_name, period_name

        year, version = self.settings.fiscal_year, self.charter.version
        day = max(self.today, self.charter.effective or self.today)
        known = version is not None and is_version_name(version)
        name = version if version is not None and known else period_name(day, self.settings.period, *year)
        return bounds(name, *year)[0]
