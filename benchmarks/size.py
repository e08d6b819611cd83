"""Disk usage of a built site, and its redundancy."""

from __future__ import annotations

import hashlib
from pathlib import Path

_TEXT = frozenset({".html", ".xml", ".json", ".css", ".js", ".svg", ".txt"})
#: Theme assets: duplicates were written for every version.
_ASSETS = frozenset({".css", ".js", ".woff2", ".png", ".svg"})


def sizes(site: Path) -> dict[str, int]:
    """Bytes of all files, of distinct files, and of distinct lines; and of files that should not exist.

    Every file counts in full, even a hard link: hosts store copies of links.
    """
    files = [path for path in sorted(site.rglob("*")) if path.is_file()]
    contents = {path: path.read_bytes() for path in files}
    distinct = {hashlib.sha256(content).digest(): path for path, content in contents.items()}
    assets = [hashlib.sha256(contents[path]).digest() for path in files if path.suffix in _ASSETS]
    return {
        "files": len(files),
        "bytes": sum(map(len, contents.values())),
        "bytes of distinct files": sum(len(contents[path]) for path in distinct.values()),
        "bytes of distinct lines": _distinct_lines([(path, contents[path]) for path in distinct.values()]),
        "assets written again": len(assets) - len(set(assets)),
        "source maps": sum(path.suffix == ".map" for path in files),
    }


def _distinct_lines(files: list[tuple[Path, bytes]]) -> int:
    """Bytes of distinct lines of text, and of whole binary files."""
    lines: set[bytes] = set()
    rest = 0
    for path, content in files:
        if path.suffix in _TEXT:
            lines.update(content.splitlines(keepends=True))
        else:
            rest += len(content)
    return rest + sum(map(len, lines))
