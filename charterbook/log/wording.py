"""The words of a history entry, without repeating the subject."""

from __future__ import annotations

from charterbook.compare import Statement
from charterbook.i18n import N_, Translator
from charterbook.identity import Item
from charterbook.log.item_history import Act, HistoryEntry, ItemHistory, ends_of

#: The name of each kind of entry.
ACTS: dict[Act, str] = {
    "introduced": N_("Introduced"),
    "returned": N_("Restored"),
    "renamed": N_("Renamed"),
    "split": N_("Split"),
    "merged": N_("Merged"),
    "moved": N_("Moved"),
    "retired": N_("Retired"),
    "reinstated": N_("Offered again"),
    "changed": N_("Changed"),
    "removed": N_("Removed"),
}

_ADDED_OR_REMOVED: tuple[Act, ...] = ("introduced", "returned", "removed")

#: Sections of items that have pages with their own histories.
WITH_HISTORIES = ("services", "audiences", "metrics")


def headline(entry: HistoryEntry, item_history: ItemHistory, t: Translator) -> str:
    """The kind of entry in words; for an introduction with the name at that time, if it changed since."""
    if entry.act == "introduced" and entry.name != item_history.name:
        return t.gettext("Introduced as %(name)s") % {"name": entry.name}
    return t.gettext(ACTS[entry.act])


def sentences(entry: HistoryEntry, item_history: ItemHistory) -> list[str]:
    """The sentences of an entry, without the name of the subject."""
    return [text for text, _ in sentences_and_statements(entry, item_history)]


def sentences_and_statements(entry: HistoryEntry, item_history: ItemHistory) -> list[tuple[str, Statement]]:
    """The sentences of an entry, without the name of the subject, each with its statement."""
    statements = entry.statements
    if item_history.kind is None and item_history.id in WITH_HISTORIES:
        statements = tuple(news_of(entry)[0])
    return [
        (_without_name(statement, item_history), statement)
        for statement in statements
        if not _is_in_headline(statement, entry, item_history)
    ]


def _is_in_headline(statement: Statement, entry: HistoryEntry, item_history: ItemHistory) -> bool:
    """Whether a statement repeats the headline: the subject, or all of its section, was added or removed."""
    came_or_went = entry.act in _ADDED_OR_REMOVED and statement.kind in ("added", "removed")
    whole = len(statement.path) == 1
    itself = (
        item_history.kind is not None
        and statement.item is not None
        and statement.path[-1] == statement.item[1]
    )
    return came_or_went and (whole or itself)


def _without_name(statement: Statement, item_history: ItemHistory) -> str:
    start = f"{statement.label if item_history.kind else item_history.name}: "
    if len(start) <= len(": ") or not statement.sentence.startswith(start):
        return statement.sentence
    rest = statement.sentence[len(start) :]
    return rest[:1].upper() + rest[1:]


def changed_items(entry: HistoryEntry, item_history: ItemHistory) -> dict[Item, str]:
    """The changed items of a section, with their names at that time, if they have their own histories."""
    return news_of(entry)[1] if item_history.kind is None and item_history.id in WITH_HISTORIES else {}


def news_of(entry: HistoryEntry) -> tuple[list[Statement], dict[Item, str]]:
    """The statements of a section's entry about the section as a whole or about items that were added, removed or got
    a new identity; and all other changed items, each with its name at that time.
    """
    news, changed = [], dict[Item, str]()
    for statement in entry.statements:
        if statement.item is None or _is_news(statement, statement.item):
            news.append(statement)
        else:
            changed.setdefault(statement.item, statement.label)
    return news, {item: label for item, label in changed.items() if item not in {one.item for one in news}}


def _is_news(statement: Statement, item: Item) -> bool:
    if ends_of(statement)[0]:
        return True
    if statement.path[2:] == ("status",):
        return "retired" in (statement.old, statement.new)
    return statement.path[-1] == item[1] and statement.kind in ("added", "removed")
