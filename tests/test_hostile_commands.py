"""Every command, in each of its formats, with a history in which all texts are commands to CI servers and terminals."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from charterbook.load import load
from charterbook.papers.workbook import WorkbookSource, as_xlsx
from tests.command_line import call
from tests.commands_in_logs import commands_in
from tests.histories import Repo
from tests.imports.charter_documents import table, word
from tests.imports.workbooks import workbook
from tests.papers.edit_workbook import edited
from tests.site.attacks import UNSEEN, Pack
from tests.site.hostile import BRANCHES, TAGS, Maker, charter_text

#: Each word is a command, so that each wrapped line begins with one.
COMMANDS = "::error::a ::warning::b ##[error]c ##vso[task.d]e ##teamcity[f] ::stop-commands::g ::add-mask::h"
LINES = {"2026-Q1": f"{COMMANDS} one", "2026-Q2": f"{COMMANDS} two", "draft": f"{COMMANDS} three"}

RUNS = [
    *(("check", "--format", style) for style in ("text", "json", "github")),
    *(("versions", "--format", style) for style in ("text", "json")),
    *(("diff", "2026-Q1", "2026-Q2", "--format", style) for style in ("text", "markdown", "json", "html")),
    *(("report", "HEAD", "draft", "--format", style) for style in ("text", "markdown", "json")),
    *(("log", "services-1", "--format", style) for style in ("text", "markdown", "json")),
    *(("review", "--as-of", "2026-05-01", "--format", style) for style in ("text", "markdown", "html", "json")),
    *(("due", "--days", "900", "--format", style) for style in ("text", "markdown", "json", "github")),
    *(("digest", "--since", "2026-Q1", "--format", style) for style in ("slack", "teams", "email", "html", "markdown", "text")),
    *(("export", name) for name in ("csv", "json", "md", "html", "ics")),
    *(("import", name, "--output", "-") for name in ("document.docx", "document.html", "document.md", "figures.xlsx", "figures.csv")),
    ("import", "broken.docx", "--output", "-"), ("import", "document.md", "--output", f"\n{COMMANDS}.yml"),
    ("propose", "--from-xlsx", "edited.xlsx", "--reason", COMMANDS, "--output", "-"),
    ("propose", "--from-xlsx", "refused.xlsx"), ("propose", "--from-xlsx", f"{COMMANDS}.xlsx"),
    ("sign", COMMANDS, "--decision", "approved_with_condition", "--condition", COMMANDS, "--output", "-"),
    ("upgrade", "--check"), ("upgrade", "--config-file", f"{COMMANDS}.yml"),
    ("calendar",),
    ("propose", "--from", "2026-Q1", "2026-Q2", "--reason", COMMANDS, "--output", "-"),
    ("propose", "--set", f"title={COMMANDS}", "--reason", f"a\n{COMMANDS}", "--by", COMMANDS, "--output", "-"),
    ("propose", "--set", f"{COMMANDS}=1", "--reason", "r"),
    ("apply", "--check", "proposal.yml"), ("apply", "--check", "refused.yml"),
    *(("figures", name, "--format", style) for name in ("figures.csv", "figures.xlsx") for style in ("text", "json")),
    *(("promises", "log.csv", "--format", style) for style in ("text", "json", "markdown", "junit")),
    ("diff", f"\n{COMMANDS}", "2026-Q2"), ("log", COMMANDS), ("report", COMMANDS), ("check", f"\n{COMMANDS}.yml"),
    ("apply", "::error::a \x1b.yml"), ("new", f"{COMMANDS}\u202e"), ("offline", f"\n{COMMANDS}"),
]  # fmt: skip
#: Runs that print no text of a charter, commit or argument.
_WITHOUT_TEXTS = [
    ("versions", "--format", "text"),
    ("upgrade", "--check"),
    ("import", "broken.docx", "--output", "-"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A history of two versions and a draft, two proposals, figures and a request log."""
    repo = Repo(tmp_path_factory.mktemp("hostile") / "book")
    charters = {version: _charter(version, line) for version, line in LINES.items()}
    for version, day in (("2026-Q1", "2026-01-10"), ("2026-Q2", "2026-04-10")):
        message = f"{COMMANDS}\n\n{COMMANDS}\n" + "\n".join(UNSEEN.values())
        repo.commit({"charter.yml": charter_text(charters[version])}, message, day, author=f"A {COMMANDS}")
    for tag in TAGS:
        repo.tag(tag)
    for branch in BRANCHES:
        repo.git("update-ref", f"refs/heads/{branch}", "HEAD")
    repo.write({"charter.yml": charter_text(charters["draft"]), "mkdocs.yml": "plugins: [charterbook]\n"})
    repo.write(_beside(charters["draft"]))
    return repo.folder


