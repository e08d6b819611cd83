"""Error messages, exit codes and printing, shared by all commands."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import click
from click.exceptions import Exit

from charterbook.cli.handbook import advice
from charterbook.errors import CharterbookError, SettingsError
from charterbook.file_names import name_fault
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

    def main(self, *args: Any, **extra: Any) -> Any:
        try:
            return super().main(*args, **extra)
        except OSError:  # Click's message about wrong arguments cannot be printed
            sys.exit(FAILED)

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        with _system_errors(), _printable_usage_errors():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with _system_errors(), _printable_usage_errors():
                return super().invoke(ctx)
        except SettingsError as error:
            _fail(*str(error).splitlines())
        except CharterbookError as error:
            _fail(str(error) + advice(ctx))


@contextmanager
def _system_errors() -> Iterator[None]:
    """Turn an interruption and errors of the system into a message and an exit code."""
    try:
        yield
    except BrokenPipeError:
        _discard_output()
        raise Exit(BROKEN_PIPE) from None
    except KeyboardInterrupt:
        note("charterbook: interrupted")
        raise Exit(INTERRUPTED) from None
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _fail(f"{where}{error.strerror or error}")
    except UnicodeEncodeError as error:
        if fault := name_fault(str(error.object)):
            _fail(fault)
        raise


@contextmanager
def _printable_usage_errors() -> Iterator[None]:
    """Escape Click's messages, which quote arguments verbatim, including file names."""
    try:
        yield
    except click.ClickException as error:
        vars(error)["message"] = printed(error.message)
        raise


def _fail(*messages: str) -> NoReturn:
    note(*(f"charterbook: {escape_terminal(message)}" for message in messages))
    raise Exit(FAILED)


def _discard_output() -> None:
    """Redirect standard output to the null device, so that Python does not fail to flush it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
