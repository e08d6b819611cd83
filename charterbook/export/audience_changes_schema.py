"""JSON Schema of the changes for an audience, from models that pydantic reads from this file on import."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import Field

from charterbook.compare import Direction, Severity
from charterbook.export.audience_changes import SCHEMA
from charterbook.export.changes_schema import ChangesModel, ItemOf, schema_of

IDENTIFIER = f"urn:charterbook:audience-changes:{SCHEMA}"


class AudienceChange(ChangesModel):
    """One change. Its values are in changes.json of the comparison of the two versions."""

    fingerprint: str = Field(pattern="^[0-9a-f]{16}$")
    """A permanent name of the change, made from its kind, path and values."""
    date: datetime.date
    """The day of its commit."""
    severity: Severity
    """Its effect on the agreement."""
    direction: Direction | None
    """The direction of the change, if known."""
    section: str
    """The key of the section, or charter for the document itself."""
    item: ItemOf | None
    """The item that it is about."""
    sentence: str
    """The change in plain words, in the document's language."""


class AudienceVersion(ChangesModel):
    """A version."""

    version: str
    """Its name."""
    changes: list[AudienceChange]
    """Its changes for the audience, the oldest first. The changes of the first version are not listed."""


class AudienceChanges(ChangesModel):
    """What changed for an audience, step by step."""

    format: Literal[1] = Field(alias="schema")
    """The format of this document."""
    audience: str
    """The id of the audience."""
    name: str
    """Its name, even if the audience is no longer part of the charter."""
    language: str
    """The language of the sentences."""
    complete: bool
    """Whether all versions are listed. Otherwise the oldest ones are left out."""
    versions: list[AudienceVersion]
    """The published versions, the newest first, including those without changes for the audience."""


def audience_schema_text() -> str:
    """The JSON Schema (draft 2020-12) of the document."""
    return schema_of(AudienceChanges, IDENTIFIER, "Changes for an audience")
