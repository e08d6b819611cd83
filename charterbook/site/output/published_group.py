"""The group of readers for whom a published site was built, from its provenance."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any, NamedTuple

from charterbook.json_text import parse_json
from charterbook.pipes import read_regular
from charterbook.setting_entries import is_group

#: File name of the provenance of a site.
PROVENANCE = "provenance.json"


class PublishedGroup(NamedTuple):
    """The group of readers of a site, and the files that its provenance lists.

    `group` is empty for the whole handbook, and None in a site of an older release.
    """

    group: str | None
    files: Collection[str]


def read_group(root: Path) -> PublishedGroup | None:
    """The group of the site in a folder; None without a site, or with a damaged provenance."""
    try:
        return group_in(read_regular(root / PROVENANCE))
    except (OSError, ValueError):
        return None


def group_in(text: bytes) -> PublishedGroup:
    """The group in the provenance of a site. Raises ValueError."""
    data = parse_json(text)
    files = data.get("files") if isinstance(data, dict) else None
    if not isinstance(files, dict) or not is_group_of_site(data.get("group")):
        raise ValueError(f"this is no {PROVENANCE}")
    return PublishedGroup(data.get("group"), files)


def is_group_of_site(value: Any) -> bool:
    """Whether a value can be the group of a site."""
    return value is None or value == "" or is_group(value)
