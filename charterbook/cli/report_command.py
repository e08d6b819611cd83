"""`charterbook report`."""

from __future__ import annotations

import re
from typing import Literal

import click

from charterbook.cli.group import FAILED
from charterbook.cli.handbook import Handbook, config_file, for_group, warn
from charterbook.terminal import show

#: Minimum length of a useful report, in characters.
_MIN_LENGTH = 2_000


def _address(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and not re.fullmatch(r"https?://[^\s<>]+", value):
        raise click.BadParameter("an address begins with https:// or http:// and has no spaces.")
    return value


@click.command()
@config_file
@for_group
@click.argument("base")
@click.argument("head", required=False)
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
)
@click.option(
    "--preview",
    callback=_address,
    help="The address of a handbook built from HEAD; with / at the end, its pages are linked.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=_MIN_LENGTH),
    default=60_000,
    show_default=True,
    help="The maximum length of the Markdown, in characters.",
)
@click.pass_context
def report(
    ctx: click.Context,
    book: Handbook,
    group: str | None,
    base: str,
    head: str | None,
    style: Literal["text", "markdown", "json"],
    preview: str | None,
    limit: int,
) -> None:
    """Report the effect of a proposed change on the agreement, for a comment on a pull request.

    It compares HEAD (by default the draft, or the newest version) with the charter at the merge base of HEAD and
    BASE; if BASE has changed since, it compares BASE with the merge of both. They are versions, days, git
    revisions or files; proposals added by a git revision count as applied. Without a valid charter at BASE, the report
    lists the contents of HEAD. Exit code 2 if HEAD is not valid. With --for, BASE and HEAD are versions, latest or
    draft, and the report has neither problems nor who should review.
    """
    book = book.seen_by(group)
    from charterbook.export.report_text import render
    from charterbook.history.resolve_charter import CharterResolver
    from charterbook.report import report as make_report

    found = make_report(book.folder, base, head, CharterResolver(book.folder, book.settings, warn))
    show(render(found, style, preview=preview, limit=limit), style=style)
    if found.comparison is None and found.contents is None:
        ctx.exit(FAILED)
