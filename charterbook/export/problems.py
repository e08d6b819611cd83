"""Problems as text, as JSON, or as annotations of a GitHub workflow. All of it is harmless to print."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any

from charterbook.problems import Problem, inert

_LEVELS = {"error": "error", "warning": "warning", "hint": "notice"}


def render(problems: Iterable[Problem], file: str, format: str = "text") -> str:  # noqa: A002
    """The problems of a file in one of `FORMATS`, each line ended.

    Raises KeyError for another format.
    """
    return FORMATS[format](list(problems), inert(file))


def counts(problems: Iterable[Problem]) -> dict[str, int]:
    """How many problems there are of each severity."""
    found = [problem.severity for problem in problems]
    return {severity: found.count(severity) for severity in ("error", "warning", "hint")}


def summary(problems: Iterable[Problem]) -> str:
    """The counts in words, for example `1 error, 3 hints`."""
    found = [f"{count} {name}{'s' * (count != 1)}" for name, count in counts(problems).items() if count]
    return ", ".join(found) or "no problems"


def _text(problems: list[Problem], file: str) -> str:
    return "".join(f"{file}:{inert(str(problem))}\n" for problem in problems)


def _json(problems: list[Problem], file: str) -> str:
    document = {
        "file": file,
        "counts": counts(problems),
        "problems": [_plain(problem) for problem in problems],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _plain(problem: Problem) -> dict[str, Any]:
    values = asdict(problem)
    return {key: inert(value) if isinstance(value, str) else value for key, value in values.items()}


def _github(problems: list[Problem], file: str) -> str:
    return "".join(f"{_annotation(problem, file)}\n" for problem in problems)


def _annotation(problem: Problem, file: str) -> str:
    properties = {"file": file, "line": problem.line, "col": problem.column, "title": problem.rule}
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{_LEVELS[problem.severity]} {listed}::{_data(inert(problem.words))}"


def _data(text: str) -> str:
    """Escapes as GitHub's own toolkit does for the message of a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: Mapping[str, Callable[[list[Problem], str], str]] = {"text": _text, "json": _json, "github": _github}
