"""What every contender does, each in its own way."""

from __future__ import annotations

import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import ClassVar

from benchmarks.inputs import Input
from benchmarks.runner import copy_tree

#: The page on which a word is changed, and what is written there: it exists in every version.
WORD_PAGE = "services/"


class Contender(ABC):
    """A program that makes a site of all versions of an input, in `folder`."""

    name: ClassVar[str]
    #: Whether it has pages that nobody else has.
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
        """Why it cannot take part; empty where it can."""
        return ""

    @abstractmethod
    def prepare(self) -> None:
        """Sets it up, with nothing built."""

    @abstractmethod
    def build(self) -> None:
        """Builds all versions, as its users do."""

    @abstractmethod
    def add_quarter(self) -> None:
        """Brings the upcoming quarter's charter, as a commit of that day does."""

    @abstractmethod
    def build_newest(self) -> None:
        """Builds what the added quarter asks for."""

    @abstractmethod
    def change_word(self, word: str) -> None:
        """Writes a word into a page of docs/, for all versions."""

    @abstractmethod
    def pages(self, version: str) -> dict[str, str]:
        """The HTML pages of a built version by their addresses within it."""

    @property
    def served(self) -> Path:
        """The folder in which it is served; it has the newest version's charter.yml."""
        return self.folder

    @property
    def served_at(self) -> str:
        """Where the served pages of the working tree begin."""
        return "/"

    def save(self, state: str) -> None:
        """Keeps a copy of all that it has."""
        copy_tree(self.folder, self._kept(state))

    def restore(self, state: str) -> None:
        """Goes back to a copy."""
        copy_tree(self._kept(state), self.folder)

    def remove(self) -> None:
        """Leaves nothing behind."""
        for folder in self.folder.parent.glob(f"{self.folder.name}*"):
            shutil.rmtree(folder, ignore_errors=True)

    def _kept(self, state: str) -> Path:
        return self.folder.with_name(f"{self.folder.name}.{state}")


def add_word(file: Path, word: str) -> None:
    """A new last paragraph of a page."""
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{word}\n", encoding="utf-8")


def html_files(folder: Path) -> dict[str, str]:
    """The pages in a folder by their addresses."""
    return dict(addressed((str(p.relative_to(folder)), p.read_bytes()) for p in folder.rglob("index.html")))


def addressed(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, str]]:
    """Pages by their addresses, from the paths of their files."""
    for path, content in files:
        yield path.removesuffix("index.html"), content.decode()
