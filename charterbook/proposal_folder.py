"""The folder for proposals that are not applied yet, beside mkdocs.yml."""

from __future__ import annotations

#: Its name, shared by forms, commands and workflows.
FOLDER = "proposals"

#: Maximum number of changes that can reasonably be reviewed in one file.
MAX_CHANGES = 1000


def is_proposal(name: str) -> bool:
    """Whether a file of the folder is a proposal, by the file name that workflows use."""
    return name.endswith(".yml")
