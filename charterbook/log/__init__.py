"""What each revision of a charter changed, and from that the story of every section and item.

`events` is the door: it compares each readable revision with the one before it. `Chronicle` tells stories.

- `model`: events and stories, as data; `events`: from versions to events; `kept`: what was compared before
- `story`: from events to stories; `reason`: why a revision was made
- `telling`: an entry of a story in words; `ask`: which story a word asks for
"""

from __future__ import annotations

from charterbook.log.comparison_cache import KeptComparisons
from charterbook.log.events import events, moments
from charterbook.log.item_history import Act, Entry, Event, Item, Moment, Story
from charterbook.log.reason import Reason, reason_of
from charterbook.log.resolve_item import find_story
from charterbook.log.story import Chronicle
from charterbook.log.wording import changed_items, headline, sentences

__all__ = [
    "Act",
    "Chronicle",
    "Entry",
    "Event",
    "Item",
    "KeptComparisons",
    "Moment",
    "Reason",
    "Story",
    "changed_items",
    "events",
    "find_story",
    "headline",
    "moments",
    "reason_of",
    "sentences",
]
