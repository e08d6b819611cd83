"""Parsing a proposal: any bytes give a proposal, or problems with places. Its JSON Schema agrees."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from charterbook.load import MAX_BYTES
from charterbook.proposal_folder import MAX_CHANGES
from charterbook.propose import ProposedChange, proposal_schema, read_proposal

FINE = """\
charterbook: 1
reason: It is time.
by: Ada
charter: charter.yml
changes:
  - path: services.onboarding.name
    old: Onboarding
    new: Start
  - path: [services, new]
    new: {name: New, summary: S}
    before: onboarding
"""
HEAD = FINE.partition("changes:")[0]
VALIDATOR = Draft202012Validator(proposal_schema.json_schema())


def found(source: str) -> list[tuple[int, int, str]]:
    """Line, column and rule of all problems; there is a proposal exactly if there are none."""
    proposal, problems = read_proposal(source.encode(), "p.yml")
    assert (proposal is None) == bool(problems)
    return [(problem.line, problem.column, problem.rule) for problem in problems]


def fits(source: str) -> bool:
    """Whether it is valid by the schema."""
    return VALIDATOR.is_valid(yaml.safe_load(source))


def test_a_fine_one() -> None:
    """With every possible key."""
    proposal, problems = read_proposal(FINE.encode(), "p.yml")
    assert proposal is not None
    assert problems == []
    assert (proposal.reason, proposal.by, proposal.charter, proposal.file) == (
        "It is time.", "Ada", "charter.yml", "p.yml",
    )  # fmt: skip
    assert proposal.changes == (
        ProposedChange("services.onboarding.name", "Onboarding", "Start"),
        ProposedChange(("services", "new"), None, {"name": "New", "summary": "S"}, "onboarding"),
    )
    assert fits(FINE)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("charterbook: 1\n", "", (1, 1, "no-format")),
        ("charterbook: 1", "charterbook: true", (1, 14, "no-format")),
        ("charterbook: 1", "charterbook: 2", (1, 14, "newer-proposal")),
        ("It is time.", "' '", (2, 9, "no-reason")),
        ("reason: It is time.\n", "", (1, 1, "no-reason")),
        ("by: Ada", "by: [Ada]", (3, 5, "not-a-line")),
        ("by: Ada", r'by: "a\nb"', (3, 5, "not-a-line")),
        ("by: Ada", "buy: Ada", (3, 1, "unknown-key")),
        ("    old: Onboarding\n    new: Start\n", "", (6, 5, "no-values")),
        ("old: Onboarding\n    new: Start", "old: null\n    new: ~", (6, 5, "no-values")),
        ("path: services.onboarding.name", "path: services..name", (6, 11, "no-path")),
        ("path: services.onboarding.name", "path: 5", (6, 11, "no-path")),
        ("path: [services, new]", "path: []", (9, 11, "no-path")),
        ("    new: {name: New, summary: S}\n", "    old: x\n", (11, 13, "bad-before")),
        ("before: onboarding", "befor: onboarding", (11, 5, "unknown-key")),
    ],
)
def test_what_is_wrong(old: str, new: str, problem: tuple[int, int, str]) -> None:
    """One place, one reason; the schema refuses it as well."""
    assert FINE.count(old) == 1
    source = FINE.replace(old, new)
    assert found(source) == [problem]
    assert fits(source) == (problem[2] == "bad-before")


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        ("", "no-proposal"),
        ("[]", "no-proposal"),
        ("a: [", "yaml-syntax"),
        ("\0", "not-utf-8"),
        ("x" * (MAX_BYTES + 1), "too-large"),
        ("a: &a [x]\nb: *a\n", "anchor"),
        ("a: " + "[" * 5000, "too-deep"),
        ("a: !!python/object:os.system x", "tag"),
        ("mission: {}\nservices: []\n", "a-charter"),
        (f"```yaml\n{HEAD}changes: []\n```\n", "code-fence"),
        (HEAD + "changes:\n  path: title\n  new: x\n", "no-list"),
        (HEAD + "changes: []\n", "no-changes"),
        (HEAD + "changes:\n" + "  - x\n" * (MAX_CHANGES + 1), "too-many-changes"),
        (HEAD + "changes: [x]\n", "no-change"),
        (FINE.replace("Start", "1:30"), "yaml-sexagesimal"),
    ],
)
def test_hostile_files(source: str, rule: str) -> None:
    """They are refused quickly."""
    assert found(source)[0][2] == rule


@given(st.binary(max_size=100), st.integers(0, len(FINE)))
def test_any_bytes(piece: bytes, at: int) -> None:
    """Inserted into a valid proposal at any place."""
    data = FINE.encode()
    proposal, problems = read_proposal(data[:at] + piece + data[at:], "p.yml")
    assert (proposal is None) == bool(problems)


def test_the_schema_is_up_to_date() -> None:
    """`make schema` writes it; it is valid for its draft."""
    kept = Path(proposal_schema.__file__).with_name("proposal.schema.json").read_text(encoding="utf-8")
    assert kept == proposal_schema.schema_text()
    Draft202012Validator.check_schema(proposal_schema.json_schema())
