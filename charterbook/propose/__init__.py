"""Proposals: small files with changes to the values of a charter, and the reason.

Applying a proposal edits the text of the charter. Everything else stays byte for byte.

- `proposal`: a proposal as data, and its parser
- `enclosed_proposal`: a proposal inside an e-mail or another message
- `proposal_schema`, `proposal_messages`: its JSON Schema; messages about faulty ones
- `generate`, `from_command_line`: a proposal from two charters; from options of the command line
- `rename`, `renamed_items`: a new id for an item and all references to it; renames within a set of changes
- `apply`, `charter_file`: application of all proposals, or none; the charter to be changed
- `group_proposal`: the proposal of a group, for the whole charter
- `paths`, `preconditions`: the value at a path; checks of old values
- `patched_data`: the data after the changes
- `rewrite`: text and new data -> new text, by `inplace`, `flow`, `list_edits` and `text_edits`
- `inplace`: a scalar in its style
- `flow`: lists and mappings in brackets
- `list_edits`: unchanged, moved and new elements
- `text_edits`: edits of ranges of a text
- `file_style`, `scalar_style`, `yaml_writer`: the style of the file; of a value; new values as YAML
- `format_upgrade`: a charter in the current format
"""

from __future__ import annotations

from charterbook.load.schema_errors import slugify
from charterbook.propose.apply import ApplyResult, apply_proposals
from charterbook.propose.charter_file import CharterFile, read_charter_file
from charterbook.propose.from_command_line import CommandLineEdits
from charterbook.propose.generate import changes_between, proposal_text, value_text
from charterbook.propose.preconditions import Refusal
from charterbook.propose.proposal import FORMAT, Proposal, ProposedChange, for_another, read_proposal

__all__ = [
    "FORMAT",
    "ApplyResult",
    "CharterFile",
    "CommandLineEdits",
    "Proposal",
    "ProposedChange",
    "Refusal",
    "apply_proposals",
    "changes_between",
    "for_another",
    "proposal_text",
    "read_charter_file",
    "read_proposal",
    "slugify",
    "value_text",
]
