"""Printing: nothing is a control sequence or a command, and formats for programs keep their values."""

from __future__ import annotations

import html
import json
import logging
import quopri
import re
from pathlib import Path

import icalendar
import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from mkdocs.__main__ import ColorFormatter

from charterbook import terminal
from charterbook.load import load
from charterbook.propose import Proposal, proposal_text, read_proposal
from charterbook.propose.proposal import ProposedChange
from charterbook.site.mkdocs_compat.logs import escape_messages, mkdocs_logger
from tests.charters import minimal_data
from tests.command_line import call
from tests.commands_in_logs import commands_in

SOURCES = Path(terminal.__file__).parent
PIECES = ["::", ":", "##", "#", "[error]", "##vso[task.x]", "##teamcity[x]", "error::", "word", " ", "\n", "\n  ", "\r", "\r\n", "\t", "\x1b[31m",
          "\x1b]0;t\x07", "\x9b", "\u2028", "\u202e", "\x85", "\xa0", "\u3000", '"', "&", "=", "\\", "\ud800"]  # fmt: skip
STYLES = ["text", "yaml", "json", "slack", "teams", "markdown", "html", "junit", "ical", "email"]
texts = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@given(texts, st.sampled_from(STYLES))
@example(":::error::a", "ical")
@example("::::", "ical")
def test_no_command_in_any_format(text: str, style: str) -> None:
    """For any text, and any beginnings of its lines. In JSON, texts are in strings."""
    if style in ("json", "slack", "teams"):
        text = json.dumps([text], ensure_ascii=False, indent=2)
    assert commands_in(terminal.printed(text, style)) == []


@given(texts.filter(str.isprintable))
def test_escaping_twice_changes_nothing(text: str) -> None:
    """Each step can escape its output."""
    for style in ("text", "markdown", "html", "ical"):
        once = terminal.printed(text, style)
        assert terminal.printed(once, style) == once


@given(texts)
def test_json_keeps_its_values(text: str) -> None:
    """Escapes within strings."""
    for indent in (None, 2):
        assert json.loads(
            terminal.printed(json.dumps([text], ensure_ascii=False, indent=indent), "json")
        ) == [text]


@given(st.lists(st.sampled_from(["::", "##[", "word ", "::error::", " "]), max_size=40).map("".join))
def test_other_formats_keep_their_values(text: str) -> None:
    """HTML, iCalendar and quoted-printable have their own escapes."""
    assert html.unescape(terminal.printed(f"{html.escape(text)}\n", "html")) == f"{text}\n"
    event = icalendar.Event()
    event.add("summary", text)
    printed = terminal.printed(event.to_ical().decode(), "ical")
    assert (
        icalendar.Event.from_ical(printed)["summary"] == icalendar.Event.from_ical(event.to_ical())["summary"]
    )
    encoded = quopri.encodestring(text.encode()).decode()
    assert quopri.decodestring(terminal.printed(encoded, "email")) == quopri.decodestring(encoded)


@given(texts.filter(str.strip))
def test_proposals_keep_their_values(text: str) -> None:
    """YAML has no escapes in blocks, so texts with commands are written in double quotes."""
    charter = yaml.safe_dump(minimal_data(change_note=text)).encode()
    if any(problem.severity == "error" for problem in load(charter).problems):
        return
    written = proposal_text(Proposal(text.strip(), (ProposedChange("change_note", new=text),)))
    assert terminal.printed(written, "yaml") == written
    found, problems = read_proposal(written.encode(), "")
    assert (found and found.changes[0].new, problems) == (text, [])
    assert yaml.safe_load(written)["changes"][0]["new"] == text


def test_one_place_prints() -> None:
    """Only `terminal` prints; the progress bar draws itself with text that `terminal` has escaped."""
    prints = re.compile(r"click\.(echo|secho)\(|(?<![\w.])print\(|sys\.std(out|err)\.write")
    found = {
        path.relative_to(SOURCES).as_posix()
        for path in SOURCES.rglob("*.py")
        if prints.search(path.read_text(encoding="utf-8"))
    }
    assert found == {"terminal.py", "site/pipeline/progress.py"}


def test_arguments_that_click_quotes(tmp_path: Path) -> None:
    """Messages about wrong arguments, among them names of files."""
    for argument in ("\x1b[31m::error::x", "\n::error::x", "##[error]x", "\u202ex"):
        for arguments in (
            (argument,),
            (f"--{argument}",),
            ("check", f"--{argument}"),
            ("diff", "--format", argument),
        ):
            result = call(*arguments)
            assert (result.exit_code, commands_in(result.output)) == (2, [])


def test_messages_of_a_build(capsys: pytest.CaptureFixture[str]) -> None:
    """Also messages of other plugins, and tracebacks; colours of a plugin are left out."""
    handler = logging.StreamHandler()
    logger = mkdocs_logger()
    logger.addHandler(handler)
    escape_messages()
    try:
        child = logging.getLogger(f"{logger.name}.plugins.other")
        child.warning("\x1b[31mred\x1b[0m %s", "a\n::error::b\x1b]0;c\x07 ##[error]d")
        try:
            raise ValueError("\n::error::x")
        except ValueError:
            child.exception("failed")
    finally:
        logger.removeHandler(handler)
    said = capsys.readouterr().err
    assert (said.startswith("red a\n: :error::b "), "ValueError" in said) == (True, True)
    assert commands_in(said) == []


def test_no_colour_if_readers_want_none(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """NO_COLOR also counts for the levels of MkDocs' messages; the level is a word."""
    handler = logging.StreamHandler()
    handler.setFormatter(ColorFormatter())
    logger = mkdocs_logger()
    monkeypatch.setattr(logger, "handlers", [handler])
    for value, level in (("", "\x1b[33mWARNING -  \x1b[0m"), ("1", "WARNING -  ")):
        monkeypatch.setenv("NO_COLOR", value)
        escape_messages()
        logger.warning("text")
        assert capsys.readouterr().err.startswith(f"{level}text")
