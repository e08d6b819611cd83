"""Line and column of a key in mkdocs.yml, for messages about settings. YAML tags are not executed.

The file is parsed only after a setting was found invalid. `INHERIT` is followed as MkDocs does.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

from charterbook.pipes import read_regular

#: The option of MkDocs that lists plugins, and the name of this one.
_PLUGIN = ("plugins", "charterbook")

#: Longer chains of inherited files are not followed.
_MAX_PARENTS = 20


class KeyPlace(NamedTuple):
    """The file of a key, with line and column (from 1)."""

    file: Path
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file.name}:{self.line}:{self.column}"


def place_of(file: Path, keys: Sequence[str]) -> KeyPlace | None:
    """The place of a key below the plugin's entry, or of its nearest existing parent.

    None if the file cannot be read, or does not list the plugin.
    """
    return _nearest(file, (*_PLUGIN, *keys), len(_PLUGIN))


def place_of_mkdocs(file: Path, key: str) -> KeyPlace | None:
    """The place of a setting of MkDocs itself. None if the file cannot be read, or has no such key."""
    return place_of_key(file, (key,))


def place_of_key(file: Path, keys: Sequence[str]) -> KeyPlace | None:
    """The place of a key anywhere in the file. None if the file cannot be read, or has no such key."""
    return _nearest(file, keys, len(keys))


def _nearest(file: Path, wanted: Sequence[str], least: int) -> KeyPlace | None:
    """The place of the longest existing prefix of a path of keys, if it has at least `least` keys."""
    found: list[tuple[int, KeyPlace]] = []
    for path, root in _files(file):
        depth, node = _follow(root, wanted)
        if depth >= least:
            mark = node.start_mark
            found.append((depth, KeyPlace(path, mark.line + 1, mark.column + 1)))
    return max(found, key=lambda one: one[0], default=(0, None))[1]


def _files(file: Path) -> list[tuple[Path, yaml.Node]]:
    """A file and the files that it inherits from, the nearest first."""
    found: list[tuple[Path, yaml.Node]] = []
    while len(found) < _MAX_PARENTS:
        root = _composed(file)
        if root is None:
            break
        found.append((file, root))
        parent = next((value for key, value in _entries(root) if key.value == "INHERIT"), None)
        if not isinstance(parent, yaml.ScalarNode):
            break
        file = file.parent / parent.value
    return found


def _composed(file: Path) -> yaml.Node | None:
    try:
        return yaml.compose(read_regular(file).decode("utf-8-sig"), Loader=yaml.SafeLoader)
    except (OSError, ValueError, RecursionError, yaml.YAMLError):
        return None


def _follow(node: yaml.Node, keys: Sequence[str]) -> tuple[int, yaml.Node]:
    """The number of keys that exist on the path from a node, and the last key found."""
    reached = node
    for depth, wanted in enumerate(keys):
        entry = next((one for one in _entries(node) if one[0].value == wanted), None)
        if entry is None:
            return depth, reached
        reached, node = entry
    return len(keys), reached


def _entries(node: yaml.Node) -> list[tuple[yaml.Node, yaml.Node]]:
    """The keys and values of a mapping, or of all mappings in a list: the two forms of a list of plugins."""
    if isinstance(node, yaml.MappingNode):
        return list(node.value)
    if not isinstance(node, yaml.SequenceNode):
        return []
    plain = [(one, one) for one in node.value if isinstance(one, yaml.ScalarNode)]
    return plain + [entry for one in node.value if isinstance(one, yaml.MappingNode) for entry in one.value]
