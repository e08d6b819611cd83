"""What somebody asks a log for in one word: an item as `services/onboarding`, an id alone, or a section."""

from __future__ import annotations

from difflib import get_close_matches

from charterbook.charter import ITEM_LISTS, SECTIONS
from charterbook.errors import CharterbookError
from charterbook.log.item_history import Story
from charterbook.log.story import NO_PAGE, ItemHistories

#: How many names are suggested, and how like they have to be (1 is equal).
_MOST, _LIKENESS = 3, 0.75


def find_story(histories: ItemHistories, asked: str) -> Story:
    """The story that a word asks for.

    Raises CharterbookError where it means nothing, naming what is near, or more than one item, naming all.
    """
    word = asked.strip().strip("/")
    kind, slash, id_ = word.partition("/")
    if slash and kind in ITEM_LISTS:
        return histories.item(kind, id_) or _miss(histories, asked, word)
    if word in (*SECTIONS, *NO_PAGE):
        return _section(histories, word)
    found = sorted({histories.now(item) for item in histories.items if item[1] == word})
    if len(found) > 1:
        names = ", ".join(map("/".join, found))
        raise CharterbookError(f"{asked}: there are several items with this id: {names}.")
    return (histories.item(*found[0]) if found else None) or _miss(histories, asked, word)


def _section(histories: ItemHistories, key: str) -> Story:
    story = histories.section(key)
    if not story.entries:
        raise CharterbookError(f"{key}: no version has this section.")
    return story


def _miss(histories: ItemHistories, asked: str, word: str) -> Story:
    near = _near(word, histories)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    raise CharterbookError(f"{asked}: no version has an item or a section of this name.{hint}")


def _near(word: str, histories: ItemHistories) -> list[str]:
    """What is called much like it: sections, and items by their ids with or without the kind."""
    known = {section: [section] for section in SECTIONS}
    for kind, id_ in sorted(histories.items):
        for name in (id_, f"{kind}/{id_}"):
            known.setdefault(name, []).append(f"{kind}/{id_}")
    near = get_close_matches(word, known, n=_MOST, cutoff=_LIKENESS)
    return list(dict.fromkeys(name for one in near for name in known[one]))[:_MOST]
