"""What all commands share: one place for errors that a person can mend, exit codes, and how results are printed."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from charterbook.cli.handbook import advice
from charterbook.errors import CharterbookError, SettingsError
from charterbook.problems import escape_terminal

#: Exit codes.
FOUND, FAILED = 1, 2
#: What a shell reports of a program that was interrupted, or that nobody listens to any more.
INTERRUPTED, UNHEARD = 130, 141


def text(value: str) -> str:
    """The type of an option whose words will be written into a file: what the shell handed over must be UTF-8."""
    try:
        value.encode()
    except UnicodeEncodeError:
        raise click.BadParameter(f"{escape_terminal(value)!r} is not UTF-8.") from None
    return value


LIST_FORMATS = click.Choice(["text", "json"])


class CommandGroup(click.Group):
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
        except SettingsError as error:
            _fail(ctx, *str(error).splitlines())
        except CharterbookError as error:
            _fail(ctx, str(error) + advice(ctx))


def _fail(ctx: click.Context, *messages: str) -> None:
    for message in messages:
        click.echo(f"charterbook: {escape_terminal(message)}", err=True)
    ctx.exit(FAILED)


def _stop_writing() -> None:
    """Let what is still to be written go nowhere, so that Python does not complain while it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def show(text: str, *, style: str = "text") -> None:
    """Print a result. What programs read is UTF-8 everywhere; text is in the terminal's encoding."""
    click.echo(text if style == "text" else text.encode("utf-8", "replace"), nl=False)
