"""Error messages, exit codes and printing, shared by all commands."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from charterbook.cli.handbook import advice
from charterbook.errors import CharterbookError, SettingsError
from charterbook.problems import escape_terminal
from charterbook.terminal import note, printed

#: Exit codes.
FOUND, FAILED = 1, 2
#: Exit codes for SIGINT (130) and SIGPIPE (141).
INTERRUPTED, BROKEN_PIPE = 130, 141


def text(value: str) -> str:
    """Option type for text that is written to a file: it must be valid UTF-8."""
    try:
        value.encode()
    except UnicodeEncodeError:
        raise click.BadParameter(f"{escape_terminal(value)!r} is not UTF-8.") from None
    return value


LIST_FORMATS = click.Choice(["text", "json"])


class CommandGroup(click.Group):
    """Command group that turns CharterbookError and OSError into a message and exit code 2."""

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        with _printable_usage_errors():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with _printable_usage_errors():
                return super().invoke(ctx)
        except BrokenPipeError:
            _discard_output()
            ctx.exit(BROKEN_PIPE)
        except KeyboardInterrupt:
            note("charterbook: interrupted")
            ctx.exit(INTERRUPTED)
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            _fail(ctx, f"{where}{error.strerror or error}")
        except SettingsError as error:
            _fail(ctx, *str(error).splitlines())
        except CharterbookError as error:
            _fail(ctx, str(error) + advice(ctx))


@contextmanager
def _printable_usage_errors() -> Iterator[None]:
    """Escape Click's messages, which quote arguments verbatim, including file names."""
    try:
        yield
    except click.ClickException as error:
        vars(error)["message"] = printed(error.message)
        raise


def _fail(ctx: click.Context, *messages: str) -> None:
    note(*(f"charterbook: {escape_terminal(message)}" for message in messages))
    ctx.exit(FAILED)


def _discard_output() -> None:
    """Redirect standard output to the null device, so that Python does not fail to flush it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
