"""Provenance of a published site: the hash of each file, and the commits that it was built from.

A version has a provenance.json for its own files, reused together with it; the one at the root has the other files, a
hash of each version's, and the data with which `charterbook verify` builds the same site again.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, field
from pathlib import Path
from typing import Any

from charterbook import __version__
from charterbook.frozen_dataclass import dataclass
from charterbook.history.revisions import UNNAMED
from charterbook.json_text import parse_json
from charterbook.pipes import read_regular
from charterbook.site.edition import Edition
from charterbook.site.incremental.manifest import files_below, leads_outside
from charterbook.site.output.published_group import PROVENANCE, is_group_of_site
from charterbook.site.output.site_files import SiteFiles
from charterbook.site.output.site_lists import SITEMAP, latest_edition
from charterbook.versions import LATEST

NAME = PROVENANCE

#: Format of the file.
_SCHEMA = 1


@dataclass(frozen=True)
class Origin:
    """The origin of a site: the commit of the checkout, the published branch with its commit, and the day.

    The site of a group names no commits, because they are hashes of hidden content. `libraries` are the
    versions of the libraries that write pages. `group` is the group of readers, empty for the whole handbook, None
    in sites of older releases.
    """

    checkout: str | None = None
    branch: str | None = None
    published: str | None = None
    day: str = ""
    charterbook: str = __version__
    libraries: Mapping[str, str] = field(default_factory=dict)
    group: str | None = None

    @property
    def noon(self) -> datetime.datetime:
        """Noon of the day, without a time zone. Raises ValueError."""
        return datetime.datetime.fromisoformat(f"{self.day}T12:00:00")


def write_of_version(folder: Path, edition: Edition) -> None:
    """Write the provenance of a finished version into its folder. Raises OSError."""
    (folder / NAME).unlink(missing_ok=True)
    shown = edition.own.shown
    commit = None if shown is None or shown.commit.startswith(UNNAMED) else shown.commit
    _write(
        folder / NAME,
        {
            "version": edition.name,
            "commit": commit,
            "files": _hashes(folder, files_below(folder, strict=True)),
        },
    )


def hash_site(site: SiteFiles, editions: Sequence[Edition]) -> dict[str, str]:
    """Hashes of the files of a finished site outside its versions, with latest/, by path. Raises OSError.

    Hashes of latest/ are read from the list of the newest version.
    """
    listed = {edition.name: _listed(site, edition) for edition in editions}
    known = {f"{name}/{path}": digest for name, files in listed.items() for path, digest in files.items()}
    latest = latest_edition(editions)
    known |= _copied(listed[latest.name]) if latest else {}
    files = {path: _digest(site.place(path)) for path in sorted(site.listed().keys() - known.keys())}
    files |= {path: digest for path, digest in known.items() if path.startswith(f"{LATEST}/")}
    return files


def write_of_site(root: Path, files: Mapping[str, str], origin: Origin) -> None:
    """Write the provenance of a finished site at its root: the hashes of its files that no version lists."""
    _write(root / NAME, {**asdict(origin), "files": files})


def read_origin(root: Path) -> Origin:
    """The origin of a site, parsed as untrusted data. Raises OSError and ValueError if it is missing or invalid."""
    data = parse_json(read_regular(root / NAME))
    if not isinstance(data, dict) or data.get("schema") != _SCHEMA:
        raise ValueError(f"{NAME} has another format")
    wrong = [name for name, is_sound in _SOUND.items() if not is_sound(data.get(name))]
    if wrong:
        raise ValueError(f"its {wrong[0]} makes no sense")
    data.setdefault("group", None)
    return Origin(**{name: data[name] for name in _SOUND})


def _is_commit(value: Any) -> bool:
    return value is None or (isinstance(value, str) and re.fullmatch("[0-9a-f]{40,64}", value) is not None)


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and value.isprintable()


def _is_day(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None


def _are_words(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_is_word, value.values()))


_SOUND: Mapping[str, Callable[[Any], bool]] = {
    "checkout": _is_commit,
    "branch": lambda value: value is None or _is_word(value),
    "published": _is_commit,
    "day": _is_day,
    "charterbook": _is_word,
    "libraries": _are_words,
    "group": is_group_of_site,
}


def read_hashes(root: Path) -> dict[str, str]:
    """The hash of each file of a site, by path. Raises OSError and ValueError if they cannot be read."""
    found = dict(_files(root / NAME))
    for path in [path for path in found if path.count("/") == 1 and path.endswith(f"/{NAME}")]:
        folder = path.removesuffix(NAME)
        found |= {folder + name: digest for name, digest in _files(root / path).items()}
    return found


def digest_of(path: Path) -> str:
    """Hash of a file, as sha256sum prints it. Raises OSError."""
    return hashlib.sha256(read_regular(path)).hexdigest()


def _files(file: Path) -> dict[str, str]:
    data = parse_json(read_regular(file))
    files = data.get("files") if isinstance(data, dict) else None
    if not isinstance(files, dict) or any(leads_outside(path) for path in files):
        raise ValueError(f"{file} has no list of files")
    return {str(path): str(digest) for path, digest in files.items()}


def _listed(site: SiteFiles, edition: Edition) -> dict[str, str]:
    """Hashes in the provenance of a version; none if a plugin has changed or removed it."""
    try:
        return _files(Path(site.place(f"{edition.name}/{NAME}")))
    except (OSError, ValueError):
        return {}


def _copied(newest: Mapping[str, str]) -> dict[str, str]:
    """Hashes of the files of latest/ that are copies of the newest version's."""
    return {f"{LATEST}/{path}": digest for path, digest in newest.items() if path != SITEMAP}


def _hashes(root: Path, paths: Iterable[str]) -> dict[str, str]:
    top = str(root)
    return {path: _digest(f"{top}/{path}") for path in sorted(paths)}


def _digest(path: str) -> str:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 – Path.open takes three times as long
        return hashlib.sha256(file.readall()).hexdigest()


def _write(file: Path, data: Mapping[str, Any]) -> None:
    file.write_text(
        json.dumps({"schema": _SCHEMA, **data}, sort_keys=True) + "\n", encoding="utf-8", newline="\n"
    )
