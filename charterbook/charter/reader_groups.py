"""Groups of readers, and the parts of earlier versions released to them."""

from typing import Annotated

from pydantic import Field

from charterbook.charter.base import GroupId, Id, Line, Part


class ReaderGroup(Part):
    """A group of readers for whom a handbook can be built."""

    id: Id
    """Permanent name of the group, by which `visible_to` and `charterbook build --for` refer to it."""
    name: Line | None = None
    """What people call it."""
    sees: list[GroupId] = []
    """Groups included in this one: it also sees their parts of the charter."""


class Release(Part):
    """Parts of earlier versions that a group sees although the charter hides them, then or now."""

    paths: Annotated[list[Line], Field(min_length=1)]
    """What to show: paths in the charter, such as services.onboarding or funding.sources.sales.amount."""
    to: Annotated[list[GroupId], Field(min_length=1)]
    """The groups that see it."""
    versions: list[Line] = []
    """The versions that show it. By default, all earlier ones."""
