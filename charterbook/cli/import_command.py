"""`charterbook import`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from charterbook.cli.group import FOUND, text
from charterbook.cli.handbook import Handbook, config_file
from charterbook.errors import CharterbookError
from charterbook.i18n import N_, translator
from charterbook.problems import escape_terminal
from charterbook.terminal import note, show

if TYPE_CHECKING:
    from charterbook.imports.drafts import DraftedCharter

_EXISTS = N_("%(file)s exists. Name another file with --output, or add --overwrite.")


@click.command("import")
@config_file
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="The charter to write; - for standard output.  [default: the handbook's charter]",
)
@click.option("--overwrite", is_flag=True, help="Replace an existing charter.")
@click.option(
    "--language",
    type=click.Choice(["en", "ru"]),
    help="The charter's language; by default that of the document.",
)
@click.option("--encoding", type=text, help="The encoding of a text file, if it is not detected.")
@click.pass_context
def import_(
    ctx: click.Context,
    book: Handbook,
    file: Path,
    output: Path | None,
    overwrite: bool,
    language: Literal["en", "ru"] | None,
    encoding: str | None,
) -> None:
    """Make a charter from a document: FILE is a .docx, .xlsx, .csv, .md, .txt or .html file.

    Headings, labels and columns are matched to the keys of a charter in English and Russian; a name that is at
    least 87 % similar is accepted, and reported. A comment after each value says where in the document it was found.
    Missing or uncertain values are marked ‹like this›; text that fits no key becomes a separate section. Nothing is
    invented and nothing is lost. An existing charter is not replaced unless --overwrite is given. A document that
    cannot be read gives exit code 1.
    """
    from charterbook.export.import_text import summary
    from charterbook.imports import TableError
    from charterbook.imports.documents import read_document
    from charterbook.imports.drafts import draft_of

    file.stat()  # a missing document is named before anything else
    target = output or book.charter
    if str(target) != "-" and target.exists() and not overwrite:
        raise CharterbookError(translator(language or "en").gettext(_EXISTS) % {"file": target})
    try:
        document = read_document(file, encoding=encoding)
        draft = draft_of(document, language)
    except TableError as error:
        place = error.place if error.place.startswith(error.file) else f"{error.file}: {error.place}"
        note(f"{escape_terminal(place)}: {error.sentence(language or 'en')}")
        ctx.exit(FOUND)
    for line in summary(document, draft):
        note(line)
    _write(target, draft, overwrite=overwrite)


def _write(target: Path, draft: DraftedCharter, *, overwrite: bool) -> None:
    from charterbook.atomic_write import create_file, replace_file

    if str(target) == "-":
        show(draft.text, style="yaml")
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    if overwrite and target.exists():
        replace_file(target, draft.text.encode())
    else:
        create_file(target, draft.text.encode())
    words = translator(draft.language)
    name = escape_terminal(str(target))
    note(words.gettext(_WRITTEN) % {"file": name})


_WRITTEN = N_("Wrote %(file)s. Next, run `charterbook check`, and replace the texts in ‹these marks›.")
