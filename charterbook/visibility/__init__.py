"""Filter of a charter for a group of readers. Only this package applies the marks of a charter.

Each charter of each revision, version and draft passes through `CharterView` before anything else reads it:
`charterbook.history` ensures that. Nothing here reads files or git.

- `absent_sections`: substitutes for hidden sections that the model requires
- `group_marks`: the groups that a reader belongs to, and the parts that marks hide
- `element_marks`: the elements of lists without ids that are shown in all versions
- `past_marks`: the parts that the newest state of each item and section hides in older charters, and releases
- `charter_view`: a charter without its hidden parts, and without references to them
- `visible_links`: texts without links to hidden pages
"""

from __future__ import annotations

from charterbook.visibility.charter_view import CharterView
from charterbook.visibility.group_marks import seen_groups
from charterbook.visibility.past_marks import PastMarks

__all__ = ["CharterView", "PastMarks", "seen_groups"]
