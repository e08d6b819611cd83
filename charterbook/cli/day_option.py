"""The type of options that are days."""

from __future__ import annotations

import datetime

import click

from charterbook.problems import escape_terminal


def day(value: str) -> datetime.datetime:
    """Option type for a day written as 2026-09-30: the moment at which it begins."""
    try:
        return datetime.datetime.strptime(value, "%Y-%m-%d")  # noqa: DTZ007
    except ValueError:
        raise click.BadParameter(f"{escape_terminal(value)!r} is not a day. Write {_meant(value)}.") from None


def _meant(text: str) -> str:
    """The days that a text can mean, as options have them."""
    from charterbook.load.value_guess import dates

    return " or ".join(map(str, dates(text))) or "it as 2026-09-30"
