"""Substitutes for sections that the model requires, if a group does not see them. They are false in conditions."""

from __future__ import annotations

from charterbook.charter import Funding, Mission


class AbsentMission(Mission):
    """No mission: pages leave it out."""

    def __bool__(self) -> bool:
        return False


class AbsentFunding(Funding):
    """No funding: pages leave it out."""

    def __bool__(self) -> bool:
        return False


def absent_mission() -> Mission:
    """A mission without a statement."""
    return AbsentMission.model_construct(set(), statement="")


def absent_funding() -> Funding:
    """A funding without an owner and without sources."""
    return AbsentFunding.model_construct(set(), owner="", sources=[])
