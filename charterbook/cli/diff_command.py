"""`charterbook diff`."""

from __future__ import annotations

from typing import Literal

import click

from charterbook.cli.group import FOUND
from charterbook.cli.handbook import Handbook, config_file, for_group, warn
from charterbook.setting_entries import SEVERITIES
from charterbook.terminal import show


@click.command()
@config_file
@for_group
@click.argument("names", nargs=-1, required=True, metavar="OLD NEW")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "markdown", "json", "html"]),
    default="text",
    show_default=True,
)
@click.option("--audience", help="Only changes that affect the audience with this id.")
@click.option("--section", help="Only changes in this section: a key of charter.yml.")
@click.option("--severity", type=click.Choice(SEVERITIES), help="Only changes of at least this severity.")
@click.option(
    "--fail-on",
    type=click.Choice([*SEVERITIES, "never"]),
    default="order",
    show_default=True,
    help="Exit with 1 if a listed change has at least this severity.",
)
@click.pass_context
def diff(
    ctx: click.Context,
    book: Handbook,
    group: str | None,
    names: tuple[str, ...],
    style: Literal["text", "markdown", "json", "html"],
    audience: str | None,
    section: str | None,
    severity: str | None,
    fail_on: str,
) -> None:
    """Show what changed between two charters, how severe it is, and whom it affects.

    OLD and NEW are versions, latest, draft, files, days such as 2026-03-01 or git revisions; OLD..NEW is short for
    both. Without NEW, it is the draft, or the newest version if there is no draft. Exit code 0 if nothing changed, 1 if
    something did, 2 if the two cannot be compared. Git can also call it: git config diff.charter.command "charterbook
    diff".
    """
    book = book.seen_by(group)
    from charterbook.cli import diff_query
    from charterbook.export.changes import render
    from charterbook.history.resolve_charter import CharterResolver

    if diff_query.is_git_call(names):
        show(diff_query.answer_to_git(names), style="text")
        return
    known = CharterResolver(book.folder, book.settings, warn)
    comparison = diff_query.compare_named(known, diff_query.charter_names(names), audience, section, severity)
    show(render(comparison, style), style=style)
    if fail_on != "never" and diff_query.any_at_least(comparison, fail_on):
        ctx.exit(FOUND)
