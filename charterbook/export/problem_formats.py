"""Problems as text, as JSON, or as annotations of a GitHub workflow, safe to print."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from charterbook.i18n import translator
from charterbook.problems import Problem, escape_terminal

_LEVELS = {"error": "error", "warning": "warning", "hint": "notice"}


#: Problems, each with its file.
_Located = Sequence[tuple[str, Problem]]


def render(
    problems: Iterable[Problem],
    file: str,
    format: str = "text",  # noqa: A002
    elsewhere: _Located = (),
) -> str:
    """The problems of a file in one of `FORMATS`, with a final newline; `elsewhere` are those in other files.

    Raises KeyError for an unknown format.
    """
    located = [(file, problem) for problem in problems]
    return FORMATS[format](
        [(escape_terminal(name), problem) for name, problem in [*elsewhere, *located]], escape_terminal(file)
    )


def counts(problems: Iterable[Problem]) -> dict[str, int]:
    """The number of problems of each severity."""
    found = [problem.severity for problem in problems]
    return {severity: found.count(severity) for severity in ("error", "warning", "hint")}


def summary(problems: Iterable[Problem], language: str = "en") -> str:
    """The numbers in words, for example `1 error, 3 hints`."""
    t = translator(language)
    named = {
        "error": lambda n: t.ngettext("%(n)s error", "%(n)s errors", n),
        "warning": lambda n: t.ngettext("%(n)s warning", "%(n)s warnings", n),
        "hint": lambda n: t.ngettext("%(n)s hint", "%(n)s hints", n),
    }
    found = [named[name](count) % {"n": t.number(count)} for name, count in counts(problems).items() if count]
    return ", ".join(found) or t.gettext("no problems")


def _text(problems: _Located, _file: str) -> str:
    return "".join(f"{name}:{escape_terminal(str(problem))}\n" for name, problem in problems)


def _json(problems: _Located, file: str) -> str:
    document = {
        "file": file,
        "counts": counts(problem for _, problem in problems),
        "problems": [
            _plain(problem) | ({"file": name} if name != file else {}) for name, problem in problems
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _plain(problem: Problem) -> dict[str, Any]:
    values = asdict(problem)
    return {key: escape_terminal(value) if isinstance(value, str) else value for key, value in values.items()}


def _github(problems: _Located, _file: str) -> str:
    return "".join(f"{_annotation(problem, name)}\n" for name, problem in problems)


def _annotation(problem: Problem, file: str) -> str:
    properties = {"file": file, "line": problem.line, "col": problem.column, "title": problem.rule}
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{_LEVELS[problem.severity]} {listed}::{_data(escape_terminal(problem.words))}"


def _data(text: str) -> str:
    """Escape the message of a workflow command, as GitHub's own toolkit does."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: Mapping[str, Callable[[_Located, str], str]] = {"text": _text, "json": _json, "github": _github}
