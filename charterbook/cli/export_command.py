"""`charterbook export`."""

from __future__ import annotations

import tempfile
import zoneinfo
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from charterbook.cli.handbook import Handbook, config_file, for_group, warn
from charterbook.errors import CharterbookError
from charterbook.history.resolve_charter import CharterResolver, day_named
from charterbook.papers.formats import FORMATS
from charterbook.problems import escape_terminal
from charterbook.suggestions import unknown_name
from charterbook.terminal import note, show, show_bytes

if TYPE_CHECKING:
    from charterbook.history import History
    from charterbook.site.edition import Edition

#: The format that is not a paper: the dates of the charter.
_CALENDAR = "ics"
#: The format that can be edited and read back.
_WORKBOOK = "xlsx"


@click.command()
@config_file
@for_group
@click.argument("name", metavar="FORMAT", type=click.Choice((*FORMATS, _CALENDAR)))
@click.argument("version", required=False)
@click.option("--audience", help="Only the parts that concern the audience with this id.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path, allow_dash=True),
    metavar="FILE",
    help="The file to write; - prints it. Without it, text is printed, and other formats are written to a file with a default name.",
)
def export(
    book: Handbook,
    group: str | None,
    name: str,
    version: str | None,
    audience: str | None,
    output: Path | None,
) -> None:
    """Write the charter of VERSION, by default the one in force, as FORMAT; `draft` is the charter on disk.

    A day such as 2026-03-01 instead of VERSION is the charter that was in force on it, as committed by then.
    pdf is the whole charter, onepager one A4 page, review the pre-read with the sheet to sign, and slides a deck in
    16:9. docx and xlsx are for Word and Excel: a workbook can be edited and read back. csv has one value in each row,
    json follows the schema of charter.yml, md is for wikis, html for printing from a browser, and ics has the dates of
    the charter.
    """
    book = book.seen_by(group)
    edition = _edition(book, version)
    _check_audience(edition, audience)
    data = _calendar(book, edition, audience) if name == _CALENDAR else _paper(book, edition, name, audience)
    _write(data, output, name, _file_name(name, version if version and day_named(version) else edition.name))


def _edition(book: Handbook, name: str | None) -> Edition:
    """The version with this name, or as it was in force on this day. Raises CharterbookError for an unknown one."""
    from charterbook.clock import today
    from charterbook.pages import read_docs
    from charterbook.site.edition_builder import editions
    from charterbook.versions import DRAFT, LATEST

    settings = book.settings
    zone = zoneinfo.ZoneInfo(settings.timezone)
    day = None if name is None or settings.for_group else day_named(name)
    history = book.history() if day is None else CharterResolver(book.folder, book.settings, warn).until(day)
    docs = read_docs(book.folder / settings.docs)
    known = {one.name: one for one in editions(history, docs, day or today(zone), None, zone)}
    name = name if day is None else LATEST
    is_moving = name in (None, LATEST) or (name == DRAFT and DRAFT not in known)
    wanted = _in_force(history) if is_moving else name
    if wanted is None or not known:
        raise CharterbookError("there is no charter that can be read; run `charterbook check` to see why.")
    return known[wanted] if wanted in known else _unknown(wanted, list(known))


def _in_force(history: History) -> str | None:
    return history.in_force.name if history.in_force else None


def _unknown(name: str, known: list[str]) -> Edition:
    from charterbook.suggestions import closest

    near = f"for a file, write -o {name}" if Path(name).suffix else closest(name, known)
    raise CharterbookError(f"{name}: there is no such version; {near}")


def _check_audience(edition: Edition, audience: str | None) -> None:
    known = [one.id for one in edition.charter.audiences]
    if audience is not None and audience not in known:
        raise CharterbookError(unknown_name("--audience", audience, "Audiences", known))


def _paper(book: Handbook, edition: Edition, name: str, audience: str | None) -> bytes:
    from charterbook.papers.formats import render
    from charterbook.site.paper_data import paper_source

    if audience is not None and FORMATS[name].is_whole:
        raise CharterbookError(f"--audience: {name} is always about the whole charter.")
    source = paper_source(edition, book.settings, audience=audience)
    return render(replace(source, report=note), name)


def _calendar(book: Handbook, edition: Edition, audience: str | None) -> bytes:
    from charterbook.calendars import WHOLE, Calendars, CalendarTopic, page_link
    from charterbook.export.calendar_file import as_ical

    settings = book.settings
    base = f"{settings.site_base}{edition.name}/" if settings.site_base else None
    versions = (*edition.past, edition.own)
    calendars = Calendars(versions, edition.name, settings.fiscal_year, page_link(edition.pages, base))
    if not calendars.topics:
        raise CharterbookError(f"there is no calendar of {edition.name}: no published charter has a date.")
    return as_ical(calendars.calendar(CalendarTopic("audiences", audience) if audience else WHOLE))


def _check_edits(target: Path, data: bytes) -> None:
    """Raise CharterbookError if an export would replace a workbook with edits that the charter does not have."""
    from charterbook.imports import TableError
    from charterbook.papers.workbook_losses import first_lost_edit
    from charterbook.papers.workbook_reading import read_workbook_cells

    with tempfile.TemporaryDirectory() as scratch:
        new = Path(scratch) / "new.xlsx"
        new.write_bytes(data)
        try:
            place = first_lost_edit(read_workbook_cells(target), read_workbook_cells(new))
        except TableError:  # no exported workbook
            return
    if place:
        raise CharterbookError(
            f"{target} has edits that the charter lacks, such as at {place}, and was not replaced. Propose them with "
            "--from-xlsx of `charterbook propose`, or name another file with --output."
        )


def _is_text(name: str) -> bool:
    return name == _CALENDAR or FORMATS[name].is_text


def _file_name(name: str, version: str) -> str | None:
    """The default name of the file; None for a text, which is printed."""
    return None if _is_text(name) else f"charter-{version}-{name}.{FORMATS[name].suffix}"


def _style(name: str) -> str:
    """The escaping of a text in a terminal."""
    return "ical" if name == _CALENDAR else FORMATS[name].style or name


def _write(data: bytes, output: Path | None, name: str, own_name: str | None) -> None:
    """Write the file, or print it."""
    from charterbook.atomic_write import write_file

    target = output or (Path(own_name) if own_name else None)
    if target is not None and str(target) != "-":
        if name == _WORKBOOK and target.is_file():
            _check_edits(target, data)
        write_file(target, data)
        note(f"Wrote {escape_terminal(str(target))}.")
    elif _is_text(name):
        show(data.decode(), style=_style(name))
    else:
        show_bytes(data)
