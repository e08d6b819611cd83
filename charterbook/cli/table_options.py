"""The options of commands that read CSV and XLSX files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

_OPTIONS = (
    click.option("--sheet", help="The sheet of a workbook that has several."),
    click.option(
        "--encoding",
        help="The encoding of CSV files, if it is not clear: UTF-8, UTF-16, Windows-1251 or Windows-1252.",
    ),
    click.option(
        "--delimiter", help="The separator of columns in CSV files, if it is not clear: ; or , or tab."
    ),
)


def table_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Decorator for a command: the options `sheet`, `encoding` and `delimiter`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
