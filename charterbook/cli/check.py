"""`charterbook check`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

import click

from charterbook.cli.group import FOUND, NO_CHARTER, show
from charterbook.errors import CharterbookError
from charterbook.problems import inert


@click.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option(
    "--format", "style", type=click.Choice(["text", "json", "github"]), default="text", show_default=True
)
@click.pass_context
def check(ctx: click.Context, file: Path | None, style: Literal["text", "json", "github"]) -> None:
    """Report all problems of a charter, with line, column and what would be right.

    FILE is a charter; without it, the one that mkdocs.yml in this folder names. Exit code 1 if there is
    an error; warnings and hints do not count. Problems go to standard output, the sum to standard error.
    """
    from charterbook.check import check_file
    from charterbook.export.problems import render, summary
    from charterbook.settings import read_settings

    path = file or Path(read_settings(Path()).charter)
    if file is None and not path.exists():
        raise CharterbookError(NO_CHARTER.format(path))
    problems = check_file(path, handbook=None if file else Path())
    show(render(problems, _from_workspace(path) if style == "github" else str(path), style), style=style)
    if style == "text":
        click.echo(f"{inert(str(path))}: {summary(problems)}", err=True)
    if any(problem.severity == "error" for problem in problems):
        ctx.exit(FOUND)


def _from_workspace(path: Path) -> str:
    """The path as GitHub looks for it: seen from the root of the workflow's checkout."""
    workspace, file = os.environ.get("GITHUB_WORKSPACE"), path.resolve()
    if workspace and file.is_relative_to(Path(workspace).resolve()):
        return file.relative_to(Path(workspace).resolve()).as_posix()
    return str(path)
