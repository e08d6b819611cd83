"""A comparison narrowed to what a reader asked for."""

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
    """The comparison with only the statements that touch an audience, are in a section (a key of the file),
    and are at least this grave. What is not asked for does not narrow.
    """
    kept = tuple(
        statement
        for statement in comparison.statements
        if (audience is None or audience in statement.audiences)
        and (section is None or statement.section == section)
        and (severity is None or at_least(statement.severity, severity))
    )
    return replace(comparison, statements=kept, narrowed=comparison.narrowed or kept != comparison.statements)
