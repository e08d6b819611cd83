"""The papers of a version, and the empty form of a charter, beside its pages."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from charterbook.errors import CharterbookError
from charterbook.i18n import N_
from charterbook.load import load
from charterbook.papers.formats import FORMATS, is_installed, render
from charterbook.papers.paper_source import PaperSource
from charterbook.problems import escape_terminal
from charterbook.settings import Settings
from charterbook.site.edition import Edition
from charterbook.site.paper_data import paper_source
from charterbook.starter import empty_charter

log = logging.getLogger("mkdocs.plugins.charterbook")

#: The folder of papers in a version's folder.
FOLDER = "papers"


class OfferedPaper(NamedTuple):
    """A paper that a page links to: its file, and its untranslated title."""

    file: str
    title: str


#: The papers of a version by format, with their titles.
_PAPERS = {
    "pdf": N_("The whole charter (PDF)"),
    "onepager": N_("On one page (PDF)"),
    "slides": N_("Slides (PDF)"),
    "review": N_("For the review (PDF)"),
    "docx": N_("Word"),
    "xlsx": N_("Excel"),
    "html": N_("To print from the browser"),
}

#: The empty form of a charter, for a team that starts its own.
_FORMS = {"docx": N_("Empty form (Word)"), "xlsx": N_("Empty form (Excel)")}
_FORM_TEXT = N_("Empty form (YAML)")


def missing_libraries() -> bool:
    """Whether a library of papers is not installed."""
    return not all(is_installed(FORMATS[name]) for name in _PAPERS)


def offered_papers() -> list[OfferedPaper]:
    """All papers that a version offers; titles are not translated yet."""
    papers = [OfferedPaper(_file(name, name), title) for name, title in _PAPERS.items()]
    forms = [OfferedPaper(_file("form", name), title) for name, title in _FORMS.items()]
    return [*papers, *forms, OfferedPaper(f"{FOLDER}/form.yml", _FORM_TEXT)]


def _file(stem: str, name: str) -> str:
    """The path of a paper in a version's folder: `charter.pdf` if the format is called like its suffix."""
    suffix = FORMATS[name].suffix
    return f"{FOLDER}/{'charter' if stem == suffix else stem}.{suffix}"


def write_papers(folder: Path, edition: Edition, settings: Settings) -> None:
    """Write the papers of a version into its folder; warn about each paper that cannot be made."""
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    said: set[str] = set()
    source = replace(paper_source(edition, settings), report=partial(_warn_once, said, edition.name))
    for name in _PAPERS:
        _write(folder / _file(name, name), source, name)
    for file, data in _forms(edition.charter.language):
        (folder / file).write_bytes(data)


def _write(path: Path, source: PaperSource, name: str) -> None:
    try:
        path.write_bytes(render(source, name))
    except CharterbookError as error:
        log.warning("%s: %s", path.name, error)


def _warn_once(said: set[str], version: str, message: str) -> None:
    """Warn once about everything that the papers of a version cannot show. A strict build then fails."""
    if message not in said:
        said.add(message)
        log.warning("%s: %s", version, escape_terminal(message))


@cache
def _forms(language: str) -> tuple[tuple[str, bytes], ...]:
    """The charter that `charterbook new` writes, with its questions, by the names of its files."""
    text = empty_charter(language).encode()
    charter = load(text).charter
    assert charter is not None
    source = PaperSource(charter, charter.version or "", is_draft=True)
    made = tuple((_file("form", name), render(source, name)) for name in _FORMS)
    return (*made, (f"{FOLDER}/form.yml", text))
