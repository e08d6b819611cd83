"""Proposals as text, and the result of applying them to a charter."""

from __future__ import annotations

from charterbook.load import load
from charterbook.propose import ApplyResult, apply_proposals, read_proposal

HEAD = "charterbook: 1\nreason: It is time.\nchanges:\n"
#: The small charter in a hand-written style.
HAND = """\
# Our charter
title: 'Our charter'   # the title

mission:
  statement: >-
    We help sellers to hold
    the conversations that buyers need.  # no comment
services:
  # What we do first
  - id: onboarding
    name: Onboarding # never "ramp"
    summary: |
      The first
      ninety days.
    audiences: [ sales ]

  # And then
  - {id: clinics, name: Clinics, summary: "One deal"}
audiences:
- id: sales
  name: "Sales"
funding:
    owner: Chief revenue officer
    sources:
    -   id: sales-budget
        name: Sales budget
        funder: Sales
metrics:
  - id: win-rate
    name: Win rate
    kind: lagging
"""


def applied(source: str | bytes, *changes: str, **more: str) -> ApplyResult:
    """Outcome of one proposal for each text of changes; keywords are further files by name."""
    data = source.encode() if isinstance(source, str) else source
    files = {f"p{index}.yml": text for index, text in enumerate(changes)} | more
    proposals = []
    for name, text in files.items():
        proposal, problems = read_proposal((HEAD + text).encode(), name)
        assert proposal is not None, problems
        proposals.append(proposal)
    return apply_proposals(data, proposals)


def change(path: str, old: str = "", new: str = "", more: str = "") -> str:
    """One change as written in a proposal; values are YAML."""
    lines = [f"path: {path}", f"old: {old}" if old else "", f"new: {new}" if new else "", more]
    return "  - " + "\n    ".join(filter(None, lines)) + "\n"


def becomes(outcome: ApplyResult, *pairs: tuple[str, str], source: str = HAND) -> bool:
    """Whether the charter is the hand-written one with each of these pieces replaced, and nothing else."""
    for old, new in pairs:
        assert source.count(old) == 1
        source = source.replace(old, new)
    assert outcome.refusals == ()
    assert outcome.data.decode() == source
    return load(outcome.data).charter == outcome.new


def refused(outcome: ApplyResult) -> list[tuple[str, int, str]]:
    """File, line and rule of all refusals. The charter is then unchanged."""
    assert outcome.new == outcome.old
    return [(one.file, one.problem.line, one.problem.rule) for one in outcome.refusals]
