"""A report on a proposed change as text, Markdown or JSON. Nothing of a charter is markup in it.

`report_parts` says what stands in it, `report_markdown` makes a comment of that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from itertools import pairwise
from typing import Any, Literal

from charterbook.compare import Statement
from charterbook.export.changes import signed, wrapped
from charterbook.export.changes_json import document, dumped
from charterbook.export.report_markdown import markdown
from charterbook.export.report_parts import ReportLine, parts_of
from charterbook.report import AffectedAudience, ConsultedRole, NewContents, Report

#: GitHub takes 65,536 characters in a comment; the rest is room for what a workflow adds. Bitbucket takes 32,768.
LIMIT = 60_000

#: The format of the JSON document.
SCHEMA = 1

Format = Literal["text", "markdown", "json"]


def render(
    report: Report,
    format: Format = "text",  # noqa: A002
    *,
    preview: str | None = None,
    limit: int = LIMIT,
) -> str:
    """A report in one of the formats, each line ended.

    `preview` is the address of a handbook built from the newer charter, which ends in / where pages below it
    can be opened; `limit` is how many characters the Markdown may have.
    """
    if format == "json":
        return _json(report, preview)
    page = f"{preview}draft/changes/" if preview and preview.endswith("/") else preview
    parts = list(parts_of(report, page))
    return markdown(parts, report, limit) if format == "markdown" else _text(parts)


def _text(parts: Sequence[ReportLine]) -> str:
    lines: list[str] = []
    for before, part in pairwise([ReportLine("title"), *parts]):
        if part.kind == "heading" or (part.kind, before.kind) == ("line", "item"):
            lines.append("")
        lines += _text_lines(part)
    return "".join(f"{line}\n" for line in lines)


def _text_lines(part: ReportLine) -> list[str]:
    called = f" [{', '.join(part.handles)}]" if part.handles else ""
    below = wrapped(signed(part.segments), "      ") if part.segments else []
    return wrapped(part.text + called, "  " if part.kind == "item" else "") + below


def _json(report: Report, preview: str | None) -> str:
    return dumped(
        {
            "schema": SCHEMA,
            "old": report.names[0],
            "new": report.names[1],
            "language": report.language,
            "preview": preview,
            "changes": document(report.comparison) if report.comparison else None,
            "first": _contents(report.contents) if report.contents else None,
            "touched": [_audience(audience) for audience in report.touched],
            "signers": [_role(role) for role in report.signers],
            "reviewers": [_role(role) for role in report.reviewers],
            "unowned": _fingerprints(report.unowned),
            "problems": [asdict(problem) for problem in report.problems],
            "refused": [{"file": file} | asdict(problem) for file, problem in report.refused],
        }
    )


def _contents(contents: NewContents) -> dict[str, Any]:
    """What a charter without an older one has, and why there is none: null where there never was one."""
    return {"reason": contents.reason, "items": {section: list(names) for section, names in contents.items}}


def _audience(audience: AffectedAudience) -> dict[str, Any]:
    return {"id": audience.id, "label": audience.label, "changes": _fingerprints(audience.statements)}


def _role(role: ConsultedRole) -> dict[str, Any]:
    return {
        "role": role.role,
        "label": role.label,
        "handles": list(role.handles),
        "stands_in_for": role.stands_in_for,
        "changes": _fingerprints(role.statements),
    }


def _fingerprints(statements: Sequence[Statement]) -> list[str]:
    return [statement.fingerprint for statement in statements]
