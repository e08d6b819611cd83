"""References to parts that a group of readers does not see.

Warns about a reference or a link that a group sees although it does not see the item: the handbook for that group
omits it. Also warns about a text with the name or the id of such an item: no handbook omits texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from charterbook.diff import plain
from charterbook.diff.change import key_name
from charterbook.i18n import N_
from charterbook.problems import escape_terminal
from charterbook.rules.rule import Finding, Rule, RuleInput
from charterbook.source_map import Path as Place
from charterbook.visibility import CharterView, PastMarks

#: Minimum length of a name: shorter names can be ordinary words.
_SHORTEST = 4
_WORD = re.compile(r"\w+")


def _check(case: RuleInput) -> Iterator[Finding]:
    seen: dict[tuple[Place, str], list[str]] = {}
    named: dict[tuple[Place, str], list[str]] = {}
    data = plain(case.charter) if case.charter.groups else {}
    for group in case.charter.groups:
        view = CharterView(case.charter, PastMarks([case.charter], group.id))
        view.filtered()
        for path, target in view.left_out:
            seen.setdefault((_indexed(data, path), target), []).append(group.id)
        finder = _NameFinder(view.hidden_names, view.hidden_ids)
        for path, text in view.texts:
            for name in finder.found_in(text):
                named.setdefault((_indexed(data, path), name), []).append(group.id)
    yield from _references(case, seen)
    yield from _names(case, named)


def _references(case: RuleInput, found: dict[tuple[Place, str], list[str]]) -> Iterator[Finding]:
    _ = case.words.gettext
    for (path, target), groups in found.items():
        text = _("%(id)s is not shown here to %(groups)s, because they do not see it")
        text %= {"id": escape_terminal(target), "groups": ", ".join(groups)}
        yield Finding(path, text, _("Also hide this value from them, or let them see the item."))


def _names(case: RuleInput, found: dict[tuple[Place, str], list[str]]) -> Iterator[Finding]:
    _ = case.words.gettext
    for (path, name), groups in found.items():
        text = _("this text names “%(name)s”, hidden from %(groups)s")
        text %= {"name": escape_terminal(name), "groups": ", ".join(groups)}
        yield Finding(path, text, _("Reword the text, or also hide it from them."))


class _NameFinder:
    """Search for names in texts by their words, since a charter can have thousands of both."""

    def __init__(self, names: Iterable[str], ids: Iterable[str] = ()) -> None:
        self._names: dict[tuple[str, ...], list[str]] = {}
        self._plain_ids = frozenset(id_ for id_ in ids if id_.isalpha())
        for name in sorted({*names, *ids}):
            words = tuple(_WORD.findall(name.casefold()))
            if words and len(name) >= _SHORTEST:
                self._names.setdefault(words, []).append(name)
        self._lengths: dict[str, set[int]] = {}
        for words in self._names:
            self._lengths.setdefault(words[0], set()).add(len(words))

    def found_in(self, text: str) -> list[str]:
        """The names that occur in a text as whole words, also across lines."""
        text = " ".join(text.split())
        return sorted(
            name
            for name in self._candidates(text)
            if (_is_in_code if name in self._plain_ids else _is_in)(name, text)
        )

    def _candidates(self, text: str) -> set[str]:
        """The names that occur in a text as consecutive words."""
        words = _WORD.findall(text.casefold())
        return {
            name
            for place, word in enumerate(words)
            for length in self._lengths.get(word, ())
            for name in self._names.get(tuple(words[place : place + length]), ())
        }


def _is_in(name: str, text: str) -> bool:
    """Whether a text has a name. Case is ignored for several words: a single word can be an ordinary one."""
    if " " in name:
        name, text = name.casefold(), text.casefold()
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _is_in_code(id_: str, text: str) -> bool:
    """Whether a text has an id as code, or after the kind of its item, as in services/training.

    Anywhere else, an id that is a single word, such as service, is an ordinary word.
    """
    return re.search(rf"`{id_}`|(?<=\w[/.]){id_}(?!\w)", text) is not None


def _indexed(data: Any, path: tuple[str, ...]) -> Place:
    """A path with positions instead of the keys of list elements, as far as it leads."""
    found: list[str | int] = []
    for place, step in enumerate(path):
        if isinstance(data, list):
            name = key_name(path[place - 1])
            keys = [str(one.get(name)) if isinstance(one, dict) else str(one) for one in data]
            if step not in keys:
                break
            found.append(keys.index(step))
            data = data[keys.index(step)]
        else:
            found.append(step)
            data = data.get(step) if isinstance(data, dict) else None
    return tuple(found)


RULE = Rule(
    "hidden-reference",
    "warning",
    N_("No group sees the name of anything hidden from it"),
    N_("A name in a text is always published, and a reference without its item says less than it should."),
    _check,
)
