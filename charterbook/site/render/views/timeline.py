"""The timeline of a page: the story of its item or section, as a page tells it, and what changed for an audience."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from charterbook.compare import SEVERITIES, Comparison, Severity, Statement, narrowed
from charterbook.history import Revision
from charterbook.i18n import Translator
from charterbook.log import (
    ComparisonCache,
    Item,
    ItemHistories,
    Reason,
    Story,
    StoryEntry,
    changed_items,
    headline,
    list_events,
    moments,
    reason_of,
    sentences,
)
from charterbook.pages import Page
from charterbook.site.edition import Edition

#: How many entries stand open; older ones, if there are several, are folded away.
_OPEN = 6
#: How many sentences of an entry, and names of changed items, stand open.
_SENTENCES = 5
_NAMES = 8
#: How much of a message is told below its first line, in characters.
_TEXT = 700
#: How many changes an audience is told of on its page.
_MOST = 5


@dataclass(frozen=True)
class PageEntry:
    """An entry as a page tells it. `changed` are other items that changed, with their names then."""

    act: str
    headline: str | None
    sentences: Sequence[str]
    more: Sequence[str]
    changed: Sequence[tuple[Item, str]]
    unnamed: int
    revision: Revision | None
    reason: Reason | None


@dataclass(frozen=True)
class VersionEntries:
    """What one version did to the subject, the newest first."""

    version: str
    entries: Sequence[PageEntry]


@dataclass(frozen=True)
class Timeline:
    """A story, the newest version first: the chapters that stand open, and those that are folded away."""

    story: Story
    recent: Sequence[VersionEntries]
    older: Sequence[VersionEntries]


def log_of(
    edition: Edition, severity: Mapping[str, Severity], kept: ComparisonCache | None = None
) -> ItemHistories:
    """The stories of all items and sections, up to this version and in its language."""
    language = edition.charter.language
    return ItemHistories(
        list_events([*moments((*edition.past, edition.own))], severity, language, kept), language
    )


def story(log: ItemHistories, page: Page | None) -> Story | None:
    """The story of what a page is about, None for a page about nothing in particular."""
    if page is None:
        return None
    if page.kind and page.item:
        return log.item(page.kind, page.item)
    return log.section(page.section) if page.section else None


def build_timeline(log: ItemHistories, page: Page | None, t: Translator) -> Timeline | None:
    """The timeline of a page, None for a page without a story."""
    found = story(log, page)
    if found is None or not found.entries:
        return None
    newest_first = found.entries[::-1]
    chapters = [
        VersionEntries(version, [_page_entry(log, found, entry, t) for entry in entries])
        for version, entries in groupby(newest_first, key=lambda entry: entry.moment.version)
    ]
    recent = _recent(chapters)
    return Timeline(found, chapters[:recent], chapters[recent:])


def _recent(chapters: Sequence[VersionEntries]) -> int:
    """How many chapters stand open: until there are enough entries, and all where only one would be left."""
    count = 0
    for index, chapter in enumerate(chapters, 1):
        count += len(chapter.entries)
        if count >= _OPEN:
            return index if len(chapters) - index > 1 else len(chapters)
    return len(chapters)


def _page_entry(log: ItemHistories, found: Story, entry: StoryEntry, t: Translator) -> PageEntry:
    said = sentences(entry, found)
    shown = _SENTENCES if len(said) > _SENTENCES + 1 else len(said)
    changed = [(log.now(item), label) for item, label in changed_items(entry, found).items()]
    revision = entry.moment.revision
    return PageEntry(
        act=entry.act,
        headline=headline(entry, found, t) if entry.act != "changed" else None,
        sentences=said[:shown],
        more=said[shown:],
        changed=changed[:_NAMES],
        unnamed=len(changed[_NAMES:]),
        revision=revision,
        reason=_shortened(reason_of(revision.message)) if revision else None,
    )


def _shortened(reason: Reason) -> Reason:
    """A reason without the end of a long text."""
    kept, room = [], _TEXT
    for paragraph in reason.text:
        if room <= 0:
            break
        kept.append(paragraph if len(paragraph) <= room else f"{paragraph[:room].rsplit(' ', 1)[0]} …")
        room -= len(paragraph)
    return Reason(reason.subject, tuple(kept), reason.number)


def about(story: Story, item: Item | None = None) -> str:
    """What a page of changes is asked for to show only this: `item=services/onboarding` or `section=funding`."""
    if story.kind is None:
        return f"section={story.id}"
    kind, id_ = item or (story.kind, story.id)
    return f"item={kind}/{id_}"


def changes_for(comparison: Comparison, audience: str) -> Sequence[Statement]:
    """All changes that touch an audience, the gravest first."""
    found = narrowed(comparison, audience=audience).statements
    return sorted(found, key=lambda one: (SEVERITIES.index(one.severity), one.rank))


def foremost(statements: Sequence[Statement]) -> Sequence[Statement]:
    """The few of them that a page tells."""
    return statements[:_MOST]
