"""The versions of a history as a table or as JSON, safe to print.

The JSON document contains, newest first throughout:

- `branch`: the published branch or null; `shallow`: whether the clone lacks older commits
- `draft`: null, or `{"origin": "working tree" | "HEAD"}`
- `warnings`: sentences
- `versions`: objects with
    - `version`: the name; `aliases`: for example `["latest"]`; `pinned`: the tag that pins it, or null
    - `begins`, `ends`: the first and the last day that it covers (ISO 8601), or null without a charter. It covers
      the days until the next version begins, or else its period, after which it remains in force;
      `upcoming`: whether the first day is in the future
    - `misdated`: `effective` of its charter, if that lies outside the version's period, else null
    - `misnamed`: `version` of its charter, if a tag says another one, else null
    - `from`, `to`: when its first and its last revision landed, or null without revisions (ISO 8601)
    - `shown`: the commit whose charter it shows; null if no revision can be read, or for a working tree
      without history
    - `readable`: whether it has a charter
    - `revisions`: objects with `commit`, `date` (ISO 8601, in the configured time zone), `author`,
      `subject` (of the message), `path`, and `problem`: null, or the reason for skipping it, with
      `line`, `column`, `rule`, `text`, `fix`. Only the newest revisions of a version are examined.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping
from typing import Any

from charterbook.history import History, Revision, Version
from charterbook.problems import Problem, escape_terminal

_HEAD = ("version", "revisions", "from", "to", "commit", "")


def render(history: History, format: str = "text") -> str:  # noqa: A002
    """The versions of a history in one of `FORMATS`, with a final newline. Raises KeyError for an unknown format."""
    return FORMATS[format](history)


def _text(history: History) -> str:
    rows = [_HEAD, *(_row(version) for version in reversed(history.versions))]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    table = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    lines = []
    for line, version in zip(table, [None, *reversed(history.versions)], strict=True):
        lines.append(line)
        lines += _skipped(version) if version else []
    if history.draft:
        lines.append(
            f"draft: the charter of {'the working tree' if history.draft.origin != 'HEAD' else 'HEAD'}"
        )
    return "".join(f"{escape_terminal(line).rstrip()}\n" for line in lines)


def _row(version: Version) -> tuple[str, ...]:
    first, last = _span(version)
    days = (moment.date().isoformat() if moment else "-" for moment in (first, last))
    commit = version.shown.short if version.shown else "-"
    return (version.name, str(len(version.revisions)), *days, commit, _remarks(version))


def _remarks(version: Version) -> str:
    remarks = [*version.aliases]
    if version.pinned:
        remarks.append(f"tag {version.pinned}")
    if version.upcoming:
        remarks.append(f"upcoming: in force from {version.begins}")
    if version.misdated:
        remarks.append(f"effective: {version.misdated} is outside its period")
    if version.misnamed:
        remarks.append(f"its charter says version: {version.misnamed}")
    if version.charter is None:
        remarks.append("cannot be read")
    elif version.shown is None:
        remarks.append("working tree")
    return ", ".join(remarks)


def _skipped(version: Version) -> list[str]:
    return [
        f"  skipped {revision.short} of {revision.date.date()}: {revision.path}:{revision.problem}"
        for revision in reversed(version.revisions)
        if revision.problem
    ]


def _span(version: Version) -> tuple[datetime.datetime | None, datetime.datetime | None]:
    dates = [revision.date for revision in version.revisions]
    return (min(dates), max(dates)) if dates else (None, None)


def _json(history: History) -> str:
    document = {
        "branch": _escaped(history.branch),
        "shallow": history.shallow,
        "draft": {"origin": history.draft.origin} if history.draft else None,
        "warnings": list(history.warnings),
        "versions": [_version(version) for version in reversed(history.versions)],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _version(version: Version) -> dict[str, Any]:
    first, last = _span(version)
    return {
        "version": version.name,
        "aliases": list(version.aliases),
        "pinned": _escaped(version.pinned),
        "begins": version.begins and version.begins.isoformat(),
        "ends": version.ends and version.ends.isoformat(),
        "upcoming": version.upcoming,
        "misdated": version.misdated and version.misdated.isoformat(),
        "misnamed": version.misnamed,
        "from": first.isoformat() if first else None,
        "to": last.isoformat() if last else None,
        "shown": version.shown.commit if version.shown else None,
        "readable": version.charter is not None,
        "revisions": [_revision(revision) for revision in reversed(version.revisions)],
    }


def _revision(revision: Revision) -> dict[str, Any]:
    return {
        "commit": revision.commit,
        "date": revision.date.isoformat(),
        "author": escape_terminal(revision.author),
        "subject": escape_terminal(revision.subject),
        "path": escape_terminal(revision.path),
        "problem": _problem(revision.problem) if revision.problem else None,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "line": problem.line,
        "column": problem.column,
        "rule": problem.rule,
        "text": escape_terminal(problem.text),
        "fix": escape_terminal(problem.fix),
    }


def _escaped(text: str | None) -> str | None:
    return None if text is None else escape_terminal(text)


FORMATS: Mapping[str, Callable[[History], str]] = {"text": _text, "json": _json}
