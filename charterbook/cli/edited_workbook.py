"""The edits of a workbook as the changes of a proposal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from charterbook.cli.editable_charter import EditableCharter
from charterbook.cli.group import FOUND
from charterbook.cli.handbook import Handbook
from charterbook.errors import CharterbookError
from charterbook.i18n import translator
from charterbook.problems import escape_terminal
from charterbook.terminal import note

if TYPE_CHECKING:
    from charterbook.propose import ProposedChange


def changes_in_workbook(book: Handbook, file: Path) -> tuple[ProposedChange, ...]:
    """The changes for these edits. Raises CharterbookError without edits; ends with exit code 1 for a problem."""
    from charterbook.imports import TableError, located
    from charterbook.papers.workbook_edits import edited_charter
    from charterbook.papers.workbook_reading import read_workbook_cells
    from charterbook.propose import Proposal, apply_proposals, changes_between

    target = EditableCharter(book)
    language = target.charter.language
    try:
        edited = edited_charter(target.charter, read_workbook_cells(file))
    except TableError as error:
        _refuse([f"{located(error.file, error.place)}: {error.sentence(language)}"])
    if edited.charter is None:
        _refuse([f"{located(str(file), one.place)}: {one.sentence(language)}" for one in edited.problems])
    changes = changes_between(target.charter, edited.charter)
    if not changes:
        raise CharterbookError("nothing to propose: no cell was edited.")
    outcome = apply_proposals(target.file.data, [Proposal("-", changes)], str(target.path))
    if outcome.refusals:
        _refuse([f"{file}: {refusal.problem.words}" for refusal in outcome.refusals])
    return changes


def _refuse(lines: list[str]) -> NoReturn:
    for line in lines:
        note(escape_terminal(line))
    click.get_current_context().exit(FOUND)


def usual_reason(book: Handbook, file: Path) -> str:
    """The reason for a proposal that has no other."""
    from charterbook.papers.workbook_messages import REASON

    words = translator(EditableCharter(book).charter.language)
    return words.gettext(REASON) % {"file": escape_terminal(file.name)}
