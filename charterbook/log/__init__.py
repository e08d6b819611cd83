"""What each revision of a charter changed, and from that the story of every section and item.

`events` is the door: it compares each readable revision with the one before it.

- `model`: an event, as data; `events`: from versions to events
"""

from __future__ import annotations

from charterbook.log.events import events, moments
from charterbook.log.model import Event, Moment

__all__ = ["Event", "Moment", "events", "moments"]
