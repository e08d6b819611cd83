"""Options of `charterbook build` and `charterbook serve` that have the names of those of MkDocs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeVar

import click

#: The least severe messages that a build prints.
LogLevel = Literal["DEBUG", "ERROR"]

_Function = TypeVar("_Function", bound=Callable[..., Any])

strict = click.option(
    "-s",
    "--strict/--no-strict",
    default=None,
    help="Fail on any warning; by default, as `strict` in mkdocs.yml says.",
)


def log_level(function: _Function) -> _Function:
    """Add options for the least severe messages: the argument `level`, None without one of them."""
    quiet = click.option(
        "-q",
        "--quiet",
        "level",
        flag_value="ERROR",
        help="Print only errors, and in a strict build warnings.",
    )
    verbose = click.option("-v", "--verbose", "level", flag_value="DEBUG", help="Print everything.")
    return quiet(verbose(function))
