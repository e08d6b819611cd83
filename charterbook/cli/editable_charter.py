"""The charter of a handbook as commands change it: read once, and replaced as a whole."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from charterbook.atomic_write import replace_file
from charterbook.cli.handbook import Handbook
from charterbook.errors import CharterbookError

if TYPE_CHECKING:
    from charterbook.propose import CharterFile, Proposal


class EditableCharter:
    """The charter on disk. Raises CharterError if it has errors."""

    def __init__(self, book: Handbook) -> None:
        from charterbook.propose import read_charter_file

        self.settings = book.settings
        self.path: Path = book.existing_charter()
        self.file: CharterFile = read_charter_file(self.path.read_bytes(), str(self.path))
        self.charter = self.file.charter

    @property
    def today(self) -> datetime.date:
        """The current day in the handbook's time zone."""
        from charterbook.clock import today

        return today(ZoneInfo(self.settings.timezone))

    def apply(self, proposal: Proposal) -> str:
        """Change the charter, and return a summary of the changes. Raises CharterbookError."""
        from charterbook.export.proposals import summary
        from charterbook.propose import apply_proposals

        outcome = apply_proposals(self.file.data, [proposal], str(self.path))
        if outcome.refusals:
            raise CharterbookError(outcome.refusals[0].problem.words)
        replace_file(self.path, outcome.data, expected=self.file.data)
        return summary(outcome, str(self.path), dict(self.settings.severity))
