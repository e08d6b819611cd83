"""`charterbook figures`."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from charterbook.cli.day_option import day
from charterbook.cli.group import FOUND, LIST_FORMATS, text
from charterbook.cli.handbook import Handbook, config_file
from charterbook.cli.notices import CHANGED, NO_NEW_VALUES, NOT_CHANGED, notice
from charterbook.cli.table_options import table_options
from charterbook.terminal import note, show

if TYPE_CHECKING:
    from charterbook.cli.new_figures import FiguresTarget
    from charterbook.propose import Proposal

_DECIMALS = {"point": ".", "comma": ",", None: None}


@click.command()
@config_file
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@table_options
@click.option(
    "--header", type=click.IntRange(min=1), help="The number of the row with the names of the columns."
)
@click.option(
    "--decimal", type=click.Choice(["point", "comma"]), help="The decimal sign of numbers such as 1.234."
)
@click.option(
    "--since",
    type=day,
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
    for each day or month beside the metrics. Metrics are named by id, name or former id; mkdocs.yml can map other
    names. The proposal is printed; --output writes it to a file, --apply changes the charter. If a cell is ambiguous or
    cannot be read, the exit code is 1 and nothing is written. Notes and problems go to standard error.
    """
    from charterbook.cli.new_figures import FiguresTarget, readable_tables
    from charterbook.export.figures_text import as_json, lines
    from charterbook.imports.figure_findings import Findings
    from charterbook.propose import proposal_text

    if applies and output:
        raise click.UsageError("--apply does not write a proposal; omit --output.")
    target = FiguresTarget(book)
    findings = Findings()
    tables = list(readable_tables(files, options, findings))
    proposal = target.proposal(tables, _DECIMALS[decimal], since and since.date(), findings)
    proposal = proposal and target.with_reason(proposal, files, reason, by)
    language = target.charter.language
    if style == "json":
        show(as_json([str(file) for file in files], findings, proposal, language), style="json")
    else:
        for line in lines(findings, language):
            note(line)
    if findings.problems:
        notice(NOT_CHANGED, language, file=target.path)
        ctx.exit(FOUND)
    if proposal is None:
        notice(NO_NEW_VALUES, language)
    elif output and not dry_run:
        from charterbook.cli.proposal_file import write_proposal

        write_proposal(book, proposal, str(output), err=True)
    elif applies and not dry_run:
        _apply(target, proposal, style)
    elif style == "text":
        show(proposal_text(proposal), style="yaml")


def _apply(target: FiguresTarget, proposal: Proposal, style: str) -> None:
    """Change the charter, and print the changes as text if that is the output format."""
    changed = target.apply(proposal)
    notice(CHANGED, target.charter.language, file=target.path)
    if style == "text":
        show(changed)
