"""The folder in which proposals wait to be applied: beside mkdocs.yml."""

from __future__ import annotations

#: Its name. Forms and commands write there, and workflows look there.
FOLDER = "proposals"


def is_proposal(name: str) -> bool:
    """Whether a file of the folder is a proposal, by its name, as workflows know it."""
    return name.endswith(".yml")
