"""How much a built site takes on disk, and how much of it is said more than once."""

from __future__ import annotations

import hashlib
from pathlib import Path

_TEXT = frozenset({".html", ".xml", ".json", ".css", ".js", ".svg", ".txt"})
#: What a theme brings with it: found more than once, it was written for every version.
_ASSETS = frozenset({".css", ".js", ".woff2", ".png", ".svg"})


def sizes(site: Path) -> dict[str, int]:
    """Bytes of all files, of each distinct file once, of each distinct line once; and what should not be there.

    Every file counts in full, also where it is a link to another: hosts make copies of links.
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
    """Each line of text once, and what is no text in full."""
    lines: set[bytes] = set()
    rest = 0
    for path, content in files:
        if path.suffix in _TEXT:
            lines.update(content.splitlines(keepends=True))
        else:
            rest += len(content)
    return rest + sum(map(len, lines))
