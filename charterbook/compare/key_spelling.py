"""Respelled keys of elements without an id.

A promise is identified by its request and a sign-off by its role. If these differ only in capitals, commas or
spaces, it is the same element with a changed name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from charterbook.charter import Charter
from charterbook.compare.rebase import NewIds
from charterbook.compare.text_equality import words_of
from charterbook.diff import Change, Data, Path, key_of, plain
from charterbook.diff.change import key_name
from charterbook.diff.rebuild import with_data


def with_newer_spellings(old: Charter, new: Charter, followed: NewIds) -> tuple[Charter, list[Change]]:
    """The older charter with the newer one's spellings, and those changes; unchanged if there are none."""

    def new_id(id_: str) -> str:
        ids = followed.get(("services", id_), (id_,))
        return ids[0] if len(ids) == 1 else id_

    data, after = plain(old), plain(new)
    services = {service["id"]: service for service in after["services"]}
    changes: list[Change] = []
    for service in data["services"]:
        current = services.get(new_id(service["id"]))
        if current:
            changes += _keys(("services", current["id"], "service_levels"), service, current)
    if "review" in data and "review" in after:
        changes += _keys(("review", "sign_offs"), data["review"], after["review"])
    return (with_data(old, _with(data, changes, new_id)), changes) if changes else (old, [])


def _keys(path: Path, old: Data, new: Data) -> Iterator[Change]:
    """The keys of list elements that differ only in spelling."""
    field = path[-1]
    before, after = ([key_of(element, field) for element in side[field]] for side in (old, new))
    removed = _by_words([name for name in before if name not in after])
    added = _by_words([name for name in after if name not in before])
    for words in removed.keys() & added.keys():
        yield Change("changed", (*path, added[words], key_name(field)), removed[words], added[words])


def _by_words(names: Sequence[str]) -> Mapping[tuple[str, ...], str]:
    """Names by their words, without ambiguous ones."""
    words = [words_of(name) for name in names]
    return {key: name for key, name in zip(words, names, strict=True) if key and words.count(key) == 1}


def _with(data: Data, changes: Sequence[Change], new_id: Callable[[str], str]) -> Data:
    names = {(change.path[:-2], change.old): change.new for change in changes}
    data = dict(data)
    data["services"] = [
        service
        | {"service_levels": _named(("services", new_id(service["id"]), "service_levels"), service, names)}
        for service in data["services"]
    ]
    if "review" in data:
        data["review"] = data["review"] | {
            "sign_offs": _named(("review", "sign_offs"), data["review"], names)
        }
    return data


def _named(path: Path, holder: Data, names: Mapping[tuple[Path, str], str]) -> list[Data]:
    key = key_name(path[-1])
    return [element | {key: names.get((path, element[key]), element[key])} for element in holder[path[-1]]]
