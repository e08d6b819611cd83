"""The changes of each revision, and the history of each item and section made from them.

`list_events` compares each readable revision with the one before. `ItemHistories` has the history of each item.

- `item_history`: events and histories, as data
- `events`: versions -> events
- `story`: events -> histories
- `comparison_cache`: comparisons of earlier builds
- `reason`, `change_request`: the reason in a commit message; the pull request of a file
- `resolve_item`: an item or a section by the name that a user gave
- `wording`: an entry of a history in words
"""

from __future__ import annotations

from charterbook.identity import Item
from charterbook.log.comparison_cache import ComparisonCache
from charterbook.log.events import LoggedVersion, list_events, moments
from charterbook.log.item_history import Act, Event, Snapshot, Story, StoryEntry
from charterbook.log.reason import Reason, reason_of
from charterbook.log.resolve_item import find_story
from charterbook.log.story import ItemHistories
from charterbook.log.wording import changed_items, headline, sentences

__all__ = [
    "Act",
    "ComparisonCache",
    "Event",
    "Item",
    "ItemHistories",
    "LoggedVersion",
    "Reason",
    "Snapshot",
    "Story",
    "StoryEntry",
    "changed_items",
    "find_story",
    "headline",
    "list_events",
    "moments",
    "reason_of",
    "sentences",
]
