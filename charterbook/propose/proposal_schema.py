"""JSON Schema of a proposal, generated into `proposal.schema.json` beside this file, for forms and other programs."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from charterbook.charter.charter_schema import DIALECT
from charterbook.proposal_folder import MAX_CHANGES
from charterbook.propose.proposal import FORMAT, LONGEST_LINE, LONGEST_REASON

IDENTIFIER = f"urn:charterbook:proposal:{FORMAT}"

_Line = Annotated[str, Field(min_length=1, max_length=LONGEST_LINE, pattern=r"^[^\n]*\S[^\n]*$")]
_Step = Annotated[str, Field(min_length=1)]
_Path = Annotated[str, Field(pattern=r"^[^.]+(\.[^.]+)*$")]


class _ProposalModel(BaseModel):
    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class ProposalEntry(_ProposalModel):
    """One proposed change of a value, with its old value, its new one, or both."""

    path: _Path | Annotated[list[_Step], Field(min_length=1)]
    """The place of the value before the change: keys of the charter and ids of items, joined by dots. If a step contains a dot, a list of steps. In service_levels the step is the request, in sign_offs the role."""
    old: Any = None
    """The current value; left out for a new one. For the order of items, their ids."""
    new: Any = None
    """The proposed value; left out for a removal."""
    before: _Step | None = None
    """For a new item: the id of the item before which to insert it. By default, it is added at the end."""


class ProposalDocument(_ProposalModel):
    """Proposed changes of the values of a charter, and the reason."""

    charterbook: Literal[1]
    """The format of this file."""
    reason: Annotated[str, Field(min_length=1, max_length=LONGEST_REASON, pattern=r"\S")]
    """The reason for the changes."""
    by: _Line | None = None
    """Who proposes it."""
    charter: _Line | None = None
    """The path of the charter's file, from its own folder or from one above it."""
    group: Annotated[_Line | None, Field(alias="for")] = None
    """The group of readers from whose handbook it comes: the values are as the group sees them."""
    changes: Annotated[list[ProposalEntry], Field(min_length=1, max_length=MAX_CHANGES)]
    """The changes. All of them are applied, or none."""


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a proposal."""
    schema = ProposalDocument.model_json_schema()
    schema["$defs"]["ProposalEntry"]["anyOf"] = [
        {"required": [key], "properties": {key: {"not": {"type": "null"}}}} for key in ("old", "new")
    ]
    return {"$schema": DIALECT, "$id": IDENTIFIER, **schema, "title": "Proposal"}


def schema_text() -> str:
    """The JSON Schema as the text of a file."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n"