def _charter(version: str, line: str) -> dict[str, Any]:
    pack = Pack((line,), (f"{line}\n{line}\n\n- {line}",))
    return Maker(version, pack, every=(pack,)).charter()


def _beside(charter: dict[str, Any]) -> dict[str, str | bytes]:
    metric, kind = charter["metrics"][0], charter["services"][0]["service_levels"][0]["request"]
    figures = [
        ["metric", "day", "value", COMMANDS],
        [metric["id"], "2026-05-01", 5, COMMANDS],
        [COMMANDS, COMMANDS, COMMANDS, COMMANDS],
    ]
    log = [
        ["kind", "opened", "answered", COMMANDS],
        [kind, "2026-05-01 10:00", "2026-05-02 10:00", COMMANDS],
        [COMMANDS, COMMANDS, COMMANDS, "x"],
        ["=1+1", "\x1b[31m", "\u202e", COMMANDS],
    ]
    proposal = f"charterbook: 1\nreason: '{COMMANDS}'\nby: '{COMMANDS}'\nchanges:\n"
    paragraphs = "\n\n".join(["# Services", *(f"## {COMMANDS} {place}\n\n{COMMANDS}" for place in range(3))])
    return {
        "document.md": paragraphs,
        "document.html": f"<h1>Services</h1><h2>{COMMANDS}</h2><p>{COMMANDS}</p><table><tr><th>{COMMANDS}</th></tr></table>",
        "document.docx": word(_filled),
        "broken.docx": "::error::a",
        "edited.xlsx": _edited(charter, {"title": COMMANDS, "services/services-1/name": COMMANDS}),
        "refused.xlsx": _edited(charter, {"services/services-1/status": COMMANDS, "effective": COMMANDS}),
        "figures.csv": _csv(figures),
        "figures.xlsx": workbook(figures, names=["::error::[x".replace("[", "(").replace(":", "-")]),
        "log.csv": _csv(log),
        "proposal.yml": proposal
        + f"  - path: change_note\n    old: {_quoted(charter['change_note'])}\n    new: '{COMMANDS}'\n",
        "refused.yml": proposal + f"  - path: title\n    old: '{COMMANDS} other'\n    new: '{COMMANDS}'\n",
    }


def _filled(document: Any) -> None:
    document.add_heading(COMMANDS, 1)
    document.add_paragraph(COMMANDS)
    table(document, [(COMMANDS, "Target"), (COMMANDS, COMMANDS)])


def _edited(charter: dict[str, Any], values: dict[str, object]) -> bytes:
    found = load(charter_text(charter).encode()).charter
    assert found is not None
    return edited(as_xlsx(WorkbookSource(found, "")), values)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _csv(rows: list[list[Any]]) -> str:
    made = io.StringIO()
    csv.writer(made).writerows(rows)
    return made.getvalue()


@pytest.fixture
def inside(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder, as the current one."""
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.long
@pytest.mark.parametrize("arguments", RUNS, ids=" ".join)
def test_no_command_prints_a_command(inside: Path, arguments: tuple[str, ...]) -> None:
    """On standard output and standard error, and without a traceback."""
    result = call(*arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "error" in result.output or arguments in _WITHOUT_TEXTS
    assert commands_in(result.output, annotations="github" in arguments) == []
