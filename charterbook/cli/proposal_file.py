"""Write a proposal to a new file in proposals/, to a named file, or to standard output."""

from __future__ import annotations

import datetime
import os
from pathlib import Path
from zoneinfo import ZoneInfo

from charterbook.atomic_write import create_file
from charterbook.cli.handbook import Handbook
from charterbook.cli.notices import WRITTEN, notice
from charterbook.clock import today
from charterbook.errors import CharterbookError
from charterbook.load.language import language_of
from charterbook.proposal_folder import FOLDER
from charterbook.propose import Proposal, proposal_text, read_proposal, slugify
from charterbook.terminal import show

#: Maximum length of the part of a file's name that is made from the reason, in characters.
_LONGEST_SLUG = 40


def write_proposal(book: Handbook, proposal: Proposal, output: str | None, *, err: bool = False) -> None:
    """Write a proposal, and print how to apply it; no file is overwritten. - prints it. Raises CharterbookError.

    `err` prints the hint on standard error.
    """
    text = proposal_text(proposal)
    if problems := read_proposal(text.encode(), "")[1]:
        raise CharterbookError(problems[0].words)
    if output == "-":
        show(text, style="yaml")
        return
    day = today(ZoneInfo(book.settings.timezone))
    data = text.encode()
    path = _written(Path(output), data) if output else _written_to_folder(book, day, proposal.reason, data)
    charter = book.charter
    language = language_of(charter.read_bytes()) if charter.exists() else "en"
    notice(WRITTEN, language, err=err, file=path)


def _written(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    create_file(path, data)
    return path


def _written_to_folder(book: Handbook, day: datetime.date, reason: str, data: bytes) -> Path:
    """Write a proposal to a new file in proposals/, and return its path."""
    while True:
        path = _unused_path(book.folder / FOLDER, day, reason)
        try:
            return _written(path, data)
        except FileExistsError:  # by another command, since
            if not os.path.lexists(path):
                raise


def _unused_path(folder: Path, day: datetime.date, reason: str) -> Path:
    """An unused file name for a proposal: the day and the first words of the reason."""
    words = slugify(reason)
    if len(words) > _LONGEST_SLUG:
        words = words[: _LONGEST_SLUG + 1].rpartition("-")[0] or words[:_LONGEST_SLUG]
    number, path = 1, folder / f"{day}-{words}.yml"
    while os.path.lexists(path):
        number += 1
        path = folder / f"{day}-{words}-{number}.yml"
    return path
