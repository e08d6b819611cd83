"""Versions that mike or another program deployed: a build would remove them, and nobody would notice.

Such programs list their versions in a file of the same name as Charterbook's.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from charterbook import git
from charterbook.errors import GitError
from charterbook.json_text import parse_json
from charterbook.pipes import read_regular
from charterbook.problems import escape_terminal
from charterbook.site.incremental.manifest import is_preserved
from charterbook.site.output.published_group import read_group
from charterbook.versions import LISTED

#: Maximum number of versions named in a message.
_MOST_NAMED = 5

#: How to keep them.
ADVICE = "Charterbook's guide/mkdocs.md says how to keep them; to remove them on purpose, delete"


def versions_on_branch(branch: str) -> list[str]:
    """The versions in the list on a branch, for messages; empty without a list."""
    try:
        return _named(_listed(git.run(Path(), "cat-file", "blob", f"{branch}:{LISTED}")))
    except GitError:
        return []


def removed_versions_warning(target: Path, own: Collection[str]) -> tuple[str, ...]:
    """The warning if a build into a folder removes versions that its list has, except the handbook's `own` ones.

    Hidden entries and links stay. The files in the provenance of a handbook in the folder are the handbook's own, too.
    """
    try:
        listed = _listed(read_regular(target / LISTED))
        folders = {entry.name for entry in target.iterdir() if entry.is_dir() and not is_preserved(entry)}
    except OSError:
        return ()
    published = read_group(target) if folders & {*listed} else None
    known = {*own, *(path.partition("/")[0] for path in (published.files if published else ()))}
    lost = [name for name in listed if name in folders - known]
    if not lost:
        return ()
    return (
        escape_terminal(
            f"{target} has versions that mike or another program deployed ({', '.join(_named(lost))}), and builds of this "
            f"handbook remove them. {ADVICE} {target / LISTED} first."
        ),
    )


def _listed(text: bytes) -> list[str]:
    """The names in a list of versions; empty if it is none."""
    try:
        found = parse_json(text)
    except ValueError:
        return []
    entries = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
    return [str(one["version"]) for one in entries if "version" in one]


def _named(names: Collection[str]) -> list[str]:
    shown = [escape_terminal(name[:60]) for name in names][:_MOST_NAMED]
    return [*shown, f"and {len(names) - _MOST_NAMED} more"] if len(names) > _MOST_NAMED else shown
