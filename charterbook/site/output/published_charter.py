"""Data of the published charter: the line of each part, and the form for proposals.

Both belong to the whole site and are written by every build, so that the cached pages of finished versions also lead
to the right line.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from pathlib import Path as Folder
from pathlib import PurePosixPath
from typing import Any

from charterbook.charter import ITEM_LISTS, SECTIONS, Charter, all_items
from charterbook.forge import LONGEST
from charterbook.frozen_dataclass import dataclass
from charterbook.history import History
from charterbook.identity import other_list, path_of
from charterbook.load import SourceMap, load
from charterbook.proposal_folder import FOLDER
from charterbook.site.list_format import FORMAT
from charterbook.site.render.form import form, subjects
from charterbook.site.render.views import ForgeLinks
from charterbook.source_map import Path

#: Names of the files at the root of the site. The values that the form can change are listed in a
#: separate, small file.
LINES = "lines.json"
FORM = "propose.json"
SUBJECTS = "subjects.json"


@dataclass(frozen=True)
class PublishedCharter:
    """The charter of the latest commit of the published branch; if that cannot be read, the newest
    readable one.

    `lines` maps each section, and each item by kind and present or former id, to its line. In the view of a `group`,
    they are unknown.
    """

    charter: Charter | None = None
    lines: Mapping[str, int] = field(default_factory=dict)
    group: str | None = None


def read(history: History) -> PublishedCharter:
    """The published charter of a history."""
    if history.group:
        last = history.newest
        return PublishedCharter(last.charter if last else None, {}, history.group)
    loaded = load(history.tip or b"")
    newest = history.published[-1].charter if history.published else None
    if loaded.model is None:
        return PublishedCharter(newest)
    return PublishedCharter(loaded.charter or newest, dict(_lines(loaded.model, loaded.places)))


def _lines(charter: Charter, places: SourceMap) -> Iterator[tuple[str, int]]:
    """Former ids come first, so that present ids override them."""
    at = {(kind, item.id): _line(places, path) for kind, item, path in _places(charter)}
    for kind, item in all_items(charter):
        for name in item.was:
            yield f"{kind}/{name}", at[kind, item.id]
            yield f"{other_list(kind) or kind}/{name}", at[kind, item.id]
    yield from ((f"{other_list(kind) or kind}/{name}", line) for (kind, name), line in at.items())
    yield from ((f"{kind}/{name}", line) for (kind, name), line in at.items())
    yield from ((key, places.key((key,))[0]) for key in SECTIONS if (key,) in places.spots)


def _places(charter: Charter) -> Iterator[tuple[str, Any, Path]]:
    for kind in ITEM_LISTS:
        for index, item in enumerate(charter.items(kind)):
            yield kind, item, (*path_of(kind), index)


def _line(places: SourceMap, path: Path) -> int:
    return places.of(path)[0]


def write(
    root: Folder,
    found: PublishedCharter,
    repository: ForgeLinks,
    setting: str,
    described: Callable[[str], Mapping[str, Any]],
) -> None:
    """Write the files at the root of a site.

    `setting` is the charter's path in mkdocs.yml; `described` gives the description of the form in a language.
    """
    if found.charter is None:
        return
    where = {
        "newFile": _new_file(repository),
        "mailTo": list(repository.proposals_to),
        "folder": _folder(repository.path or setting, setting),
    } | ({"for": found.group} if found.group else {})
    description = described(found.charter.language)
    listed = subjects(found.charter, description)
    for name, data in (
        (LINES, {"lines": dict(sorted(found.lines.items()))}),
        (FORM, form(found.charter, description) | where),
        (SUBJECTS, {"groups": listed}),
    ):
        text = json.dumps({"format": FORMAT, **data}, ensure_ascii=False) + "\n"
        (root / name).write_text(text, encoding="utf-8", newline="\n")


def _new_file(repository: ForgeLinks) -> dict[str, object] | None:
    """The forge's page for a new file, and the maximum length of its address."""
    if repository.forge is None or repository.branch is None:
        return None
    found = repository.forge.new_file(repository.branch)
    return found._asdict() | {"longest": LONGEST} if found else None


def _folder(path: str, setting: str) -> str:
    """Folder of proposals, relative to the root of the repository."""
    inside = path.endswith("/" + setting)
    home = path.removesuffix(setting) if inside or path == setting else f"{PurePosixPath(path).parent}/"
    return home.removeprefix("./") + FOLDER + "/"
