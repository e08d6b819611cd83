"""All problems of a charter, sorted by place: of the loader, of the rules, and of its pages in the handbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from charterbook.errors import CharterbookError
from charterbook.load import MAX_BYTES, load
from charterbook.pages import DocsPage, page_problems, read_docs
from charterbook.problems import Problem
from charterbook.rules import RULES, Rule
from charterbook.settings import handbook_of, read_settings, settings_file


def check(data: bytes, rules: Mapping[str, Rule] = RULES, docs: Iterable[DocsPage] = ()) -> list[Problem]:
    """The problems of a charter file, in a handbook with these pages.

    Pages are looked at as soon as every value has its right form, rules as soon as every reference leads
    somewhere: what a mistyped id leaves undone is no second problem.
    """
    loaded = load(data)
    problems = list(loaded.problems)
    if loaded.model is not None:
        problems += page_problems(loaded.model, loaded.places, docs)
        if not any(problem.rule.startswith("unknown-") for problem in loaded.problems):
            for rule in rules.values():
                problems += rule(loaded.model, loaded.places)
    return sorted(problems)


def check_file(path: Path, handbook: Path | None = None) -> list[Problem]:
    """The problems of the charter at this path, in the handbook in this folder.

    Without a folder, the handbook is the one that the charter belongs to, if there is one. Raises
    CharterbookError where the charter, or what it is to be checked with, cannot be read.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CharterbookError(f"{path}: cannot be read: {reason}") from error
    return check(data, docs=_docs(path, handbook))


def _docs(charter: Path, handbook: Path | None) -> Iterator[DocsPage]:
    """The pages of the charter's handbook; read only when they are asked for."""
    folder = handbook or handbook_of(charter)
    if folder is not None and settings_file(folder) is not None:
        yield from read_docs(folder / read_settings(folder).docs)
