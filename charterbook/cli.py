"""The command line. One function for each command; what they do is done in the rooms below.

Exit codes: 0 fine, 1 something was found, 2 it could not be done. Errors that a person can mend become
one message here and nowhere else.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import click

from charterbook import __version__
from charterbook.errors import CharterbookError
from charterbook.problems import inert
from charterbook.settings import SEVERITIES

#: Exit codes.
FOUND, FAILED = 1, 2
#: What a shell reports of a program that was interrupted, or that nobody listens to any more.
INTERRUPTED, UNHEARD = 130, 141

_NO_CHARTER = "there is no {} here. Run this beside mkdocs.yml, or start a handbook with `charterbook new`."
_UNREADABLE = "{} cannot be read as it is now; `charterbook check` says why."

LIST_FORMATS = click.Choice(["text", "json"])


class _Group(click.Group):
    """Turns the one base error, and files that cannot be read, into a message and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _stop_writing()
            ctx.exit(UNHEARD)
        except KeyboardInterrupt:
            click.echo("charterbook: interrupted", err=True)
            ctx.exit(INTERRUPTED)
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            _fail(ctx, f"{where}{error.strerror or error}")
        except CharterbookError as error:
            _fail(ctx, str(error))


def _fail(ctx: click.Context, message: str) -> None:
    click.echo(f"charterbook: {inert(message)}", err=True)
    ctx.exit(FAILED)


def _stop_writing() -> None:
    """Let what is still to be written go nowhere, so that Python does not complain while it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _print(text: str, *, style: str = "text") -> None:
    """Print a result. What programs read is UTF-8 everywhere; text is in the terminal's encoding."""
    click.echo(text if style == "text" else text.encode("utf-8", "replace"), nl=False)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="charterbook")
def main() -> None:
    """Turns a team's charter into a handbook people trust."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


@main.command()
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
        raise CharterbookError(_NO_CHARTER.format(path))
    problems = check_file(path, handbook=None if file else Path())
    _print(render(problems, _from_workspace(path) if style == "github" else str(path), style), style=style)
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


@main.command()
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
        click.echo(f"charterbook: warning: {inert(_UNREADABLE.format(settings.charter))}", err=True)
    elif not history.versions and history.draft is None:
        raise CharterbookError(_NO_CHARTER.format(settings.charter))
    _print(render(history, style), style=style)


@main.command()
def schema() -> None:
    """Print the JSON Schema of charter.yml, for editors and other programs."""
    from charterbook.charter.schema import schema_text

    _print(schema_text(), style="json")


@main.command(name="diff")
@click.argument("names", nargs=-1, required=True, metavar="OLD NEW")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "markdown", "json", "html"]),
    default="text",
    show_default=True,
)
@click.option("--audience", help="Only what touches the audience with this id.")
@click.option("--section", help="Only what is in this section: a key of charter.yml.")
@click.option("--severity", type=click.Choice(SEVERITIES), help="Only what is at least this grave.")
@click.option(
    "--fail-on",
    type=click.Choice([*SEVERITIES, "never"]),
    default="order",
    show_default=True,
    help="Exit with 1 where a listed change is at least this grave.",
)
@click.pass_context
def diff_command(
    ctx: click.Context,
    names: tuple[str, ...],
    style: Literal["text", "markdown", "json", "html"],
    audience: str | None,
    section: str | None,
    severity: str | None,
    fail_on: str,
) -> None:
    """Say what changed between two charters, how grave it is, and for whom.

    OLD and NEW are versions, latest, draft, files or git revisions; OLD..NEW is short for both, and without
    NEW it is the draft, or the latest version where there is none. Exit code 0 without a change, 1 with one,
    2 where the two could not be compared. Git can call it, too: git config diff.charter.command "charterbook diff".
    """
    from charterbook.export import asked
    from charterbook.export.changes import render

    if asked.by_git(names):
        _print(asked.answer_to_git(names), style="text")
        return
    comparison = asked.compared(Path(), asked.pair(names), audience, section, severity)
    _print(render(comparison, style), style=style)
    if fail_on != "never" and asked.any_at_least(comparison, fail_on):
        ctx.exit(FOUND)


@main.command()
@click.argument("directory", type=click.Path(path_type=Path))
@click.option("--language", type=click.Choice(["en", "ru"]), default="en", show_default=True)
def new(directory: Path, language: Literal["en", "ru"]) -> None:
    """Start a handbook of one's own in DIRECTORY, which must be new or empty."""
    from charterbook.starter import start

    for name in start(directory, language):
        click.echo(f"  {inert(str(directory / name))}")
    click.echo(
        f"Next: edit {inert(str(directory / 'charter.yml'))}, then run `charterbook check` and `mkdocs serve` there."
    )


def run(arguments: Sequence[str] | None = None) -> None:
    """The entry for `python -m charterbook`."""
    main(list(arguments) if arguments is not None else sys.argv[1:], prog_name="charterbook")
