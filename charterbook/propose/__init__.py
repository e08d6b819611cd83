"""Proposals: small files that say which values of a charter to change to what, and why. And applying them.

A proposal edits the text of the charter, so that everything that it does not name stays byte for byte.

- `proposal`: what a proposal is, and reading one; `schema`: its JSON Schema; `messages`: what is said of a bad one
- `paths`, `judge`: does a place exist, is its old value still there; `target`: the data that is to come out
- `rewrite`: text and data -> text, with `elements`, `flow`, `habits`, `inplace`, `scalars`, `source`, `writer`
- `new_names`: what a set of changes renames and removes, so that it can be applied again
- `apply`: all proposals or none; `save`: a file's new bytes in one step
- `make`: a proposal from two charters, and its text; `wishes`: from what somebody asks for on the command line
- `rename`: a new id for an item, with all that refers to it
"""

from __future__ import annotations

from charterbook.load.schema_errors import slugify
from charterbook.propose.apply import Outcome, apply_proposals
from charterbook.propose.atomic_write import replace_file
from charterbook.propose.from_command_line import Wishes
from charterbook.propose.generate import changes_between, proposal_text, value_text
from charterbook.propose.preconditions import Refusal
from charterbook.propose.proposal import FORMAT, Proposal, ProposedChange, for_another, read_proposal

__all__ = [
    "FORMAT",
    "Outcome",
    "Proposal",
    "ProposedChange",
    "Refusal",
    "Wishes",
    "apply_proposals",
    "changes_between",
    "for_another",
    "proposal_text",
    "read_proposal",
    "replace_file",
    "slugify",
    "value_text",
]
