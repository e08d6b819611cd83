"""Index pages that are entries of a group of the navigation like others, and do not stand for it."""

from __future__ import annotations

from functools import cache

from mkdocs.structure.pages import Page


class _Listed:
    """A page that Material lists among a group's entries. It takes an index page for the group's own otherwise."""

    @property
    def is_index(self) -> bool:
        """Whether the page stands for its group."""
        return False


def list_in_group(page: Page) -> None:
    """Have a page never stand for its group. It stays the object that it is: plugins and the navigation know it."""
    kind: type[Page] = type(page)
    page.__class__ = _listed(kind)


@cache
def _listed(kind: type[Page]) -> type[Page]:
    """A kind of page, such as an overview of a blog, whose pages never stand for their group."""
    return type(kind.__name__, (_Listed, kind), {})
