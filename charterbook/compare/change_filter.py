"""Filter for a comparison by audience, section and severity."""

from __future__ import annotations

from dataclasses import replace

from charterbook.compare.comparison import Comparison, Severity
from charterbook.compare.severity import at_least


def narrowed(
    comparison: Comparison,
    *,
    audience: str | None = None,
    section: str | None = None,
    severity: Severity | None = None,
) -> Comparison:
    """The comparison with only the statements that affect an audience, are in a section (a key of the file) and have
    at least this severity. Each criterion is optional.
    """
    statements = tuple(
        statement
        for statement in comparison.statements
        if (audience is None or audience in statement.audiences)
        and (section is None or statement.section == section)
        and (severity is None or at_least(statement.severity, severity))
    )
    return replace(
        comparison, statements=statements, narrowed=comparison.narrowed or statements != comparison.statements
    )
