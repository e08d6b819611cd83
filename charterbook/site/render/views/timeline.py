"""Timeline of a page: the history of its item or section, and the changes for an audience."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from charterbook.compare import SEVERITIES, Comparison, Direction, Severity, Statement, narrowed
from charterbook.frozen_dataclass import dataclass
from charterbook.history import Revision
from charterbook.i18n import Translator
from charterbook.log import (
    ComparisonCache,
    HistoryEntry,
    Item,
    ItemHistories,
    ItemHistory,
    Reason,
    changed_items,
    headline,
    list_events,
    moments,
    reason_of,
    sentences_and_statements,
)
from charterbook.pages import Page
from charterbook.site.edition import Edition
from charterbook.site.render.views.change_text import without_direction

#: Number of entries shown; older ones, if there are several, are collapsed.
_OPEN = 4
#: Number of sentences of an entry, and of names of changed items, that are shown.
_SENTENCES = 5
_NAMES = 8
#: Maximum length of a commit message below its first line, in characters.
_TEXT = 700
#: Number of changes on an audience's page.
_MOST = 5


@dataclass(frozen=True)
class PageEntry:
    """An entry of a timeline: sentences with their directions, and other changed items with their names at that time."""

    act: str
    headline: str | None
    sentences: Sequence[tuple[str, Direction | None]]
    more: Sequence[tuple[str, Direction | None]]
    changed: Sequence[tuple[Item, str]]
    unnamed: int
    revision: Revision | None
    reason: Reason | None


@dataclass(frozen=True)
class VersionEntries:
    """Changes of the subject in one version, newest first."""

    version: str
    entries: Sequence[PageEntry]


@dataclass(frozen=True)
class Timeline:
    """A history, newest version first: the chapters that are shown, and the collapsed ones."""

    item_history: ItemHistory
    recent: Sequence[VersionEntries]
    older: Sequence[VersionEntries]


def log_of(
    edition: Edition, severity: Mapping[str, Severity], cache: ComparisonCache | None = None
) -> ItemHistories:
    """Histories of all items and sections, up to this version and in its language."""
    language = edition.charter.language
    events = list_events([*moments((*edition.past, edition.own))], severity, language, cache)
    return ItemHistories(events, language, severity)


def page_history(log: ItemHistories, page: Page | None) -> ItemHistory | None:
    """History of the subject of a page, None for a page without a subject."""
    if page is None:
        return None
    if page.kind and page.item:
        return log.item(page.kind, page.item)
    return log.section(page.section) if page.section else None


def build_timeline(log: ItemHistories, page: Page | None, t: Translator) -> Timeline | None:
    """Timeline of a page, None for a page without a history."""
    found = page_history(log, page)
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
    """Number of chapters shown: until there are enough entries, and all if only one would be left."""
    count = 0
    for index, chapter in enumerate(chapters, 1):
        count += len(chapter.entries)
        if count >= _OPEN:
            return index if len(chapters) - index > 1 else len(chapters)
    return len(chapters)


def _page_entry(log: ItemHistories, found: ItemHistory, entry: HistoryEntry, t: Translator) -> PageEntry:
    lines = [
        (without_direction(text, statement, t), statement.direction)
        for text, statement in sentences_and_statements(entry, found)
    ]
    shown = _SENTENCES if len(lines) > _SENTENCES + 1 else len(lines)
    changed = [(log.now(item), label) for item, label in changed_items(entry, found).items()]
    revision = entry.moment.revision
    return PageEntry(
        act=entry.act,
        headline=headline(entry, found, t) if entry.act != "changed" else None,
        sentences=lines[:shown],
        more=lines[shown:],
        changed=changed[:_NAMES],
        unnamed=len(changed[_NAMES:]),
        revision=revision,
        reason=_shortened(reason_of(revision.message)) if revision else None,
    )


def _shortened(reason: Reason) -> Reason:
    """A reason without the end of a long text."""
    paragraphs, remaining = [], _TEXT
    for paragraph in reason.text:
        if remaining <= 0:
            break
        paragraphs.append(
            paragraph if len(paragraph) <= remaining else f"{paragraph[:remaining].rsplit(' ', 1)[0]} …"
        )
        remaining -= len(paragraph)
    return Reason(reason.subject, tuple(paragraphs), reason.number)


def subject_query(item_history: ItemHistory, item: Item | None = None) -> str:
    """Query of a page of changes for this subject: `item=services/onboarding` or `section=funding`."""
    if item_history.kind is None:
        return f"section={item_history.id}"
    kind, id_ = item or (item_history.kind, item_history.id)
    return f"item={kind}/{id_}"


def changes_for(comparison: Comparison, audience: str) -> Sequence[Statement]:
    """All changes that affect an audience, by descending severity."""
    found = narrowed(comparison, audience=audience).statements
    return sorted(found, key=lambda one: (SEVERITIES.index(one.severity), one.rank))


def most_important(statements: Sequence[Statement]) -> Sequence[Statement]:
    """The first changes, shown on a page."""
    return statements[:_MOST]
