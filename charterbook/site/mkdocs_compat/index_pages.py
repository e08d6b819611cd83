"""Index pages that are listed in a group of the navigation like other pages."""

from __future__ import annotations

from functools import cache

from mkdocs.structure.pages import Page


class _Listed:
    """A page that Material lists among a group's entries. Otherwise it would use an index page as the page of the group."""

    @property
    def is_index(self) -> bool:
        """Whether the page represents its group."""
        return False


def list_in_group(page: Page) -> None:
    """Make a page an entry of its group. Its identity does not change, because plugins and the navigation refer to it."""
    kind: type[Page] = type(page)
    page.__class__ = _listed(kind)


@cache
def _listed(kind: type[Page]) -> type[Page]:
    """A kind of page that never represents its group, such as an overview of a blog."""
    return type(kind.__name__, (_Listed, kind), {})
