"""Interface of contenders."""

from __future__ import annotations

import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import ClassVar

from benchmarks.inputs import Input
from benchmarks.runner import copy_tree

#: Page on which a word is changed; it exists in every version.
WORD_PAGE = "services/"


class Contender(ABC):
    """A program that makes a site of all versions of an input, in `folder`."""

    name: ClassVar[str]
    #: Whether it has pages that other contenders lack.
    extras: ClassVar[bool] = False
    #: Whether serving is measured with it.
    serves: ClassVar[bool] = False
    #: The module that is run to serve it, and mostly to build it.
    program: ClassVar[str] = "mkdocs"

    def __init__(self, data: Input, folder: Path) -> None:
        self.data = data
        self.folder = folder

    @classmethod
    def missing(cls) -> str:
        """Reason why it cannot run; empty if it can."""
        return ""

    @abstractmethod
    def prepare(self) -> None:
        """Set up without building."""

    @abstractmethod
    def build(self) -> None:
        """Build all versions, as its users do."""

    @abstractmethod
    def add_quarter(self) -> None:
        """Commit the upcoming quarter's charter."""

    @abstractmethod
    def build_newest(self) -> None:
        """Build the site with the added quarter."""

    @abstractmethod
    def change_word(self, word: str) -> None:
        """Write a word into a page of docs/, for all versions."""

    @abstractmethod
    def pages(self, version: str) -> dict[str, str]:
        """The HTML pages of a built version by their addresses within it."""

    @property
    def served(self) -> Path:
        """Folder to serve; it has the newest version's charter.yml."""
        return self.folder

    @property
    def served_at(self) -> str:
        """Base address of the served pages of the working tree."""
        return "/"

    def save(self, state: str) -> None:
        """Save a snapshot."""
        copy_tree(self.folder, self._snapshot(state))

    def restore(self, state: str) -> None:
        """Restore a snapshot."""
        copy_tree(self._snapshot(state), self.folder)

    def remove(self) -> None:
        """Remove all files."""
        for folder in self.folder.parent.glob(f"{self.folder.name}*"):
            shutil.rmtree(folder, ignore_errors=True)

    def _snapshot(self, state: str) -> Path:
        return self.folder.with_name(f"{self.folder.name}.{state}")


def add_word(file: Path, word: str) -> None:
    """Append a paragraph to a page."""
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{word}\n", encoding="utf-8")


def html_files(folder: Path) -> dict[str, str]:
    """The pages in a folder by their addresses."""
    return dict(addressed((str(p.relative_to(folder)), p.read_bytes()) for p in folder.rglob("index.html")))


def addressed(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, str]]:
    """Pages by their addresses, from the paths of their files."""
    for path, content in files:
        yield path.removesuffix("index.html"), content.decode()
