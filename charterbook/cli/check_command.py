"""`charterbook check`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

import click

from charterbook.cli.group import FOUND
from charterbook.cli.handbook import Handbook, config_file
from charterbook.folders import resolved_path
from charterbook.problems import escape_terminal
from charterbook.terminal import note, show


@click.command()
@config_file
@click.argument("files", type=click.Path(path_type=Path), nargs=-1)
@click.option(
    "--format", "style", type=click.Choice(["text", "json", "github"]), default="text", show_default=True
)
@click.pass_context
def check(
    ctx: click.Context, book: Handbook, files: tuple[Path, ...], style: Literal["text", "json", "github"]
) -> None:
    """Report all problems of a charter, with line, column and a suggestion.

    FILES are charters; the default is the one named in mkdocs.yml, where `rules` sets the severity of each rule.
    Exit code 1 if there is an error; warnings and hints do not count. Problems go to standard output, the
    counts to standard error.
    """
    if style == "json" and len(files) > 1:
        raise click.UsageError("--format json is for one file.", ctx)
    given = book if book.config_file or not files else None
    failed = [_fails(file, given, style) for file in files or (book.existing_charter(),)]
    if any(failed):
        ctx.exit(FOUND)


def _fails(path: Path, book: Handbook | None, style: str) -> bool:
    """Show the problems of one file, in a given handbook or its own. Returns whether there is an error."""
    from charterbook.check import check_file, content_of, setting_problems
    from charterbook.export.problem_formats import render, summary
    from charterbook.load.language import language_of

    folder, own = (book.folder, book.settings) if book else (None, None)
    content = content_of(path)
    problems, settings = check_file(path, folder, own, content), setting_problems(path, folder, own)
    name = _from_workspace if style == "github" else str
    show(
        render(problems, name(path), style, [(name(Path(file)), one) for file, one in settings]), style=style
    )
    problems += [problem for _, problem in settings]
    if style == "text":
        note(f"{escape_terminal(str(path))}: {summary(problems, language_of(content))}")
    return any(problem.severity == "error" for problem in problems)


def _from_workspace(path: Path) -> str:
    """The path as GitHub expects it in annotations: relative to the root of the workflow's checkout."""
    workspace, file = os.environ.get("GITHUB_WORKSPACE"), resolved_path(path)
    if workspace and file.is_relative_to(resolved_path(workspace)):
        return file.relative_to(resolved_path(workspace)).as_posix()
    return str(path)
