"""`charterbook digest`."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Literal

import click

from charterbook.cli.handbook import Handbook, config_file, for_group, warn
from charterbook.cli.notices import NO_EARLIER_VERSION, words
from charterbook.errors import CharterbookError
from charterbook.terminal import show

if TYPE_CHECKING:
    from charterbook.charter import Charter
    from charterbook.compare import Statement
    from charterbook.export.digest_formats import Digest
    from charterbook.history.resolve_charter import CharterResolver
    from charterbook.pages import Pages


@click.command()
@config_file
@for_group
@click.option("--audience", help="Only changes that affect the audience with this id.")
@click.option(
    "--since",
    metavar="VERSION",
    help="The version or git revision to compare with; without it, the version before the newest one.",
)
@click.option(
    "--format",
    "style",
    type=click.Choice(["slack", "teams", "email", "html", "markdown", "text"]),
    default="text",
    show_default=True,
)
def digest(
    book: Handbook,
    group: str | None,
    audience: str | None,
    since: str | None,
    style: Literal["slack", "teams", "email", "html", "markdown", "text"],
) -> None:
    """Summarise the changes for one reader up to the newest published version.

    The formats slack and teams are JSON for a webhook, and email is a message with plain text and HTML; all three
    are empty if nothing changed. Nothing is sent. Exit code 2 if the two versions cannot be compared.
    """
    book = book.seen_by(group)
    from charterbook.errors import MissingCharterError
    from charterbook.export.digest_formats import SENT, render
    from charterbook.history.resolve_charter import CharterResolver

    known = CharterResolver(book.folder, book.settings, warn)
    if since is not None and _NO_COMMIT.fullmatch(since):
        return
    try:
        found = _digest(book, known, since or _before(known), audience)
    except MissingCharterError as error:
        if style not in SENT:
            raise
        warn(str(error))
        return
    show(render(found, style), style=style)


#: Git's null commit id, which forges pass as the previous commit of a new branch.
_NO_COMMIT = re.compile("0{40,64}")


def _before(known: CharterResolver) -> str:
    """The version before the newest one. Raises CharterbookError if there is none."""
    published = known.history.published
    if len(published) < 2:  # noqa: PLR2004
        charter = published[-1].charter if published else None
        raise CharterbookError(words(NO_EARLIER_VERSION, charter.language if charter else "en"))
    return published[-2].name


def _digest(book: Handbook, known: CharterResolver, since: str, audience: str | None) -> Digest:
    from charterbook.charter import all_items
    from charterbook.cli.diff_query import compare_named, current_id
    from charterbook.export.digest_formats import Digest

    newest = known.newest_published
    comparison = compare_named(known, (since, newest), audience)
    comparison = replace(comparison, new=replace(comparison.new, name=known.history.published[-1].name))
    charter = known.find(newest).charter
    audience = current_id(audience, [known.find(since).charter, *known.between(since, newest), charter])
    reader = next((one.label for one in charter.audiences if one.id == audience), audience)
    base = book.settings.site_base
    if base is None:
        return Digest(comparison, reader)
    pages = _pages(book, known, charter)
    link = partial(_link, pages, {(kind, item.id) for kind, item in all_items(charter)}, f"{base}{newest}/")
    query = f"?audience={audience}" if audience else ""
    return Digest(comparison, reader, f"{base}{newest}/{_changes(pages, known, since)}{query}", link)


def _pages(book: Handbook, known: CharterResolver, charter: Charter) -> Pages:
    """The pages of the newest published version."""
    from charterbook.pages import pages_of, read_docs

    older = [version.name for version in known.history.published[:-1]]
    return pages_of(charter, read_docs(book.folder / book.settings.docs), older)


def _changes(pages: Pages, known: CharterResolver, since: str) -> str:
    """The page with the changes since an older version, else that with those since the one before; else the home page."""
    before = known.history.published[-2:-1]
    compared = f"compare/{since}/" if [since] != [version.name for version in before] else ""
    return next((url for url in (compared, "changes/") if url and url in pages.urls), "")


def _link(pages: Pages, present: Set[tuple[str, str]], base: str, statement: Statement) -> str | None:
    """The page of a changed item, or of its section if the item was removed."""
    own = pages.item_url(*statement.item) if statement.item and statement.item in present else None
    url = own if own is not None else pages.section_url(statement.section)
    return None if url is None else f"{base}{url}"
