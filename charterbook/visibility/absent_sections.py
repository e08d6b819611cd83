"""Substitutes for sections that the model requires, if a group does not see them. They are false in conditions."""

from __future__ import annotations

from charterbook.charter import Funding, Mission


class AbsentMission(Mission):
    """A mission that the group does not see: pages omit it."""

    def __bool__(self) -> bool:
        return False


class AbsentFunding(Funding):
    """A funding that the group does not see: pages omit it."""

    def __bool__(self) -> bool:
        return False


def absent_mission() -> Mission:
    """A mission without a statement."""
    return AbsentMission.model_construct(set(), statement="")


def absent_funding() -> Funding:
    """A funding without an owner and without sources."""
    return AbsentFunding.model_construct(set(), owner="", sources=[])
