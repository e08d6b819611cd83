"""The new values in files of figures, as a proposal for the charter on disk."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from charterbook.cli.editable_charter import EditableCharter
from charterbook.cli.handbook import Handbook
from charterbook.errors import CharterbookError
from charterbook.i18n import translator
from charterbook.imports import Table, TableError, read_table
from charterbook.imports.figure_changes import Window, figure_changes
from charterbook.imports.figure_findings import Findings
from charterbook.imports.figure_messages import REASON
from charterbook.imports.figures import FigureReader
from charterbook.problems import escape_terminal
from charterbook.propose import Proposal, proposal_text, read_proposal
from charterbook.setting_names import check_setting_names, unknown_names
from charterbook.versions import bounds, is_version_name, period_name


def readable_tables(files: Sequence[Path], options: Mapping[str, Any], findings: Findings) -> Iterator[Table]:
    """The tables in all files. Files without a readable table are reported."""
    for file in files:
        try:
            yield read_table(file, **options)
        except TableError as error:
            findings.file(error)


class FiguresTarget(EditableCharter):
    """The charter that gets new values. Raises CharterError if it has errors, or if a setting names an unknown metric."""

    def __init__(self, book: Handbook) -> None:
        super().__init__(book)
        if self.settings.file is not None and self.settings.figure_metrics:
            unknown = unknown_names(self.settings, [self.charter], lambda: None)
            check_setting_names([one for one in unknown if one.keys[0] == "figures"], self.settings.file)

    def proposal(
        self, tables: list[Table], decimal: str | None, since: datetime.date | None, findings: Findings
    ) -> Proposal | None:
        """The proposal of the new values in these tables; None if there are none, or if there are problems."""
        reader = FigureReader(
            self.charter,
            self.today,
            dict(self.settings.figure_columns),
            dict(self.settings.figure_metrics),
            decimal,
            self.settings.fiscal_year,
        )
        try:
            readings = reader.read(tables, findings)
        except TableError as error:
            findings.file(error)
            return None
        window = Window(self._first_day, since)
        changes = figure_changes(self.charter, self.file.written, readings, window, findings)
        if findings.problems or not changes:
            return None
        return Proposal("-", changes, None, self.settings.charter)

    def with_reason(
        self, proposal: Proposal, files: Sequence[Path], reason: str | None, by: str | None
    ) -> Proposal:
        """The proposal with its reason. Raises CharterbookError if it could not be applied."""
        names = escape_terminal(", ".join(file.name for file in files))
        usual = translator(self.charter.language).gettext(REASON) % {"files": names}
        worded = replace(proposal, reason=(reason or "").strip() or usual, by=by)
        if problems := read_proposal(proposal_text(worded).encode("utf-8", "replace"), "")[1]:
            raise CharterbookError(problems[0].words)
        return worded

    @property
    def _first_day(self) -> datetime.date:
        """The first day of the charter's period."""
        year, version = self.settings.fiscal_year, self.charter.version
        day = max(self.today, self.charter.effective or self.today)
        known = version is not None and is_version_name(version)
        name = version if version is not None and known else period_name(day, self.settings.period, *year)
        return bounds(name, *year)[0]
