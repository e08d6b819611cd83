"""Proposals inside messages: what mail programs and forges make of the text that the form sends."""

from __future__ import annotations

import email.message
import email.policy
from collections.abc import Callable
from pathlib import Path

import pytest

from charterbook.errors import CharterbookError
from charterbook.propose.enclosed_proposal import proposal_data
from charterbook.propose.proposal import Proposal, read_proposal
from tests.charters import minimal_charter
from tests.command_line import call, one_line

TEXT = """charterbook: 1
reason: "Three days were kept all autumn. Больше – не нужно."
by: "Dana Reader"
changes:
  - path: "services.onboarding.summary"
    old: Four weeks.
    new: |-
      Three weeks:

      - one
      - two
  - path: title
    old: Charter
    new: New
"""
WORDS = 'Why: Three days were kept.\nWhat would change:\n- commitment: Promises: "4" → "3"\n\nThe file:\n\n'
SIGNATURE = "\n-- \nDana Reader\nHead of: Nothing\n"
SENT = "\n________________________________\nFrom: Ada\nSent: Monday\n"


def read(data: bytes, name: str) -> Proposal:
    """The proposal in a file."""
    found, problems = read_proposal(proposal_data(data, name), name)
    assert found is not None, problems
    return found


def _mail(text: str, encoding: str = "quoted-printable", attached: str | None = None) -> bytes:
    message = email.message.EmailMessage()
    message["Subject"] = "Proposal for the charter"
    message.set_content(text, cte=encoding, charset="utf-8")
    message.add_alternative("<p>charterbook: 1</p>", subtype="html")
    if attached is not None:
        message.add_attachment(attached.encode(), maintype="text", subtype="yaml", filename="p.yml")
    return message.as_bytes(policy=email.policy.SMTP)


def _each(text: str, mark: str) -> str:
    return "".join(mark + line for line in text.splitlines(keepends=True))


MESSAGES: dict[str, Callable[[], bytes]] = {
    "p.yml": TEXT.encode,
    "p.txt": TEXT.encode,
    "whole.txt": (WORDS + TEXT).encode,
    "signed.txt": (WORDS + TEXT + SIGNATURE).encode,
    "answered.txt": (WORDS + TEXT + SENT).encode,
    "below.txt": (TEXT + "\n\nBest wishes: Dana\n").encode,
    "quoted.txt": ("Yes.\n\n" + _each(WORDS + TEXT, "> ") + "\nAda").encode,
    "twice.txt": (WORDS + TEXT + "\n" + _each(TEXT, "> ")).encode,
    "spaces.txt": (WORDS + TEXT.replace("    ", "\u00a0\u00a0\u00a0 ").replace("  -", "\u00a0 -")).encode,
    "indented.txt": (WORDS + _each(TEXT, "    ")).encode,
    "windows.txt": (WORDS + TEXT).replace("\n", "\r\n").encode,
    "marked.txt": ("\ufeff" + WORDS + TEXT).encode,
    "issue.md": f"### Proposal\n\n```yaml\n{TEXT}```\n\nThanks: all\n".encode,
    "quoted.eml": lambda: _mail(WORDS + TEXT),
    "base64.eml": lambda: _mail(WORDS + TEXT + SIGNATURE, "base64"),
    "attached.eml": lambda: _mail("See the file.\n", attached=TEXT),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_the_proposal_in_a_message(name: str) -> None:
    """It is the one that was sent, whatever is around it."""
    wanted, found = read(TEXT.encode(), "p.yml"), read(MESSAGES[name](), name)
    assert (found.reason, found.by, found.changes) == (wanted.reason, wanted.by, wanted.changes)


def test_lines_keep_their_numbers() -> None:
    """So that a mistake can be found in the message."""
    found, problems = read_proposal(proposal_data(b"Hello\n\ncharterbook: 1\nreason: x\n", "m.txt"), "m.txt")
    assert found is None
    assert problems[0].line == 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Please change the title.\n", "there is no proposal in this message"),
        (f"Hello\n{TEXT}\n{TEXT.replace('New', 'Newest')}", "several proposals are in this message"),
    ],
)
def test_messages_that_are_refused(
    text: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one line, and nothing is changed."""
    monkeypatch.chdir(tmp_path)
    Path("charter.yml").write_text(minimal_charter(), encoding="utf-8")
    Path("m.txt").write_text(text, encoding="utf-8")
    result = call("apply", "m.txt")
    assert result.exit_code == 2
    assert words in one_line(result)
    assert Path("charter.yml").read_text(encoding="utf-8") == minimal_charter()


@pytest.mark.parametrize("lines", ["\n" * 100_000, " \n" * 100_000, "#\n" * 100_000, "> " * 100_000])
def test_a_long_message_without_a_proposal_is_read_at_once(lines: str) -> None:
    """Many empty lines took time that doubled with each."""
    with pytest.raises(CharterbookError, match="no proposal"):
        proposal_data(f"{lines}x".encode(), "message.txt")
