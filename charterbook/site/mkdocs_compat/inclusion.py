"""Files matched by `exclude_docs`, `draft_docs` and `not_in_nav`."""

from __future__ import annotations

from mkdocs.structure.files import InclusionLevel, set_exclusions

__all__ = ["InclusionLevel", "set_exclusions"]
