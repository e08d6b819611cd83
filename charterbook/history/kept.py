"""Charters that have been read before, kept on disk by the id of their content.

Reading a charter's YAML with the place of every value takes twenty times as long as reading it again from
here, and old contents never change. An entry is JSON with a hash in front: what is damaged, cut off or made
by another version of Charterbook is as good as none. Nothing in an entry is ever run.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import cache
from importlib import resources
from pathlib import Path

from charterbook.charter import Charter
from charterbook.problems import Problem
from charterbook.store import Store

#: The rooms whose code decides what is read out of a charter.
_READERS = ("charterbook.charter", "charterbook.load", "charterbook.locale")
_RULES = ("problems.py", "words.py", "places.py")


@cache
def _program() -> str:
    """A hash over the code and the words by which charters are read."""
    found = hashlib.blake2b(digest_size=8)
    root = Path(str(resources.files("charterbook")))
    folders = [root / name.rpartition(".")[2] for name in _READERS]
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in (".py", ".po")]
    for path in sorted([*files, *(root / name for name in _RULES)]):
        found.update(path.read_bytes())
    return found.hexdigest()


class Kept:
    """Entries in a folder, which is made when the first one is written."""

    def __init__(self, folder: Path) -> None:
        self._store = Store(folder / _program())

    def own_versions(self) -> dict[str, str | None]:
        """What each content says of the version that it is for, as far as that was ever asked."""
        text = self._store.get("versions.json")
        try:
            return dict(json.loads(text)) if text else {}
        except ValueError:
            return {}

    def put_own_versions(self, found: dict[str, str | None]) -> None:
        """Keep what each content says of its version."""
        self._keep("versions", json.dumps(found).encode())

    def get(self, blob: str) -> tuple[Charter | None, Problem | None] | None:
        """What a content said: a charter, or why it cannot be read. None where there is no sound entry."""
        text = self._store.get(f"{blob}.json")
        try:
            if text is None:
                return None
            if text.startswith(b"!"):
                return None, Problem(**json.loads(text[1:]))
            return Charter.model_validate_json(text), None
        except (ValueError, TypeError):
            return None

    def put(self, blob: str, charter: Charter | None, problem: Problem | None) -> None:
        """Keep what a content said. What cannot be written is not kept."""
        try:
            text = _text(charter, problem)
        except ValueError:
            return
        self._keep(blob, text)

    def _keep(self, name: str, text: bytes) -> None:
        try:
            self._store.put(f"{name}.json", text)
        except OSError:
            return


def _text(charter: Charter | None, problem: Problem | None) -> bytes:
    """An entry's text. Raises ValueError for what JSON cannot hold."""
    if charter is not None:
        return charter.model_dump_json(by_alias=True, exclude_unset=True).encode()
    assert problem is not None
    return b"!" + json.dumps(asdict(problem)).encode()
