"""The result of reading files of figures, as text or as JSON, escaped for the terminal."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from charterbook.i18n import translator
from charterbook.imports import located
from charterbook.imports.figure_findings import Findings
from charterbook.problems import escape_terminal
from charterbook.propose import Proposal, proposal_text
from charterbook.propose.paths import text_of


def lines(findings: Findings, language: str) -> list[str]:
    """Notes and problems, one in each line."""
    t = translator(language)
    notes = [(located(file, note.place or file), note.phrase.text(t)) for file, note in findings.notes]
    label = t.gettext("note")
    noted = [f"{place}: {label}: {text}" for place, text in notes]
    return [
        escape_terminal(line) for line in (*noted, *(found.line(language) for found in findings.problems))
    ]


def as_json(files: Sequence[str], findings: Findings, proposal: Proposal | None, language: str) -> str:
    """Notes, problems and the proposal as a JSON document."""
    t = translator(language)
    document = {
        "files": [escape_terminal(file) for file in files],
        "notes": [_entry(file, note.place, note.phrase.text(t)) for file, note in findings.notes],
        "problems": [
            {**_entry(one.file, one.place, one.sentence(language)), "rule": one.rule}
            for one in findings.problems
        ],
        "changes": [text_of(change.path) for change in proposal.changes] if proposal else [],
        "proposal": proposal_text(proposal) if proposal else None,
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _entry(file: str, place: str, text: str) -> dict[str, Any]:
    return {
        "file": escape_terminal(file),
        "place": escape_terminal(place or file),
        "text": escape_terminal(text),
    }
