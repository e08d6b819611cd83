"""The changes of each revision, and the history of each item and section made from them.

`list_events` compares each readable revision with the one before. `ItemHistories` has the history of each item.

- `item_history`: events and histories, as data
- `events`: versions -> events
- `collect_histories`: events -> histories
- `comparison_cache`: comparisons of earlier builds
- `change_request`: the pull request of a file
- `resolve_item`: an item or a section by the name that a user gave
- `wording`: an entry of a history in words
"""

from __future__ import annotations

from charterbook.commit_reason import Reason, reason_of
from charterbook.identity import Item
from charterbook.log.collect_histories import ItemHistories
from charterbook.log.comparison_cache import ComparisonCache
from charterbook.log.events import LoggedVersion, list_events, moments
from charterbook.log.item_history import Act, Event, HistoryEntry, ItemHistory, Snapshot
from charterbook.log.resolve_item import find_item_history
from charterbook.log.wording import changed_items, headline, sentences, sentences_and_statements

__all__ = [
    "Act",
    "ComparisonCache",
    "Event",
    "HistoryEntry",
    "Item",
    "ItemHistories",
    "ItemHistory",
    "LoggedVersion",
    "Reason",
    "Snapshot",
    "changed_items",
    "find_item_history",
    "headline",
    "list_events",
    "moments",
    "reason_of",
    "sentences",
    "sentences_and_statements",
]
