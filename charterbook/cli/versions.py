"""`charterbook versions`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from charterbook.cli.group import LIST_FORMATS, NO_CHARTER, UNREADABLE, show
from charterbook.errors import CharterbookError
from charterbook.problems import inert


@click.command()
@click.option("--format", "style", type=LIST_FORMATS, default="text", show_default=True)
def versions(style: Literal["text", "json"]) -> None:
    """List the versions that git history gives, with their revisions."""
    from charterbook.export.versions import render
    from charterbook.history import read_history
    from charterbook.settings import read_settings

    folder = Path()
    settings = read_settings(folder)
    history = read_history(folder, settings)
    for warning in history.warnings:
        click.echo(f"charterbook: warning: {inert(warning)}", err=True)
    if history.draft_problems:
        click.echo(f"charterbook: warning: {inert(UNREADABLE.format(settings.charter))}", err=True)
    elif not history.versions and history.draft is None:
        raise CharterbookError(NO_CHARTER.format(settings.charter))
    show(render(history, style), style=style)
