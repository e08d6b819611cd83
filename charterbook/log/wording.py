"""How an entry of a story is told: in words, without saying again what the story is about."""

from __future__ import annotations

from charterbook.compare import Statement
from charterbook.i18n import N_, Translator
from charterbook.identity import Item
from charterbook.log.item_history import Act, Story, StoryEntry, ends_of

#: What happened, in a word or two.
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

_COME_OR_GO: tuple[Act, ...] = ("introduced", "returned", "removed")

#: Sections whose items have pages, and so tell their stories there.
WITH_STORIES = ("services", "audiences", "metrics")


def headline(entry: StoryEntry, story: Story, t: Translator) -> str:
    """What happened, in a few words; with the name that the item had when it came, where it is another now."""
    if entry.act == "introduced" and entry.name != story.name:
        return t.gettext("Introduced as %(name)s") % {"name": entry.name}
    return t.gettext(ACTS[entry.act])


def sentences(entry: StoryEntry, story: Story) -> list[str]:
    """What was said of the change, without the name of the item or the section before it."""
    told = entry.statements
    if story.kind is None and story.id in WITH_STORIES:
        told = tuple(news_of(entry)[0])
    return [_without_name(statement, story) for statement in told if not _is_said(statement, entry, story)]


def _is_said(statement: Statement, entry: StoryEntry, story: Story) -> bool:
    """Whether the headline says it: what the story is about, or all of its section, came or went."""
    came_or_went = entry.act in _COME_OR_GO and statement.kind in ("added", "removed")
    whole = len(statement.path) == 1
    itself = story.kind is not None and statement.item is not None and statement.path[-1] == statement.item[1]
    return came_or_went and (whole or itself)


def _without_name(statement: Statement, story: Story) -> str:
    start = f"{statement.label if story.kind else story.name}: "
    if len(start) <= len(": ") or not statement.sentence.startswith(start):
        return statement.sentence
    rest = statement.sentence[len(start) :]
    return rest[:1].upper() + rest[1:]


def changed_items(entry: StoryEntry, story: Story) -> dict[Item, str]:
    """The items of a section that changed, with their names then, where their own stories tell how."""
    return news_of(entry)[1] if story.kind is None and story.id in WITH_STORIES else {}


def news_of(entry: StoryEntry) -> tuple[list[Statement], dict[Item, str]]:
    """Of a section's entry what is about the section as a whole, or about items that came, went or got a new
    identity; and the other items that changed, each with its name then.
    """
    kept, changed = [], dict[Item, str]()
    for statement in entry.statements:
        if statement.item is None or _is_news(statement, statement.item):
            kept.append(statement)
        else:
            changed.setdefault(statement.item, statement.label)
    return kept, {item: label for item, label in changed.items() if item not in {one.item for one in kept}}


def _is_news(statement: Statement, item: Item) -> bool:
    if ends_of(statement)[0]:
        return True
    if statement.path[2:] == ("status",):
        return "retired" in (statement.old, statement.new)
    return statement.path[-1] == item[1] and statement.kind in ("added", "removed")
