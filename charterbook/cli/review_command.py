"""`charterbook review`."""

from __future__ import annotations

import datetime
import zoneinfo
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from charterbook.cli.day_option import day
from charterbook.cli.group import FOUND
from charterbook.cli.handbook import Handbook, config_file, for_group
from charterbook.cli.notices import NOT_CHANGED, notice
from charterbook.errors import CharterError
from charterbook.terminal import show

if TYPE_CHECKING:
    from charterbook.charter import Charter
    from charterbook.cli.review_facts import FactFiles
    from charterbook.git.commit_signatures import Signature
    from charterbook.history import History, Version
    from charterbook.review import ReviewInput


@click.command()
@config_file
@for_group
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
    type=day,
    metavar="DAY",
    help="The day on which it is read, if not today: actions due before it are overdue.",
)
@click.option(
    "--figures",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A file with values of metrics to enter first, as `charterbook figures` reads it.",
)
@click.option(
    "--since",
    type=day,
    metavar="DAY",
    help="The first day with values to enter from --figures; by default, the first day of the charter's period.",
)
@click.option(
    "--requests",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A request log to count first, as `charterbook promises` reads it.",
)
@click.option(
    "--apply",
    "applies",
    is_flag=True,
    help="Write what --figures and --requests say to the charter, not only to the pre-read.",
)
@click.pass_context
def review(
    ctx: click.Context,
    book: Handbook,
    group: str | None,
    version: str | None,
    style: str,
    as_of: datetime.datetime | None,
    figures: tuple[Path, ...],
    since: datetime.datetime | None,
    requests: tuple[Path, ...],
    *,
    applies: bool,
) -> None:
    """Write the pre-read for a review of VERSION, by default the one in force; `draft` is the charter on disk.

    It has the open actions, missed promises, metrics off track, the changes since each sign-off, the health of the
    charter, the decisions to make, an agenda, and the sheet to sign.
    """
    from charterbook.cli.review_facts import FactFiles
    from charterbook.clock import today
    from charterbook.export.review_text import render
    from charterbook.review import pre_read
    from charterbook.versions import DRAFT

    if applies and not (figures or requests):
        raise click.UsageError("--apply enters the facts of --figures and --requests; name a file.")
    if since and not figures:
        raise click.UsageError(
            "--since says from which day on to enter the values of --figures; name a file."
        )
    if (figures or requests) and version not in (None, DRAFT):
        raise click.UsageError(
            f"facts are entered in the charter on disk; write {DRAFT} instead of {version}."
        )
    if group and (figures or requests):
        raise click.UsageError("--figures and --requests enter facts in the whole charter, without --for.")
    book = book.seen_by(group)
    day = as_of.date() if as_of else today(zoneinfo.ZoneInfo(book.settings.timezone))
    if figures or requests:
        files = FactFiles(figures, requests, as_of.date() if as_of else None, since.date() if since else None)
        charter = _with_facts(ctx, book, files, applies=applies)
        case = _draft_input(book, book.history(), charter, day)
    else:
        case = _input(book, version, day)
    show(render(pre_read(case), style), style=style)


def _with_facts(ctx: click.Context, book: Handbook, files: FactFiles, *, applies: bool) -> Charter:
    """The charter on disk with the facts of files. Ends with exit code 1 if something in them cannot be read."""
    from charterbook.cli.review_facts import UnreadableFactsError, charter_with_facts
    from charterbook.load.language import language_of

    try:
        return charter_with_facts(book, files, applies=applies)
    except UnreadableFactsError:
        notice(NOT_CHANGED, language_of(book.existing_charter().read_bytes()), file=book.charter)
        ctx.exit(FOUND)


def _input(book: Handbook, name: str | None, day: datetime.date) -> ReviewInput:
    """The charter to review, with its history. Raises CharterbookError for an unknown version."""
    from charterbook.versions import DRAFT, LATEST

    history = book.history()
    if name == DRAFT and history.draft is not None:
        return _draft_input(book, history, history.draft.charter, day)
    found = history.in_force if name in (None, LATEST, DRAFT) else _named(history, str(name))
    if found is None or found.charter is None:
        raise CharterError("there is no charter that can be read; run `charterbook check` to see why.")
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
    """Whether the signature of a commit of the handbook's repository is valid. A group sees no commits."""
    from charterbook.git.commit_signatures import signatures_of
    from charterbook.review.review_input import unknown_signature

    if book.group is not None:
        return unknown_signature
    return lambda commit: signatures_of(book.folder, [commit]).get(commit)


def _draft_input(book: Handbook, history: History, charter: Charter, day: datetime.date) -> ReviewInput:
    from charterbook.log import moments
    from charterbook.review import ReviewInput
    from charterbook.versions import DRAFT

    past = list(moments(history.versions)) if history.path else None
    return ReviewInput(
        charter,
        charter.version or DRAFT,
        day,
        past,
        is_complete=history.is_complete,
        settings=book.settings,
        signature=_signatures(book),
    )
