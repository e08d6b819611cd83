"""`charterbook log`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from charterbook.cli.group import NO_CHARTER, UNREADABLE, show
from charterbook.errors import CharterbookError
from charterbook.problems import inert


@click.command()
@click.argument("item", metavar="ITEM")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
)
def log(item: str, style: Literal["text", "markdown", "json"]) -> None:
    """Tell the story of an item or a section: what changed, when, by whom and why.

    ITEM is services/onboarding, an id alone where only one item has it, or a section such as funding. Former ids
    and items that no longer exist are found, too.
    """
    from charterbook.export.log import chronicle_of, render
    from charterbook.history import read_history
    from charterbook.log import find_story
    from charterbook.settings import read_settings

    settings = read_settings(Path())
    history = read_history(Path(), settings)
    for warning in history.warnings:
        click.echo(f"charterbook: warning: {inert(warning)}", err=True)
    if history.draft_problems:
        click.echo(f"charterbook: warning: {inert(UNREADABLE.format(settings.charter))}", err=True)
    elif not history.versions and history.draft is None:
        raise CharterbookError(NO_CHARTER.format(settings.charter))
    chronicle, language = chronicle_of(history, dict(settings.severity))
    show(render(find_story(chronicle, item), language, style), style=style)
