"""`charterbook review`."""

from __future__ import annotations

import datetime
import zoneinfo
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import click

from charterbook.cli.handbook import Handbook, config_file
from charterbook.errors import CharterError
from charterbook.terminal import show

if TYPE_CHECKING:
    from charterbook.history import History, Version
    from charterbook.review import ReviewInput
    from charterbook.review.commit_signatures import Signature


@click.command()
@config_file
@click.argument("version", required=False)
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "markdown", "html", "json"]),
    default="text",
    show_default=True,
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="The day on which it is read, if not today: actions due before it are overdue.",
)
def review(book: Handbook, version: str | None, style: str, as_of: datetime.datetime | None) -> None:
    """Write the pre-read for a review of VERSION, by default the one in force; `draft` is the charter on disk.

    It has the open actions, missed promises, metrics off track, the changes since each sign-off, the health of the
    charter, the decisions to make, an agenda, and the sheet to sign.
    """
    from charterbook.clock import today
    from charterbook.export.review_text import render
    from charterbook.review import pre_read

    day = as_of.date() if as_of else today(zoneinfo.ZoneInfo(book.settings.timezone))
    show(render(pre_read(_input(book, version, day)), style), style=style)


def _input(book: Handbook, name: str | None, day: datetime.date) -> ReviewInput:
    """The charter to review, with its history. Raises CharterbookError for an unknown version."""
    from charterbook.versions import DRAFT, LATEST

    history = book.history()
    if name == DRAFT and history.draft is not None:
        return _draft_input(book, history, day)
    found = history.in_force if name in (None, LATEST, DRAFT) else _named(history, str(name))
    if found is None or found.charter is None:
        raise CharterError("there is no charter that can be read; `charterbook check` says why.")
    return _version_input(book, history, found, day)


def _named(history: History, name: str) -> Version:
    from charterbook.suggestions import closest

    known = {version.name: version for version in history.published}
    if name not in known:
        raise CharterError(f"{name}: there is no such version; {closest(name, known)}")
    return known[name]


def _version_input(book: Handbook, history: History, version: Version, day: datetime.date) -> ReviewInput:
    from charterbook.log import moments
    from charterbook.review import ReviewInput

    assert version.charter is not None
    until = history.versions[: history.versions.index(version) + 1]
    known = list(moments(until))
    past = known[:-1] if history.path else None
    return ReviewInput(
        version.charter,
        version.name,
        day,
        past,
        version.ends,
        is_complete=history.is_complete,
        settings=book.settings,
        own=known[-1] if history.path else None,
        signature=_signatures(book),
    )


def _signatures(book: Handbook) -> Callable[[str], Signature | None]:
    """Whether the signature of a commit of the handbook's repository is valid."""
    from charterbook.review.commit_signatures import signature_of

    return partial(signature_of, book.folder)


def _draft_input(book: Handbook, history: History, day: datetime.date) -> ReviewInput:
    from charterbook.log import moments
    from charterbook.review import ReviewInput
    from charterbook.versions import DRAFT

    assert history.draft is not None
    past = list(moments(history.versions)) if history.path else None
    return ReviewInput(
        history.draft.charter,
        history.draft.charter.version or DRAFT,
        day,
        past,
        is_complete=history.is_complete,
        settings=book.settings,
        signature=_signatures(book),
    )
