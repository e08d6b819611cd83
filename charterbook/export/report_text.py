"""A report on a proposed change as text, Markdown or JSON. Texts of a charter never become markup.

`report_parts` makes the lines of a report, `report_markdown` a comment of these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from itertools import pairwise
from typing import Any, Literal

from charterbook.compare import Statement
from charterbook.export.changes import with_diff_signs, wrapped
from charterbook.export.changes_json import document, dumped
from charterbook.export.report_markdown import markdown
from charterbook.export.report_parts import ReportLine, parts_of
from charterbook.report import AffectedAudience, ConsultedRole, NewContents, OutdatedBase, Report
from charterbook.signing import SignOffState

#: Below GitHub's limit of 65,536 characters for a comment, with room for additions by a workflow. Bitbucket: 32,768.
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
    """A report in one of the formats, with a final newline.

    `preview` is the address of a handbook built from the newer charter, with a final / if pages below it can be
    opened; `limit` is the maximum length of the Markdown in characters.
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
    mentions = f" [{', '.join(part.handles)}]" if part.handles else ""
    below = wrapped(with_diff_signs(part.segments), "      ") if part.segments else []
    return wrapped(part.text + mentions, "  " if part.kind == "item" else "") + below


def _json(report: Report, preview: str | None) -> str:
    return dumped(
        {
            "schema": SCHEMA,
            "old": report.names[0],
            "new": report.names[1],
            "language": report.language,
            "preview": preview,
            "outdated": _outdated(report.outdated) if report.outdated else None,
            "changes": document(report.comparison) if report.comparison else None,
            "first": _contents(report.contents) if report.contents else None,
            "touched": [_audience(audience) for audience in report.touched],
            "signers": [_role(role) for role in report.signers],
            "reviewers": [_role(role) for role in report.reviewers],
            "sign_offs": [_sign_off(state) for state in report.sign_offs],
            "unowned": _fingerprints(report.unowned),
            "problems": [asdict(problem) for problem in report.problems],
            "refused": [{"file": file} | asdict(problem) for file, problem in report.refused],
        }
    )


def _outdated(outdated: OutdatedBase) -> dict[str, Any]:
    """Where the proposal began, if the base has changed since, and whether the comparison is with the merge of both."""
    return {
        "began": outdated.began,
        "merged": outdated.is_merged,
        "problem": outdated.problem and asdict(outdated.problem),
    }


def _contents(contents: NewContents) -> dict[str, Any]:
    """The items of a charter without an older one, and the reason, null if there never was one."""
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


def _sign_off(state: SignOffState) -> dict[str, Any]:
    return {
        "role": state.sign_off.role,
        "label": state.label,
        "agreement": state.agreement,
        "changes": _fingerprints(state.differs),
        "condition_met": state.condition.met if state.condition else None,
    }


def _fingerprints(statements: Sequence[Statement]) -> list[str]:
    return [statement.fingerprint for statement in statements]
